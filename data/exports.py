"""Out goes a register as it stands: one header row with the Chinese titles, no title line, ready to come back in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from data.register import Column, Register
from data.templates import width

# What a spreadsheet would calculate, and what already begins with the sign that keeps it from doing so.
CALCULATED = re.compile(r"'*[=+\-@\t\r]")
ALREADY_SHIELDED = re.compile(r"'+[=+\-@]")


def export_csv(register: Register, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with BOM. A cell that Excel would calculate gets a leading `'`, which the import takes off again."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.title.zh for column in register.columns])
    for row in rows:
        writer.writerow(
            [_shielded(shown(column, row[column.name]), CALCULATED) for column in register.columns]
        )
    return text.getvalue().encode("utf-8-sig")


def export_xlsx(register: Register, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A workbook with one sheet, every cell a text: nothing is calculated and no zero is lost."""
    content = BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        sheet = book.add_worksheet(register.title.zh)
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(register.columns):
            sheet.set_column(at, at, width(column), as_text)
            sheet.write_string(0, at, column.title.zh, bold)
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(register.columns):
                text = _shielded(shown(column, row[column.name]), ALREADY_SHIELDED)
                if text:
                    sheet.write_string(number, at, text, as_text)
    return content.getvalue()


def shown(column: Column, value: str | int | None) -> str:
    """A stored value as the file says it: the Chinese word of a choice, 是 or 否, a blank for unknown."""
    if value is None:
        return ""
    if column.kind == "yes_no":
        return "是" if value else "否"
    if column.kind == "choice":
        return column.choices[str(value)].zh
    return str(value)


def _shielded(text: str, risky: re.Pattern[str]) -> str:
    return "'" + text if risky.match(text) else text
