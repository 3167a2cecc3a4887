"""A target of the plan as frozen values, what was counted towards it on a day, and what became of it.

Everything is whole: 分, villages, person-times. A share is a pair (value, of), a growth a pair of sums; percentages
are made of them at the very end and never compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.history import Ints
from rules.program import Citation, DatedValue, Words

Progress = Literal["stock", "cumulative", "year_on_year", "compound"]
Status = Literal["met", "on_track", "at_risk", "missed", "no_data"]
STATUSES: tuple[Status, ...] = ("missed", "at_risk", "on_track", "met", "no_data")
GROWTH: tuple[Progress, ...] = ("year_on_year", "compound")
OTHER = ""  # the township of what belongs to none
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class DatedDay:
    """A day that the plan names or the office set, with what it rests on."""

    day: date
    citation: Citation


@dataclass(frozen=True)
class Baseline:
    """The year that growth is counted from; `value` is None where the registers' own months give it."""

    year: int
    value: int | None
    citation: Citation


@dataclass(frozen=True)
class Denominator:
    """What a share is of (`of` says it); `day` None counts them on the day itself, else always on that one day.

    Of a growth it is whose figures are looked at (the poor villages), the same in both years.
    """

    of: Words
    day: date | None
    citation: Citation


@dataclass(frozen=True)
class LooksBack:
    """How many months an indicator looks back, its own included, as dated values of the office."""

    values: tuple[DatedValue, ...]
    citation: Citation

    def months_on(self, day: date) -> int:
        """The value in force on a day; the first one before that, so that the past has an answer."""
        in_force = [dated.value for dated in self.values if dated.since <= day]
        return in_force[-1] if in_force else self.values[0].value


@dataclass(frozen=True)
class Target:
    """One target. `goal` is in `unit`; of a share and of a growth it is in percent.

    `deadline` None: a growth counts every year anew, a stock is looked at on the day. `counted_from`: the first day that
    a cumulative count looks at. `definition` says in words exactly what is counted.
    """

    name: str
    title: Words
    indicator: str
    unit: Words
    progress: Progress
    goal: tuple[DatedValue, ...]
    goal_citation: Citation
    definition: Words
    citation: Citation
    progress_citation: Citation
    deadline: DatedDay | None = None
    counted_from: DatedDay | None = None
    baseline: Baseline | None = None
    denominator: Denominator | None = None
    looks_back: LooksBack | None = None
    levers: tuple[str, ...] = ()

    @property
    def is_growth(self) -> bool:
        """Whether sums of two years are compared."""
        return self.progress in GROWTH

    @property
    def is_share(self) -> bool:
        """Whether it is a part of something: its goal and what is shown are percent."""
        return self.denominator is not None and not self.is_growth

    def goal_on(self, day: date) -> int | None:
        """The goal in force on a day; None before its first value."""
        in_force = [dated.value for dated in self.goal if dated.since <= day]
        return in_force[-1] if in_force else None


@dataclass(frozen=True)
class Part:
    """What one township adds: `value` and, of a share, `of`; of a growth `of` is the sum of the year before."""

    value: int
    of: int | None = None


@dataclass(frozen=True)
class Counted:
    """What an indicator counted on a day. `value` None: no data, which is never nothing.

    `value` and `of` as in Part, and the sums of `by_township` (township code, OTHER for none) and of `by_village`
    (where the rows have a village; villages without anything of the kind are left out). `counted` and `missing` give per
    register the entities (first row ids) that count, and of a share those that do not yet; `beside` further figures by name.
    """

    value: int | None
    of: int | None = None
    by_township: Mapping[str, Part] = field(default_factory=dict)
    by_village: Mapping[str, Part] = field(default_factory=dict)
    counted: Mapping[str, Ints] = field(default_factory=dict)
    missing: Mapping[str, Ints] = field(default_factory=dict)
    beside: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Months:
    """A figure month by month: `values[i]` is of the month `first` + i (a month is year × 12 + month − 1).

    Of a flow (sales, person-times) what happened in the month, of a stock what there was at its end. None: no data.
    """

    first: int
    values: tuple[int | None, ...]

    def of(self, month: int) -> int | None:
        """The month's figure; None outside what is known."""
        at = month - self.first
        return self.values[at] if 0 <= at < len(self.values) else None


def month_of(day: date) -> int:
    """The number of a day's month."""
    return day.year * 12 + day.month - 1


def day_number(day: date) -> int:
    """Days since 1970-01-01, as the arrays count them."""
    return (day - _EPOCH).days
