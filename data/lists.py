"""A list as an Excel workbook: whatever somebody chose on a page, with a sheet that says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from data.personal_notice import Taken, of_list

Cell = str | int | None


@dataclass(frozen=True)
class ListColumn:
    """A column's title (with its unit, if it has one) and its width in characters of Latin script.

    `decimals`: its whole numbers are written with the point that many places further left (分 as 元: 2).
    """

    title: str
    width: int
    decimals: int = 0


def list_xlsx(
    sheet: str,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Cell]],
    about: Sequence[tuple[str, str]],
    taken: Taken | None = None,
) -> bytes:
    """Two sheets: the list (header row first, frozen, with a filter), and 说明 with the lines of `about`, after what is
    said where columns name people (`taken`: by whom and when).

    Whole numbers stay numbers; every text stays a text, whatever sign it begins with. None is a blank.
    """
    content = BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            number = (
                book.add_format({"num_format": f"#,##0.{'0' * column.decimals}"}) if column.decimals else None
            )
            page.set_column(at, at, column.width, number)
            page.write_string(0, at, column.title, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                _write(page, last, at, cell, column.decimals)
        page.autofilter(0, 0, last, len(columns) - 1)
        held = of_list((column.title for column in columns), taken)
        _write_about(book.add_worksheet("说明"), bold, [*held, *about])
    return content.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, at: int, cell: Cell, decimals: int) -> None:
    if isinstance(cell, int):
        page.write_number(row, at, Decimal(cell).scaleb(-decimals) if decimals else cell)
    elif cell:
        page.write_string(row, at, cell)


def _write_about(
    page: xlsxwriter.worksheet.Worksheet, bold: object, about: Sequence[tuple[str, str]]
) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    for row, (name, value) in enumerate(about):
        page.write_string(row, 0, name, bold)
        page.write_string(row, 1, value)
