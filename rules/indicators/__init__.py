"""The indicators of the targets by name: each a pure function over the county's rows, with its months.

`count(rows, day, target)` gives what counts on a day, `months(rows, day, target)` the figure month by month. Rows are as known
on the day they are looked at from (`CountyRows.reported_by`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from rules.county_rows import CountyRows
from rules.indicators.broadband import count_penetration, months_of_subscriptions
from rules.indicators.coverage import (
    poor_villages_using,
    poor_villages_with_broadband,
    poor_villages_with_leader,
    poor_villages_with_station,
    stations_with_logistics,
    townships_with_demonstration,
    villages_with_broadband,
    villages_with_logistics,
)
from rules.indicators.growth import View as Flowing
from rules.indicators.growth import count_growth, months_of_flow
from rules.indicators.parts import Level, must_add_up
from rules.indicators.people import count_attendances, months_of_attendances, staff_trained
from rules.indicators.produce import goods_inspected, new_certificates
from rules.indicators.sales import poor_village_sales, poor_village_stations, transactions
from rules.indicators.stocks import View, count_stock, months_of_stock
from rules.target import Counted, Months, Target

Kind = Literal["growth", "share", "number", "happenings"]
Counting = Callable[[CountyRows, int, Target, int | None], Counted]
Following = Callable[[CountyRows, int, Target, Level | None], Mapping[str, Months]]


@dataclass(frozen=True)
class Indicator:
    """One indicator. `kind`: what is counted and therefore what its target must say (rules/load_targets.py).

    A growth compares sums of months, a share is of a denominator, a number is a stock of its own, happenings are added up.
    """

    name: str
    kind: Kind
    counting: Counting
    following: Following
    looks_back: bool = False
    flow: Flowing | None = None  # of a growth: what is compared, year by year

    @property
    def months_are(self) -> Literal["flow", "stock"]:
        """Whether a month's figure is what happened in it, or what there was at its end."""
        return "flow" if self.kind in ("growth", "happenings") else "stock"

    def count(self, rows: CountyRows, day: int, target: Target, township: int | None = None) -> Counted:
        """What counts on a day, of one township alone where its place is given. Raises PartsDoNotAddUp."""
        return must_add_up(self.counting(rows, day, target, township))

    def months(self, rows: CountyRows, day: int, target: Target) -> Months | None:
        """The figure month by month up to the day; None without any."""
        return self.following(rows, day, target, None).get("")

    def months_by(self, rows: CountyRows, day: int, target: Target, level: Level) -> Mapping[str, Months]:
        """The same by township or village code."""
        return self.following(rows, day, target, level)


def _stock(name: str, view: View, kind: Kind = "share", *, looks_back: bool = False) -> Indicator:
    return Indicator(name, kind, partial(count_stock, view), partial(months_of_stock, view), looks_back)


def _growth(name: str, flow: Flowing) -> Indicator:
    counting, following = partial(count_growth, flow), partial(months_of_flow, flow)
    return Indicator(name, "growth", counting, following, flow=flow)


_ALL = (
    _growth("transactions", transactions),
    _growth("poor_village_sales", poor_village_sales),
    _growth("poor_village_stations", poor_village_stations),
    _stock("villages_with_broadband", villages_with_broadband),
    _stock("poor_villages_with_broadband", poor_villages_with_broadband),
    _stock("poor_villages_with_station", poor_villages_with_station),
    _stock("poor_villages_using", poor_villages_using, looks_back=True),
    _stock("new_certificates", new_certificates, "number"),
    _stock("stations_with_logistics", stations_with_logistics),
    _stock("villages_with_logistics", villages_with_logistics),
    Indicator("attendances", "happenings", count_attendances, months_of_attendances),
    _stock("poor_villages_with_leader", poor_villages_with_leader),
    _stock("staff_trained", staff_trained),
    _stock("townships_with_demonstration", townships_with_demonstration),
    Indicator("broadband_penetration", "share", count_penetration, months_of_subscriptions),
    _stock("goods_inspected", goods_inspected),
)
INDICATORS: Mapping[str, Indicator] = {indicator.name: indicator for indicator in _ALL}
