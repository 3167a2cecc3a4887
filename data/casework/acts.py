"""What people did about decisions: the acts as they were recorded, and the effective ones as arrays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from data.as_numbers import day_number, place_among
from data.versions import END_OF_TIME

__all__ = [
    "KINDS",
    "STATES",
    "Act",
    "Effective",
    "act",
    "acts_about",
    "acts_of_case",
    "cases_with_steps",
    "effective_acts",
    "goods_with_a_case",
    "open_cases",
]

Ints = NDArray[np.int64]

KINDS = (
    "grant",
    "withhold",
    "reinstate",
    "notify",
    "deliver",
    "hear",
    "revoke",
    "deliver_decision",
    "recover",
    "stop",
)
_FARTHEST = (1 << 20) - 1  # day number, in the year 4840
STATES = ("none", "withheld", "revoked", "granted")  # what is in force; none: nobody has acted yet


@dataclass(frozen=True)
class Act:
    """One act as it was recorded. Days are ISO texts; `case_id` is the notice that a step belongs to.

    `verdict` is what the rules recommended in the decision it rests on, `recorded_by` who did it.
    """

    id: int
    good_entity: int
    subject: str
    benefit: str
    kind: str
    done_on: str
    case_id: int | None
    state: str | None
    effective_on: str | None
    overrides: bool
    decision_id: int | None
    verdict: str | None
    delivered_on: str | None
    defence_until: str | None
    document_no: str | None
    reason: str | None
    details: dict[str, Any]
    recorded_seq: int
    recorded_at: str
    recorded_by: str

    @property
    def takes_effect(self) -> date | None:
        """The day from which the act's state counts, where it has one."""
        return date.fromisoformat(self.effective_on) if self.effective_on else None

    @property
    def case(self) -> int | None:
        """The case that the act opens or belongs to."""
        return self.id if self.kind == "notify" else self.case_id


@dataclass(frozen=True)
class Effective:
    """The acts that change what is in force for one benefit, by (good, act); `state` is a place in STATES.

    Within a good the days never go back, so the act in force on a day is the last one from that day or before.
    """

    good: Ints
    since: Ints  # day number
    state: Ints
    act: Ints
    overrides: NDArray[np.bool_]

    def at(self, goods: Ints, days: Ints) -> Ints:
        """The place in these arrays of the act in force for each good (entity) on each day; -1: none yet."""
        if not self.good.size:
            return np.full(goods.size, -1, dtype=np.int64)
        # A day has 20 bits here: what lies beyond counts as that far away.
        keys = self.good << 20 | np.clip(self.since, 0, _FARTHEST)
        at = np.searchsorted(keys, goods << 20 | np.clip(days, 0, _FARTHEST), side="right") - 1
        found = (at >= 0) & (self.good[at] == goods)
        return np.where(found, at, -1)

    def last(self, goods: Ints) -> Ints:
        """The place of each good's last act, also one that takes effect only later; -1: none yet."""
        return self.at(goods, np.full(goods.size, _FARTHEST, dtype=np.int64))


_COLUMNS = ", ".join(
    f"decisions.{field.name}" if field.name == "verdict" else f"acts.{field.name}" for field in fields(Act)
)
_FROM = f"SELECT {_COLUMNS} FROM acts LEFT JOIN decisions ON decisions.id = acts.decision_id"


def acts_about(db: Database, subject: str, benefit: str | None = None) -> list[Act]:
    """Everything ever done about one good, the oldest first."""
    sql = f"{_FROM} WHERE acts.subject = ? AND (? IS NULL OR acts.benefit = ?) ORDER BY acts.id"
    return _acts(db, sql, [subject, benefit, benefit])


def act(db: Database, number: int) -> Act | None:
    """One act by its number."""
    found = _acts(db, f"{_FROM} WHERE acts.id = ?", [number])
    return found[0] if found else None


def acts_of_case(db: Database, case: int) -> list[Act]:
    """The notice that opened a case and every step after it, the oldest first."""
    return _acts(db, f"{_FROM} WHERE acts.id = ? OR acts.case_id = ? ORDER BY acts.id", [case, case])


def cases_with_steps(db: Database) -> Iterator[list[Act]]:
    """Every case: its notice and every step after it, the oldest first."""
    rows = _acts(db, f"{_FROM} WHERE acts.kind = 'notify' OR acts.case_id IS NOT NULL ORDER BY acts.id", [])
    cases: dict[int | None, list[Act]] = {}
    for row in rows:
        cases.setdefault(row.case, []).append(row)
    return iter(cases.values())


def open_cases(db: Database) -> list[Act]:
    """The notices whose case is neither decided nor stopped."""
    closed = "SELECT case_id FROM acts WHERE kind IN ('revoke', 'stop')"
    return _acts(db, f"{_FROM} WHERE acts.kind = 'notify' AND acts.id NOT IN ({closed}) ORDER BY acts.id", [])


def effective_acts(db: Database, benefit: str, known_at: str | None = None) -> Effective:
    """The acts in force for one benefit as recorded by an instant (canonical UTC text; None: now)."""
    rows = db.execute(
        f"SELECT good_entity, {day_number('effective_on')}, {place_among('state', STATES)}, id, overrides FROM acts"
        " WHERE benefit = ? AND state IS NOT NULL AND recorded_at <= ? ORDER BY good_entity, id",
        [benefit, known_at or END_OF_TIME],
    )
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return Effective(flat[0::5], flat[1::5], flat[2::5], flat[3::5], flat[4::5] == 1)


def goods_with_a_case(db: Database, benefit: str) -> list[int]:
    """The goods (entities) about which taking a benefit away was ever begun."""
    rows = db.execute(
        "SELECT DISTINCT good_entity FROM acts WHERE benefit = ? AND kind = 'notify'", [benefit]
    )
    return [entity for (entity,) in rows.fetchall()]


def _acts(db: Database, sql: str, values: Sequence[object]) -> list[Act]:
    return [_act(row) for row in db.execute(sql, list(values)).fetchall()]


def _act(row: tuple[Any, ...]) -> Act:
    values = dict(zip((field.name for field in fields(Act)), row, strict=True))
    return Act(**{**values, "overrides": bool(values["overrides"]), "details": json.loads(values["details"])})
