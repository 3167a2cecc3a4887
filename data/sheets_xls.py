"""Reading, for workbooks: the sheets of an old `.xls`, in the child process.

xlrd gives a formula's last value as if it had been typed; so the sheet's records are gone through once more to
know where formulas stand.
"""

from __future__ import annotations

from struct import unpack_from
from typing import Any

import xlrd

from data.cells import date_cell, number_cell, text_cell
from data.csv_text import too_many_columns, too_many_rows
from data.faults import Unreadable
from data.raw import ERROR, FORMULA, MOST_COLUMNS, MOST_ROWS
from data.workbook_child import ENCRYPTED, MOST_SHEETS, TOO_MANY_SHEETS

BOF, EOF = {0x0009, 0x0209, 0x0409, 0x0809}, 0x000A
FORMULA_RECORDS = {0x0006, 0x0206, 0x0406}


def sheets(content: bytes) -> list[dict[str, Any]]:
    """Every sheet as plain data; hidden ones by name only."""
    try:
        # formatting_info is needed for hidden rows and merged cells, on_demand to keep the records
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=_Silent()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Unreadable(ENCRYPTED) from None
        raise
    if book.nsheets > MOST_SHEETS:
        raise Unreadable(TOO_MANY_SHEETS)
    found, rows_left = [], MOST_ROWS
    for index, sheet in enumerate(book.sheets()):
        if sheet.visibility:
            found.append({"name": sheet.name, "shown": False})
            continue
        one = _sheet(book, sheet, _formulas(book, index), rows_left)
        rows_left -= len(one["rows"])
        found.append(one)
    return found


class _Silent:
    """xlrd writes its warnings here: standard output carries the answer."""

    def write(self, _: str) -> None: ...

    def flush(self) -> None: ...


def _sheet(book: Any, sheet: Any, formulas: set[tuple[int, int]], rows_left: int) -> dict[str, Any]:
    numbers: list[int] = []
    rows: list[list[str]] = []
    for index in range(sheet.nrows):
        row = [_text(book, cell, (index, at) in formulas) for at, cell in enumerate(sheet.row(index))]
        if not "".join(row).strip():
            continue
        if "".join(row[MOST_COLUMNS:]).strip():
            raise too_many_columns(index + 1)
        if len(rows) == rows_left:
            raise too_many_rows()
        numbers.append(index + 1)
        rows.append(row[:MOST_COLUMNS])
    return {
        "name": sheet.name,
        "shown": True,
        "numbers": numbers,
        "rows": rows,
        "merged": [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        "hidden": [row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden],
    }


def _text(book: Any, cell: Any, is_formula: bool) -> str:
    if is_formula:
        return FORMULA + str(cell.value)[:40]
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return text_cell(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_cell(cell.value, since_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "true" if cell.value else "false"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ERROR + str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    return ""


def _day(serial: float, datemode: int) -> str:
    try:
        return date_cell(xlrd.xldate.xldate_as_datetime(serial, datemode))
    except (ValueError, OverflowError):
        return ERROR + "#VALUE!"


def _formulas(book: Any, index: int) -> set[tuple[int, int]]:
    """(row, column), from 0, of every formula record between the sheet's BOF and its EOF."""
    found: set[tuple[int, int]] = set()
    at, depth = book._sh_abs_posn[index], 0
    while at + 4 <= len(book.mem):
        code, length = unpack_from("<HH", book.mem, at)
        depth += (code in BOF) - (code == EOF)
        if depth == 0:
            break
        if code in FORMULA_RECORDS and depth == 1:
            found.add(unpack_from("<HH", book.mem, at + 4))
        at += 4 + length
    return found
