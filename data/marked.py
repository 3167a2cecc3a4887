"""Out goes a copy of a refused file, faults in red: what to mend stands where it stands in the original.

Only columns of the register are copied; what was dropped, left out or withheld is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from data.faults import WITHHELD, Fault
from data.header import PROBLEMS, Header, find
from data.not_data import why_not_data
from data.raw import Raw, Sheet, plain
from data.register import Register
from data.templates import width

MOST_COMMENTS = 2_000  # Excel becomes slow with more; the last column says everything anyway
NO_HEADER_SHEET = "检查结果"


def marked_copy(register: Register, raw: Raw, faults: Sequence[Fault]) -> bytes:
    """An `.xlsx` with the same sheets and row positions; faulty cells red, the last column says what is wrong."""
    content = BytesIO()
    by_sheet: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_sheet[fault.sheet].append(fault)
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        headers = [(sheet, find(register, sheet)) for sheet in raw.sheets]
        for sheet, header in headers:
            if header:
                _Copy(book, register, sheet, header).write(by_sheet[sheet.name])
        if not any(header for _, header in headers):
            _only_messages(book, faults)
    return content.getvalue()


class _Copy:
    """One sheet being copied: kept columns stay in the file's order, then missing ones, then 问题."""

    def __init__(self, book: Any, register: Register, sheet: Sheet, header: Header) -> None:
        self.sheet, self.header, self.register = sheet, header, register
        self.out = _worksheet(book, sheet.name or register.title.zh)
        self.red = book.add_format({"num_format": "@", "bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.as_text = book.add_format({"num_format": "@"})
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.comments_left = MOST_COMMENTS
        self.titles = {column.name: column.title.zh for column in register.columns}
        self.names = sorted(header.columns, key=lambda name: header.columns[name])

    def write(self, faults: Sequence[Fault]) -> None:
        by_row: dict[int, list[Fault]] = defaultdict(list)
        for fault in faults:
            by_row[fault.row or self.header.row].append(fault)
        absent = [fault.column for fault in by_row[self.header.row] if self._is_absent(fault.column)]
        self.columns = [self.titles[name] for name in self.names] + list(dict.fromkeys(absent))
        for at, title in enumerate(self.columns):
            column = next(column for column in self.register.columns if column.title.zh == title)
            self.out.set_column(at, at, width(column), self.as_text)
        self.out.set_column(len(self.columns), len(self.columns), 60)
        for at, number in enumerate(self.sheet.numbers):
            if at == self.header.at or (at > self.header.at and self._is_data(at, by_row[number])):
                self._row(at, number, by_row[number])

    def _is_absent(self, title: str) -> bool:
        present = {self.titles[name] for name in self.names}
        return title not in present and title in self.titles.values()

    def _is_data(self, at: int, faults: Sequence[Fault]) -> bool:
        return bool(faults) or why_not_data(self.register, self.header, self.sheet, at) is None

    def _row(self, at: int, number: int, faults: Sequence[Fault]) -> None:
        """One row: its kept cells, then the messages. Rows are written in order and only once."""
        is_header = at == self.header.at
        cells = self._cells(at) if not is_header else self.columns
        by_column = {fault.column: fault for fault in reversed(faults)}
        for place, title in enumerate(self.columns):
            fault = by_column.get(title)
            text = cells[place] if place < len(cells) else ""
            if fault and fault.value == WITHHELD:
                text = WITHHELD
            self._cell(number - 1, place, text, fault, is_header)
        said = "；".join(_said(fault) for fault in faults)
        if is_header:
            self._cell(number - 1, len(self.columns), PROBLEMS, None, True)
            if said:
                self._comment(number - 1, len(self.columns), said)
        elif said:
            self.out.write_string(number - 1, len(self.columns), said[:32_000], self.red)

    def _cells(self, at: int) -> list[str]:
        row = self.sheet.rows[at]
        places = [self.header.columns[name] for name in self.names]
        return [plain(row[place]) if place < len(row) else "" for place in places]

    def _cell(self, row: int, place: int, text: str, fault: Fault | None, is_header: bool) -> None:
        form = self.red if fault else self.bold if is_header else self.as_text
        if text:
            self.out.write_string(row, place, text, form)
        elif fault:
            self.out.write_blank(row, place, None, form)
        if fault:
            self._comment(row, place, fault.message.zh)

    def _comment(self, row: int, place: int, text: str) -> None:
        if self.comments_left > 0:
            self.comments_left -= 1
            self.out.write_comment(row, place, text[:2_000], {"x_scale": 2, "author": ""})


def _worksheet(book: Any, name: str) -> Any:
    """A sheet of this name, or a numbered one where another program has given a name Excel does not allow."""
    try:
        return book.add_worksheet(name)
    except XlsxWriterException:
        return book.add_worksheet()


def _said(fault: Fault) -> str:
    return f"{fault.column}：{fault.message.zh}" if fault.column else fault.message.zh


def _only_messages(book: Any, faults: Sequence[Fault]) -> None:
    sheet = book.add_worksheet(NO_HEADER_SHEET)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, PROBLEMS)
    for number, fault in enumerate(faults, 1):
        sheet.write_string(number, 0, _said(fault))
