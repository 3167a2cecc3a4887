"""The condition of a database's file: who has it, its settings, its size and that of its WAL, and its clock's traces."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

PUT_BACK = timedelta(microseconds=1)  # how far `chain.append` moves an entry on whose clock stood behind
LOOKED_AT = 2_000  # entries


@dataclass(frozen=True)
class Condition:
    """What SQLite says of an open database. `faults`: its own quick check, empty where that is satisfied."""

    journal_mode: str
    foreign_keys: bool
    synchronous: int
    sqlite_version: str
    faults: tuple[str, ...]


def in_use(path: Path) -> bool:
    """Whether a process (this one too) holds the database for writing."""
    file = Path(f"{path.resolve()}.lock")
    if not file.exists():
        return False
    lock = FileLock(file, timeout=0, thread_local=False, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False  # a folder that refuses us is said elsewhere
    lock.release()
    return False


def condition(db: Database) -> Condition:
    """The condition of an open reading connection's database."""
    faults = [str(row[0]) for row in db.execute("PRAGMA quick_check(3)").fetchall()]
    return Condition(
        journal_mode=str(_pragma(db, "journal_mode")),
        foreign_keys=_pragma(db, "foreign_keys") == 1,
        synchronous=int(_pragma(db, "synchronous")),
        sqlite_version=sqlite3.sqlite_version,
        faults=tuple(fault for fault in faults if fault != "ok"),
    )


def sqlite_before(version: tuple[int, int, int]) -> bool:
    """Whether the SQLite in use is older than a version."""
    return sqlite3.sqlite_version_info < version


def last_instant(db: Database) -> datetime | None:
    """The instant of the chain's last entry."""
    row = db.execute("SELECT at FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def entries_with_clock_behind(db: Database) -> int:
    """How many of the last entries came while the clock stood behind the entry before them."""
    rows = db.execute("SELECT at FROM chain ORDER BY seq DESC LIMIT ?", [LOOKED_AT]).fetchall()
    at = [datetime.fromisoformat(row[0]) for row in rows]
    return sum(later - earlier == PUT_BACK for later, earlier in zip(at, at[1:], strict=False))


def _pragma(db: Database, name: str) -> str | int:
    value: str | int = db.execute(f"PRAGMA {name}").fetchone()[0]
    return value
