"""Checking: one cell's text becomes the value that is stored, or words that say why it cannot.

A column is converted by its distinct values: a year of inspections holds a few hundred days and four conclusions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from data import raw
from data.dates import SINCE_1904, WITH_TIME, read_day, read_month
from data.numbers import read_number
from data.personal import personal_number
from data.register import Column
from data.shielding import unshielded
from data.words import Words

Value = str | int | None
Answer = Value | Words

INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
MIDDLE_DOTS = re.compile("\\s*[·•‧．・･∙⋅●]\\s*")
DASHES = re.compile("[\u2010-\u2015\u2212]")
FIFTEEN_DIGITS = 15
ELEVEN_DIGITS = re.compile("[0-9]{11}")
SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE]\+?\d+")
YES, NO = {"是", "yes", "y", "true", "1", "√"}, {"否", "no", "n", "false", "0", "×"}

FORMULA = Words("这里是公式。请改为直接填写的值。", "This is a formula. Enter the value itself.")
ERROR_VALUE = Words(
    "这里是 Excel 的错误值。请填写正确的内容。", "This is an error value of Excel. Enter the value itself."
)
LOST_DIGITS = Words(
    "这个号码按数字保存，末尾的数字已经丢失。请把这一列设为文本格式后重新填写。",
    "This number was stored as a figure and has lost its last digits. Format the column as text and enter it again.",
)
TOO_LONG = Words("内容超过 2000 个字符。", "The cell holds more than 2,000 characters.")
CONTROL = Words(
    "含有不可见的控制字符或乱码，请重新填写。", "It holds control characters or garbled text; enter it again."
)
DATE_HERE = Words(
    "这里是日期格式的单元格，但这一列不是日期（可能被 Excel 自动改成了日期）。请设为文本格式后重新填写。",
    "This cell is a date, but the column is not (Excel may have turned it into one). "
    "Format it as text and enter it again.",
)
YES_OR_NO = Words("请填“是”或“否”。", "Enter 是 or 否 (yes or no).")


def convert(cells: Sequence[str], column: Column, today: date) -> tuple[list[Value], dict[str, Words]]:
    """The stored values (None for blank or refused), and the refusals by the cell's text."""
    convert_one = _kind(column, today)
    if column.kind == "code" and _all_plain(cells):
        return [cell or None for cell in cells], {}
    values: dict[str, Value] = {}
    refused: dict[str, Words] = {}
    for cell in dict.fromkeys(cells):
        answer = (_special if cell.startswith(raw.MARK) else _ordinary)(cell, column, convert_one)
        if isinstance(answer, Words):
            refused[cell] = answer
            answer = None
        values[cell] = answer
    return list(map(values.__getitem__, cells)), refused


def _all_plain(cells: Sequence[str]) -> bool:
    """Whether all codes are as they should be: nothing to fold, no run of digits as long as a personal number.

    One look at all of them together, as most are all different. A hyphen may stand in a code and ends a run.
    """
    joined = "-".join(cells)
    characters = joined.replace("-", "")
    return joined.isascii() and (not characters or characters.isalnum()) and not ELEVEN_DIGITS.search(joined)


def half_width(text: str) -> str:
    """Half-width, without invisible characters, runs of white space as one space, none at the ends."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def _ordinary(cell: str, column: Column, convert_one: Callable[[str], Answer]) -> Answer:
    text = half_width(MIDDLE_DOTS.sub("·", cell) if column.kind == "name" else cell)
    text = unshielded(text).lstrip()
    if not text:
        return None
    is_code, elsewhere = column.kind == "code", column.given_elsewhere
    return personal_number(text, is_code=is_code, given_elsewhere=elsewhere) or convert_one(text)


def _special(cell: str, column: Column, convert_one: Callable[[str], Answer]) -> Answer:
    """A cell that is more than text: only a day in a column of days or months is welcome."""
    mark, text = cell[:2], cell[2:]
    if mark == raw.LONG_NUMBER and column.kind == "number":  # no digit that matters is lost: it is too large
        return convert_one("9" * FIFTEEN_DIGITS)
    refusals = {
        raw.FORMULA: FORMULA,
        raw.ERROR: ERROR_VALUE,
        raw.LONG_NUMBER: LOST_DIGITS,
        raw.TOO_LONG: TOO_LONG,
        raw.CONTROL: CONTROL,
    }
    if mark in refusals:
        return personal_number(half_width(text), is_code=False) or refusals[mark]
    if mark == raw.SERIAL_1904:
        return SINCE_1904 if column.kind in ("date", "month") else convert_one(text)
    if column.kind not in ("date", "month"):
        return DATE_HERE
    return WITH_TIME if mark == raw.TIME else convert_one(text)


def _kind(column: Column, today: date) -> Callable[[str], Answer]:
    """How a column's half-width text becomes its value; what the model refuses later is passed on as it is."""
    if column.kind == "date":
        return lambda text: read_day(text, today=today, may_be_future=column.may_be_future)
    if column.kind == "month":
        return lambda text: read_month(text, today=today)
    if column.kind == "choice":
        known = _choice_words(column)
        return lambda text: known.get(_folded(text), text)
    if column.kind == "yes_no":
        return _yes_no
    if column.kind == "number":
        return lambda text: read_number(
            text, scale=column.scale, low=column.low, unit=column.unit, high=column.high
        )
    return _code if column.kind == "code" else lambda text: text


def _code(text: str) -> Answer:
    if SCIENTIFIC.fullmatch(text) and "+" in text:
        return LOST_DIGITS
    return text if text.isascii() else DASHES.sub("-", text)


def _yes_no(text: str) -> Answer:
    folded = text.casefold()
    return 1 if folded in YES else 0 if folded in NO else YES_OR_NO


def _choice_words(column: Column) -> dict[str, str]:
    words = {_folded(word.zh): code for code, word in column.choices.items()}
    return words | {code: code for code in column.choices} | column.also_read


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
