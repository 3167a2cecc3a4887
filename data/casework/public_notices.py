"""Public notices (公示) as they were posted, with their steps, and what there is to be published.

What can be asked for here is only what was granted and is in force, and what a settlement pays: there is no
query for who failed or lost anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from sqlite_utils import Database

from data.versions import END_OF_TIME, known

KINDS = ("packaging", "settlement")
STEPS = ("objection", "answer", "withdraw", "close")


@dataclass(frozen=True)
class Given:
    """One grant or one paid claim that may be published.

    `id` is the act's or the settlement line's, `day` the day it counts from (or the ship date), `amount` 分
    (None: given in kind).
    """

    id: int
    day: date
    amount: int | None
    household_no: str
    head_name: str
    township: str
    village: str


@dataclass(frozen=True)
class Step:
    """Something that happened to a notice; `answers` is the objection that an answer is about."""

    id: int
    kind: str
    done_on: date
    answers: int | None
    text: str
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Posted:
    """A notice as it was posted. `entries` are its lines as frozen, `settlement` the settlement's number."""

    id: int
    number: str
    kind: str
    settlement: str | None
    period_from: date
    period_to: date
    posted_on: date
    days: int
    ends_on: date
    place: str
    phone: str
    entries: list[dict[str, Any]]
    recorded_at: str
    recorded_by: str
    steps: tuple[Step, ...] = field(default=())

    def step(self, kind: str, day: date = date.max) -> Step | None:
        """The last step of a kind by a day."""
        return next((s for s in reversed(self.steps) if s.kind == kind and s.done_on <= day), None)

    def unanswered(self, day: date = date.max) -> tuple[Step, ...]:
        """The objections made by a day that nobody had answered by then."""
        by_then = [step for step in self.steps if step.done_on <= day]
        answered = {step.answers for step in by_then}
        return tuple(s for s in by_then if s.kind == "objection" and s.id not in answered)


_DAYS = ("period_from", "period_to", "posted_on", "ends_on")
_PLACE = (
    f"JOIN villages ON villages.entity = households.village_entity AND {known('villages')}"
    f" JOIN townships ON townships.entity = villages.township_entity AND {known('townships')}"
)
_WHOSE = "households.household_no, households.head_name, townships.township_name, villages.village_name"
_IN_ORDER = "townships.township_code, villages.village_code, households.household_no"
_WITHDRAWN = "SELECT notice_id FROM public_notice_steps WHERE kind = 'withdraw'"


def grants_unpublished(db: Database, since: date | None, until: date) -> list[Given]:
    """The packaging grants in force on `until`, counting from `since` or later, that hang on no notice yet.

    By place and household. A grant on a notice that was withdrawn counts as unpublished again.
    """
    sql = (
        f"SELECT acts.id, acts.effective_on, NULL, {_WHOSE} FROM acts"
        f" JOIN goods ON goods.entity = acts.good_entity AND {known('goods')}"
        f" JOIN households ON households.entity = goods.household_entity AND {known('households')} {_PLACE}"
        " WHERE acts.benefit = 'packaging' AND acts.state = 'granted' AND acts.effective_on BETWEEN :since AND :until"
        " AND acts.id = (SELECT id FROM acts AS last WHERE last.good_entity = acts.good_entity"
        "  AND last.benefit = 'packaging' AND last.state IS NOT NULL AND last.effective_on <= :until"
        "  ORDER BY id DESC LIMIT 1)"
        " AND acts.id NOT IN (SELECT behind.value FROM public_notices, json_each(entries) AS line,"
        f"  json_each(line.value, '$.rests_on') AS behind WHERE kind = 'packaging' AND public_notices.id NOT IN ({_WITHDRAWN}))"
        f" ORDER BY {_IN_ORDER}, acts.id"
    )
    asked = {"k": END_OF_TIME, "since": since.isoformat() if since else "", "until": until.isoformat()}
    return [_given(row) for row in db.execute(sql, asked).fetchall()]


def claims_paid(db: Database, settlement: int) -> list[Given]:
    """The lines by which a settlement pays a household or takes back, of those that it pays more than it takes back.

    By place and household; the amounts add up to what the settlement sheet pays each.
    """
    sql = (
        f"SELECT paid.id, paid.shipped_on, paid.paid, {_WHOSE} FROM settlement_lines AS paid"
        f" JOIN households ON households.household_no = paid.household_no AND {known('households')} {_PLACE}"
        " WHERE paid.settlement_id = :settlement AND paid.paid <> 0"
        " AND paid.household_no IN (SELECT household_no FROM settlement_lines WHERE settlement_id = :settlement"
        "  GROUP BY household_no HAVING sum(paid) > 0)"
        f" ORDER BY {_IN_ORDER}, paid.id"
    )
    rows = db.execute(sql, {"k": END_OF_TIME, "settlement": settlement}).fetchall()
    return [_given(row) for row in rows]


def settlements_unpublished(db: Database) -> list[tuple[int, str]]:
    """Id and number of the confirmed settlements that hang on no notice, the newest first."""
    return db.execute(
        "SELECT settlements.id, settlements.number FROM settlements JOIN settlement_steps AS step"
        " ON step.settlement_id = settlements.id AND step.kind = 'confirm'"
        " WHERE settlements.id NOT IN (SELECT settlement_id FROM public_notices"
        f" WHERE settlement_id IS NOT NULL AND id NOT IN ({_WITHDRAWN})) ORDER BY settlements.id DESC"
    ).fetchall()


def notices(db: Database, day: date | None = None) -> list[Posted]:
    """Every notice posted by a day, the newest first."""
    return _notices(db, "posted_on <= ?", [day.isoformat() if day else END_OF_TIME])


def notice(db: Database, number: str) -> Posted | None:
    """One notice by its number."""
    return next(iter(_notices(db, "public_notices.number = ?", [number])), None)


def _notices(db: Database, where: str, values: list[str]) -> list[Posted]:
    rows = db.execute(
        "SELECT public_notices.id, public_notices.number, kind, settlements.number, period_from, period_to, posted_on,"
        " days, ends_on, place, phone, entries, public_notices.recorded_at, public_notices.recorded_by"
        " FROM public_notices LEFT JOIN settlements ON settlements.id = settlement_id"
        f" WHERE {where} ORDER BY public_notices.id DESC",
        values,
    ).fetchall()
    return [_posted(db, row) for row in rows]


def _posted(db: Database, row: tuple[Any, ...]) -> Posted:
    steps = db.execute(
        "SELECT id, kind, done_on, answers, text, recorded_at, recorded_by FROM public_notice_steps"
        " WHERE notice_id = ? ORDER BY id",
        [row[0]],
    )
    values = dict(zip((field.name for field in fields(Posted)), row, strict=False))
    days = {name: date.fromisoformat(values[name]) for name in _DAYS}
    told = tuple(Step(s[0], s[1], date.fromisoformat(s[2]), *s[3:]) for s in steps.fetchall())
    return Posted(**{**values, **days, "entries": json.loads(values["entries"]), "steps": told})


def _given(row: tuple[Any, ...]) -> Given:
    return Given(row[0], date.fromisoformat(row[1]), *row[2:])
