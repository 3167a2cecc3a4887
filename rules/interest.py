"""How much interest the government pays: principal × benchmark rate × days ÷ 360, never more than was paid (四(五)).

Everything is whole: 分, rates in ten-thousandths (4.35 % is 435), days. Nothing is ever rounded up.
"""

from __future__ import annotations

import numpy as np

from rules.history import Ints

PARTS = 10_000  # a rate of 435 is 435 of so many parts
LARGEST, HIGHEST, LONGEST = 2**40, PARTS, 2**17  # 分, rate, days: with these nothing leaves 63 bits


def benchmark(term: Ints, short_term: int, short: int, long: int) -> Ints:
    """The benchmark rate for each loan's `term` in months: `short` up to `short_term` months, else `long`."""
    found: Ints = np.where(term <= short_term, short, long).astype(np.int64)
    return found


def interest(principal: Ints, rate: Ints, days: Ints, days_of_year: int) -> Ints:
    """分 of interest on each `principal` (分) at a yearly `rate` for so many days, rounded down.

    principal × rate is cut into whole units of a day's interest and a rest first, so that no product exceeds 63 bits.
    Raises ValueError for anything that is no such sum, rate or number of days.
    """
    for values, most in ((principal, LARGEST), (rate, HIGHEST), (days, LONGEST)):
        _must_lie_within(values, most)
    if days_of_year < 1:
        raise ValueError("a year has days")
    unit = PARTS * days_of_year
    whole, rest = np.divmod(principal * rate, unit)
    found: Ints = whole * days + rest * days // unit
    return found


def subsidy(principal: Ints, rate: Ints, days: Ints, days_of_year: int, paid: Ints) -> Ints:
    """分 that each claim comes to: the interest at the benchmark `rate`, at most what was `paid`."""
    _must_lie_within(paid, LARGEST)
    return np.minimum(interest(principal, rate, days, days_of_year), paid)


def _must_lie_within(values: Ints, most: int) -> None:
    if values.dtype != np.int64 or values.ndim != 1:
        raise ValueError("amounts, rates and days are columns of whole numbers")
    if values.size and (values.min() < 0 or values.max() > most):
        raise ValueError(f"a value lies between 0 and {most}")
