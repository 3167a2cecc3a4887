"""Where every target of the plan stands on a day: gather the county's rows, count, compare with goal and deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal

from data.store import Database
from office.answering import while_all_stands
from office.programs import program_in_force
from office.targets.gathering import county_rows, rows_anew, target_named, the_targets
from rules import load_targets
from rules.county_rows import CountyRows
from rules.indicators import INDICATORS, Indicator
from rules.indicators.growth import Flow, compound_of, flow_once, years_compared
from rules.projecting import YEAR
from rules.showing import actual_of, compound_percent, growth_percent, shown
from rules.status import status_on
from rules.target import Counted, Months, Status, Target, day_number, month_of
from rules.trajectory import course, needed_per_month


@dataclass(frozen=True)
class YearGrowth:
    """A year against the year before: sums over the months that both have (`months` of them), `percent` to show.

    `percent` None: no base (无基期) or no data. `whole`: all twelve months.
    """

    year: int
    value: int
    of: int
    months: int
    percent: Decimal | None

    @property
    def whole(self) -> bool:
        """Whether all twelve months are in it."""
        return self.months == 12


@dataclass(frozen=True)
class Standing:
    """One target on a day.

    `counted` is of the day; after a deadline `at_deadline` has the deadline's. `actual`, `projected` and
    `needed_per_month` are for showing only: in the target's unit, percent with one decimal for shares and growth (of a
    growth `needed_per_month` is 元 a month, of a share the units counted: villages, stations …). `actual` None: no data,
    or of a growth no base (无基期: then `counted.value` is there and `counted.of` is 0).
    """

    target: Target
    day: date
    goal: int | None
    counted: Counted
    at_deadline: Counted | None
    status: Status
    actual: Decimal | None
    compound: Decimal | None  # growth: 年均 since the baseline year, beside 同比
    needed_per_month: Decimal | None
    projected: Decimal | None  # at the deadline (of a growth: the whole year), by the default projection
    months: Months  # from the first data to the day's month
    years: tuple[YearGrowth, ...] = ()  # growth: every year with a year before, the last one to date

    @property
    def no_base(self) -> bool:
        """Growth from nothing: 无基期, never infinite."""
        return self.target.is_growth and self.counted.value is not None and not self.counted.of


def measure(db: Database, day: date, known_at: str | None = None) -> tuple[Standing, ...]:
    """Every target, in the file's order, as known at K (canonical UTC text; None: now).

    Kept while registers and casework stand. Raises Refused where targets.toml has a fault.
    """
    known = the_targets()
    asked = (
        day,
        known_at,
        load_targets.targets_digest(),
        program_in_force(db, day, known_at=known_at).digest,
    )
    return while_all_stands("standings", db, asked, lambda: _measured(db, day, known_at, known))


def months_by(
    db: Database,
    target_name: str,
    day: date,
    known_at: str | None = None,
    *,
    level: Literal["township", "village"],
) -> Mapping[str, Months]:
    """The same months as `Standing.months`, by township or village code (OTHER: of none)."""
    target = target_named(target_name)
    rows = county_rows(db, day, known_at)
    return INDICATORS[target.indicator].months_by(rows, day_number(day), target, level)


def measured_anew(db: Database, day: date, known_at: str | None = None) -> tuple[Standing, ...]:
    """What `measure` gives, worked out now: for what is written, and for any database."""
    rows = rows_anew(db, day, known_at)
    return tuple(standing_on(rows, target, day) for target in the_targets().values())


def _measured(
    db: Database, day: date, known_at: str | None, known: Mapping[str, Target]
) -> tuple[Standing, ...]:
    rows = county_rows(db, day, known_at)
    return tuple(standing_on(rows, target, day) for target in known.values())


def standing_on(rows: CountyRows, target: Target, day: date) -> Standing:
    """One target on a day, from rows that are known on it."""
    indicator = INDICATORS[target.indicator]
    counted = indicator.count(rows, day_number(day), target)
    at_deadline = _at_deadline(rows, indicator, target, day)
    standing = Standing(
        target=target,
        day=day,
        goal=target.goal_on(day),
        counted=counted,
        at_deadline=at_deadline,
        status="no_data",
        actual=shown(target, counted),
        compound=None,
        needed_per_month=None,
        projected=None,
        months=indicator.months(rows, day_number(day), target) or Months(month_of(day), ()),
    )
    return _judged(_with_years(rows, standing, indicator))


def _at_deadline(rows: CountyRows, indicator: Indicator, target: Target, day: date) -> Counted | None:
    if target.deadline is None or day <= target.deadline.day:
        return None
    return indicator.count(rows, day_number(target.deadline.day), target)


def _judged(standing: Standing) -> Standing:
    """With its status, and what the default projection says until the deadline."""
    from office.targets.what_if import start_of  # it reads the types above

    target, day, deadline = standing.target, standing.day, standing.at_deadline
    start = start_of(standing)
    way = course(start)
    status = status_on(target, day, standing.counted, deadline, in_time=way.in_time)
    if deadline is not None:
        return replace(standing, status=status, projected=shown(target, deadline))
    if standing.goal is None or standing.counted.value is None:
        return replace(standing, status=status)
    figure, needed = way.figure(start.deadline), needed_per_month(start)
    return replace(
        standing,
        status=status,
        projected=actual_of(target, figure.value, figure.of) if figure else None,
        needed_per_month=None if needed is None else _one_decimal(target, needed),
    )


def _with_years(rows: CountyRows, standing: Standing, indicator: Indicator) -> Standing:
    """Of a growth: every year against the year before, and 年均 since the baseline year."""
    if indicator.flow is None or standing.counted.value is None:
        return standing
    target, number = standing.target, day_number(standing.day)
    flow = flow_once(indicator.flow, rows, number, target)
    years = tuple(
        YearGrowth(one.year, one.value, one.of, one.months, growth_percent(one.value, one.of))
        for one in years_compared(flow, number)
    )
    return replace(standing, years=years, compound=_compound(flow, standing))


def _compound(flow: Flow, standing: Standing) -> Decimal | None:
    """年均 since the baseline year, of the same months; where the office set the base, of whole years only."""
    target, beside, base = standing.target, standing.counted.beside, standing.target.baseline
    if base is None or beside["year"] <= base.year:
        return None
    years = beside["year"] - base.year
    if base.value is not None:
        value = standing.counted.value if beside["months"] == YEAR else None
        return None if value is None else compound_percent(value, base.value, years)
    last = YEAR if beside["year"] < standing.day.year else standing.day.month
    found = compound_of(flow, beside["year"], last, target)
    return None if found is None else compound_percent(found.value, found.of, years)


def _one_decimal(target: Target, needed: Fraction) -> Decimal:
    """Rounded up, so that keeping to it is enough: 元 with two decimals of a growth, else with one."""
    if target.is_growth:
        return Decimal(ceil(needed)) / 100
    return Decimal(ceil(needed * 10)) / 10
