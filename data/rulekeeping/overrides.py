"""Acts against the rules: each with the decision it rests on, how many acts there are in all, what was done afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from data.rulekeeping.populations import PLACES
from data.versions import END_OF_TIME


@dataclass(frozen=True)
class Override:
    """One act against the rules. `township` is a code, `state` what it set ("" for a notice), `decision` its ground."""

    id: int
    good_entity: int
    subject: str
    benefit: str
    kind: str
    done_on: str
    effective_on: str | None
    state: str
    reason: str
    recorded_by: str
    decision: int
    township: str
    township_name: str
    product_name: str


@dataclass(frozen=True)
class Tally:
    """How many acts that rest on a decision one person did about a benefit in a township, how many against the rules."""

    recorded_by: str
    benefit: str
    township: str
    month: str
    acts: int
    overrides: int


@dataclass(frozen=True)
class Later:
    """An act that changed what is in force for a good's benefit."""

    id: int
    good_entity: int
    benefit: str
    kind: str
    done_on: str
    effective_on: str
    recorded_by: str


_PLACED = "LEFT JOIN places ON places.good = acts.good_entity"
_PERIOD = "acts.decision_id IS NOT NULL AND acts.done_on BETWEEN :since AND :until"


def overrides(db: Database, since: str, until: str, known_at: str = END_OF_TIME) -> list[Override]:
    """The acts against the rules done in a period (ISO days, both included), the newest first."""
    sql = (
        f"WITH {PLACES} SELECT acts.id, acts.good_entity, acts.subject, acts.benefit, acts.kind, acts.done_on,"
        " acts.effective_on, coalesce(acts.state, ''), coalesce(acts.reason, ''), acts.recorded_by,"
        " acts.decision_id, coalesce(places.township_code, ''), coalesce(places.township_name, ''),"
        " coalesce(places.product_name, '')"
        f" FROM acts {_PLACED} WHERE {_PERIOD} AND acts.overrides = 1 ORDER BY acts.id DESC"
    )
    rows = db.execute(sql, {"since": since, "until": until, "k": known_at}).fetchall()
    return [Override(*row) for row in rows]


def tallies(db: Database, since: str, until: str, known_at: str = END_OF_TIME) -> list[Tally]:
    """Every act that rests on a decision, counted by person, benefit, township and month."""
    sql = (
        f"WITH {PLACES} SELECT acts.recorded_by, acts.benefit, coalesce(places.township_code, ''),"
        " substr(acts.done_on, 1, 7), count(*), sum(acts.overrides)"
        f" FROM acts {_PLACED} WHERE {_PERIOD} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    rows = db.execute(sql, {"since": since, "until": until, "k": known_at}).fetchall()
    return [Tally(*row) for row in rows]


def changes_of(db: Database, goods: Sequence[int]) -> list[Later]:
    """Every act that ever set a state for these goods (entities), the oldest first."""
    sql = (
        "SELECT id, good_entity, benefit, kind, done_on, effective_on, recorded_by FROM acts"
        " WHERE state IS NOT NULL AND good_entity IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    return [Later(*row) for row in db.execute(sql, [json.dumps(list(goods))]).fetchall()]
