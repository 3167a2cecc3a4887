"""Days and instants as people write them, and the office's own clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from data.canonical import instant_text
from data.settings import SHANGHAI, day_of_entry
from data.store import Database
from office.refusal import refuse

HERE = SHANGHAI
EPOCH = date(1970, 1, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def now() -> datetime:
    """The instant, in UTC: the only place where the office reads the clock."""
    return datetime.now(UTC)


def today() -> date:
    """The day here."""
    return now().astimezone(HERE).date()


def must_be_today(db: Database, day: date, at: datetime) -> None:
    """Refused unless what is done on `day`, at the instant `at`, is done on the office's day of its entry."""
    today = day_of_entry(db, at)
    if day != today:
        raise refuse(
            f"今天是 {today}，不能办理 {day} 的事项。没有改动任何内容；日期不对的，请核对电脑的日期",
            f"today is {today}: nothing can be done on {day}. Nothing was changed; if the day is wrong, check the clock",
        )


def day_from(text: str) -> date:
    """A day from `2021-09-30`; refused otherwise."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(
            f"“{text}”不是日期；请写成 2021-09-30 的样子", f'"{text}" is not a day; write it like 2021-09-30'
        ) from None


def known_at_from(text: str) -> str:
    """K as canonical UTC text. A bare date is the end of that day here; a time without zone is UTC."""
    if len(text) == 10:
        after = datetime.combine(day_from(text) + timedelta(days=1), time(), HERE)
        return instant_text(after - timedelta(microseconds=1))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise refuse(
            f"“{text}”不是时刻；请写成 2021-09-30 或 2021-09-30T08:00:00Z",
            f'"{text}" is not an instant; write it like 2021-09-30 or 2021-09-30T08:00:00Z',
        ) from None
    return instant_text(at if at.tzinfo else at.replace(tzinfo=UTC))


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the core counts them."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day of a day number."""
    return EPOCH + timedelta(days=number)
