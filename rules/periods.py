"""Counting the days of periods: whole months, quarters and years touched, the term of a loan, what lies within.

Days are numbers since 1970-01-01, in arrays over claims. A period has its first and its last day; both belong to it.
"""

from __future__ import annotations

import numpy as np

from rules.history import Bools, Ints

FAR = 200_000  # a day number beyond any calendar: has not ended


def days_of(first: Ints, last: Ints) -> Ints:
    """How many days each period has; none where it ends before it begins."""
    found: Ints = np.maximum(last + 1 - first, 0)
    return found


def whole_months(first: Ints, last: Ints) -> Ints:
    """How many calendar months lie wholly within each period."""
    begins = month_of(first + _days_left_of_first(first))
    found: Ints = np.maximum(month_of(last + 1) - begins, 0)
    return found


def quarters_touched(first: Ints, last: Ints) -> Ints:
    """How many calendar quarters each period has days of."""
    return _touched(month_of(first) // 3, month_of(last) // 3)


def years_touched(first: Ints, last: Ints) -> Ints:
    """How many calendar years each period has days of."""
    return _touched(month_of(first) // 12, month_of(last) // 12)


def year_of(day: Ints) -> Ints:
    """The calendar year of each day, counted from 1970."""
    return month_of(day) // 12


def term_months(lent: Ints, due: Ints) -> Ints:
    """The term of each loan in months, a begun one counted: up to the same day of the month is a whole one."""
    begun = (due - _first_of_month(due)) > (lent - _first_of_month(lent))
    found: Ints = np.maximum(month_of(due) - month_of(lent) + begun, 0)
    return found


def month_of(day: Ints) -> Ints:
    """The month of each day, counted from January 1970."""
    found: Ints = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return found


def within(first: Ints, last: Ints, begins: Ints, ends: Ints) -> Bools:
    """Whether each period lies within begins (the first day) to ends (the first day that no longer counts)."""
    found: Bools = (begins <= first) & (last < ends)
    return found


def _first_of_month(day: Ints) -> Ints:
    found: Ints = month_of(day).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return found


def _days_left_of_first(first: Ints) -> Ints:
    """Days from each day to the first of a month on or after it."""
    of_next = (month_of(first) + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.where(first == _first_of_month(first), 0, of_next - first)


def _touched(begins: Ints, ends: Ints) -> Ints:
    found: Ints = np.maximum(ends - begins + 1, 0)
    return found
