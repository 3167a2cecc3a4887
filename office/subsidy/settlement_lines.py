"""Draw up a settlement: which claims it takes, what each is due, what the cap and the pool leave, what is adjusted.

It takes every claim made by the last day of claims that no confirmed settlement has settled: one is settled by a
claim line that is payable or refused, while what cannot be decided stays open and comes again. Each is decided on
its facts as known now, due by the method, capped per household and calendar year of the ship date (the earlier
parcel first, after what confirmed settlements have paid), and paid its share of the pool.

Settled lines are never edited. Where a settled claim is entitled to something else by now, on the values of the
settlement that settled it, an adjustment says so (`rules.adjusting`): what is refused now is taken back whole, a
changed due brings the difference, what cannot be decided now changes nothing. A parcel that turns out to be another
household's, or of another calendar year, is taken back from the one and paid to the other. Adjustments that pay come under the caps and share the
pool with the claims; what is taken back frees the household's cap but does not go to others.
A good whose right was revoked loses nothing dated before: the right counts on the ship date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from data.casework.settlements import (
    Account,
    Line,
    Settled,
    accounts,
    paid_by_year,
    settled,
    settlements_by_id,
    shares_given,
)
from data.store import Database
from office.days import day_of
from office.subsidy.claims import Claims, check_claims
from office.subsidy.settlement_terms import Terms, terms_of
from rules.adjusting import Before, change
from rules.amounts import capped, shared
from rules.claim_facts import CAP
from rules.history import Ints

CANNOT_DECIDE = "cannot_decide"
ALWAYS = date(9999, 12, 31)  # a settled claim is looked at whatever its day of claim is by now


class Adjustment(NamedTuple):
    """A settled claim (`at` in `claims`, as it is now) that is entitled to something else by now.

    `shipped_on`: the ship date whose year's cap it uses. `due`: to what; `asked`: by how much the payment changes before cap and pool; `paid`: what is given of it.
    """

    claims: Claims
    at: int
    line: Settled
    household_no: str
    subject: str
    shipped_on: str
    due: int
    asked: int
    paid: int


@dataclass(frozen=True)
class Drawn:
    """A settlement as it would be. `at` are the places of its open claims, in order; `due`, `capped`, `paid` beside."""

    terms: Terms
    known_at: str
    claims: Claims
    at: Ints
    due: Ints
    capped: Ints
    paid: Ints
    adjustments: tuple[Adjustment, ...]

    @property
    def size(self) -> int:
        """How many lines it has."""
        return int(self.at.size) + len(self.adjustments)

    @property
    def decided(self) -> bool:
        """Whether it settles or changes anything."""
        return bool(self.adjustments) or bool((self.claims.verdicts[self.at] != CANNOT_DECIDE).any())

    @property
    def total_due(self) -> int:
        """分 that its claims are due before cap and pool."""
        return int(self.due.sum())

    @property
    def total_paid(self) -> int:
        """分 that it pays in all, what is taken back taken off."""
        return int(self.paid.sum()) + sum(one.paid for one in self.adjustments)

    def lines(self) -> Iterator[Line]:
        """Its lines as they are kept: the claims in order, then the adjustments."""
        amounts = zip(self.due.tolist(), self.capped.tolist(), self.paid.tolist(), strict=True)
        for frozen, (due, within, paid) in zip(self.claims.frozen(self.at), amounts, strict=True):
            yield Line("claim", *frozen, due, within, paid, None)
        for one in self.adjustments:
            (frozen,) = one.claims.frozen(np.array([one.at]))
            now = Line("adjustment", *frozen, one.due, one.asked, one.paid, one.line.id)
            yield now._replace(subject=one.subject, household_no=one.household_no, shipped_on=one.shipped_on)


def draw_up(db: Database, terms: Terms, known_at: str) -> Drawn:
    """What a settlement on these terms would be with what is known at an instant; nothing is written."""
    before = settled(db)
    claims = check_claims(db, terms.claimed_until, known_at, terms.program, terms.values)
    at = np.flatnonzero(
        ~np.isin(claims.entity, np.array([line.shipment_entity for line in before], dtype=np.int64))
    )
    at = at[_in_order(claims.shipped[at].tolist(), claims.claim_no[at].tolist())]
    due = claims.payable_due[at]
    changes = list(_adjustments(db, before, known_at))
    within, of_changes = _within_caps(db, terms, claims, at, due, changes)
    paid, of_changes = _out_of_the_pool(terms.pool, within, of_changes)
    return Drawn(terms, known_at, claims, at, due, within, paid, tuple(of_changes))


def _adjustments(db: Database, before: list[Settled], known_at: str) -> Iterator[Adjustment]:
    """What changes settled claims, in their order, each judged by the programme and values that settled it."""
    paid, given = _by_shipment(accounts(db)), shares_given(db)
    found = settlements_by_id(db)
    for number in sorted({line.settlement_id for line in before}):
        lines = [line for line in before if line.settlement_id == number]
        terms = terms_of(db, found[number])
        entities = np.array([line.shipment_entity for line in lines], dtype=np.int64)
        claims = check_claims(db, ALWAYS, known_at, terms.program, terms.values, entities=entities)
        places = {entity: at for at, entity in enumerate(claims.entity.tolist())}
        for line in lines:
            at = places[line.shipment_entity]
            if claims.verdicts[at] != CANNOT_DECIDE:
                yield from _changed(claims, at, line, paid[line.shipment_entity], given[number])


def _changed(
    claims: Claims, at: int, line: Settled, paid: list[Account], given: tuple[int, int]
) -> Iterator[Adjustment]:
    """What changes for each household, and year, that has or is to have something of one settled claim."""
    owner, subject, due = str(claims.household_no[at]), str(claims.subject[at]), int(claims.payable_due[at])
    now = Account(
        line.shipment_entity, owner, day_of(int(claims.shipped[at])).isoformat(), 0, subject, due, 0
    )
    if all(account.cap != now.cap for account in paid):
        paid = [*paid, now._replace(due=0)]
    for account in paid:
        short = account.cap == (line.household_no, line.shipped_on[:4]) and line.capped < line.due
        before = Before(account.paid, account.due, line.capped if short else None, *given)
        to = now if account.cap == now.cap else account._replace(due=0)
        if asked := change(before, to.due):
            yield Adjustment(
                claims, at, line, to.household_no, to.subject, to.shipped_on, to.due, asked, asked
            )


def _within_caps(
    db: Database, terms: Terms, claims: Claims, at: Ints, due: Ints, changes: list[Adjustment]
) -> tuple[Ints, list[Adjustment]]:
    """What the caps leave of the claims and of the adjustments that pay; one that nothing is left of is no line yet."""
    used = paid_by_year(db)
    for one in changes:
        if one.asked < 0:
            key = _cap_of(one)
            used[key] = used.get(key, 0) + one.asked
    paying = [one for one in changes if one.asked > 0]
    households = [*claims.household_no[at].tolist(), *(one.household_no for one in paying)]
    shipped = [*claims.shipped_on(at), *(one.shipped_on for one in paying)]
    numbers = [*claims.claim_no[at].tolist(), *(str(one.claims.claim_no[one.at]) for one in paying)]
    codes = {household: code for code, household in enumerate(dict.fromkeys(households))}
    order = np.empty(len(numbers), dtype=np.int64)
    order[_in_order(shipped, numbers)] = np.arange(len(numbers))
    left = capped(
        np.concatenate((due, np.array([one.asked for one in paying], dtype=np.int64))),
        np.array([codes[household] for household in households], dtype=np.int64),
        np.array([int(day[:4]) for day in shipped], dtype=np.int64),
        order,
        terms.values[CAP],
        {(codes[household], year): paid for (household, year), paid in used.items() if household in codes},
    )
    amounts = dict(zip(map(id, paying), left[at.size :].tolist(), strict=True))
    kept = [one._replace(asked=amounts.get(id(one), one.asked)) for one in changes]
    return left[: at.size], [one for one in kept if one.asked]


def _cap_of(one: Adjustment) -> tuple[str, int]:
    return one.household_no, int(one.shipped_on[:4])


def _out_of_the_pool(
    pool: int | None, within: Ints, changes: list[Adjustment]
) -> tuple[Ints, list[Adjustment]]:
    """What each is given: all of it, or its share of a pool that is too small; what is taken back is taken whole."""
    paying = [one for one in changes if one.asked > 0]
    asked = np.concatenate((within, np.array([one.asked for one in paying], dtype=np.int64)))
    paid = asked if pool is None else shared(asked, pool)
    of_paying = iter(paid[within.size :].tolist())
    given = [one._replace(paid=next(of_paying) if one.asked > 0 else one.asked) for one in changes]
    return paid[: within.size], given


def _in_order(days: list[str] | list[int], numbers: list[str]) -> list[int]:
    """The places sorted by ship date, then claim number as text."""
    return sorted(range(len(numbers)), key=lambda at: (days[at], numbers[at]))


def _by_shipment(every: Iterable[Account]) -> Mapping[int, list[Account]]:
    found: dict[int, list[Account]] = {}
    for account in every:
        found.setdefault(account.shipment_entity, []).append(account)
    return found
