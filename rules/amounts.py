"""How much a claim comes to: the amount by its method, the household's cap, the share of a pool that is too small.

Everything is 分 and whole numbers, in arrays over claims. Nothing is ever rounded up, so no part exceeds what is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

import numpy as np

from rules.history import Ints

PER_SHIPMENT, PERCENT_OF_FEE, LESSER_OF_BOTH = 1, 2, 3  # values of the parameter amount_method
LARGEST = 2**40  # 分, above ten billion yuan
MOST = 2**22  # claims: so many of the largest still add up within 63 bits


@overload
def due(method: int, fee: int, flat: int, percent: int) -> int: ...
@overload
def due(method: int, fee: Ints, flat: int, percent: int) -> Ints: ...
def due(method: int, fee: int | Ints, flat: int, percent: int) -> int | Ints:
    """分 for a claim, or for each of many: a `flat` sum (never above the fee), `percent` of the fee, or the lesser.

    A percentage is rounded down to the whole 分: 70 % of 8.55 元 is 5.98 元.
    """
    if isinstance(fee, int):
        return int(due(method, np.array([fee], dtype=np.int64), flat, percent)[0])
    shares = _amounts(fee) * percent // 100
    flats = np.full(fee.size, flat, dtype=np.int64)
    if method == PER_SHIPMENT:
        return np.minimum(flats, fee)
    if method == PERCENT_OF_FEE:
        return shares
    if method == LESSER_OF_BOTH:
        return np.minimum(flats, shares)
    raise ValueError(f"no method {method}")


def capped(
    due: Ints,
    household: Ints,
    year: Ints,
    order: Ints,
    cap: int,
    used_before: Mapping[tuple[int, int], int] | None = None,
) -> Ints:
    """What of each `due` lies within the household's `cap` for the calendar year.

    `household` and `year` (of the ship date) are numbers; `order` ranks the claims within a household and year,
    so that the earlier parcel comes first; `used_before` is what (household, year) has been paid already.
    """
    if not _amounts(due).size:
        return due.copy()
    sorter = np.lexsort((order, year, household))
    sums, households, years = due[sorter], household[sorter], year[sorter]
    begins = np.ones(sums.size, dtype=bool)
    begins[1:] = (households[1:] != households[:-1]) | (years[1:] != years[:-1])
    starts, group = np.flatnonzero(begins), np.cumsum(begins) - 1
    before = np.cumsum(sums) - sums  # what is due before each claim, of all groups
    before -= before[starts][group]  # … of its own
    used = used_before or {}
    keys = zip(households[starts].tolist(), years[starts].tolist(), strict=True)
    room = np.array([min(max(cap - used.get(key, 0), 0), 2**62) for key in keys], dtype=np.int64)
    found = np.empty(sums.size, dtype=np.int64)
    found[sorter] = np.minimum(sums, np.maximum(room[group] - before, 0))
    return found


def shared(due: Ints, pool: int) -> Ints:
    """What each `due` gets of a pool: all of it where the pool is large enough, else pro rata.

    By the largest remainder: each gets its share rounded down, and the 分 that are left go one by one to those
    whose share lost most by it (of equal ones to the earlier). The parts add up to min(pool, sum) exactly.
    """
    if pool < 0:
        raise ValueError("a pool is never negative")
    dues = _amounts(due).tolist()
    total = sum(dues)
    if total <= pool:
        return due.copy()
    parts = [divmod(one * pool, total) for one in dues]  # Python's numbers: the product may exceed 64 bits
    paid = np.array([part for part, _ in parts], dtype=np.int64)
    left = pool - sum(part for part, _ in parts)
    paid[sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left]] += 1
    return paid


def _amounts(values: Ints) -> Ints:
    """The amounts, refused (ValueError) where they are no whole 分 or could overflow when added up."""
    if values.dtype != np.int64 or values.ndim != 1 or values.size > MOST:
        raise ValueError(f"amounts are up to {MOST} whole numbers")
    if values.size and (values.min() < 0 or values.max() > LARGEST):
        raise ValueError(f"an amount lies between 0 and {LARGEST} 分")
    return values
