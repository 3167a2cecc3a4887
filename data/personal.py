"""Checking, first of all: numbers that must not come in at all, whatever column they stand in.

ID-card, mobile and bank-card numbers are never stored. A file with one is refused, and the number is not shown.
"""

from __future__ import annotations

import re
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
MANY_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")
PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)}
PROVINCES |= {71, 81, 82}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def personal_number(text: str, *, is_code: bool) -> Words | None:
    """What to say if `text` (half-width) holds a personal number, else None.

    In a code a hyphen separates parts, so only unbroken runs are looked at there.
    """
    if text == WITHHELD or text == "(已隐去)":
        return STAND_IN
    if not MANY_DIGITS.search(text):
        return None
    runs = [match[0] for match in UNBROKEN.finditer(text)]
    if not is_code:
        runs += [re.sub("[ -]", "", match[0]) for match in BROKEN.finditer(text)]
    return PERSONAL_NUMBER if any(_is_personal(run.upper()) for run in runs) else None


def _is_personal(run: str) -> bool:
    if len(run) == 11:
        return bool(re.fullmatch(r"1[3-9]\d{9}", run))
    return _is_identity_card(run) or _is_bank_card(run)


def _is_identity_card(run: str) -> bool:
    """18 digits with a fitting check digit, or the old 15 digits of somebody born from 1930 to 1999."""
    if not run[:2].isdigit() or int(run[:2]) not in PROVINCES:
        return False
    if len(run) == 15:
        return run.isdigit() and run[6:8] >= "30" and _is_day("19" + run[6:12])
    if len(run) != 18 or not run[:17].isdigit() or not _is_day(run[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(run, WEIGHTS, strict=False))
    return run[17] == "10X98765432"[total % 11]


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
