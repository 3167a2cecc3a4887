"""A new database: its registers, the townships, and on demand a demonstration county to look around in."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from data import settings
from data.checking import Checked
from data.importing import plan, write
from data.people import add_demonstration_people
from data.protection.backups import record_steps
from data.register import register
from data.seed import WORKING_DAY, Batch, batches_of, county, townships
from data.store import Database, Writer, open_writer
from office.backup.before_upgrade import backup_before_upgrade
from office.backup.making import SYSTEM, Made, row_of
from office.days import now
from office.demonstration import Doing, doings
from office.refusal import refuse
from office.rulekeeping.publishing import publish_baseline

HOUSEHOLDS = 2000
SEED = 20210930


@dataclass(frozen=True)
class Started:
    """What `init` did: rows written per register; empty where the database was there already.

    `kept`: the backup made before a database of an earlier version was upgraded.
    """

    demonstration: bool
    rows: dict[str, int]
    kept: Made | None = None


def start(path: Path) -> Started:
    """Create or migrate the office's database; a new one gets the townships, a demonstration its invented people.

    One of an earlier version is backed up first; where that fails, it is not upgraded.
    """
    kept = backup_before_upgrade(path)
    with open_writer(path, migrate=True) as writer, writer.transaction() as db:
        at = now()
        rows = _enter(db, Batch(at, "init", "townships", [dict(row) for row in townships()]))
        publish_baseline(db, at=at, day=settings.working_day(db, at))
        demonstration = settings.is_demonstration(db)
        if demonstration:  # of an earlier version, which had fewer of them
            add_demonstration_people(db, at=at)
        if kept is not None:
            record_steps(db, [row_of(kept)], at=at, by=SYSTEM)
        return Started(demonstration, {"townships": rows} if rows else {}, kept)


def start_demonstration(path: Path, households: int = HOUSEHOLDS, seed: int = SEED) -> Started:
    """Create a demonstration database: invented, marked as such, ending on its own working day.

    Refused where the database holds anything already, or for less than one household.
    """
    try:
        invented = county(households, seed)
    except ValueError as error:
        raise refuse("演示数据至少要有一户", str(error)) from None
    backup_before_upgrade(path)
    batches = list(batches_of(invented))
    with open_writer(path, clock=lambda: batches[0].at, migrate=True) as writer:
        return Started(True, _fill(writer, batches, doings(invented)))


def _fill(writer: Writer, batches: list[Batch], done: list[Doing]) -> dict[str, int]:
    """All of it in one transaction and in order of time, so that half a demonstration never stays behind."""
    rows: dict[str, int] = {}
    with writer.transaction() as db:
        if db.execute("SELECT 1 FROM townships LIMIT 1").fetchone():
            raise refuse(
                "数据库里已有数据，未写入演示数据", "the database holds data already; nothing was written"
            )
        settings.make_demonstration(db, WORKING_DAY, at=batches[0].at, by="init")
        at = batches[0].at
        add_demonstration_people(db, at=at)
        publish_baseline(db, at=at, day=settings.day_of_entry(db, at))
        told: list[Batch | Doing] = [*batches, *done]
        for one in sorted(told, key=attrgetter("at")):
            if isinstance(one, Doing):
                one.do(db, one.at, one.day)
            else:
                rows[one.register] = rows.get(one.register, 0) + _enter(db, one)
    return rows


def _enter(db: Database, batch: Batch) -> int:
    """Write one batch as an import would; rows already there are left alone."""
    into = register(batch.register)
    planned = plan(db, into, Checked.of(batch.rows), update=batch.reason is not None)
    if planned.faults:
        raise refuse(planned.faults[0].message.zh, planned.faults[0].message.en)
    write(db, planned, at=batch.at, by=batch.by, reason=batch.reason, source=batch.by)
    return len(planned.new) + len(planned.changed)
