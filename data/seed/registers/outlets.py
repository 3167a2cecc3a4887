"""Couriers and their outlets at three levels, the villages they serve, cold stores, and claims for rewards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.seed.calendar import WORKING_DAY
from data.seed.registers.scene import (
    DOES_POORLY,
    Entry,
    Scene,
    Village,
    between,
    bias,
    ended,
    iso,
    quarter_ends,
    spread,
    told,
)
from data.seed.registers.stations import Station
from data.seed.sample import Row

_COURIERS = 5
_REACHED_BEFORE = date(2020, 9, 30)  # most stations were reached by then; since then it goes slowly
_UNREACHED_A_YEAR_AGO, _UNREACHED = 0.12, 0.085  # shares of the stations
_VILLAGES_UNREACHED = 2
_CLOSED = date(2021, 4, 9)  # of the one outlet that closed


@dataclass(frozen=True)
class Outlet:
    """One outlet; `station` is where it stands, if at a station."""

    code: str
    level: str
    courier: str
    township: str | None
    village: Village | None
    station: Station | None
    opened: date
    closed: date | None = None


def outlets(scene: Scene, stations: Sequence[Station]) -> tuple[Outlet, ...]:
    """Two in the county town, one at each township's station, and those in villages, mostly at their stations."""
    rng = scene.rng("outlets")
    found: list[Outlet] = []

    def add(level: str, station: Station | None, opened: date, village: Village | None = None) -> None:
        township = village.township if village else station.township if station else None
        courier = f"K{rng.randrange(1, _COURIERS)}"
        found.append(Outlet(f"D{len(found) + 1:03d}", level, courier, township, village, station, opened))

    add("county", stations[0], date(2016, 10, 10))
    add("county", None, date(2018, 3, 5))
    for station in stations[1:10]:
        add("township", station, between(max(station.opened, date(2017, 3, 1)), date(2018, 9, 28), rng))
    for station, opened in _reached(scene, stations, rng):
        add("village", station, opened, station.village)
    first = found[11]
    closed = Outlet(
        f"D{len(found) + 1:03d}", "village", "K5", first.township, first.village, None, first.opened, _CLOSED
    )
    return (*found, closed)


def _reached(scene: Scene, stations: Sequence[Station], rng: Random) -> Iterator[tuple[Station, date]]:
    """The village stations that have an outlet, with its opening: the township that does poorly comes last."""
    working = [one for one in stations if one.level == "village" and one.closed is None]
    order = sorted(
        working,
        key=lambda one: (
            rng.random()
            + bias(one.village.township_at if one.village else None)
            + (one.opened > _REACHED_BEFORE) * 0.3
        ),
    )
    all_stations = len(working) + 10
    never = round(all_stations * _UNREACHED)
    lately = round(all_stations * _UNREACHED_A_YEAR_AGO) - never
    early, late = order[: len(order) - never - lately], order[len(order) - never - lately : -never]
    for station in early:
        yield station, between(max(station.opened, date(2017, 10, 9)), _REACHED_BEFORE, rng)
    for station, day in zip(late, spread(max(lately, 1), date(2020, 11, 6), date(2021, 7, 16)), strict=False):
        yield station, max(station.opened, day)


def told_of_outlets(scene: Scene, everyone: Sequence[Outlet]) -> Iterator[Entry]:
    """Couriers, outlets, the villages served from outside, cold stores, and the claims for rewards."""
    for nth, since in enumerate(spread(_COURIERS, date(2015, 4, 7), date(2017, 9, 4)), start=1):
        row: Row = {
            "courier_code": f"K{nth}",
            "courier_name": f"示例快递企业{nth:02d}",
            "since": iso(since),
            "until": None,
        }
        gone = date(2021, 5, 28) if nth == _COURIERS else None
        yield from told("couriers", row, since, *ended("until", gone, "登记退出日期"))
    for nth, outlet in enumerate(everyone, start=1):
        row = {
            "outlet_code": outlet.code,
            "outlet_name": f"示例网点{nth:03d}",
            "level": outlet.level,
            "courier_code": outlet.courier,
            "township_code": outlet.township,
            "village_code": outlet.village.code if outlet.village else None,
            "station_code": outlet.station.code if outlet.station else None,
            "opened_on": iso(outlet.opened),
            "closed_on": None,
        }
        yield from told("outlets", row, outlet.opened, *ended("closed_on", outlet.closed, "登记停用日期"))
    yield from _served(scene, everyone)
    yield from _cold_stores(scene)
    yield from rewards(everyone, scene.rng("rewards"))


