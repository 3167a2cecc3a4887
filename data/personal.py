"""Checking, first of all: numbers that must not come in at all, whatever column they stand in.

ID-card, mobile and bank-card numbers are never stored. A file with one is refused, and the number is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from data.faults import WITHHELD
from data.words import Words

PERSONAL_NUMBER = Words(
    "这里像是身份证号、手机号或银行卡号。系统不保存这类号码，请删除后再导入（原值不再显示）。",
    "This looks like an ID-card, mobile or bank-card number. Such numbers are never kept: remove it "
    "(it is not shown again).",
)
STAND_IN = Words(
    "这里原来的号码已隐去，请填写正确的内容或留空。",
    "A number was withheld here. Enter what belongs here, or leave it blank.",
)

# A run of digits standing alone, and one that may be broken up by single spaces or hyphens.
UNBROKEN = re.compile(r"(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])|(?<!\d)\d{17}[\dXx](?!\d)")
BROKEN = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){10,}(?:[ -]?[Xx])?(?![0-9A-Za-z])")
DECIMAL = re.compile(r"(?<![0-9.])\d+\.\d+(?![0-9.])")  # a measured value, however many digits it has
SPACE_WITHIN = re.compile(r"(?<=\d) (?=[\dXx])")
MANY_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")
PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
PROVINCES |= {71, 81, 82}


def personal_number(text: str, *, is_code: bool, given_elsewhere: bool = False) -> Words | None:
    """What to say if `text` (half-width) holds a personal number, else None.

    A code may look like a mobile or bank-card number, so only ID-card numbers are looked for there. In numbers
    that carriers and platforms give, a mobile number is the buyer's, in the wrong column: none of theirs has just
    11 digits. Their 15 digits are no ID card: that old form has not been valid since 2013.
    """
    if text == WITHHELD or text == "(已隐去)":
        return STAND_IN
    if not MANY_DIGITS.search(text):
        return None
    if given_elsewhere:
        runs = list(_runs(text, is_code=True))
        return (
            PERSONAL_NUMBER
            if any(_is_mobile(r) or (len(r) == 18 and _is_identity_card(r)) for r in runs)
            else None
        )
    if any(map(_is_identity_card, _runs(text, is_code=is_code))):
        return PERSONAL_NUMBER
    if is_code:
        return None
    others = _runs(DECIMAL.sub(".", text), is_code=False)
    return PERSONAL_NUMBER if any(_is_mobile(run) or _is_bank_card(run) for run in others) else None


def _runs(text: str, *, is_code: bool) -> Iterator[str]:
    """The long runs of digits; spaces within them do not count, and outside codes neither do hyphens."""
    joined = SPACE_WITHIN.sub("", text) if is_code else text
    yield from (match[0].upper() for match in UNBROKEN.finditer(joined))
    if not is_code:
        yield from (re.sub("[ -]", "", match[0]).upper() for match in BROKEN.finditer(text))


def _is_mobile(run: str) -> bool:
    return bool(re.fullmatch(r"1[3-9]\d{9}", run))


def _is_identity_card(run: str) -> bool:
    """18 digits with a province and a day of birth, or the old 15 of somebody born from 1930 to 1999.

    The check digit is not asked: a number that is copied wrongly is still somebody's.
    """
    if not run[:2].isdigit() or int(run[:2]) not in PROVINCES:
        return False
    if len(run) == 15:
        return run.isdigit() and run[6:8] >= "30" and _is_day("19" + run[6:12])
    return len(run) == 18 and run[:17].isdigit() and _is_day(run[6:14])


def _is_bank_card(run: str) -> bool:
    """UnionPay numbers begin with 62; others are told from running numbers by their check digit."""
    if not run.isdigit() or not 16 <= len(run) <= 19:
        return False
    return run.startswith("62") or (run[0] in "34569" and _luhn(run))


def _luhn(run: str) -> bool:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(run))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False
