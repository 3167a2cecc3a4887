"""Out goes a register as it stands: one header row with the Chinese titles, no title line, ready to come back in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from data import personal_notice
from data.numbers import number_text
from data.register import Column, Register
from data.shielding import shielded
from data.templates import number_format, width

OTHER_SEPARATOR = re.compile("[;|\t\0\u2028\u2029]")


def export_csv(register: Register, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with BOM. A cell that Excel would calculate gets a leading `'`, which the import takes off again.

    Where a cell holds what another program may take for a separator, its row is quoted: no part of it becomes a cell.
    """
    text = StringIO(newline="")
    as_needed, quoted = csv.writer(text), csv.writer(text, quoting=csv.QUOTE_ALL)
    as_needed.writerow([column.title.zh for column in register.columns])
    for row in rows:
        cells = [shielded(shown(column, row[column.name]), is_text_cell=False) for column in register.columns]
        (quoted if OTHER_SEPARATOR.search("".join(cells)) else as_needed).writerow(cells)
    return text.getvalue().encode("utf-8-sig")


def export_xlsx(
    register: Register, rows: Iterable[Mapping[str, Any]], notice: personal_notice.Lines = ()
) -> bytes:
    """A workbook: numbers as numbers, every other cell a text, so that no zero is lost; `notice` on a sheet of its own."""
    content = BytesIO()
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        sheet = book.add_worksheet(register.title.zh)
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(register.columns):
            form = (
                as_text if column.kind != "number" else book.add_format({"num_format": number_format(column)})
            )
            sheet.set_column(at, at, width(column), form)
            sheet.write_string(0, at, column.title.zh, bold)
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(register.columns):
                if column.kind == "number":
                    if row[column.name] is not None:
                        sheet.write_number(number, at, Decimal(row[column.name]).scaleb(-column.scale))
                    continue
                text = shielded(shown(column, row[column.name]), is_text_cell=True)
                if text:
                    sheet.write_string(number, at, text, as_text)
        personal_notice.write_sheet(book, notice)
    return content.getvalue()


def shown(column: Column, value: str | int | None) -> str:
    """A stored value as the file says it: the Chinese word of a choice, 是 or 否, a number in its unit, a blank for unknown."""
    if value is None:
        return ""
    if column.kind == "yes_no":
        return "是" if value else "否"
    if column.kind == "number":
        return number_text(int(value), column.scale)
    if column.kind == "choice":
        return column.choices[str(value)].zh
    return str(value)
