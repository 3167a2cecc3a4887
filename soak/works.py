"""The office's work as somebody may cut it off: what is done step by step, and how the same is done again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data import chain
from data.casework.settlements import open_draft
from data.migrations import SCHEMA
from data.register import REGISTERS
from data.store import Busy, Writer, open_writer, reading
from office.backup.making import make
from office.backup.restoring import restore
from office.casework.bulk import bulk_grant, bulk_preview
from office.days import now
from office.importing import Report, carry_out, prepare, source_of
from office.recording import decided_at, record
from office.refusal import Refused
from office.rulekeeping.publishing import publish_baseline
from office.subsidy.settling import check, confirm, discard, draft
from soak.setting import CLERK, DAY, HEAD, REVIEWER, inspections

Ack = tuple[int, str]  # number and hash of the chain's head when the step was answered
ROWS = 10_000
FILES = ("KA", "KB")
DAYS = 6
COPIES = 3


@dataclass(frozen=True)
class Work:
    """`steps` does it and answers after each committed step; `again` does it on whatever a kill left, to the end."""

    steps: Callable[[Path], Iterator[Ack]]
    again: Callable[[Path], None]


def head_of(writer: Writer) -> Ack:
    """The chain's head as it is committed."""
    with reading(writer.path) as db:
        head = chain.head(db)
    return head.seq, head.hash


def _imported(path: Path, writer: Writer, name: str) -> Report:
    content = inspections(path, ROWS, name)
    with reading(path) as db:
        report = prepare(db, REGISTERS["inspections"], f"{name}.csv", content)
    return carry_out(writer, report, by=CLERK, source=source_of(content))


def _imports(path: Path) -> Iterator[Ack]:
    with open_writer(path) as writer:
        for name in FILES:
            _imported(path, writer, name)
            yield head_of(writer)


def _imports_again(path: Path) -> None:
    """Every file is there wholly or not at all, and in the end wholly."""
    with open_writer(path) as writer:
        for name in FILES:
            report = _imported(path, writer, name)
            if (report.accepted, report.unchanged) not in ((ROWS, 0), (0, ROWS)):
                raise AssertionError(
                    f"{report.accepted} rows of {name} were new, {report.unchanged} were there"
                )


def _recordings(path: Path) -> Iterator[Ack]:
    with open_writer(path) as writer:
        for ago in range(DAYS):
            _recorded(writer, DAY - timedelta(days=ago))
            yield head_of(writer)


def _recorded(writer: Writer, day: date) -> int:
    with reading(writer.path) as db:
        answers = decided_at(db, day, now())
    return record(writer, answers, by=REVIEWER.name)


def _recordings_again(path: Path) -> None:
    with open_writer(path) as writer:
        runs = [_recorded(writer, DAY - timedelta(days=ago)) for ago in range(DAYS)]
        if runs != [_recorded(writer, DAY - timedelta(days=ago)) for ago in range(DAYS)]:
            raise AssertionError("the same decisions were recorded twice")


def _settlements(path: Path) -> Iterator[Ack]:
    with open_writer(path) as writer:
        _cleared(writer)
        for _ in range(3):
            made = draft(writer, DAY, None, doer=CLERK)
            yield head_of(writer)
            discard(writer, made.number, "试验", doer=CLERK)
            yield head_of(writer)
        made = draft(writer, DAY, None, doer=CLERK)
        yield head_of(writer)
        check(writer, made.number, doer=REVIEWER)
        yield head_of(writer)
        confirm(writer, made.number, doer=HEAD)
        yield head_of(writer)


def _cleared(writer: Writer) -> None:
    """A draft that is still open is put aside."""
    with writer.transaction() as db:
        left = open_draft(db)
    if left is not None:
        discard(writer, left.number, "重新起草", doer=CLERK)


def _settlements_again(path: Path) -> None:
    """What is open is drafted anew; once it was confirmed there is nothing left to settle."""
    with open_writer(path) as writer:
        _cleared(writer)
        try:
            made = draft(writer, DAY, None, doer=CLERK)
        except Refused as refused:
            _only_if("nothing to settle", refused)
            return
        check(writer, made.number, doer=REVIEWER)
        confirm(writer, made.number, doer=HEAD)


def _grants(path: Path) -> Iterator[Ack]:
    with open_writer(path) as writer:
        for benefit in ("packaging", "logistics"):
            _granted(writer, benefit)
            yield head_of(writer)


def _granted(writer: Writer, benefit: str) -> None:
    with reading(writer.path) as db:
        seen = bulk_preview(db, benefit, DAY).digest
    bulk_grant(writer, benefit, None, seen=seen, doer=REVIEWER)


def _grants_again(path: Path) -> None:
    with open_writer(path) as writer:
        for benefit in ("packaging", "logistics"):
            try:
                _granted(writer, benefit)
            except Refused as refused:
                _only_if("nothing to confirm", refused)


def _only_if(said: str, refused: Refused) -> None:
    if said not in refused.words.en:
        raise refused


def _migration(path: Path) -> Iterator[Ack]:
    with open_writer(path, migrate=True) as writer:
        with writer.transaction() as db:
            publish_baseline(db, at=now(), day=DAY)
        yield head_of(writer)


def _migration_again(path: Path) -> None:
    list(_migration(path))
    with reading(path) as db:
        if db.execute("PRAGMA user_version").fetchone() != (SCHEMA,):
            raise AssertionError("the layout is not the newest")


def _backups(path: Path) -> Iterator[Ack]:
    with open_writer(path) as writer:
        for _ in range(COPIES):
            make(path, writer, "asked", "示例管理员")
            yield head_of(writer)


def _restored(path: Path) -> Iterator[Ack]:
    copy = next((path.parent / "backups").glob("*.db"))
    try:
        done = restore(copy, path, sure=True)
    except Busy:
        return
    yield done.seq, done.hash


WORKS = {
    "imports of 10,000 rows": Work(_imports, _imports_again),
    "recordings of decisions": Work(_recordings, _recordings_again),
    "settlements": Work(_settlements, _settlements_again),
    "grants to all plain cases": Work(_grants, _grants_again),
    "migrations": Work(_migration, _migration_again),
    "backups": Work(_backups, lambda path: [None for _ in _backups(path)].clear()),
    "restores": Work(_restored, lambda path: [None for _ in _restored(path)].clear()),
}
