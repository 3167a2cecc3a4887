"""How much a delivery outlet is rewarded: a sum per whole month open, one per parcel, a cap per claim and year (四(二)).

Everything is 分 and whole numbers, in arrays over claims.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rules.history import Ints

LARGEST = 2**40  # 分, months or parcels, above anything a register takes


def reward(months: Ints, per_month: Ints, parcels: Ints, per_parcel: int, cap: int) -> Ints:
    """分 for each claim: months × `per_month` + parcels × `per_parcel`, at most `cap`. Raises ValueError for others."""
    for values, most in ((months, 2**20), (per_month, 2**30), (parcels, LARGEST)):
        if values.size and (values.min() < 0 or values.max() > most):
            raise ValueError(f"a value lies between 0 and {most}")
    if not (0 <= per_parcel <= 2**20 and 0 <= cap <= LARGEST):
        raise ValueError("a rate and a cap are sums of 分")
    found: Ints = np.minimum(months * per_month + parcels * per_parcel, cap)
    return found


def within_years(due: Ints, owner: Ints, year: Ints, order: Ints, cap: Ints) -> Ints:
    """What of each `due` lies within its owner's `cap` for the calendar year, in the `order` of the claims.

    Each claim has the cap in force on its own day: what came before it counts against that.
    """
    found = np.zeros(due.size, dtype=np.int64)
    used: dict[tuple[int, int], int] = {}
    for at in np.argsort(order, kind="stable").tolist():
        key = (int(owner[at]), int(year[at]))
        before = used.get(key, 0)
        found[at] = min(int(due[at]), max(int(cap[at]) - before, 0))
        used[key] = before + int(found[at])
    return found


def per_month_of(level: Ints, parameters: tuple[str, ...], values: Mapping[str, int]) -> Ints:
    """分 per whole month of each outlet by its level (a place in `parameters`); nothing where that names no parameter."""
    rates = np.array([values[name] if name else 0 for name in parameters], dtype=np.int64)
    found: Ints = rates[level]
    return found
