"""Move levers: the way ahead of a target under what somebody tries, beside the one the office's own months give.

Only a lever that was moved changes anything; one that was not stands at what was observed, so that nothing moved is exactly
the observed way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rules.levers import LEVERS, Lever, Part, expected_certificates
from rules.projecting import Method, with_growth, with_pace
from rules.trajectory import Course, Start, course, course_of

FACTORS: tuple[Part, ...] = ("places", "attendance")
OF_PIPELINE: tuple[Part, ...] = ("in_progress", "chance", "duration")


@dataclass(frozen=True)
class Sought:
    """What a lever would have to stand at (`step`, None: not within its range) for the goal to be reached in `month`."""

    lever: Lever
    month: int
    step: int | None
    as_it_is: bool  # it is reached without moving this lever


def levers_of(start: Start) -> dict[Part, Lever]:
    """The levers of a target by what they do."""
    return {LEVERS[name].part: LEVERS[name] for name in start.target.levers if name in LEVERS}


def moved(start: Start, values: Mapping[str, int], defaults: Mapping[str, int]) -> Course:
    """The way ahead under the levers moved (`values`, steps by name); `defaults` has every lever's observed step."""
    levers = levers_of(start)
    touched = {part for part, lever in levers.items() if lever.name in values}
    at = {part: lever.amount(values.get(lever.name, defaults[lever.name])) for part, lever in levers.items()}
    if touched.intersection(OF_PIPELINE) and start.pipeline is not None:
        return _expected(start, at)
    if touched.intersection(FACTORS):
        return course(start, with_pace(at["places"] * at.get("attendance", Fraction(100)) / 100))
    if "pace" in touched:
        return course(start, with_pace(at["pace"]))
    if "growth" in touched:
        return course(start, with_growth(start.months, int(at["growth"])))
    return course(start)


def goal_seek(
    start: Start, lever: Lever, values: Mapping[str, int], defaults: Mapping[str, int], month: int
) -> Sought:
    """The least that a lever must stand at (of a duration the most) for the goal to be reached at the end of a month.

    The other levers stay as they are. Exact over the lever's whole steps: more never brings less, so the range is halved.
    """

    def reaches(step: int) -> bool:
        return moved(start, {**values, lever.name: step}, defaults).reaches(month)

    less_helps = lever.part == "duration"
    steps = range(lever.high, lever.low - 1, -1) if less_helps else range(lever.low, lever.high + 1)
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        if reaches(steps[middle]):
            high = middle
        else:
            low = middle + 1
    found = steps[low] if low < len(steps) else None
    return Sought(lever, month, found, moved(start, values, defaults).reaches(month))


def _expected(start: Start, at: Mapping[Part, Fraction]) -> Course:
    assert start.pipeline is not None
    in_progress, chance, duration = (int(at[part]) for part in OF_PIPELINE)
    added = expected_certificates(start.pipeline, start.today, in_progress, chance, duration, start.until)
    return course_of(start, added, Method("expected", Fraction(in_progress * chance, 100), given=True))
