"""Which recorded decisions a sample is drawn from, and the drawn ones with everything that was frozen about them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils import Database

from data.versions import END_OF_TIME, known

RESTS = (
    "acted",
    "overridden",
    "followed",
)  # what was done on a decision: anything, something against it, all along it

# Where each good's household lives, as known at :k: its township and village.
PLACES = f"""places AS MATERIALIZED (
  SELECT goods.entity AS good, products.product_name, villages.village_name,
    townships.township_code, townships.township_name
  FROM goods JOIN products ON products.entity = goods.product_entity AND {known("products")}
  JOIN households ON households.entity = goods.household_entity AND {known("households")}
  JOIN villages ON villages.entity = households.village_entity AND {known("villages")}
  JOIN townships ON townships.entity = villages.township_entity AND {known("townships")}
  WHERE {known("goods")})"""
_ACTED = (
    "decisions.id IN (SELECT decision_id FROM acts WHERE decision_id IS NOT NULL AND recorded_at <= :k{0})"
)
_CONDITIONS = {
    "since": "runs.as_of >= :since",
    "until": "runs.as_of <= :until",
    "program": "runs.program = :program",
    "benefit": "decisions.benefit = :benefit",
    "township": "places.township_code = :township",
    "verdict": "decisions.verdict = :verdict",
    "person": f"(runs.recorded_by = :person OR {_ACTED.format(' AND recorded_by = :person')})",
}
_RESTING = {
    "acted": _ACTED.format(""),
    "overridden": _ACTED.format(" AND overrides = 1"),
    "followed": f"{_ACTED.format('')} AND NOT {_ACTED.format(' AND overrides = 1')}",
}


@dataclass(frozen=True)
class Frame:
    """What is asked of the recorded decisions; "" asks nothing. Days (ISO) are the days decided about.

    `township` is a code, `rests` one of RESTS, `person` who recorded the decision or acted on it. `known_at` (canonical
    UTC text) and `last` (a decision's number) keep the frame as it was: what is recorded later is not in it.
    """

    since: str = ""
    until: str = ""
    program: str = ""
    benefit: str = ""
    township: str = ""
    verdict: str = ""
    rests: str = ""
    person: str = ""
    known_at: str = END_OF_TIME
    last: int = 0


class Member(NamedTuple):
    """One decision of a frame: its number, verdict and township's code ("" where it was not asked)."""

    id: int
    verdict: str
    township: str


@dataclass(frozen=True)
class Kept:
    """One recorded decision with its run's inputs and where its good is at home. `evidence` are row versions."""

    id: int
    run: int
    subject: str
    benefit: str
    verdict: str
    row: int
    findings: dict[str, str]
    facts: dict[str, Any]
    evidence: list[int]
    program: str
    digest: str
    as_of: date
    known_at: str
    parameters: dict[str, int]
    recorded_by: str
    recorded_at: str
    product_name: str
    village_name: str
    township_code: str
    township_name: str


def last_decision(db: Database) -> int:
    """The number of the decision recorded last; 0: none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()[0])


def members(db: Database, frame: Frame, *, townships: bool = False) -> Iterator[Member]:
    """The decisions of a frame in the order of recording; with `townships` each says its own."""
    township, asked = _asked(frame, townships)
    sql = asked.format(f"decisions.id, decisions.verdict, {township}") + " ORDER BY decisions.id"
    return map(Member._make, db.execute(sql, {**vars(frame), "k": frame.known_at}))


def counted(db: Database, frame: Frame, strata: str = "") -> dict[str, int]:
    """How many decisions a frame has, by township's code or verdict if asked, in their order; else under ""."""
    township, asked = _asked(frame, strata == "township")
    by = {"township": township, "verdict": "decisions.verdict"}.get(strata, "''")
    sql = asked.format(f"{by} AS stratum, count(*)") + " GROUP BY stratum ORDER BY stratum"
    return dict(db.execute(sql, {**vars(frame), "k": frame.known_at}).fetchall())


def _asked(frame: Frame, townships: bool) -> tuple[str, str]:
    """The SQL of a decision's township, and that of a frame with a place {} for what is selected."""
    placed = townships or bool(frame.township)
    asked = [condition for name, condition in _CONDITIONS.items() if getattr(frame, name)]
    asked += [_RESTING[frame.rests]] if frame.rests else []
    with_places = f"WITH {PLACES} " if placed else ""
    joined = " LEFT JOIN places ON places.good = decisions.good_entity" if placed else ""
    sql = (
        f"{with_places}SELECT {{}} FROM decisions JOIN runs ON runs.id = decisions.run_id{joined}"
        f" WHERE {' AND '.join(['decisions.id <= :last', *asked])}"
    )
    return "coalesce(places.township_code, '')" if placed else "''", sql


def kept_decisions(db: Database, ids: Sequence[int], known_at: str = END_OF_TIME) -> dict[int, Kept]:
    """These decisions by number, in the order asked; places and names as known at an instant."""
    sql = (
        f"WITH {PLACES} SELECT d.id, d.run_id, d.subject, d.benefit, d.verdict, d.row, d.findings, d.facts,"
        " d.evidence, r.program, r.digest, r.as_of, r.known_at, r.parameters, r.recorded_by, r.recorded_at,"
        " coalesce(p.product_name, ''), coalesce(p.village_name, ''), coalesce(p.township_code, ''),"
        " coalesce(p.township_name, '')"
        " FROM json_each(:ids) AS asked JOIN decisions AS d ON d.id = asked.value"
        " JOIN runs AS r ON r.id = d.run_id LEFT JOIN places AS p ON p.good = d.good_entity ORDER BY asked.key"
    )
    rows = db.execute(sql, {"ids": json.dumps(list(ids)), "k": known_at})
    return {row[0]: _kept(row) for row in rows.fetchall()}


def people_of_decisions(db: Database) -> list[str]:
    """Everybody who recorded a decision or acted on one, by name."""
    rows = db.execute(
        "SELECT recorded_by FROM runs UNION SELECT recorded_by FROM acts WHERE decision_id IS NOT NULL ORDER BY 1"
    )
    return [name for (name,) in rows.fetchall()]


def benefits_and_verdicts(db: Database) -> tuple[list[str], list[str]]:
    """The benefits and the verdicts that occur among the recorded decisions."""
    found: list[list[str]] = [
        [name for (name,) in db.execute(f"SELECT DISTINCT {column} FROM decisions ORDER BY 1").fetchall()]
        for column in ("benefit", "verdict")
    ]
    return found[0], found[1]


def rules_of_runs(db: Database) -> list[tuple[str, str]]:
    """The rules that recorded decisions were made with, programme and digest, in the order of their first run."""
    rows = db.execute("SELECT program, digest FROM runs GROUP BY program, digest ORDER BY min(id)")
    return [(program, digest) for program, digest in rows.fetchall()]


def townships_named(db: Database) -> dict[str, str]:
    """The townships' names by code."""
    sql = f"SELECT township_code, township_name FROM townships WHERE {known('townships')} ORDER BY township_code"
    return dict(db.execute(sql, {"k": END_OF_TIME}).fetchall())


def _kept(row: tuple[Any, ...]) -> Kept:
    values = list(row)
    values[6:9] = map(json.loads, values[6:9])
    values[11] = date.fromisoformat(values[11])
    values[13] = json.loads(values[13])
    return Kept(*values)
