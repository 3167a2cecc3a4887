"""Targets, months and starts made by hand, for tests of what lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rules.levers import Pipeline
from rules.program import Citation, DatedValue, Words
from rules.target import Baseline, Denominator, Months, Progress, Target
from rules.trajectory import Start

CITED = Citation("一", "交易额年均增长25%以上", "text", "")
TODAY = 2021 * 12 + 8  # September 2021


def month(written: str) -> int:
    """2021-09 as its number."""
    year, of_year = written.split("-")
    return int(year) * 12 + int(of_year) - 1


def months(first: str, *values: int | None) -> Months:
    """Months from `first` on."""
    return Months(month(first), values)


def target(
    progress: Progress = "stock",
    goal: int = 100,
    *,
    share: bool = False,
    levers: Sequence[str] = (),
    base_year: int = 2019,
) -> Target:
    """A target of a shape; a share is of villages."""
    words = Words("示例", "example")
    return Target(
        name="example",
        title=words,
        indicator="example",
        unit=words,
        progress=progress,
        goal=(DatedValue(date(2020, 3, 16), goal, ""),),
        goal_citation=CITED,
        definition=words,
        citation=CITED,
        progress_citation=CITED,
        baseline=Baseline(base_year, None, CITED) if progress in ("year_on_year", "compound") else None,
        denominator=Denominator(words, None, CITED) if share else None,
        levers=tuple(levers),
    )


def start(
    of_target: Target,
    known: Months,
    *,
    today: int = TODAY,
    deadline: str = "2022-12",
    until: str = "2023-12",
    of: int | None = None,
    applied: Sequence[str] | None = None,
) -> Start:
    """A start whose goal is the target's last one."""
    return Start(
        target=of_target,
        goal=of_target.goal[-1].value,
        today=today,
        months=known,
        deadline=month(deadline),
        until=month(until),
        of=of,
        pipeline=None if applied is None else Pipeline(tuple(map(month, applied))),
        base_year=of_target.baseline.year if of_target.baseline else None,
    )
