"""What a copy of the application and its database say of themselves, for the page 关于 and the command `version`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data import chain, settings
from data.migrations import SCHEMA
from data.store import Database
from office.days import now
from office.version import VERSION, digest


@dataclass(frozen=True)
class Copy:
    """The software: its number, the digest of its source, and the step of the database it works on."""

    version: str
    digest: str
    schema: int


@dataclass(frozen=True)
class Installation:
    """The database: its number, the newest entry of its chain, its working day, whether its data are invented."""

    number: str
    head_seq: int
    head_hash: str
    head_at: datetime
    working_day: date
    demonstration: bool
    asked_at: datetime


def this_copy() -> Copy:
    """Of this process; the digest is taken once."""
    return Copy(VERSION, digest(), SCHEMA)


def installation(db: Database) -> Installation:
    """Of this database, now."""
    head, at = chain.head(db), now()
    return Installation(
        settings.install_id(db),
        head.seq,
        head.hash,
        datetime.fromisoformat(head.at) if head.at else at,
        settings.working_day(db, at),
        settings.is_demonstration(db),
        at,
    )
