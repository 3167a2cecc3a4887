"""What is covered: broadband, stations, logistics, leaders and demonstration villages (clauses 一, 三(二), 三(五), 四(二), 四(六))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rules.county_rows import FAR, NONE, CountyRows
from rules.day_numbers import first_days, months_of
from rules.history import Bools, Ints
from rules.indicators.growth import reporter_place
from rules.indicators.poor import poor_villages_of
from rules.indicators.sales import VILLAGE_LEVEL
from rules.indicators.stocks import Spans, Stock, fixed, village_units, within
from rules.target import Target


def villages_with_broadband(rows: CountyRows, day: int, target: Target) -> Stock:
    """Villages with fixed and mobile broadband, of all villages."""
    return _broadband(rows, np.ones(rows.villages.entity.size, dtype=bool))


def poor_villages_with_broadband(rows: CountyRows, day: int, target: Target) -> Stock:
    """The same of the poor villages."""
    return _broadband(rows, poor_villages_of(rows, day, target))


def _broadband(rows: CountyRows, asked: Bools) -> Stock:
    networks = rows.networks
    both = np.maximum(networks.fixed, networks.mobile)
    spans = Spans("village_networks", networks.entity, networks.village, both, _never(both))
    return village_units(rows, asked, (spans,), not networks.entity.size)


def poor_villages_with_station(rows: CountyRows, day: int, target: Target) -> Stock:
    """Poor villages in which a station operates."""
    stations = rows.stations
    spans = within("stations", stations.entity, stations.village, stations.opened, stations.closed)
    return village_units(rows, poor_villages_of(rows, day, target), (spans,), not stations.entity.size)


def stations_with_logistics(rows: CountyRows, day: int, target: Target) -> Stock:
    """Operating stations that an operating outlet names, or in whose village one operates."""
    stations, outlets = rows.stations, rows.outlets
    named = within("outlets", outlets.entity, outlets.station, outlets.opened, outlets.closed)
    outlet, station = _pairs(outlets.village, stations.village)
    near = Spans("outlets", outlets.entity[outlet], station, outlets.opened[outlet], outlets.closed[outlet])
    return Stock(
        "stations",
        stations.entity,
        reporter_place(rows, stations.township, stations.village),
        stations.village,
        stations.opened,
        stations.closed,
        (named, near),
        not (stations.entity.size and outlets.entity.size),
    )


def villages_with_logistics(rows: CountyRows, day: int, target: Target) -> Stock:
    """Villages in which an outlet operates, or that an operating outlet serves."""
    outlets, served = rows.outlets, rows.outlet_villages
    own = within("outlets", outlets.entity, outlets.village, outlets.opened, outlets.closed)
    since = np.maximum(served.since, outlets.opened[served.outlet])
    until = np.minimum(served.until, outlets.closed[served.outlet])
    other = Spans("outlet_villages", served.entity, served.village, since, until)
    asked = np.ones(rows.villages.entity.size, dtype=bool)
    return village_units(rows, asked, (own, other), not outlets.entity.size)


def poor_villages_with_leader(rows: CountyRows, day: int, target: Target) -> Stock:
    """Poor villages with an e-commerce leader in office."""
    leaders = rows.leaders
    spans = Spans("village_leaders", leaders.entity, leaders.village, leaders.named, leaders.until)
    return village_units(rows, poor_villages_of(rows, day, target), (spans,), not leaders.entity.size)


def townships_with_demonstration(rows: CountyRows, day: int, target: Target) -> Stock:
    """Townships (the nine, not 其他单位) with a demonstration village that has been established."""
    townships, demonstrations = rows.townships, rows.demonstrations
    at = rows.villages.township[demonstrations.village]
    until = demonstrations.until
    spans = Spans("demonstration_villages", demonstrations.entity, at, demonstrations.established, until)
    named = (demonstrations.named <= day) & (day < until)
    own = ~townships.is_other
    return Stock(
        "townships",
        townships.entity,
        np.arange(own.size),
        np.full(own.size, NONE),
        *fixed(own),
        (spans,),
        not demonstrations.entity.size,
        {"named": int(np.unique(at[named & own[at]]).size)},
    )


def poor_villages_using(rows: CountyRows, day: int, target: Target) -> Stock:
    """Poor villages with an operating village station that sold something, or a shop with net sales, in the last months."""
    months = _looked_back(target, day)
    returns, stations, sales, shops = rows.returns, rows.stations, rows.shop_sales, rows.shops
    own_stations = np.where(stations.level == VILLAGE_LEVEL, stations.village, NONE)
    of_stations = _used(
        "station_returns",
        _Opening(own_stations, stations.opened, stations.closed),
        (returns.entity, returns.station, returns.month, returns.sold),
        months,
        still=True,
    )
    of_shops = _used(
        "shop_sales",
        _Opening(shops.village, shops.opened, shops.closed),
        (sales.entity, sales.shop, sales.month, sales.net),
        months,
        still=False,
    )
    empty = not (returns.entity.size or sales.entity.size)
    return village_units(rows, poor_villages_of(rows, day, target), (of_stations, of_shops), empty)


@dataclass(frozen=True)
class _Opening:
    """Stations or shops with the village that they speak for, and when they were open."""

    village: Ints
    opened: Ints
    closed: Ints


def _used(
    register: str, of: _Opening, sales: tuple[Ints, Ints, Ints, Ints], months: int, *, still: bool
) -> Spans:
    """A month with a sale counts from that month on for so many months; of a station only while it still operates.

    `sales` are (entity, station or shop, month, amount).
    """
    sold = np.flatnonzero(sales[3] > 0)
    entity, by, month = (column[sold] for column in sales[:3])
    first, last = months_of(of.opened), months_of(of.closed - 1)
    village = of.village[by]
    inside = (first[by] <= month) & (month <= last[by]) & (village != NONE)
    entity, by, month, village = (column[inside] for column in (entity, by, month, village))
    begin, finish = first_days(month), first_days(month + months)
    if still:
        begin, finish = np.maximum(begin, of.opened[by]), np.minimum(finish, of.closed[by])
    return Spans(register, entity, village, begin, finish)


def _looked_back(target: Target, day: int) -> int:
    if target.looks_back is None:
        raise ValueError(f"{target.name} says nothing of how many months it looks back")
    return target.looks_back.months_on(date(1970, 1, 1) + timedelta(days=day))


def _never(like: Ints) -> Ints:
    return np.full(like.size, FAR, dtype=np.int64)


def _pairs(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Every pair of places that hold the same village."""
    order = np.argsort(right, kind="stable")
    low = np.searchsorted(right[order], left, side="left")
    high = np.searchsorted(right[order], left, side="right")
    number = np.where(left == NONE, 0, high - low)
    at = np.repeat(np.arange(left.size), number)
    offset = np.arange(at.size) - np.repeat(np.cumsum(number) - number, number)
    return at, order[low[at] + offset]
