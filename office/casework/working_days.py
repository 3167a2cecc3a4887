"""Working days: Chinese public holidays and make-up days, as far as they are announced.

The only module that imports chinese_calendar. It holds the State Council's announcements, year by year, and
raises beyond the last; a later year is counted Monday to Friday, and the answer says that it is not certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

# New Year's holiday is announced with its own year but has begun as early as 29 December.
_KNOWN_FROM = date(min(holidays).year, 1, 1)
_KNOWN_UNTIL = date(max(holidays).year, 12, 28)


@dataclass(frozen=True)
class Counted:
    """The last day of a period; `certain` unless some day of it lies where holidays are not announced yet."""

    until: date
    certain: bool


def nth_working_day_after(day: date, n: int) -> Counted:
    """The n-th working day after `day` (which itself does not count); n from 1."""
    if n < 1:
        raise ValueError("a period has at least one working day")
    until = day
    for _ in range(n):
        until += timedelta(days=1)
        while not _works(until):
            until += timedelta(days=1)
    return Counted(until, _announced(day + timedelta(days=1)) and _announced(until))


def _works(day: date) -> bool:
    return is_workday(day) if _announced(day) else day.weekday() < 5


def _announced(day: date) -> bool:
    return _KNOWN_FROM <= day <= _KNOWN_UNTIL
