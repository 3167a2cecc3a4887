"""Levers: nothing moved is the observed way, each moves what it says, goal-seek is exact, and who closes the gap first."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.closing import gaps, lacking
from rules.levers import LEVERS, Lever, Pipeline, expected_certificates
from rules.load_targets import targets
from rules.moving import goal_seek, levers_of, moved
from rules.target import Part, Target
from rules.trajectory import Start, course
from tests.ways import TODAY, month, months, start, target

DEFAULTS = {name: lever.low for name, lever in LEVERS.items()}
TRAINED = start(
    target("cumulative", 3000, levers=("training_places", "attendance_rate")),
    months("2020-09", *range(1000, 2300, 100)),
)
CERTIFIED = start(
    target("cumulative", 5, levers=("certificates_in_progress", "certificate_chance", "certificate_months")),
    months("2020-09", *([1] * 12), 2),
    deadline="2021-12",
    applied=("2021-01", "2021-05", "2021-08"),
)
SOLD = start(
    target("year_on_year", 25, levers=("sales_growth",)),
    months("2020-01", *([100] * 21)),
    deadline="2021-12",
    until="2022-12",
)
STATIONS = start(
    target(goal=100, share=True, levers=("stations_per_month",)), months("2021-01", *range(10, 19)), of=30
)


@pytest.mark.parametrize(
    "one", [TRAINED, CERTIFIED, SOLD, STATIONS], ids=["trained", "certified", "sold", "stations"]
)
def test_with_no_lever_moved_the_way_is_the_observed_one(one: Start) -> None:
    assert moved(one, {}, DEFAULTS) == course(one)
    assert moved(one, {"leaders_per_month": 5}, DEFAULTS) == course(one)  # a lever of another target


def test_places_times_attendance_is_the_pace_of_training() -> None:
    way = moved(TRAINED, {"training_places": 80, "attendance_rate": 50}, DEFAULTS)
    assert way.method.rate == 40 and way.months.of(month("2021-10")) == 2240
    other = moved(TRAINED, {"training_places": 80}, {**DEFAULTS, "attendance_rate": 25})
    assert other.method.rate == 20


def test_a_growth_lever_moves_every_month_ahead() -> None:
    way = moved(SOLD, {"sales_growth": 30}, DEFAULTS)
    assert [way.months.of(month(m)) for m in ("2021-09", "2021-10", "2021-12", "2022-10")] == [
        100,
        130,
        130,
        169,
    ]


def test_a_pace_lever_counts_in_tenths_and_stops_at_the_denominator() -> None:
    way = moved(STATIONS, {"stations_per_month": 25}, DEFAULTS)
    assert [way.months.of(month(m)) for m in ("2021-10", "2021-11", "2022-09")] == [20, 23, 30]


def test_certificates_come_after_their_usual_duration_times_their_chance() -> None:
    pipeline = Pipeline((month("2021-01"), month("2021-05"), month("2021-08")))
    until = month("2022-03")
    assert expected_certificates(pipeline, TODAY, 3, 100, 6, until) == (1, 2, 2, 2, 3, 3)
    assert expected_certificates(pipeline, TODAY, 3, 50, 6, until) == (0, 1, 1, 1, 1, 1)
    assert expected_certificates(pipeline, TODAY, 3, 33, 6, until) == (0, 0, 0, 0, 0, 0)
    assert expected_certificates(pipeline, TODAY, 3, 34, 6, until) == (0, 0, 0, 0, 1, 1)
    assert expected_certificates(pipeline, TODAY, 2, 100, 6, until) == (1, 2, 2, 2, 2, 2)
    assert expected_certificates(pipeline, TODAY, 5, 100, 6, until) == (1, 2, 2, 2, 3, 5)


@pytest.mark.parametrize(("rate", "holds"), [(66, False), (67, True)])
def test_goal_seek_finds_the_attendance_that_just_meets_the_goal(rate: int, holds: bool) -> None:
    december = month("2021-12")  # 800 more in three months, of 400 places each
    values = {"training_places": 400}
    sought = goal_seek(TRAINED, LEVERS["attendance_rate"], values, DEFAULTS, december)
    assert sought.step == 67 and not sought.as_it_is
    assert moved(TRAINED, {**values, "attendance_rate": rate}, DEFAULTS).reaches(december) is holds


def test_goal_seek_says_what_lies_outside_the_range() -> None:
    sought = goal_seek(
        TRAINED, LEVERS["attendance_rate"], {"training_places": 100}, DEFAULTS, month("2021-12")
    )
    assert sought.step is None


def test_goal_seek_of_a_duration_gives_the_longest_that_still_does() -> None:
    values = {"certificate_chance": 100, "certificates_in_progress": 3}
    sought = goal_seek(CERTIFIED, LEVERS["certificate_months"], values, DEFAULTS, month("2021-12"))
    assert sought.step == 4  # the last was applied for in August


def test_what_is_reached_anyway_is_said_beside_the_least_that_does() -> None:
    sought = goal_seek(
        TRAINED,
        LEVERS["training_places"],
        {"attendance_rate": 100},
        {**DEFAULTS, "training_places": 500},
        month("2021-12"),
    )
    assert sought.as_it_is and sought.step == 267


@settings(max_examples=40, deadline=None)
@given(
    one=st.sampled_from([TRAINED, SOLD, STATIONS, CERTIFIED]),
    chosen=st.integers(0, 2),
    ahead=st.integers(1, 15),
    share=st.integers(0, 100),
)
def test_goal_seek_equals_trying_every_step(one: Start, chosen: int, ahead: int, share: int) -> None:
    levers = list(levers_of(one).values())
    lever = levers[chosen % len(levers)]
    others = {
        other.name: other.low + (other.high - other.low) * share // 100 for other in levers if other != lever
    }
    at = min(TODAY + ahead, one.deadline) if one.target.is_growth else TODAY + ahead
    fits = [
        step
        for step in range(lever.low, lever.high + 1)
        if moved(one, {**others, lever.name: step}, DEFAULTS).reaches(at)
    ]
    best = (max if lever.part == "duration" else min)(fits) if fits else None
    assert goal_seek(one, lever, others, DEFAULTS, at).step == best


def test_a_step_is_read_and_written_as_a_number_of_its_unit() -> None:
    pace, places = LEVERS["stations_per_month"], LEVERS["training_places"]
    assert [pace.shown(step) for step in (0, 4, 25, 100)] == ["0.0", "0.4", "2.5", "10.0"]
    assert places.shown(12) == "12" and LEVERS["sales_growth"].shown(-5) == "-5"
    assert (
        pace.step(Fraction(1, 4)) == 3
        and pace.step(Fraction(10**6)) == pace.high
        and pace.step(Fraction(-1)) == 0
    )


@pytest.mark.parametrize("lever", LEVERS.values(), ids=lambda lever: lever.name)
def test_every_lever_has_both_languages_and_a_range(lever: Lever) -> None:
    assert lever.low < lever.high
    assert all((lever.title.zh, lever.title.en, lever.unit.zh, lever.unit.en))


def test_every_target_has_a_lever_and_every_lever_a_target() -> None:
    named = {name for one in targets().values() for name in one.levers}
    assert all(one.levers for one in targets().values())
    assert named == set(LEVERS)


@pytest.mark.parametrize("one", targets().values(), ids=lambda one: one.name)
def test_a_targets_levers_do_what_its_shape_can_take(one: Target) -> None:
    parts = {LEVERS[name].part for name in one.levers}
    assert parts == {"growth"} if one.is_growth else "growth" not in parts
    assert len(parts) == len(one.levers)  # two levers that do the same would hide each other


def test_the_township_that_closes_its_gap_first_comes_first() -> None:
    parts = {"100": Part(8, 10), "101": Part(2, 10), "102": Part(10, 10), "103": Part(5, 10)}
    ways = {
        "100": months("2020-09", *([8] * 13)),
        "101": months("2020-09", 0, *([1] * 11), 2),
        "103": months("2020-09", *([2] * 12), 5),
    }
    found = gaps(target(goal=90, share=True), 90, parts, ways)
    assert [(gap.place, gap.missing, gap.months) for gap in found] == [
        ("103", 4, 16),
        ("101", 7, 42),
        ("100", 1, None),
        ("102", 0, 0),
    ]


@pytest.mark.parametrize(
    ("part", "lacks"), [(Part(124, 100), 1), (Part(125, 100), 0), (Part(5, 0), None), (Part(5, None), None)]
)
def test_what_a_place_lacks_of_a_growth_is_money_and_nothing_without_a_base(
    part: Part, lacks: int | None
) -> None:
    assert lacking(target("year_on_year", 25), 25, part) == lacks


def test_a_goal_for_the_whole_county_asks_nothing_of_a_township() -> None:
    assert lacking(target("cumulative", 3000), 3000, Part(100)) is None
