"""Days and months as whole numbers, many at a time: days since 1970-01-01, months year × 12 + month − 1."""

from __future__ import annotations

import numpy as np

from rules.history import Ints


def months_of(days: Ints) -> Ints:
    """The number of each day's month."""
    months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return months


def first_days(months: Ints) -> Ints:
    """The first day of each month: looked up, because a million rows have few different months."""
    if not months.size:
        return months
    low = int(months.min())
    every = np.arange(low - 1970 * 12, int(months.max()) - 1970 * 12 + 1)
    days: Ints = every.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days[months - low]


def month_ends(first: int, day: int) -> Ints:
    """The last day of every month from `first` on, and for the day's own month the day itself."""
    months = np.arange(first, int(months_of(np.array([day]))[0]) + 1)
    return np.minimum(first_days(months + 1) - 1, day)
