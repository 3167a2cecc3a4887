"""What was recorded about goods after they had been decided, the decisions it may concern, and who has looked at them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class LateRows:
    """Versions of rows that decisions look at; of one good there may be many.

    `good` is its entity, `seq` the chain entry that brought the version, `since` the first day number on which it can
    matter: that of a new inspection's result; for a correction any day.
    """

    good: Ints
    seq: Ints
    since: Ints


class OneRun(NamedTuple):
    """A run as it is gone through: `good` is the one good (entity) that it is about, 0 for all; `as_of` is an ISO day."""

    id: int
    program: str
    digest: str
    as_of: str
    known_at: str
    known_seq: int
    parameters: str
    good: int


class Frozen(NamedTuple):
    """A recorded decision: what it said and the facts it was given on, as they were kept."""

    id: int
    subject: str
    benefit: str
    verdict: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Look:
    """Somebody has looked at a decision: the chain entry, who, when, and what was noted."""

    seq: int
    by: str
    at: str
    text: str


_ALWAYS = -1_000_000  # before any day
_LATE = f"""
SELECT good_entity, recorded_seq, result_day FROM inspections
  WHERE recorded_seq > :seq AND version = 1 AND result_day <= :day
UNION ALL SELECT old.good_entity, new.recorded_seq, {_ALWAYS} FROM inspections AS new
  JOIN inspections AS old ON old.entity = new.entity AND old.version <= new.version
  WHERE new.version > 1 AND new.recorded_seq > :seq
UNION ALL SELECT entity, recorded_seq, {_ALWAYS} FROM goods WHERE version > 1 AND recorded_seq > :seq
""" + "".join(
    f" UNION ALL SELECT goods.entity, changed.recorded_seq, {_ALWAYS} FROM {table} AS changed"
    f" JOIN goods ON goods.version = 1 AND goods.{column} = changed.entity"
    " WHERE changed.version > 1 AND changed.recorded_seq > :seq"
    for table, column in (("households", "household_entity"), ("products", "product_entity"))
)


def late_rows(db: Database, seq: int, day: int) -> LateRows:
    """What was recorded after a chain entry and can matter on a day number or before it."""
    rows = db.execute(_LATE, {"seq": seq, "day": day})
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return LateRows(flat[0::3], flat[1::3], flat[2::3])


def all_runs(db: Database) -> list[OneRun]:
    """Every run, in the order of recording."""
    sql = (
        "SELECT id, program, digest, as_of, known_at, known_seq, parameters, CASE scope WHEN '' THEN 0 ELSE"
        " (SELECT good_entity FROM decisions WHERE run_id = runs.id LIMIT 1) END FROM runs ORDER BY id"
    )
    return [OneRun(*row) for row in db.execute(sql).fetchall()]


def frozen_decisions(db: Database, run_id: int, subjects: Sequence[str]) -> list[Frozen]:
    """What a run said about these goods, in the order asked."""
    sql = (
        "SELECT d.id, d.subject, d.benefit, d.verdict, d.facts FROM json_each(:subjects) AS asked"
        " CROSS JOIN decisions AS d WHERE d.run_id = :run AND d.subject = asked.value ORDER BY asked.key, d.id"
    )
    rows = db.execute(sql, {"run": run_id, "subjects": json.dumps(list(subjects))}).fetchall()
    return [
        Frozen(number, subject, benefit, verdict, json.loads(facts))
        for number, subject, benefit, verdict, facts in rows
    ]


def looks(db: Database) -> dict[int, Look]:
    """The last time that somebody looked at each decision, outside any sample."""
    rows = db.execute(
        "SELECT decision_id, recorded_seq, recorded_by, recorded_at, text FROM audit_findings"
        " WHERE kind = 'looked_at' ORDER BY id"
    )
    return {row[0]: Look(*row[1:]) for row in rows.fetchall()}


def newest_run(db: Database) -> int:
    """The number of the run recorded last; 0: none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0])


def acts_on(db: Database, decisions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The kinds of the acts that rest on each of these decisions, the oldest first; one without any is left out."""
    sql = (
        "SELECT decision_id, kind FROM acts WHERE decision_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    found: dict[int, tuple[str, ...]] = {}
    for decision, kind in db.execute(sql, [json.dumps(list(decisions))]).fetchall():
        found[decision] = (*found.get(decision, ()), kind)
    return found
