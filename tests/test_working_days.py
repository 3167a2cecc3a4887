"""Periods in working days: public holidays and make-up days count as announced, and what is not announced is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.casework.working_days import Counted, nth_working_day_after


@pytest.mark.parametrize(
    ("day", "n", "until"),
    [
        (date(2021, 9, 13), 5, date(2021, 9, 18)),  # 09-18 is a Saturday and a make-up day
        (date(2021, 9, 17), 1, date(2021, 9, 18)),
        (date(2021, 9, 18), 1, date(2021, 9, 22)),  # 09-19 to 09-21 is the Mid-Autumn festival
        (date(2021, 9, 24), 5, date(2021, 9, 30)),  # 09-26 is a Sunday and a make-up day
        (date(2021, 9, 30), 1, date(2021, 10, 8)),  # 10-01 to 10-07 is National Day
        (date(2021, 9, 30), 2, date(2021, 10, 9)),  # 10-09 is a Saturday and a make-up day
        (date(2021, 9, 30), 5, date(2021, 10, 13)),
        (date(2021, 10, 3), 1, date(2021, 10, 8)),  # delivered on a holiday
        (date(2021, 6, 1), 5, date(2021, 6, 8)),  # an ordinary week and its weekend
    ],
)
def test_a_period_counts_working_days_after_the_first_day(day: date, n: int, until: date) -> None:
    assert nth_working_day_after(day, n) == Counted(until, certain=True)


def test_a_year_without_an_announcement_is_counted_monday_to_friday_and_said_to_be_uncertain() -> None:
    assert nth_working_day_after(date(2099, 9, 30), 5) == Counted(date(2099, 10, 7), certain=False)


def test_the_last_days_of_december_are_uncertain_until_the_next_year_is_announced() -> None:
    """The last announced year is the library's; New Year's holiday has begun as early as 29 December."""
    last = max(year for year in range(2021, 2100) if nth_working_day_after(date(year, 6, 1), 1).certain)
    assert nth_working_day_after(date(last, 12, 21), 1).certain
    assert not nth_working_day_after(date(last, 12, 28), 1).certain


def test_a_day_before_the_first_announced_year_is_uncertain_too() -> None:
    assert not nth_working_day_after(date(1999, 6, 1), 5).certain


@pytest.mark.parametrize("n", [0, -1])
def test_a_period_has_at_least_one_day(n: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        nth_working_day_after(date(2021, 9, 30), n)


@given(st.dates(date(2004, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_one_more_working_day_ends_later_and_a_later_start_never_earlier(day: date, n: int) -> None:
    one, more = nth_working_day_after(day, n), nth_working_day_after(day, n + 1)
    assert day + timedelta(days=n) <= one.until < more.until
    assert one.until <= nth_working_day_after(day + timedelta(days=1), n).until
    assert nth_working_day_after(one.until, 1).until == more.until
