"""What a re-check reads, as it was stored, and the re-checks that were recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from data.decisions import Run, run


class Raw(NamedTuple):
    """A decision as its row holds it; findings, facts and evidence are texts. In this order after its id."""

    id: int
    good_entity: int
    subject: str
    benefit: str
    verdict: str
    row: int
    findings: str
    facts: str
    evidence: str


class RawLine(NamedTuple):
    """A line of a settlement as its row holds it."""

    id: int
    kind: str
    shipment_entity: int
    shipment_row: int
    claim_no: str
    subject: str
    household_no: str
    shipped_on: str
    verdict: str
    row: int
    findings: str
    facts: str
    evidence: str
    due: int
    capped: int
    paid: int
    adjusts: int | None


class RunSize(NamedTuple):
    """A run to be decided again, and how many decisions it has; `known_seq` brings those of equal registers together."""

    id: int
    known_seq: int
    decisions: int


@dataclass(frozen=True)
class Recheck:
    """A re-check as it was recorded: the chain's end then, what was decided again, how many differences, and the first."""

    id: int
    head_seq: int
    head_hash: str
    decisions: int
    differences: int
    first: dict[str, Any] | None
    seconds: int
    done_on: str
    recorded_at: str
    recorded_by: str


def runs_until(db: Database, seq: int) -> list[RunSize]:
    """The runs recorded up to a chain entry, those that looked at the same registers one after the other."""
    rows = db.execute(
        "SELECT id, known_seq, decisions FROM runs WHERE recorded_seq <= ? ORDER BY known_seq, id", [seq]
    )
    return list(map(RunSize._make, rows))


def run_of(db: Database, run_id: int) -> Run:
    """One run. Raises LookupError where it is not there."""
    found = run(db, run_id)
    if found is None:
        raise LookupError(f"run {run_id}")
    return found


def raw_decisions(db: Database, run_id: int) -> Iterator[tuple[Any, ...]]:
    """A run's decisions in the order of recording, in the order of `Raw`."""
    sql = f"SELECT {', '.join(Raw._fields)} FROM decisions WHERE run_id = ? ORDER BY id"
    return iter(db.execute(sql, [run_id]))


def raw_lines(db: Database, settlement_id: int) -> list[RawLine]:
    """A settlement's lines in the order of writing."""
    sql = f"SELECT {', '.join(RawLine._fields)} FROM settlement_lines WHERE settlement_id = ? ORDER BY id"
    return list(map(RawLine._make, db.execute(sql, [settlement_id])))


def entry_hash_at(db: Database, seq: int) -> str | None:
    """The hash of a chain entry; None where there is no such entry."""
    row = db.execute("SELECT hash FROM chain WHERE seq = ?", [seq]).fetchone()
    return str(row[0]) if row else None


def rechecks(db: Database) -> list[Recheck]:
    """Every recorded re-check, the newest first."""
    columns = (
        "id, head_seq, head_hash, decisions, differences, first, seconds, done_on, recorded_at, recorded_by"
    )
    rows = db.execute(f"SELECT {columns} FROM rechecks ORDER BY id DESC").fetchall()
    names = columns.split(", ")
    named = [dict(zip(names, row, strict=True)) for row in rows]
    return [Recheck(**{**one, "first": json.loads(one["first"]) if one["first"] else None}) for one in named]


@contextmanager
def confirmed_before(db: Database, seq: int) -> Iterator[None]:
    """Within the block this reading connection sees what was done with settlements before a chain entry, and nothing of later.

    A view of the connection's own hides the table's later rows; the file itself stays open for reading only.
    """
    db.execute("PRAGMA query_only = 0")
    try:
        db.execute(
            "CREATE TEMP VIEW settlement_steps AS"
            f" SELECT * FROM main.settlement_steps WHERE recorded_seq < {int(seq)}"
        )
        try:
            yield
        finally:
            db.execute("DROP VIEW temp.settlement_steps")
    finally:
        db.execute("PRAGMA query_only = 1")


def settlement_seq(db: Database, settlement_id: int) -> int:
    """The chain entry that a settlement was drafted with."""
    row = db.execute("SELECT recorded_seq FROM settlements WHERE id = ?", [settlement_id]).fetchone()
    return int(row[0])
