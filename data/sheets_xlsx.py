"""Reading, for workbooks: the sheets of an `.xlsx`, in the child process.

openpyxl's own row parser is used instead of its read-only worksheet: it yields only rows that are there (a cell
in the last row of a sheet costs nothing), and it knows which rows are hidden.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._reader import WorkSheetParser

from data.cells import date_cell, number_cell, text_cell
from data.csv_text import too_many_columns, too_many_rows
from data.faults import Unreadable
from data.raw import ERROR, FORMULA, MOST_COLUMNS, MOST_ROWS
from data.workbook_child import MOST_SHEETS, TOO_MANY_SHEETS
from data.workbook_parts import must_be_plain

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
ROW = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*?\s)?r="(\d+)"')
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold, and `_x…_` itself
TAIL = 1 << 16


def sheets(content: bytes) -> list[dict[str, Any]]:
    """Every sheet as plain data; hidden ones by name only."""
    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is not active")
    must_be_plain(content)
    book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if len(book.worksheets) > MOST_SHEETS:
        raise Unreadable(TOO_MANY_SHEETS)
    found, rows_left = [], MOST_ROWS
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            found.append({"name": sheet.title, "shown": False})
            continue
        one = _sheet(sheet, rows_left)
        rows_left -= len(one["rows"])
        found.append(one)
    return found


def _sheet(sheet: Any, rows_left: int) -> dict[str, Any]:
    """The rows up to the last one with a value: formatted blank rows behind it are never parsed."""
    book: Any = sheet.parent
    xml = book._archive.read(sheet._worksheet_path)
    last = _last_row(xml)
    parser = WorkSheetParser(
        BytesIO(xml),
        sheet._shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    numbers: list[int] = []
    rows: list[list[str]] = []
    since_1904 = book.epoch == MAC_EPOCH
    for number, cells in parser.parse():
        row = _row(number, cells, since_1904)
        if row:
            if len(rows) == rows_left:
                raise too_many_rows()
            numbers.append(number)
            rows.append(row)
        if last is not None and number >= last:
            break
    hidden = [int(r) for r, about in parser.row_dimensions.items() if about.get("hidden") in ("1", "true")]
    merged = [_corners(found.decode()) for found in MERGED.findall(xml[xml.rfind(b"sheetData") :])]
    return {
        "name": sheet.title,
        "shown": True,
        "numbers": numbers,
        "rows": rows,
        "merged": merged,
        "hidden": hidden,
    }


def _last_row(xml: bytes) -> int | None:
    """The number of the last row with a value, found from the end; None if rows carry no numbers."""
    end = len(xml)
    while end > 0:
        start = max(0, end - TAIL)
        values = list(VALUE.finditer(xml, start, min(len(xml), end + 16)))
        if values:
            opened = xml.rfind(b"row ", 0, values[-1].start())
            row = ROW.search(xml, max(0, xml.rfind(b"<", 0, opened + 1)), values[-1].start())
            return int(row[1]) if row else None
        end = start
    return 0


def _corners(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    return int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)


def _row(number: int, cells: list[dict[str, Any]], since_1904: bool) -> list[str]:
    """The row's cells in place, [] if all are blank."""
    row: list[str] = []
    for cell in cells:
        value = cell["value"]
        if value is None:
            continue
        text = _text(value, cell["data_type"], since_1904)
        if not text or text.isspace():
            continue
        column = cell["column"]
        if column > MOST_COLUMNS:
            raise too_many_columns(number)
        row.extend([""] * (column - len(row)))
        row[column - 1] = text
    return row


def _text(value: Any, kind: str, since_1904: bool) -> str:
    if kind in ("s", "str", "inlineStr"):
        return text_cell(ESCAPED.sub(_meant, str(value)))
    if kind == "n":
        return number_cell(value, since_1904=since_1904)
    if kind == "d":
        return date_cell(value)
    if kind == "b":
        return "true" if value else "false"
    if kind == "f":
        return FORMULA + str(getattr(value, "text", value))[:40]
    return ERROR + str(value)


def _meant(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
