"""What the alternatives of the programmes with an amount would do to the claims of the last twelve months, in 分."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from data.store import Database
from office.cited import Cited
from office.days import day_number
from office.deciding import refusing
from office.gathering import known_now
from office.grants.checking import Checked, check_grants
from office.grants.kinds import Kind
from office.programs import values_in_force
from office.rulekeeping.decisive import ranks_without
from office.rulekeeping.effects import LEFT_OUT, WHY_LEFT_OUT, Effect, a_year_before, money_words
from office.subsidy.claims import Claims, decide_claims, read_claims
from rules.alternatives import Alternative
from rules.amounts import capped
from rules.claim_facts import CAP
from rules.deciding import Judged
from rules.history import Ints
from rules.periods import year_of
from rules.program import Program, Words


class Money(Protocol):
    """The claims of one programme, asked again and again with other values."""

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect: ...
    def left_out(self, part: Cited) -> Effect | None: ...


@dataclass(frozen=True)
class _Sums:
    """分 of each claim: what is paid for it after the caps."""

    paid: Ints

    def effect(self, after: Ints, value: Words, why: Words) -> Effect:
        number = int(np.count_nonzero(self.paid != after))
        before, now = int(self.paid.sum()), int(after.sum())
        figures = {"claims": number, "before": before, "after": now}
        return Effect(value, why, money_words(number, before, now), figures)


class Shipments:
    """The logistics claims made within the last twelve months, each decided with the values of the day, before any pool."""

    def __init__(self, db: Database, day: date, program: Program) -> None:
        self.program, self.values = program, values_in_force(program, day)
        self.read = read_claims(db, day, known_now(db))
        self.recent = self.read.shipments.claimed > day_number(a_year_before(day))
        self.claims = self._decided(self.values)
        self.sums = _Sums(self._paid(self.claims.payable_due, self.values))

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect:
        """A parameter with another value. Raises Refused where the programme cannot answer so."""
        changed = {**self.values, part.name: int(str(one.value))}
        claims = self._decided(changed)
        return self.sums.effect(self._paid(claims.payable_due, changed), value, one.why)

    def left_out(self, part: Cited) -> Effect | None:
        """A condition left out."""
        claims = self.claims
        ranks = ranks_without(self.program, claims.judged, claims.benefit, part.name)
        due = np.where(ranks == len(self.program.better) - 1, claims.due, 0)
        return self.sums.effect(self._paid(due, self.values), LEFT_OUT, WHY_LEFT_OUT)

    def _decided(self, values: Mapping[str, int]) -> Claims:
        with refusing():
            return decide_claims(self.read, self.program, values)

    def _paid(self, due: Ints, values: Mapping[str, int]) -> Ints:
        """What of each due lies within its household's cap of the calendar year, the earlier parcel first."""
        claims = self.claims
        household = np.unique(claims.household_no.astype(str), return_inverse=True)[1].reshape(-1)
        order = np.empty(due.size, dtype=np.int64)
        order[np.lexsort((claims.claim_no.astype(str), claims.shipped))] = np.arange(due.size)
        within = capped(due, household.astype(np.int64), year_of(claims.shipped), order, values[CAP])
        return within[self.recent]


class Grants:
    """The claims of one grant made within the last twelve months, each decided with the values of its period's last day."""

    def __init__(self, db: Database, day: date, program: Program, kind: Kind) -> None:
        self.db, self.day, self.program, self.kind = db, day, program, kind
        self.known_at = known_now(db)
        self.checked = self._checked(None)
        self.recent = self.checked.claims.claimed > day_number(a_year_before(day))
        self.sums = _Sums(self.checked.granted[self.recent])

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect:
        """A parameter with another value. Raises Refused where the programme cannot answer so."""
        after = self._checked({part.name: int(str(one.value))})
        return self.sums.effect(after.granted[self.recent], value, one.why)

    def left_out(self, part: Cited) -> Effect | None:
        """A condition left out; what is added is before the cap of a year."""
        checked, best = self.checked, len(self.program.better) - 1
        judged = Judged({n: c.astype(np.int8) for n, c in checked.findings.items()}, {}, {})
        ranks = ranks_without(self.program, judged, checked.benefit, part.name)
        added = (ranks == best) & (checked.verdict != best)
        after = np.where(added, checked.comes_to, checked.granted)
        return self.sums.effect(after[self.recent], LEFT_OUT, WHY_LEFT_OUT)

    def _checked(self, changed: Mapping[str, str | int] | None) -> Checked:
        return check_grants(self.db, self.kind, self.day, self.known_at, self.program, changed)
