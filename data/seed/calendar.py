"""The demonstration's calendar: office days, and the days on which the month's results are entered."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta

WORKING_DAY = date(2021, 9, 30)  # the demonstration ends here; nothing is sampled or recorded later
SET_UP = date(2017, 9, 20)  # places and produce are entered
ENROLLED = date(2017, 9, 25)  # the first households and goods are entered
STORES_SET_UP = date(2020, 6, 19)  # storage places and packaging are entered
FIRST_SAMPLES = date(2017, 10, 9)

_DAYS_TO_THE_DESK = 2  # from a result to the earliest day on which it can be entered


def office_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def days_before(days: int) -> date:
    """The office day about so many days before the working day."""
    return office_day(WORKING_DAY - timedelta(days=days))


def _last_office_days() -> tuple[date, ...]:
    months = [(year, month) for year in range(2017, 2022) for month in range(1, 13)]
    next_months = [date(y + m // 12, m % 12 + 1, 1) for y, m in months if (2017, 10) <= (y, m) <= (2021, 9)]
    return tuple(office_day(first - timedelta(days=1)) for first in next_months)


ENTRY_DAYS = _last_office_days()  # one a month, 2017-10 … 2021-09


def entry_day(known: date, *, not_before: date = ENROLLED, held_back: int = 0) -> date | None:
    """The day on which something known since `known` is entered; None after the demonstration's end."""
    ready = max(known + timedelta(days=_DAYS_TO_THE_DESK + held_back), not_before)
    at = bisect_left(ENTRY_DAYS, ready)
    return ENTRY_DAYS[at] if at < len(ENTRY_DAYS) else None


def instant(day: date, minute: int) -> datetime:
    """A moment of an afternoon at the office (08:00 UTC is 16:00 in Shanghai)."""
    return datetime(day.year, day.month, day.day, 8, minute, tzinfo=UTC)
