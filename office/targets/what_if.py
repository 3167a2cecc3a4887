"""What if a lever moved: every target's way to its deadline, as the office's months go on and as somebody tries it.

starting_points(db, day)            what does not depend on any lever: kept while the registers stand
try_levers(db, day, {lever: step})  every target with and without
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.store import Database
from office.answering import while_all_stands
from office.programs import program_in_force
from office.refusal import refuse
from office.targets.lever_defaults import Default, lever_defaults, pipeline_on
from office.targets.measuring import Standing, measure
from rules.indicators import INDICATORS
from rules.levers import LEVERS
from rules.load_targets import targets_digest
from rules.moving import Sought as Sought
from rules.moving import goal_seek, levers_of, moved
from rules.projecting import (
    YEAR,
    BackTest,
    back_test,
    observed_growth,
    observed_pace,
    running_total,
)
from rules.target import Months, Part, Status, month_of
from rules.trajectory import Course, Start, course


@dataclass(frozen=True)
class Points:
    """Where everything stands on a day before any lever is moved, targets by name in the file's order."""

    day: date
    standings: Mapping[str, Standing]
    starts: Mapping[str, Start]
    observed: Mapping[str, Course]
    defaults: Mapping[str, Default]

    @property
    def steps(self) -> dict[str, int]:
        """Every lever's default step."""
        return {name: default.step for name, default in self.defaults.items()}


@dataclass(frozen=True)
class Way:
    """One target: `without` any lever, and `under` those that were moved (the same where none of its own was)."""

    standing: Standing
    without: Course
    under: Course
    status: Status

    @property
    def is_moved(self) -> bool:
        """Whether a lever of its own was moved."""
        return self.under is not self.without


@dataclass(frozen=True)
class Tried:
    """Every target under the levers in `values`."""

    points: Points
    values: Mapping[str, int]
    ways: Mapping[str, Way]


def starting_points(db: Database, day: date) -> Points:
    """The day's standings, each as a start for projecting, and what every lever stands at."""
    asked = (day, targets_digest(), program_in_force(db, day).digest)
    return while_all_stands("what_if_points", db, asked, lambda: _points(db, day))


def try_levers(db: Database, day: date, levers: Mapping[str, int]) -> Tried:
    """All targets' ways with and without. Raises Refused for a lever that is not known or stands outside its range."""
    values = known_levers(levers)
    points = starting_points(db, day)
    steps = points.steps
    return Tried(points, values, {name: _way(points, name, values, steps) for name in points.starts})


def known_levers(levers: Mapping[str, int]) -> dict[str, int]:
    """The levers as they are kept, in the order of the list. Raises Refused."""
    for name, step in levers.items():
        lever = LEVERS.get(name)
        if lever is None:
            raise refuse(f"没有“{name}”这个可调项", f'there is no lever "{name}"')
        if isinstance(step, bool) or not isinstance(step, int) or not lever.low <= step <= lever.high:
            low, high = lever.shown(lever.low), lever.shown(lever.high)
            raise refuse(
                f"“{lever.title.zh}”须在 {low} 到 {high} 之间",
                f"{lever.title.en} lies between {low} and {high}",
            )
    return {name: levers[name] for name in LEVERS if name in levers}


def seek(points: Points, target: str, lever: str, values: Mapping[str, int], month: int) -> Sought:
    """What one lever would have to stand at for a target to be reached in a month, the others as in `values`."""
    return goal_seek(points.starts[target], LEVERS[lever], values, points.steps, month)


def levers_of_target(points: Points, target: str) -> tuple[str, ...]:
    """The names of the levers that move a target."""
    return tuple(lever.name for lever in levers_of(points.starts[target]).values())


def back_tested(start: Start) -> tuple[BackTest, ...]:
    """The observed method tried on the target's own months, from six and twelve months ago."""
    if start.target.is_growth:
        return back_test(start.months, observed_growth, flow=True)
    return back_test(start.months, observed_pace, flow=False, ceiling=start.ceiling)


def _points(db: Database, day: date) -> Points:
    standings = {standing.target.name: standing for standing in measure(db, day)}
    pipeline = pipeline_on(db, day).pipeline
    starts = {name: start_of(standing) for name, standing in standings.items()}
    starts = {
        name: replace(start, pipeline=pipeline)
        if any(LEVERS[lever].part == "in_progress" for lever in start.target.levers)
        else start
        for name, start in starts.items()
    }
    observed = {name: course(start) for name, start in starts.items()}
    return Points(day, standings, starts, observed, lever_defaults(db, day, starts))


def start_of(standing: Standing) -> Start:
    """A standing as a start for projecting."""
    target, today = standing.target, month_of(standing.day)
    this_year = today - today % YEAR + YEAR - 1
    deadline = month_of(target.deadline.day) if target.deadline and not target.is_growth else this_year
    return Start(
        target=target,
        goal=standing.goal,
        today=today,
        months=_months(standing),
        deadline=deadline,
        until=max(deadline, this_year + YEAR),
        of=standing.counted.of if target.is_share else None,
        base_year=target.baseline.year if target.baseline else None,
        so_far=_so_far(standing, this_year),
    )


def _months(standing: Standing) -> Months:
    """A running total where happenings are counted together; everything else as it is."""
    target, counted = standing.target, standing.counted.value
    if target.is_growth or counted is None or INDICATORS[target.indicator].months_are == "stock":
        return standing.months
    return running_total(standing.months, counted, month_of(standing.day))


def _so_far(standing: Standing, december: int) -> Part | None:
    """What was counted of a growth, if it is of this year (in January it may still be of the year before)."""
    counted = standing.counted
    if (
        not standing.target.is_growth
        or counted.value is None
        or counted.beside.get("year") != december // YEAR
    ):
        return None
    return Part(counted.value, counted.of)


def _way(points: Points, name: str, values: Mapping[str, int], steps: Mapping[str, int]) -> Way:
    standing, without, start = points.standings[name], points.observed[name], points.starts[name]
    touched = any(lever in values for lever in start.target.levers)
    under = moved(start, values, steps) if touched else without
    return Way(standing, without, under, _status(standing, under) if touched else standing.status)


def _status(standing: Standing, under: Course) -> Status:
    """What is settled stays; what is not is on track where the way reaches the goal in time."""
    if standing.status in ("met", "missed", "no_data"):
        return standing.status
    return "on_track" if under.in_time else "at_risk"
