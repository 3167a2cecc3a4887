"""考核 as values: a township's figures in, points out, every one with what it rests on. Whole numbers only.

Weights and points are hundredths of a point. What does not apply to a township gives its weight to the other items in
proportion (largest remainder, so that every township is scored out of exactly 100); what was not reported earns
nothing and says so. Townships are never put in an order by their points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.program import Citation, DatedValue, Words

Points = Literal["growth", "share", "per", "count"]
State = Literal["scored", "no_data", "not_applicable"]
HUNDREDTHS = 100
ALL = 100 * HUNDREDTHS
_PERCENT: tuple[Points, ...] = ("growth", "share")  # `full` is in percent


@dataclass(frozen=True)
class Item:
    """One item of the assessment. Exactly one of `target` and `own` names its figure, the other is ""."""

    name: str
    title: Words
    text: Words
    target: str
    own: str
    points: Points
    unit: str
    weight: tuple[DatedValue, ...]
    full: tuple[DatedValue, ...]
    citation: Citation

    def weight_on(self, day: date) -> int:
        """Its weight in points on a day; 0 before its first value."""
        return _in_force(self.weight, day)

    def full_on(self, day: date) -> int:
        """What earns all of its points on a day."""
        return _in_force(self.full, day)


@dataclass(frozen=True)
class Figure:
    """What a township has of an item: `value` (None: nothing was reported) and what it is compared with.

    Of a growth `of` is the sum of the same months of the year before, of a share what there is to be reached.
    """

    value: int | None
    of: int | None = None


@dataclass(frozen=True)
class Score:
    """One item of one township: `weight` after what did not apply was shared out, `points` of it."""

    item: str
    figure: Figure
    full: int
    weight: int
    points: int
    state: State


@dataclass(frozen=True)
class TownshipScore:
    """A township's items and what they come to; `vetoed`: 弄虚作假, the total is nothing whatever the items say."""

    scores: tuple[Score, ...]
    vetoed: bool

    @property
    def before_veto(self) -> int | None:
        """Hundredths of all items together; None where none of them applies."""
        applying = [score for score in self.scores if score.state != "not_applicable"]
        return sum(score.points for score in applying) if applying else None

    @property
    def total(self) -> int | None:
        """What counts."""
        return 0 if self.vetoed else self.before_veto


def assess(
    items: Mapping[str, Item], figures: Mapping[str, Figure], day: date, *, vetoed: bool = False
) -> TownshipScore:
    """A township's score with the weights and full marks in force on a day. KeyError where a figure is missing."""
    of_day = [item for item in items.values() if item.weight_on(day)]
    states = {item.name: state_of(item.points, figures[item.name]) for item in of_day}
    weights = shared_out(
        {item.name: item.weight_on(day) for item in of_day if states[item.name] != "not_applicable"}
    )
    return TownshipScore(
        tuple(
            _score(item, figures[item.name], day, weights.get(item.name, 0), states[item.name])
            for item in of_day
        ),
        vetoed,
    )


def state_of(points: Points, figure: Figure) -> State:
    """Whether a figure can be scored at all."""
    if points != "count" and figure.of == 0:
        return "not_applicable"
    if figure.value is None:
        return "no_data"
    return "not_applicable" if points != "count" and figure.of is None else "scored"


def shared_out(weights: Mapping[str, int]) -> dict[str, int]:
    """Weights made into hundredths that add up to exactly 100 points: largest remainder, first named first."""
    whole = sum(weights.values())
    if not whole:
        return {}
    found = {name: weight * ALL // whole for name, weight in weights.items()}
    order = {name: at for at, name in enumerate(weights)}
    by_remainder = sorted(weights, key=lambda name: (-(weights[name] * ALL % whole), order[name]))
    for name in by_remainder[: ALL - sum(found.values())]:
        found[name] += 1
    return found


def points_of(points: Points, figure: Figure, full: int, weight: int) -> int:
    """The hundredths that a figure earns of `weight`: in proportion up to `full`, rounded down."""
    if figure.value is None:
        return 0
    reached, asked = _reached(points, figure, full)
    return weight * max(0, min(reached, asked)) // asked


def _reached(points: Points, figure: Figure, full: int) -> tuple[int, int]:
    """How much of how much, so that a plain comparison of whole numbers decides."""
    value, of = figure.value or 0, figure.of or 0
    if points == "count":
        return value, full
    gained = value - of if points == "growth" else value
    return (gained * 100 if points in _PERCENT else gained), of * full


def _score(item: Item, figure: Figure, day: date, weight: int, state: State) -> Score:
    full = item.full_on(day)
    points = points_of(item.points, figure, full, weight) if state == "scored" else 0
    return Score(item.name, figure, full, weight, points, state)


def _in_force(values: tuple[DatedValue, ...], day: date) -> int:
    return next((dated.value for dated in reversed(values) if dated.since <= day), 0)
