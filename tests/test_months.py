"""Months in registers: every way offices write one, and a refusal in words for what could mean two."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from data.checking import check, check_rows
from data.dates import A_DAY, ACCEPTED_MONTH, NO_SUCH_MONTH, TOO_EARLY, read_month
from data.reading import read_file
from data.register import register
from data.words import Words
from tests.register_rows import example_row

TODAY = date(2021, 9, 30)
SALES = register("shop_sales")


def month(text: str) -> str | Words:
    return read_month(text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "2021-09", "2021-9", "2021年9月", "2021年09月", "2021年9月份", "2021 年 9 月", "2021/9", "2021/09",
        "2021.9", "2021.09", "202109", "2021-09-01", "2021/9/1", "2021年9月1日", "20210901", "44440",
        "2021-09-01 00:00:00",
    ],
)  # fmt: skip
def test_a_month_is_read_as_offices_write_it(text: str) -> None:
    assert month(text) == "2021-09"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021-13", NO_SUCH_MONTH),
        ("2021-00", NO_SUCH_MONTH),
        ("202113", NO_SUCH_MONTH),
        ("2021-09-02", A_DAY),
        ("44441", A_DAY),
        ("9月", ACCEPTED_MONTH),
        ("2021", ACCEPTED_MONTH),
        ("2021年", ACCEPTED_MONTH),
        ("二〇二一年九月", ACCEPTED_MONTH),
        ("1989-12", TOO_EARLY),
    ],
)
def test_what_is_no_month_is_refused_in_words(text: str, said: Words) -> None:
    assert month(text) == said


def test_this_month_is_taken_and_the_next_one_is_not() -> None:
    assert month("2021-09") == "2021-09"
    after = month("2021-10")
    assert isinstance(after, Words) and "2021-09" in after.zh and "after" in after.en


def test_january_and_october_are_not_guessed_where_excel_may_have_dropped_a_zero() -> None:
    doubtful = month("2021.1")
    assert isinstance(doubtful, Words) and "2021-01" in doubtful.zh and "2021-10" in doubtful.en
    assert month("2021.01") == month("2021-1") == month("2021/1") == month("2021年1月") == "2021-01"
    assert read_month("2020.10", today=TODAY) == "2020-10"
    assert read_month("2020.12", today=TODAY) == "2020-12"


def workbook(value: date | int | str, number_format: str = "General") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    row = example_row("shop_sales")
    for at, column in enumerate(SALES.columns, 1):
        sheet.cell(1, at, column.title.zh)
        cell = sheet.cell(2, at, value if column.kind == "month" else row[column.name] or None)
        if column.kind == "month":
            cell.number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("value", "form", "stored", "fault"),
    [
        (date(2021, 6, 1), 'yyyy"年"m"月"', "2021-06", None),
        (date(2021, 6, 2), "yyyy-mm-dd", None, A_DAY.zh),
        (202106, "General", "2021-06", None),
        ("2021年6月", "@", "2021-06", None),
    ],
)
def test_a_cell_of_excel_is_taken_as_the_month_it_shows(
    value: date | int | str, form: str, stored: str | None, fault: str | None
) -> None:
    found = check(SALES, read_file("a.xlsx", workbook(value, form)), today=TODAY)
    assert [f.message.zh for f in found.faults if f.column == "月份"] == ([fault] if fault else [])
    assert found.columns["month"] == [stored]


def test_a_date_that_excel_made_elsewhere_is_still_refused_outside_months_and_dates() -> None:
    found = check_rows(SALES, [example_row("shop_sales") | {"month": "九月"}], today=TODAY)
    assert [(f.column, f.value) for f in found.faults] == [("月份", "九月")], "said once, at its place"
