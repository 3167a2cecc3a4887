"""How many homes have fixed broadband: subscriptions of the latest month that all townships reported (clause 四(一))."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rules.county_rows import NONE, CountyRows
from rules.day_numbers import months_of
from rules.history import Bools, Ints
from rules.indicators.parts import Level, parts_of, places_of
from rules.target import Counted, Months, Target


def count_penetration(rows: CountyRows, day: int, target: Target, township: int | None = None) -> Counted:
    """Subscriptions of the households of the latest such month up to the day's; `beside` says which month that is."""
    counts = rows.broadband
    complete = _complete_months(rows, day)
    if not complete.size:
        return Counted(None)
    kept = counts.month == complete[-1]
    if township is not None:
        kept &= counts.township == township
    place, value, of = counts.township[kept], counts.subscriptions[kept], counts.households[kept]
    if not of.sum():
        return Counted(None)
    by_township, _ = parts_of(
        rows, place, np.full(place.size, NONE), value, of, np.ones(place.size, dtype=bool)
    )
    counted = {"broadband_counts": counts.entity[kept]}
    beside = {"month": int(complete[-1])}
    return Counted(int(value.sum()), int(of.sum()), by_township, {}, counted, beside=beside)


def months_of_subscriptions(
    rows: CountyRows, day: int, target: Target, level: Level | None = None
) -> Mapping[str, Months]:
    """Subscriptions month by month; None where a township has not reported."""
    counts = rows.broadband
    complete = _complete_months(rows, day)
    if not complete.size:
        return {}
    first, last = int(complete[0]), int(months_of(np.array([day]))[0])
    kept = np.isin(counts.month, complete)
    groups = places_of(rows, counts.township, np.full(kept.size, NONE), level)
    seen = np.isin(np.arange(first, last + 1), complete)
    return {
        code: _series(first, counts.month[kept & here], counts.subscriptions[kept & here], seen)
        for code, here in groups.items()
    }


def _series(first: int, month: Ints, value: Ints, seen: Bools) -> Months:
    sums = np.zeros(seen.size, dtype=np.int64)
    np.add.at(sums, month - first, value)
    return Months(
        first, tuple(n if known else None for n, known in zip(sums.tolist(), seen.tolist(), strict=True))
    )


def _complete_months(rows: CountyRows, day: int) -> Ints:
    """The months up to the day's that each of the nine townships reported."""
    counts, own = rows.broadband, ~rows.townships.is_other
    kept = own[counts.township] & (counts.month <= months_of(np.array([day]))[0])
    months, number = np.unique(counts.month[kept], return_counts=True)
    found: Ints = months[number == own.sum()]
    return found
