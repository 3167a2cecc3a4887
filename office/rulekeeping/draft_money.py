"""What a draft about goods means in money: a year's claims of the goods it touches, with the right given or taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.store import Database
from office.answering import while_all_stands
from office.days import day_number
from office.deciding import refusing
from office.gathering import known_now
from office.rulekeeping.draft_effects import LOSS, Effects
from office.subsidy.claims import Claims, check_claims
from office.subsidy.ship_dates import RIGHT
from rules.claim_facts import RECOMMENDED, RIGHTS, judge_parcels
from rules.history import Bools, Ints
from rules.table import FactTable


@dataclass(frozen=True)
class Sums:
    """The claims of some goods: 分 payable as things are and as supposed, before caps and pool."""

    goods: int
    claims: int
    now: int
    supposed: int


@dataclass(frozen=True)
class MoneyEffect:
    """Claims that were shipped `since`..`until`, of the goods that gain the right and of those that lose it."""

    since: date
    until: date
    given: Sums
    taken: Sums

    @property
    def more(self) -> int:
        """分 that would be paid more in a year."""
        return self.given.supposed - self.given.now

    @property
    def less(self) -> int:
        """分 that would be paid less in a year."""
        return self.taken.now - self.taken.supposed


def money_effect(db: Database, day: date, found: Effects) -> MoneyEffect | None:
    """The estimate; None where either side decides nothing about the right to claim. Raises Refused."""
    if RIGHT not in found.before.program.benefits or RIGHT not in found.after.program.benefits:
        return None
    key = (day, found.before.program.digest, found.after.program.digest)
    return while_all_stands("draft_money", db, key, lambda: _effect(db, day, found))


def _effect(db: Database, day: date, found: Effects) -> MoneyEffect:
    rows, since, best = (
        found.of(RIGHT),
        a_year_before(day) + timedelta(days=1),
        found.after.program.better[-1],
    )
    losing = rows[rows["direction"] == LOSS]
    given = dict.fromkeys(rows["subject"][rows["after"] == best].tolist(), best)
    taken = dict(zip(losing["subject"].tolist(), losing["after"].tolist(), strict=True))
    claims = check_claims(db, day, known_now(db))
    supposed = _supposed(claims, given, taken)
    recent = (claims.shipped >= day_number(since)) & (claims.shipped <= day_number(day))
    return MoneyEffect(
        since, day, *(_sums(claims, supposed, recent, goods) for goods in (set(given), set(taken)))
    )


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _sums(claims: Claims, supposed: Ints, recent: Bools, goods: set[str]) -> Sums:
    which = recent & np.array([subject in goods for subject in claims.subject.tolist()], dtype=bool)
    return Sums(
        len(goods), int(which.sum()), int(claims.payable_due[which].sum()), int(supposed[which].sum())
    )


def _supposed(claims: Claims, given: Mapping[str, str], taken: Mapping[str, str]) -> Ints:
    """分 due for each claim had its good had the right, or not had it, on every ship date."""
    right, recommended = (claims.table.columns[name].copy() for name in ("right_in_force", "recommended"))
    for at, verdict in _of_each(claims, {**given, **taken}):
        right[at] = RIGHTS.index(_state(verdict, given=claims.subject[at] in given))
        if verdict in RECOMMENDED:
            recommended[at] = RECOMMENDED.index(verdict)
    columns = claims.table.columns | {"right_in_force": right, "recommended": recommended}
    with refusing():
        judged = judge_parcels(claims.program, FactTable(columns, claims.table.size), claims.values)
    best = len(claims.program.better) - 1
    found: Ints = np.where(judged.verdicts[claims.benefit] == best, claims.due, 0)
    return found


def _of_each(claims: Claims, verdicts: Mapping[str, str]) -> list[tuple[int, str]]:
    """(place, the verdict supposed for its good) of the claims whose good is touched."""
    return [(at, verdicts[s]) for at, s in enumerate(claims.subject.tolist()) if s in verdicts]


def _state(verdict: str, *, given: bool) -> str:
    if given:
        return "granted"
    return "revoked" if verdict == "revoked" else "withheld"
