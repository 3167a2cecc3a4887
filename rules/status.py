"""What became of a target on a day: whole numbers against the goal, the day against the deadline."""

from __future__ import annotations

from datetime import date

from rules.target import Counted, Status, Target


def is_reached(target: Target, counted: Counted, goal: int) -> bool:
    """Whether what was counted reaches a goal, asked of whole numbers; a growth from nothing (无基期) never does."""
    if counted.value is None:
        return False
    if target.is_growth:
        years = _years(counted) if target.progress == "compound" else 1
        return bool(counted.of) and years > 0 and has_grown(counted.value, counted.of or 0, goal, years)
    if target.is_share:
        return bool(counted.of) and counted.value * 100 >= goal * (counted.of or 0)
    return counted.value >= goal


def has_grown(value: int, base: int, percent: int, years: int = 1) -> bool:
    """Whether `value` is at least `base` grown by so many percent in each of the years."""
    return bool(value * 100**years >= base * (100 + percent) ** years)


def status_on(
    target: Target, day: date, counted: Counted, at_deadline: Counted | None, *, in_time: bool
) -> Status:
    """Met, missed, on track, at risk, or no data.

    `at_deadline` is what the deadline's own day had, once it has passed: whoever reached the goal later missed it. Before,
    a goal that is reached is met, another is on track where it would be reached `in_time` by the projection. A growth of a
    year that is not over is on track or at risk by the year to date; a whole year met or missed it. Without a deadline the
    day itself decides.
    """
    goal = target.goal_on(day)
    if goal is None:
        return "no_data"
    if target.is_growth:
        return _growth_status(target, day, counted, goal)
    if target.deadline is not None and day > target.deadline.day:
        return _after(target, target.deadline.day, at_deadline)
    if counted.value is None:
        return "no_data"
    if is_reached(target, counted, goal):
        return "met"
    return "on_track" if in_time else "at_risk"


def _after(target: Target, deadline: date, at_deadline: Counted | None) -> Status:
    goal = target.goal_on(deadline)
    if at_deadline is None or at_deadline.value is None or goal is None:
        return "no_data"
    return "met" if is_reached(target, at_deadline, goal) else "missed"


def _growth_status(target: Target, day: date, counted: Counted, goal: int) -> Status:
    """无基期 is no data: nothing can be said of a growth from nothing."""
    if counted.value is None or not counted.of:
        return "no_data"
    reached = is_reached(target, counted, goal)
    if counted.beside["year"] < day.year or _is_whole(counted, day):
        return "met" if reached else "missed"
    return "on_track" if reached else "at_risk"


def _is_whole(counted: Counted, day: date) -> bool:
    """The last day of a year of which every month is there."""
    return counted.beside["months"] == 12 and (day.month, day.day) == (12, 31)


def _years(counted: Counted) -> int:
    return counted.beside["year"] - counted.beside["base_year"]
