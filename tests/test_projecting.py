"""What lies ahead: seasons, paces, fallbacks, blanks that are no zeros, the day a goal is reached, what is still needed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.projecting import (
    BackTest,
    back_test,
    joined,
    known,
    observed_growth,
    observed_pace,
    project,
    rounded,
    running_total,
    with_growth,
    with_pace,
)
from rules.target import Months, Part
from rules.trajectory import course, needed_per_month, reached, to_date
from tests.ways import TODAY, month, months, start, target

TWO_YEARS = months("2019-10", *([100] * 11), 200, *([110] * 11), 220)  # to September 2021, up 10 %


def test_a_flow_follows_the_same_month_of_the_year_before_times_its_growth() -> None:
    method = observed_growth(TWO_YEARS)
    assert (method.kind, method.rate, method.rests_on, method.missing) == (
        "seasonal",
        Fraction(11, 10),
        12,
        0,
    )
    ahead = project(TWO_YEARS, month("2022-09"), method)
    assert ahead == months("2021-10", *([121] * 11), 242)  # September stands out again


def test_beyond_a_year_the_projected_months_are_the_ones_before() -> None:
    ahead = project(TWO_YEARS, month("2023-09"), with_growth(TWO_YEARS, 100))
    assert ahead.of(month("2022-09")) == 440 and ahead.of(month("2023-09")) == 880


def test_months_at_the_end_without_data_are_projected_not_taken_for_nothing() -> None:
    late = months("2019-10", *TWO_YEARS.values[:-1], None)
    assert known(late).values == TWO_YEARS.values[:-1]
    assert project(late, month("2021-09"), observed_growth(late)) == months("2021-09", 220)


def test_a_month_without_data_is_skipped_and_said() -> None:
    holed = Months(TWO_YEARS.first, (*TWO_YEARS.values[:15], None, *TWO_YEARS.values[16:]))
    method = observed_growth(holed)
    assert (method.rate, method.rests_on, method.missing) == (Fraction(11, 10), 11, 1)
    ahead = project(holed, month("2022-09"), method)
    assert ahead.of(month("2022-01")) is None and ahead.of(month("2022-02")) == 121


@pytest.mark.parametrize(("count", "kind"), [(12, "average"), (13, "seasonal")])
def test_with_less_than_thirteen_months_every_month_is_the_average(count: int, kind: str) -> None:
    young = months("2020-01", *([100] * count))
    method = observed_growth(young)
    assert method.kind == kind
    assert project(young, month("2022-01"), method).of(month("2021-12")) == 100


def test_a_growth_can_be_tried_with_any_months_at_all() -> None:
    assert project(
        months("2021-09", 100), month("2021-10"), with_growth(months("2021-09", 100), 25)
    ).values == (125,)


def test_nothing_before_gives_no_growth_but_the_average() -> None:
    assert observed_growth(months("2020-01", *([0] * 12), *([60] * 12))).kind == "average"


def test_without_data_nothing_is_projected() -> None:
    for empty in (months("2021-01"), months("2021-01", None, None)):
        assert observed_growth(empty).kind == observed_pace(empty).kind == "none"
        assert project(empty, month("2022-01"), observed_growth(empty)).values == ()
        assert project(empty, month("2022-01"), with_pace(Fraction(1))).values == ()


def test_a_stock_goes_on_at_the_pace_of_the_last_twelve_months() -> None:
    stock = months("2019-09", *([0] * 12), 10, *range(11, 23))
    method = observed_pace(stock)
    assert (method.rate, method.rests_on) == (Fraction(1), 12)
    assert project(stock, month("2021-12"), method).values == (23, 24, 25)


def test_a_pace_below_one_a_month_adds_whole_ones_only() -> None:
    assert project(months("2021-09", 5), month("2022-03"), with_pace(Fraction(4, 10))).values == (
        5,
        5,
        6,
        6,
        7,
        7,
    )


@pytest.mark.parametrize(("of", "last"), [(24, 24), (25, 25), (26, 25)])
def test_a_stock_is_capped_at_its_denominator(of: int, last: int) -> None:
    ahead = project(months("2021-09", 22), month("2021-12"), with_pace(Fraction(1)), of)
    assert ahead.values[-1] == last


def test_a_stock_never_falls_below_nothing() -> None:
    assert project(months("2021-09", 1), month("2021-12"), with_pace(Fraction(-1))).values == (0, 0, 0)


def test_a_running_total_counts_back_from_what_there_is_today() -> None:
    assert running_total(months("2021-06", 5, None, 0, 7), 100, month("2021-09")) == months(
        "2021-06", 93, 93, 93, 100
    )


def test_a_stock_with_a_gap_at_the_start_of_the_year_uses_what_is_known() -> None:
    method = observed_pace(months("2020-09", None, None, 10, *([None] * 9), 20))
    assert (method.rate, method.rests_on) == (Fraction(1), 10)


def test_halves_are_rounded_up() -> None:
    assert [rounded(Fraction(n, 2)) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]


def test_the_method_is_tried_on_months_already_known() -> None:
    steady = months("2019-01", *([100] * 12), *([110] * 12), *([121] * 12))
    six, twelve = back_test(steady, observed_growth, flow=True)
    assert six == BackTest(6, 726, 726, Fraction(0)) and twelve == BackTest(12, 1452, 1452, Fraction(0))
    jumped = months("2019-01", *([100] * 24), *([200] * 12))
    assert back_test(jumped, observed_growth, flow=True)[1] == BackTest(12, 1200, 2400, Fraction(1, 2))


def test_a_back_test_of_a_stock_compares_the_last_figure_only() -> None:
    stock = months("2019-09", *range(25))
    assert back_test(stock, observed_pace, flow=False) == (
        BackTest(6, 24, 24, Fraction(0)),
        BackTest(12, 24, 24, Fraction(0)),
    )


def test_a_back_test_with_too_few_months_or_nothing_to_compare_with_has_no_error() -> None:
    assert back_test(months("2021-04", *range(6)), observed_pace, flow=False)[0].error is None
    assert back_test(months("2020-01", *([0] * 30)), observed_growth, flow=True)[0] == BackTest(6, 0, 0, None)


def test_a_year_to_date_compares_only_months_that_both_years_have() -> None:
    flow = months("2020-01", 10, None, 30, *([1] * 9), 20, 50, None)
    assert to_date(flow, month("2021-03")) == Part(20, 10)
    assert to_date(flow, month("2020-12")) is None


def test_a_compound_growth_compares_with_the_same_months_of_the_baseline_year() -> None:
    flow = months("2019-01", *([10] * 24), *([20] * 11))
    assert to_date(flow, month("2021-03"), 2) == Part(60, 30)
    assert to_date(joined(flow, months("2021-12", 20)), month("2021-12"), 2) == Part(240, 120)


def test_the_months_ahead_are_added_to_the_year_as_it_was_counted() -> None:
    flow = months("2020-01", *([100] * 12), *([110] * 9))
    counted = replace(
        start(target("year_on_year", 25), flow, deadline="2021-12", until="2022-12"), so_far=Part(700, 600)
    )
    way = course(counted, with_growth(flow, 50))
    assert way.figure(month("2021-09")) == Part(990, 900)  # a month that is known: as its sums are
    assert way.figure(month("2021-12")) == Part(700 + 450, 600 + 300)
    assert way.figure(month("2022-01")) == Part(165, 110)
    assert needed_per_month(counted) == Fraction(-(-900 * 125 // 100) - 700, 3)


@pytest.mark.parametrize(("last", "already"), [(124, False), (125, True)])
def test_what_is_only_projected_is_not_reached_already(last: int, already: bool) -> None:
    flow = months("2020-01", *([100] * 12), *([last] * 8))  # September is not in yet
    way = course(start(target("year_on_year", 25), flow, deadline="2021-12"), with_growth(flow, 99))
    assert way.reached_already is already
    assert way.reached_on == month("2021-09")
    assert course(start(target(goal=22), months("2020-09", *range(10, 23)))).reached_already
    assert not course(start(target(goal=23), months("2020-09", *range(10, 23)))).reached_already


@pytest.mark.parametrize(("value", "holds"), [(124, False), (125, True), (126, True)])
def test_a_growth_is_reached_at_its_goal_exactly(value: int, holds: bool) -> None:
    assert reached(target("year_on_year", 25), Part(value, 100), 25) is holds


@pytest.mark.parametrize(("value", "holds"), [(15624, False), (15625, True)])
def test_a_compound_growth_is_compared_with_whole_numbers(value: int, holds: bool) -> None:
    assert reached(target("compound", 25), Part(value, 10000), 25, 2) is holds


def test_a_growth_from_nothing_is_never_reached() -> None:
    assert not reached(target("year_on_year", 25), Part(10**9, 0), 25)


@pytest.mark.parametrize(("value", "holds"), [(17, False), (18, True), (20, True)])
def test_a_share_is_reached_at_its_percent_of_the_denominator(value: int, holds: bool) -> None:
    assert reached(target(goal=90, share=True), Part(value, 20), 90) is holds


def test_the_month_of_the_goal_is_the_first_from_which_it_stays_reached() -> None:
    way = course(start(target(goal=30), months("2020-09", *range(10, 23))))
    assert way.reached_on == month("2022-05") and way.in_time
    late = course(start(target(goal=38), months("2020-09", *range(10, 23))))
    assert late.reached_on == month("2023-01") and not late.in_time
    assert course(start(target(goal=99), months("2020-09", *range(10, 23)))).reached_on is None
    assert course(start(target(goal=22), months("2020-09", *range(10, 23)))).reached_on == month("2021-09")


def test_a_growth_is_at_its_goal_only_if_the_year_ends_there() -> None:
    dropping = months("2020-01", *([100] * 12), *([200] * 6), 0, 0, 0)
    way = course(
        start(target("year_on_year", 25), dropping, deadline="2021-12", until="2021-12"),
        with_growth(dropping, -100),
    )
    assert way.reaches(month("2021-09")) and not way.in_time and way.reached_on is None


def test_what_is_needed_each_month_is_the_gap_over_the_months_left() -> None:
    known_now = months("2020-09", *range(10, 23))
    assert needed_per_month(start(target(goal=52), known_now)) == Fraction(30, 15)
    assert needed_per_month(start(target(goal=22), known_now)) == 0
    assert needed_per_month(start(target(goal=52), known_now, deadline="2021-09")) is None
    assert needed_per_month(start(target(goal=90, share=True), known_now, of=41)) == Fraction(37 - 22, 15)
    assert needed_per_month(start(target(goal=52), months("2021-09"))) is None


def test_what_a_growth_needs_is_what_the_year_still_lacks() -> None:
    flow = months("2020-01", *([100] * 12), *([110] * 9))
    asked = start(target("year_on_year", 25), flow, deadline="2021-12", until="2021-12")
    assert needed_per_month(asked) == Fraction(1500 - 990, 3)
    from_nothing = months("2020-01", *([0] * 12), *([110] * 9))
    assert needed_per_month(start(target("year_on_year", 25), from_nothing, deadline="2021-12")) is None


@pytest.mark.parametrize("reported", [11, 12])  # December is in by January, or not
def test_a_year_without_figures_yet_needs_its_own_months_only(reported: int) -> None:
    flow = months("2019-01", *([100] * 12), *([160] * reported))  # the year before reached the goal
    in_december = start(target("year_on_year", 25), flow, deadline="2021-12", until="2022-12")
    asked = replace(in_december, today=month("2021-01"))
    assert needed_per_month(asked) == 160 * 125 // 100
    assert not course(asked).reached_already


def test_what_a_compound_growth_needs_reaches_it_exactly() -> None:
    flow = months("2019-01", *([100] * 24), *([110] * 9))
    asked = start(target("compound", 25), flow, deadline="2021-12", until="2021-12")
    assert needed_per_month(asked) == Fraction(1875 - 990, 3)
    in_base_year = start(target("compound", 25, base_year=2021), flow, deadline="2021-12")
    assert needed_per_month(in_base_year) is None and course(in_base_year).figure(month("2021-12")) is None


FLOWS = st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=40).map(
    lambda v: Months(24000, tuple(v))
)


@settings(max_examples=100, deadline=None)
@given(FLOWS, st.integers(1, 30))
def test_projecting_fills_exactly_the_months_after_the_last_known_one(flow: Months, further: int) -> None:
    past = known(flow)
    until = past.first + len(past.values) - 1 + further
    for method in (observed_growth(flow), observed_pace(flow), with_growth(flow, 10)):
        ahead = project(flow, until, method)
        assert len(ahead.values) == (0 if method.kind == "none" or not past.values else further)
        assert all(value is None or value >= 0 for value in ahead.values)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=2, max_size=30), st.integers(1, 60), st.integers(0, 3000))
def test_the_needed_pace_reaches_the_goal_and_less_does_not(values: list[int], left: int, more: int) -> None:
    stock = Months(month("2021-09") - len(values) + 1, tuple(values))
    deadline = f"{(TODAY + left) // 12}-{(TODAY + left) % 12 + 1:02d}"
    asked = start(target(goal=values[-1] + more), stock, deadline=deadline, until="2030-12")
    pace = needed_per_month(asked)
    assert pace is not None and course(asked, with_pace(pace)).in_time
    assert not pace or not course(asked, with_pace(pace * 99 / 100)).in_time