def _served(scene: Scene, everyone: Sequence[Outlet]) -> Iterator[Entry]:
    """Villages without an outlet are served from their township's; the last two are not yet; one by one since autumn."""
    rng = scene.rng("served villages")
    with_outlet = {outlet.village.code for outlet in everyone if outlet.village and not outlet.closed}
    others = [village for village in scene.villages if village.code not in with_outlet]
    others.sort(key=lambda village: rng.random() + (village.township_at == DOES_POORLY) * 0.6)
    served = others[: len(others) - _VILLAGES_UNREACHED]
    lately = spread(9, date(2020, 10, 20), date(2021, 8, 27))
    days = [None] * (len(served) - len(lately)) + lately if len(served) > len(lately) else lately
    of_township = {outlet.township: outlet for outlet in everyone if outlet.level == "township"}
    for village, day in zip(served, days, strict=False):
        outlet = of_township[village.township]
        since = day or between(max(outlet.opened, date(2018, 3, 1)), date(2020, 9, 25), rng)
        row: Row = {
            "outlet_code": outlet.code,
            "village_code": village.code,
            "since": iso(max(since, outlet.opened)),
            "until": None,
        }
        yield from told("outlet_villages", row, max(since, outlet.opened))
    for outlet in everyone:
        if outlet.level == "village" and outlet.village:
            row = {
                "outlet_code": outlet.code,
                "village_code": outlet.village.code,
                "since": iso(outlet.opened),
                "until": None,
            }
            until = ended("until", outlet.closed, "登记终止日期")
            yield from told("outlet_villages", row, outlet.opened, *until)


def _cold_stores(scene: Scene) -> Iterator[Entry]:
    capacities = (3000, 800, 500, 1200, 300, 600)
    days = spread(len(capacities), date(2017, 4, 10), date(2021, 6, 11))
    for nth, (tons, opened) in enumerate(zip(capacities, days, strict=True), start=1):
        row: Row = {
            "store_code": f"LK{nth}",
            "store_name": f"示例冷库{nth:02d}",
            "township_code": scene.townships[(nth * 2) % 9],
            "capacity": tons,
            "opened_on": iso(opened),
            "closed_on": None,
        }
        closed = date(2020, 12, 31) if nth == 2 else None
        yield from told("cold_stores", row, opened, *ended("closed_on", closed, "登记停用日期"))


def rewards(everyone: Sequence[Outlet], rng: Random) -> Iterator[Entry]:
    """A claim a quarter for outlets in townships and villages since 2020, the wrong ones among them."""
    closed = everyone[-1]
    number = 0
    for start in (date(2020, 7, 1), date(2020, 10, 1), date(2021, 1, 1), date(2021, 4, 1)):
        end = quarter_ends(start)
        there = [one for one in everyone if one.opened <= start and one != closed]
        in_townships = [one for one in there if one.level == "township"]
        meant = [one for one in there if one.village and one.village.poor_on(end)]
        elsewhere = [one for one in there if one.village and not one.village.listed]
        claiming = rng.sample(in_townships, 4) + rng.sample(meant, 9) + rng.sample(elsewhere, 1)
        for nth, outlet in enumerate(claiming):
            number += 1
            yield from _reward(f"JB{number:04d}", outlet, start, end, rng, _WRONG.get((start.month, nth), {}))
        if start == date(2021, 4, 1):  # for a quarter in which it was closed; and one quarter claimed twice
            number += 1
            yield from _reward(f"JB{number:04d}", closed, start, end, rng, {})
            number += 1
            again: Row = {"claimed_on": "2021-08-20"}
            yield from _reward(f"JB{number:04d}", claiming[5], start, end, rng, again)


_WRONG: dict[tuple[int, int], Row] = {
    (10, 1): {"shopfront": 0},
    (10, 7): {"other_reward": 1},
    (1, 2): {"shopfront": None},
    (1, 5): {"claimed_on": "2021-09-23"},  # much too late
    (1, 9): {"parcels": 0},
    (4, 1): {"shopfront": None},
    (4, 4): {"other_reward": None},
    (4, 6): {"other_reward": 1},
}


def _reward(
    number: str, outlet: Outlet, start: date, end: date, rng: Random, changed: Row
) -> Iterator[Entry]:
    row: Row = {
        "reward_no": number,
        "outlet_code": outlet.code,
        "period_from": iso(start),
        "period_to": iso(end),
        "claimed_on": iso(end + timedelta(days=rng.randrange(3, 25))),
        "parcels": rng.randrange(120, 900) * (3 if outlet.level == "township" else 1),
        "shopfront": 1,
        "other_reward": 0,
        **changed,
    }
    known = date.fromisoformat(str(row["claimed_on"]))
    if known <= WORKING_DAY:
        yield from told("outlet_rewards", row, known)
