"""What holds for the whole installation: its number, whether it is a demonstration, the working day.

A change is an entry of the chain, because these decide which day is judged and who may come in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from sqlite_utils import Database

from data import chain

# China has had one time zone and no summer time since 1991; a fixed offset needs no zone data on Windows.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
FIXED = ("install_id", "genesis")


def get(db: Database, key: str) -> str | None:
    row = db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
    return row[0] if row else None


def put(db: Database, key: str, value: str, *, at: datetime, by: str) -> None:
    """Set one value, with its chain entry, inside the caller's transaction; the same value again writes nothing."""
    if key in FIXED:
        raise ValueError(f"{key} is never changed")
    if get(db, key) == value:
        return
    chain.append(db, at=at, actor=by, action="setting", body={"key": key, "value": value})
    db.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )


def install_id(db: Database) -> str:
    return get(db, "install_id") or ""


def is_demonstration(db: Database) -> bool:
    return get(db, "demonstration") == "1"


def make_demonstration(db: Database, working_day: date, *, at: datetime, by: str) -> None:
    """Mark the database as holding invented data that end on `working_day`."""
    put(db, "demonstration", "1", at=at, by=by)
    put(db, "working_day", working_day.isoformat(), at=at, by=by)


def day_of_entry(db: Database, at: datetime) -> date:
    """The office's day that an entry of the chain made at `at` has: what is done is done on it (casework's triggers).

    It is the day here of the entry's instant, which never lies before the last one, in a demonstration at most the
    stored day.
    """
    instant = max(at, datetime.fromisoformat(chain.head(db).at or at.isoformat()))
    return min(instant.astimezone(SHANGHAI).date(), working_day(db, instant))


def working_day(db: Database, now: datetime) -> date:
    """The stored day in a demonstration database, else the office's calendar day at the instant `now`."""
    stored = get(db, "working_day")
    if is_demonstration(db) and stored:
        return date.fromisoformat(stored)
    return now.astimezone(SHANGHAI).date()
