"""A new database: its registers, the townships, and on demand a demonstration county to look around in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from data import settings
from data.canonical import instant_text
from data.checking import Checked
from data.importing import plan, write
from data.people import add_demonstration_people
from data.register import register
from data.seed import WORKING_DAY, Batch, demonstration, townships
from data.store import Database, Writer, open_writer
from office.days import now
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.recording import record_in
from office.refusal import refuse

HOUSEHOLDS = 2000
SEED = 20210930
# The demonstration's office decided and recorded on these days, in the morning after.
RECORDED = (
    (date(2021, 6, 30), datetime(2021, 7, 1, 2, tzinfo=UTC)),
    (date(2021, 8, 31), datetime(2021, 9, 1, 2, tzinfo=UTC)),
)


@dataclass(frozen=True)
class Started:
    """What `init` did: rows written per register; empty where the database was there already."""

    demonstration: bool
    rows: dict[str, int]


def start(path: Path) -> Started:
    """Create or migrate the office's database; a new one gets the townships."""
    with open_writer(path, migrate=True) as writer, writer.transaction() as db:
        rows = _enter(db, Batch(now(), "init", "townships", [dict(row) for row in townships()]))
        return Started(settings.is_demonstration(db), {"townships": rows} if rows else {})


def start_demonstration(path: Path, households: int = HOUSEHOLDS, seed: int = SEED) -> Started:
    """Create a demonstration database: invented, marked as such, ending on its own working day.

    Refused where the database holds anything already, or for less than one household.
    """
    try:
        batches = list(demonstration(households, seed))
    except ValueError as error:
        raise refuse("演示数据至少要有一户", str(error)) from None
    with open_writer(path, clock=lambda: batches[0].at, migrate=True) as writer:
        return Started(True, _fill(writer, batches))


def _fill(writer: Writer, batches: list[Batch]) -> dict[str, int]:
    """All of it in one transaction, so that half a demonstration never stays behind."""
    rows: dict[str, int] = {}
    with writer.transaction() as db:
        if db.execute("SELECT 1 FROM townships LIMIT 1").fetchone():
            raise refuse(
                "数据库里已有数据，未写入演示数据", "the database holds data already; nothing was written"
            )
        settings.make_demonstration(db, WORKING_DAY, at=batches[0].at, by="init")
        add_demonstration_people(db)
        to_record = iter(RECORDED)
        due = next(to_record, None)
        for batch in batches:
            while due and batch.at > due[1]:
                _record(db, *due)
                due = next(to_record, None)
            rows[batch.register] = rows.get(batch.register, 0) + _enter(db, batch)
    return rows


def _record(db: Database, as_of: date, at: datetime) -> None:
    program = program_named()
    answers = decide_all(gather(db, as_of, instant_text(at)), program, values_in_force(program, as_of))
    record_in(db, answers, by="示例审核员", at=at)


def _enter(db: Database, batch: Batch) -> int:
    """Write one batch as an import would; rows already there are left alone."""
    into = register(batch.register)
    planned = plan(db, into, Checked.of(batch.rows), update=batch.reason is not None)
    if planned.faults:
        raise refuse(planned.faults[0].message.zh, planned.faults[0].message.en)
    write(db, planned, at=batch.at, by=batch.by, reason=batch.reason, source=batch.by)
    return len(planned.new) + len(planned.changed)
