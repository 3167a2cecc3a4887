"""Papers as Excel workbooks to reckon with: the settlement, the list to be handed back, the public notice.

Built from the same frozen context as the .docx. Texts stay texts whatever sign they begin with, money is a number
of 元 with two digits, and the only formulas are our own sums over numbers that stand above them.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from data.papers.filters import yuan
from data.papers.workbook_pages import NAMING_PEOPLE, PAGES, Context, Form, Page
from data.personal_notice import of_list, write_sheet
from data.shielding import shielded

ROW_HEIGHT, LINE_HEIGHT = 20, 16
NUMBER_FORMS = {
    "index": ("0", "center"),
    "day": ("yyyy-mm-dd", "center"),
    "whole": ("#,##0", "right"),
    "money": ("#,##0.00", "right"),
}


def workbook(kind: str, context: Context) -> bytes:
    """The .xlsx of a paper from its context with `number` and `chain`; KeyError for a kind that has none."""
    content = BytesIO()
    page = PAGES[kind](context)
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        at = datetime.combine(date.fromisoformat(context["done_on"]), time())
        author = context["letterhead"]["name"]
        book.set_properties({"title": f"{page.title} {context['number']}", "author": author, "created": at})
        _Sheet(book, page, context).write()
        write_sheet(book, of_list(NAMING_PEOPLE.get(kind, ()), None))
    return content.getvalue()


class _Sheet:
    """A page being written from the top: title, number, lines, table with its sums, lines."""

    def __init__(self, book: xlsxwriter.Workbook, page: Page, context: Context) -> None:
        self.page, self.context = page, context
        self.out = book.add_worksheet(page.name)
        self.last = len(page.columns) - 1
        self.widths = [_wide_enough(page, at) for at in range(len(page.columns))]
        base = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        self.plain = book.add_format(base)
        self.title = book.add_format({**base, "font_name": "宋体", "font_size": 20, "align": "center"})
        self.middle = book.add_format({**base, "align": "center"})
        framed = {**base, "border": 1}
        self.head = book.add_format({**framed, "font_name": "黑体", "align": "center"})
        self.forms = {"text": book.add_format({**framed, "num_format": "@"})}
        self.sums = {"text": book.add_format({**framed, "font_name": "黑体", "align": "center"})}
        for form, (shown, at) in NUMBER_FORMS.items():
            number = {**framed, "num_format": shown, "align": at}
            self.forms[form] = book.add_format(number)
            self.sums[form] = book.add_format({**number, "font_name": "黑体"})

    def write(self) -> None:
        page, context = self.page, self.context
        for at, width in enumerate(self.widths):
            self.out.set_column(at, at, width)
        self._line(0, page.title, self.title, 32)
        self._line(1, context["number"], self.middle)
        row = 2
        for text in page.above:
            row = self._line(row, text, self.plain, _height(_lines(text, sum(self.widths))))
        first = self._table(row)
        row = first + len(page.rows) + any(column.summed for column in page.columns)
        for text in page.below:
            row = self._line(row, text, self.plain, _height(_lines(text, sum(self.widths))))
        self._print(first)

    def _line(self, row: int, text: str, form: Any, height: int = ROW_HEIGHT) -> int:
        self.out.set_row(row, height)
        self.out.merge_range(row, 0, row, self.last, "", form)
        self.out.write_string(row, 0, shielded(text, is_text_cell=True), form)
        return row + 1

    def _table(self, row: int) -> int:
        """Titles, rows, sums; gives the row of the first data."""
        self.out.set_row(row, ROW_HEIGHT * 1.6)
        for at, column in enumerate(self.page.columns):
            self.out.write_string(row, at, column.title, self.head)
        first = row + 1
        for number, cells in enumerate(self.page.rows, first):
            texts = [
                (cell, width) for cell, width in zip(cells, self.widths, strict=True) if isinstance(cell, str)
            ]
            self.out.set_row(number, _height(max((_lines(text, width) for text, width in texts), default=1)))
            for at, (column, cell) in enumerate(zip(self.page.columns, cells, strict=True)):
                self._cell(number, at, column.form, cell)
        if any(column.summed for column in self.page.columns):
            self._sums(first, first + len(self.page.rows))
        return first

    def _cell(self, row: int, at: int, form: Form, cell: str | int | None) -> None:
        shown = self.forms[form]
        if cell is None or cell == "":
            self.out.write_blank(row, at, None, shown)
        elif form == "day":
            self.out.write_datetime(row, at, date.fromisoformat(str(cell)), shown)
        elif isinstance(cell, int):
            self.out.write_number(row, at, _amount(cell) if form == "money" else cell, shown)
        else:
            self.out.write_string(row, at, shielded(cell, is_text_cell=True), self.forms["text"])

    def _sums(self, first: int, row: int) -> None:
        """The row below the last: formulas of ours, each with its value for readers that do not calculate."""
        self.out.set_row(row, ROW_HEIGHT)
        for at, column in enumerate(self.page.columns):
            if not column.summed:
                self.out.write_string(row, at, "合计" if at == 0 else "", self.sums["text"])
                continue
            name = xl_col_to_name(at)
            total = _total(self.page, at)
            value = _amount(total) if column.form == "money" else total
            formula = f"=SUM({name}{first + 1}:{name}{row})" if row > first else "=0"
            self.out.write_formula(row, at, formula, self.sums[column.form], value)

    def _print(self, first: int) -> None:
        """A4, as wide as the page, the titles on every one, page numbers and the chain's mark at the foot."""
        self.out.set_paper(9)
        if self.page.landscape:
            self.out.set_landscape()
        self.out.fit_to_pages(1, 0)
        self.out.repeat_rows(first - 1)
        self.out.freeze_panes(first, 0)
        self.out.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        chain = self.context["chain"]
        self.out.set_footer(f"&C链号 {chain['number']} · {chain['hash']}　　第 &P 页，共 &N 页")


def _amount(fen: int) -> float:
    """分 as the number of 元 that a workbook holds: two digits, exact to the fen below 90 万亿元."""
    return float(Decimal(fen) / 100)


def _total(page: Page, at: int) -> int:
    """The sum of a column's whole numbers."""
    return sum(cell for cells in page.rows if isinstance(cell := cells[at], int))


def _wide_enough(page: Page, at: int) -> int:
    """A column's width, more where its sum would not fit (Excel shows ### instead)."""
    column = page.columns[at]
    return max(column.width, len(yuan(_total(page, at))) + 3) if column.summed else column.width


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in so many characters, a Chinese one as wide as two others."""
    return max(1, -(-sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) // width))


def _height(lines: int) -> int:
    """Points that so many lines take."""
    return max(ROW_HEIGHT, LINE_HEIGHT * lines + 4)
