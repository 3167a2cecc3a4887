"""A target's way to its deadline: what is known, what the months ahead bring by a method, when the goal is reached.

Values in, values out. `Start` holds what does not depend on any lever; `course` sends it on its way under a method.
Whether a goal is reached is always asked of whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rules.levers import Pipeline
from rules.projecting import (
    YEAR,
    Method,
    joined,
    known,
    last_month,
    observed_growth,
    observed_pace,
    project,
)
from rules.target import Months, Part, Target


@dataclass(frozen=True)
class Start:
    """Where a target stands, for every projection of it.

    `months`: of a growth its flow, of anything else the stock or running total at each month's end. `of`: what a share is
    of. `deadline`: the month that decides (of a growth December), `until`: how far it is projected. `base_year`: what a
    compound growth is counted from. `so_far`: of a growth the deadline's year as it was counted, reporter by reporter, which
    the months ahead are added to.
    """

    target: Target
    goal: int | None
    today: int
    months: Months
    deadline: int
    until: int
    of: int | None = None
    pipeline: Pipeline | None = None
    base_year: int | None = None
    so_far: Part | None = None

    @property
    def ceiling(self) -> int | None:
        """What no month ahead can lie above."""
        return self.of if self.target.is_share else None

    @property
    def wanted(self) -> int | None:
        """The goal in what is counted; of a share the smallest number that reaches it. A growth has none of its own."""
        if self.goal is None or self.target.is_growth:
            return None
        return -(-self.goal * self.of // 100) if self.target.is_share and self.of else self.goal

    def years(self, month: int) -> int:
        """How many years back a month's year is compared."""
        if self.target.progress == "compound" and self.base_year is not None:
            return month // YEAR - self.base_year
        return 1


@dataclass(frozen=True)
class Course:
    """A start with the months ahead by one method (or by a given row of months)."""

    start: Start
    method: Method
    ahead: Months

    @property
    def months(self) -> Months:
        """Known and projected in one row."""
        return joined(self.start.months, self.ahead)

    def figure(self, month: int) -> Part | None:
        """Value and, of a share or growth, what it is compared with, at the end of a month; None where there is no data."""
        start = self.start
        if start.target.is_growth:
            return self._grown(month)
        value = self.months.of(month)
        return None if value is None else Part(value, start.of if start.target.is_share else None)

    def reaches(self, month: int) -> bool:
        """Whether the goal stands reached at the end of a month."""
        start, figure = self.start, self.figure(month)
        if figure is None or start.goal is None:
            return False
        return reached(start.target, figure, start.goal, start.years(month))

    @property
    def reached_on(self) -> int | None:
        """The first month ahead (or today's) from which on the goal stays reached up to the end; None if it does not."""
        start = self.start
        last = start.deadline if start.target.is_growth else start.until
        found = None
        for month in range(min(start.today, last), last + 1):
            if not self.reaches(month):
                found = None
            elif found is None:
                found = month
        return found

    @property
    def reached_already(self) -> bool:
        """Whether the goal stands reached by what is known, with nothing projected; of a growth: in the deadline's year."""
        start = self.start
        reported = min(last_month(known(start.months)), start.today)
        if start.target.is_growth and reported // YEAR < start.deadline // YEAR:
            return False
        figure = start.so_far if start.so_far is not None else self.figure(reported)
        if figure is None or start.goal is None:
            return False
        return reached(start.target, figure, start.goal, start.years(reported))

    @property
    def in_time(self) -> bool:
        """Whether the goal stands reached at the deadline."""
        return self.reaches(self.start.deadline)

    def _grown(self, month: int) -> Part | None:
        start, years, reported = self.start, self.start.years(month), last_month(known(self.start.months))
        if years < 1:
            return None
        if start.so_far is None or month <= reported or month // YEAR != start.deadline // YEAR:
            return to_date(self.months, month, years)
        further = compared_months(self.months, range(reported + 1, month + 1), years)
        return Part(start.so_far.value + further.value, (start.so_far.of or 0) + (further.of or 0))


def observed(start: Start) -> Method:
    """The method that the office's own months give."""
    return observed_growth(start.months) if start.target.is_growth else observed_pace(start.months)


def course(start: Start, method: Method | None = None) -> Course:
    """The way ahead by a method; by the observed one where none is given."""
    by = method if method is not None else observed(start)
    return Course(start, by, project(start.months, start.until, by, start.ceiling))


def course_of(start: Start, added: Sequence[int], method: Method) -> Course:
    """The way ahead where each month after the last known one has so many more than it."""
    months = known(start.months)
    now = (months.values[-1] or 0) if months.values else 0
    return Course(start, method, Months(last_month(months) + 1, tuple(now + more for more in added)))


def reached(target: Target, figure: Part, goal: int, years: int = 1) -> bool:
    """Whether a figure reaches a goal, asked of whole numbers; a growth from nothing never does."""
    if target.is_growth:
        base = figure.of or 0
        return base > 0 and years > 0 and bool(figure.value * 100**years >= base * (100 + goal) ** years)
    if target.is_share:
        return bool(figure.of) and figure.value * 100 >= goal * (figure.of or 0)
    return figure.value >= goal


def to_date(flow: Months, month: int, years: int = 1) -> Part | None:
    """A year's sum up to a month and that of the same months so many years before; None where no month has both."""
    months = range(month - month % YEAR, month + 1)
    there = any(flow.of(at) is not None and flow.of(at - YEAR * years) is not None for at in months)
    return compared_months(flow, months, years) if there else None


def compared_months(flow: Months, months: Sequence[int], years: int = 1) -> Part:
    """The sums of those of the months that have data in both years."""
    pairs = [(flow.of(at), flow.of(at - YEAR * years)) for at in months]
    both = [(now, before) for now, before in pairs if now is not None and before is not None]
    return Part(sum(now for now, _ in both), sum(before for _, before in both))


def needed_per_month(start: Start) -> Fraction | None:
    """What each month still to come must bring so that the goal is reached at the deadline; 0 where it is, None without data.

    Of a growth in 分: what the year still lacks, spread over its months without a figure. None once no month is left.
    """
    months = known(start.months)
    if start.goal is None or not months.values:
        return None
    if start.target.is_growth:
        return _needed_growth(start, months, start.goal)
    left = start.deadline - start.today
    lacks = (start.wanted or 0) - (months.values[-1] or 0)
    return max(Fraction(lacks, left), Fraction(0)) if left > 0 else None


def _needed_growth(start: Start, months: Months, goal: int) -> Fraction | None:
    """Of the deadline's year alone: while it has no figures (January), nothing has come yet."""
    years, reported = start.years(start.deadline), last_month(months)
    january = start.deadline - start.deadline % YEAR
    begun = to_date(months, reported, years) if reported >= january else None
    so_far = start.so_far or begun or Part(0, 0)
    ahead = range(max(reported + 1, january), start.deadline + 1)
    left = [at for at in ahead if months.of(at - YEAR * years) is not None]
    base = (so_far.of or 0) + sum(months.of(at - YEAR * years) or 0 for at in left)
    if years < 1 or not base or not left:
        return None
    wanted = -(-base * (100 + goal) ** years // 100**years)
    return max(Fraction(wanted - so_far.value, len(left)), Fraction(0))
