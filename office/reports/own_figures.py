"""The assessment's figures per township: those of targets, and the office's own, each with the rows behind it.

A figure is counted on the period's last day from everything that is known at K. Townships only: what is counted of
households are their numbers, and a row's key is all that is kept of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from data.reporting import report_rows
from data.reporting.keys import keys_of
from data.store import Database
from data.versions import Key
from office.months import month_of
from office.reports.returns import state
from office.reports.standings import rows_as_reported
from office.targets.gathering import target_named
from rules.assessing import Figure, Item
from rules.county_rows import CountyRows
from rules.indicators import INDICATORS
from rules.indicators.growth import count_growth
from rules.indicators.shop_sales import shop_sales
from rules.load_assessment import assessment
from rules.target import Counted, Target, day_number

Rows = Mapping[str, Sequence[Key]]  # register → keys
GROWTH_OF = "county_transactions"  # whose years shop sales are compared by


@dataclass(frozen=True)
class Behind:
    """A township's figure of one item and the rows it rests on."""

    figure: Figure
    rows: Rows


def figures_of(
    db: Database, items: Iterable[Item], townships: Sequence[str], first: date, last: date, known_at: str
) -> dict[str, dict[str, Behind]]:
    """Item → township → its figure and rows, of a period from one day to another."""
    county = rows_as_reported(db, last, known_at)
    found: dict[str, dict[str, Behind]] = {}
    for item in items:
        if item.target or item.own == "shop_sales":
            found[item.name] = _counted(db, county, item, townships, last)
        else:
            found[item.name] = _OWN[item.own](db, townships, first, last, known_at)
    return found


def _counted(
    db: Database, rows: CountyRows, item: Item, townships: Sequence[str], day: date
) -> dict[str, Behind]:
    """Figures that an indicator counts. What a township has of them, see `_figure`."""
    target = target_named(item.target or GROWTH_OF)
    count = partial(INDICATORS[target.indicator].count, rows, day_number(day), target)
    if item.own:
        count = partial(count_growth, shop_sales, rows, day_number(day), target)
    whole = count()
    return {code: _behind(db, rows, whole, count, code, target) for code in townships}


def _behind(
    db: Database, rows: CountyRows, whole: Counted, count: partial[Counted], code: str, target: Target
) -> Behind:
    figure = _figure(whole, code, target)
    at = np.flatnonzero(rows.townships.code == code)
    if figure.value is None or not at.size:
        return Behind(figure, {})
    counted = count(int(at[0])).counted
    return Behind(
        figure, {register: keys_of(db, register, entities) for register, entities in counted.items()}
    )


def _figure(whole: Counted, code: str, target: Target) -> Figure:
    """A township's part. Without one: of a growth nothing was reported, of a share there is nothing to reach, else nought.

    Where nobody in the whole county has anything to reach, `of` says so: that is not the same as nothing reported.
    """
    if whole.value is None:
        return Figure(None, whole.of)
    part = whole.by_township.get(code)
    if part is not None:
        return Figure(part.value, part.of)
    if target.is_growth:
        return Figure(None)
    return Figure(0, 0 if target.is_share else None)


def _households_led(
    db: Database, townships: Sequence[str], first: date, last: date, known_at: str
) -> dict[str, Behind]:
    registered = report_rows.registered_households(db, last, known_at)
    sales: dict[str, list[report_rows.Led]] = {code: [] for code in townships}
    for one in report_rows.led(db, first, last, known_at):
        if one.household in registered:
            sales.setdefault(registered[one.household], []).append(one)
    return {
        code: Behind(
            Figure(len({one.household for one in sales[code]}), _how_many(registered, code)),
            _by_register((one.register, one.key) for one in sales[code]),
        )
        for code in townships
    }


def _income_gained(
    db: Database, townships: Sequence[str], first: date, last: date, known_at: str
) -> dict[str, Behind]:
    registered = report_rows.registered_households(db, last, known_at)
    paid: dict[str, list[report_rows.Paid]] = {code: [] for code in townships}
    for one in report_rows.payouts(db, first, last, known_at):
        if one.household in registered:
            paid.setdefault(registered[one.household], []).append(one)
    return {
        code: Behind(
            Figure(
                sum(one.amount for one in paid[code]) if paid[code] else None, _how_many(registered, code)
            ),
            _by_register(("payouts", one.payout) for one in paid[code]),
        )
        for code in townships
    }


def _returns_in_time(
    db: Database, townships: Sequence[str], first: date, last: date, known_at: str
) -> dict[str, Behind]:
    return_day = assessment().values_on(last)["station_return_day"]
    returns: dict[str, list[tuple[str, report_rows.StationMonth]]] = {code: [] for code in townships}
    for one in report_rows.station_months(db, month_of(first), month_of(last), known_at):
        if (found := state(one, return_day)) != "not_due":
            returns.setdefault(one.township, []).append((found, one))
    return {
        code: Behind(
            Figure(sum(found == "in_time" for found, _ in returns[code]), len(returns[code])),
            _by_register(
                ("station_returns", (one.station, one.month))
                for found, one in returns[code]
                if found == "in_time"
            ),
        )
        for code in townships
    }


def _how_many(registered: Mapping[str, str], code: str) -> int:
    return sum(township == code for township in registered.values())


def _by_register(rows: Iterable[tuple[str, Key]]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for register, key in rows:
        found.setdefault(register, []).append(key)
    return found


_OWN = {
    "households_led": _households_led,
    "income_gained": _income_gained,
    "returns_in_time": _returns_in_time,
}
