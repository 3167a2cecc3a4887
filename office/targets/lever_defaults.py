"""What every lever stands at before it is moved: the pace that the office's own rows show, or nothing observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median_low

from data.reporting.lever_facts import Application, applications, training_offered
from data.store import Database
from rules.levers import LEVERS, Lever, Pipeline
from rules.projecting import YEAR
from rules.target import month_of
from rules.trajectory import Start, course

NEW_KINDS = ("green", "organic", "geographical")  # 二品一标; 无公害 and SC are none
UNSEEN = {"attendance": 100, "chance": 100, "duration": 12}  # where a slider begins when nothing was observed


@dataclass(frozen=True)
class Default:
    """A lever's step before it is moved; `observed`: the rows show it, otherwise it is only where the slider begins."""

    step: int
    observed: bool


@dataclass(frozen=True)
class Pipelined:
    """Applications under way, how long they usually take, and how many of those decided became certificates."""

    pipeline: Pipeline
    months: int | None
    chance: Fraction | None


def pipeline_on(db: Database, day: date, known_at: str | None = None) -> Pipelined:
    """The new (not renewed) 二品一标 applications on a day.

    The chance: of those made at least the usual duration ago or decided, how many were issued.
    """
    new = [one for one in applications(db, NEW_KINDS, day, known_at) if not one.renewal]
    under_way = tuple(month_of(one.applied_on) for one in new if _is_under_way(one) and one.applied_on)
    took = [
        month_of(one.issued_on) - month_of(one.applied_on) for one in new if one.issued_on and one.applied_on
    ]
    months = max(1, median_low(took)) if took else None
    decided = [one for one in new if one.applied_on and (one.issued_on or one.withdrawn_on)]
    issued = sum(one.issued_on is not None for one in decided)
    return Pipelined(Pipeline(under_way), months, Fraction(100 * issued, len(decided)) if decided else None)


def lever_defaults(
    db: Database, day: date, starts: Mapping[str, Start], known_at: str | None = None
) -> dict[str, Default]:
    """Every lever's default, by name."""
    offered = training_offered(db, _a_year_before(day), day, known_at)
    pipelined = pipeline_on(db, day, known_at)
    seen: dict[str, Fraction | None] = {
        "places": Fraction(offered.places, YEAR) if offered.sessions else None,
        "attendance": Fraction(100 * offered.attended, offered.places) if offered.places else None,
        "in_progress": Fraction(len(pipelined.pipeline.applied)),
        "chance": pipelined.chance,
        "duration": None if pipelined.months is None else Fraction(pipelined.months),
    }
    return {name: _default(lever, starts, seen) for name, lever in LEVERS.items()}


def _default(lever: Lever, starts: Mapping[str, Start], seen: Mapping[str, Fraction | None]) -> Default:
    amount = seen[lever.part] if lever.part in seen else _observed(lever, starts)
    if amount is not None:
        return Default(lever.step(amount), observed=True)
    return Default(UNSEEN.get(lever.part, max(0, lever.low)), observed=False)


def _observed(lever: Lever, starts: Mapping[str, Start]) -> Fraction | None:
    """The pace or growth of the first target that the lever moves and whose months show one."""
    for start in starts.values():
        method = course(start).method
        if lever.name in start.target.levers and method.kind in ("pace", "seasonal"):
            return method.rate if lever.part == "pace" else (method.rate - 1) * 100
    return None


def _is_under_way(one: Application) -> bool:
    return one.issued_on is None and one.withdrawn_on is None


def _a_year_before(day: date) -> date:
    """The same day of the year before; the last of February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
