"""Which claims of the same waybill or order came first: one parcel, and one order, is paid for once.

What a confirmed settlement has paid for stays first, whatever is imported after it. Then come claims that none has
settled, then those refused only because another came before (or corrected since they were refused), last those
refused for reasons of their own: they stand in nobody's way. Of equal standing, the earlier day of claim is first,
then the lower claim number as text. No value of any programme plays a part, so that there is one first claim for
every settlement that looks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.casework.claims import Bools, ShipmentsRead
from data.casework.settlements import Outcome, outcomes
from data.store import Database
from rules.claim_facts import CLAIMED_BEFORE
from rules.history import Ints
from rules.program import Condition, Program, comparisons, names_in

PAID, OPEN, GAVE_WAY, REFUSED = range(4)


@dataclass(frozen=True)
class Earlier:
    """For each claim the row id of the one that comes first with its waybill, or its order; -1: itself, or none."""

    waybill: Ints
    order: Ints

    def at(self, places: Ints | Bools) -> Earlier:
        """Some of the claims."""
        return Earlier(self.waybill[places], self.order[places])


def earlier_claims(db: Database, shipments: ShipmentsRead, known_at: str, program: Program) -> Earlier:
    """What came first among all these claims, by what confirmed settlements had said at an instant."""
    several = np.flatnonzero(_shared(shipments.waybill) | _shared(shipments.order))
    settled = outcomes(db, shipments.entity[several].tolist(), known_at)
    gives_way = {name for name, one in program.conditions.items() if _about_earlier_claims(one)}
    places = several.tolist()
    standing = {
        at: _standing(settled.get(int(shipments.entity[at])), int(shipments.id[at]), gives_way)
        for at in places
    }
    ranks = {at: (standing[at], int(shipments.claimed[at]), str(shipments.claim_no[at])) for at in places}
    return Earlier(
        _first(shipments.waybill, shipments.id, ranks), _first(shipments.order, shipments.id, ranks)
    )


def _shared(keys: Ints) -> Bools:
    """Which claims have a key that another has as well."""
    found: Bools = (keys >= 0) & (np.bincount(keys + 1, minlength=1)[keys + 1] > 1)
    return found


def _first(keys: Ints, row: Ints, ranks: Mapping[int, tuple[int, int, str]]) -> Ints:
    """For each claim the row of the first with its key, where that is another one; else -1."""
    found = np.full(keys.size, -1, dtype=np.int64)
    first: dict[int, int] = {}
    for at in sorted(ranks, key=ranks.__getitem__):
        if keys[at] >= 0 and (begin := first.setdefault(int(keys[at]), at)) != at:
            found[at] = row[begin]
    return found


def _standing(settled: Outcome | None, row: int, gives_way: set[str]) -> int:
    """How a claim stands beside others, by what was settled of it; `row` is its version now."""
    if settled is None:
        return OPEN
    if settled.paid > 0:
        return PAID
    if settled.verdict != "refused":
        return OPEN
    failing = {name for name, finding in json.loads(settled.findings).items() if finding == "fails"}
    return GAVE_WAY if failing <= gives_way or settled.shipment_row != row else REFUSED


def _about_earlier_claims(condition: Condition) -> bool:
    asked = {one.fact for one in comparisons(condition.test)}
    return not names_in(condition.test) and asked <= CLAIMED_BEFORE
