"""Months as texts (`2021-08`): before and after, first and last day, words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from office.refusal import refuse
from rules.program import Words

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_NAMES = "January February March April May June July August September October November December".split()


def month_from(text: str) -> str:
    """A month as somebody typed it. Raises Refused for anything else."""
    plain = text.strip()
    if not _MONTH.fullmatch(plain):
        raise refuse(f"“{text}”不是月份；请写成 2021-08", f'"{text}" is not a month; write it like 2021-08')
    return plain


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04}-{day.month:02}"


def month_text(number: int) -> str:
    """The month of a number as indicators count them: year × 12 + month − 1."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def earlier(month: str, by: int = 1) -> str:
    """The month so many months before (after, where `by` is negative)."""
    return month_text(int(month[:4]) * 12 + int(month[5:]) - 1 - by)


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    return first_day(earlier(month, -1)) - timedelta(days=1)


def day_after(month: str, day: int) -> date:
    """A day of the month after: by when something of `month` is due."""
    return first_day(earlier(month, -1)).replace(day=day)


def up_to(month: str, many: int) -> tuple[str, ...]:
    """So many months, the last of them `month`."""
    return tuple(earlier(month, by) for by in reversed(range(many)))


def month_words(month: str) -> Words:
    """2021年8月, August 2021."""
    year, number = month[:4], int(month[5:])
    return Words(f"{year}年{number}月", f"{_NAMES[number - 1]} {year}")
