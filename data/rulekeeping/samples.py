"""Samples as they were drawn, and what was found looking at their decisions: the newest finding counts, all stay."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from data.casework.acts import Act, act


@dataclass(frozen=True)
class Sample:
    """A sample. `asked` is its frame with `strata` and what `size` counts; `drawn` are decisions, as they were drawn.

    `population_digest`: SHA-256 of the population's decision numbers, ascending, one a line.
    """

    id: int
    number: str
    seed: str
    size: int
    population: int
    population_digest: str
    asked: Mapping[str, Any]
    drawn: tuple[int, ...]
    done_on: str
    remark: str | None
    recorded_seq: int
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Finding:
    """What somebody noted about a decision. `kind` in_order or finding of a sample's, looked_at outside one."""

    id: int
    sample_id: int | None
    decision_id: int
    kind: str
    text: str | None
    done_on: str
    recorded_at: str
    recorded_by: str


_SAMPLE = (
    "SELECT id, number, seed, size, population, population_digest, asked, drawn, done_on, remark,"
    " recorded_seq, recorded_at, recorded_by FROM audit_samples"
)
_FINDING = (
    "SELECT id, sample_id, decision_id, kind, text, done_on, recorded_at, recorded_by FROM audit_findings"
)


def samples(db: Database) -> list[Sample]:
    """Every sample, the newest first."""
    return [_sample(row) for row in db.execute(f"{_SAMPLE} ORDER BY id DESC").fetchall()]


def sample_numbered(db: Database, number: str) -> Sample | None:
    """One sample by its number."""
    row = db.execute(f"{_SAMPLE} WHERE number = ?", [number]).fetchone()
    return _sample(row) if row else None


def samples_of_year(db: Database, prefix: str) -> int:
    """How many samples have a number that begins so."""
    sql = "SELECT count(*) FROM audit_samples WHERE substr(number, 1, length(?)) = ?"
    return int(db.execute(sql, [prefix, prefix]).fetchone()[0])


def findings_of(db: Database, sample: int) -> list[Finding]:
    """Everything noted about a sample's decisions, the oldest first."""
    rows = db.execute(f"{_FINDING} WHERE sample_id = ? ORDER BY id", [sample]).fetchall()
    return [Finding(*row) for row in rows]


def findings_about(db: Database, decision: int) -> list[Finding]:
    """Everything noted about one decision, in samples and outside, the oldest first."""
    rows = db.execute(f"{_FINDING} WHERE decision_id = ? ORDER BY id", [decision]).fetchall()
    return [Finding(*row) for row in rows]


def counted_findings(db: Database) -> dict[int, dict[str, int]]:
    """Per sample how many of its decisions have which kind as their newest finding."""
    sql = (
        "SELECT sample_id, kind, count(*) FROM audit_findings WHERE id IN (SELECT max(id) FROM audit_findings"
        " WHERE sample_id IS NOT NULL GROUP BY sample_id, decision_id) GROUP BY sample_id, kind"
    )
    found: dict[int, dict[str, int]] = {}
    for sample, kind, count in db.execute(sql).fetchall():
        found.setdefault(sample, {})[kind] = count
    return found


def acts_resting_on(db: Database, decisions: Sequence[int]) -> dict[int, list[Act]]:
    """The acts that rest on each of these decisions, the oldest first; a decision without any is left out."""
    sql = "SELECT id FROM acts WHERE decision_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    found: dict[int, list[Act]] = {}
    for (number,) in db.execute(sql, [json.dumps(list(decisions))]).fetchall():
        if (one := act(db, number)) is not None and one.decision_id is not None:
            found.setdefault(one.decision_id, []).append(one)
    return found


def _sample(row: tuple[Any, ...]) -> Sample:
    values = list(row)
    values[6] = json.loads(values[6])
    values[7] = tuple(json.loads(values[7]))
    return Sample(*values)
