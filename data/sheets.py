"""Any small table as a workbook to take along: a title row, text as text, whole numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

WIDEST = 60


def table_xlsx(sheet_name: str, header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """One sheet. Text can never run as a formula, because it is written as text."""
    content = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    listed = [list(row) for row in rows]
    with xlsxwriter.Workbook(content, settings) as book:
        sheet = book.add_worksheet(sheet_name[:31])
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(header):
            sheet.set_column(at, at, _width(title, [row[at] for row in listed]), wrapped)
            sheet.write_string(0, at, title, bold)
        for number, row in enumerate(listed, 1):
            for at, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, at, value, wrapped)
                elif value:
                    sheet.write_string(number, at, value, wrapped)
    return content.getvalue()


def _width(title: str, cells: Iterable[str | int | None]) -> float:
    """Chinese characters are twice as wide as others."""
    texts = (title, *(str(cell) for cell in cells if cell is not None))
    longest = max(sum(2 if ord(c) > 0x2E80 else 1 for c in text) for text in texts)
    return min(longest + 2, WIDEST)
