"""A target's standing in words, for a line of the bulletin: figure, goal, deadline, status, and how much is done."""

from __future__ import annotations

from decimal import Decimal

from office.reports.proportions import NO_BASE, NO_DATA
from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from rules.program import Words
from rules.slip import zh_day

MOST_DONE = 150  # percent that the chart shows
EVERY_YEAR = Words("每年", "every year")
THAT_DAY = Words("当日", "on the day")


def figure_words(one: Standing) -> Words:
    """The figure of the day, with what it is of where it is a share."""
    if one.no_base:
        return NO_BASE
    if one.actual is None:
        return NO_DATA
    said = _with_unit(one, one.actual)
    counted = one.counted
    if not one.target.is_share or counted.of is None:
        return said
    return Words(
        f"{said.zh}（{counted.value:,}/{counted.of:,}）", f"{said.en} ({counted.value:,} of {counted.of:,})"
    )


def goal_words(one: Standing) -> Words:
    """The goal in force; 没有数据 before its first value."""
    return NO_DATA if one.goal is None else _with_unit(one, Decimal(one.goal))


def deadline_words(one: Standing) -> Words:
    """By when; without a deadline a growth counts every year, and a stock is looked at on the day."""
    deadline = one.target.deadline
    if deadline is None:
        return EVERY_YEAR if one.target.is_growth else THAT_DAY
    return Words(zh_day(deadline.day), deadline.day.isoformat())


def status_words(one: Standing) -> Words:
    """Where it stands; after a deadline that was missed, with what there was on it."""
    words = STATUS_WORDS[one.status]
    if one.status != "missed" or one.at_deadline is None or one.projected is None:
        return words
    then = _with_unit(one, one.projected)
    return Words(f"{words.zh}（期限时{then.zh}）", f"{words.en} ({then.en} at the deadline)")


def done_percent(one: Standing) -> int | None:
    """How much of the goal is reached, in whole percent from 0 to MOST_DONE; None where there is no data or no goal."""
    if one.actual is None or not one.goal:
        return None
    return max(0, min(MOST_DONE, int(one.actual * 100 / one.goal)))


def _with_unit(one: Standing, number: Decimal) -> Words:
    if one.target.is_growth or one.target.is_share:
        return Words(f"{number}%", f"{number}%")
    unit = one.target.unit
    return Words(f"{number:,}{unit.zh}", f"{number:,} {unit.en}".strip())
