"""What becomes of a target: the day before, of and after its deadline; reached late; growth of a year; figures to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.load_targets import targets
from rules.showing import compound_percent, growth_percent, share_percent
from rules.status import has_grown, is_reached, status_on
from rules.target import Counted, Status

TRAINING, STATIONS = targets()["training"], targets()["stations_in_poor_villages"]
SALES = targets()["county_transactions"]
DEADLINE = date(2022, 12, 31)
DAY = timedelta(days=1)


def trained(value: int | None) -> Counted:
    return Counted(value)


def grown(
    value: int | None, of: int | None, year: int = 2021, months: int = 8, base_year: int = 2020
) -> Counted:
    return Counted(value, of, beside={"year": year, "base_year": base_year, "months": months})


@pytest.mark.parametrize(("day", "expected"), [(DEADLINE - DAY, "at_risk"), (DEADLINE, "at_risk")])
def test_up_to_the_deadline_a_goal_not_reached_is_at_risk(day: date, expected: Status) -> None:
    assert status_on(TRAINING, day, trained(2999), None, in_time=False) == expected


def test_before_the_deadline_it_is_on_track_where_the_projection_reaches_it() -> None:
    assert status_on(TRAINING, DEADLINE - DAY, trained(2999), None, in_time=True) == "on_track"


@pytest.mark.parametrize("day", [date(2020, 3, 16), DEADLINE - DAY, DEADLINE])
def test_a_goal_that_is_reached_before_its_deadline_is_met(day: date) -> None:
    assert status_on(TRAINING, day, trained(3000), None, in_time=False) == "met"


def test_after_the_deadline_what_its_own_day_had_decides() -> None:
    after = DEADLINE + DAY
    assert status_on(TRAINING, after, trained(3000), trained(3000), in_time=True) == "met"
    assert status_on(TRAINING, after, trained(3000), trained(2999), in_time=True) == "missed"
    assert status_on(TRAINING, after, trained(2999), trained(3000), in_time=False) == "met"


def test_without_data_there_is_no_status_and_never_a_zero() -> None:
    assert status_on(TRAINING, DEADLINE, trained(None), None, in_time=True) == "no_data"
    assert status_on(TRAINING, DEADLINE + DAY, trained(3000), trained(None), in_time=True) == "no_data"


def test_before_the_goal_is_in_force_there_is_no_status() -> None:
    assert status_on(TRAINING, date(2020, 3, 15), trained(3000), None, in_time=True) == "no_data"
    assert status_on(TRAINING, date(2020, 3, 16), trained(3000), None, in_time=True) == "met"


@pytest.mark.parametrize(("value", "reached"), [(41, False), (42, True)])
def test_a_share_is_reached_in_whole_numbers(value: int, reached: bool) -> None:
    assert is_reached(STATIONS, Counted(value, 42), 100) is reached


@pytest.mark.parametrize(("value", "expected"), [(1249, "at_risk"), (1250, "on_track"), (1251, "on_track")])
def test_the_growth_of_a_year_that_runs_is_on_track_by_the_year_to_date(value: int, expected: Status) -> None:
    assert status_on(SALES, date(2021, 9, 30), grown(value, 1000), None, in_time=False) == expected


@pytest.mark.parametrize(("value", "expected"), [(1249, "missed"), (1250, "met")])
def test_the_growth_of_a_year_that_is_over_is_met_or_missed(value: int, expected: Status) -> None:
    whole = grown(value, 1000, year=2020, months=12, base_year=2019)
    assert status_on(SALES, date(2021, 1, 10), whole, None, in_time=False) == expected
    assert status_on(SALES, date(2020, 12, 31), whole, None, in_time=False) == expected
    assert status_on(SALES, date(2020, 12, 30), whole, None, in_time=False) in ("at_risk", "on_track")


def test_growth_from_nothing_is_no_data() -> None:
    assert status_on(SALES, date(2021, 9, 30), grown(500, 0), None, in_time=True) == "no_data"


@pytest.mark.parametrize(("value", "reached"), [(1562, False), (1563, True)])
def test_compound_growth_is_compared_with_integers(value: int, reached: bool) -> None:
    """25 % twice is 1.5625."""
    compound = replace(SALES, progress="compound")
    assert is_reached(compound, grown(value, 1000, base_year=2019), 25) is reached


def test_a_percentage_is_never_rounded_up_to_the_goal() -> None:
    assert share_percent(9999, 10000) == Decimal("99.9")
    assert growth_percent(12499, 10000) == Decimal("24.9")
    assert growth_percent(960, 1000) == Decimal("-4.0")


def test_growth_from_nothing_has_no_percentage() -> None:
    assert growth_percent(5, 0) is None and compound_percent(5, 0, 2) is None


@given(value=st.integers(0, 10**12), base=st.integers(1, 10**12), years=st.integers(1, 6))
def test_the_compound_rate_shown_is_the_largest_tenth_that_the_sum_reaches(
    value: int, base: int, years: int
) -> None:
    shown = compound_percent(value, base, years)
    assert shown is not None
    per_mille = int(shown * 10)
    assert value * 1000**years >= base * (1000 + per_mille) ** years
    assert value * 1000**years < base * (1001 + per_mille) ** years


@given(value=st.integers(0, 10**12), base=st.integers(1, 10**12), percent=st.integers(0, 100))
def test_one_year_of_compound_growth_is_growth_year_on_year(value: int, base: int, percent: int) -> None:
    assert has_grown(value, base, percent, 1) == (100 * value >= base * (100 + percent))
