"""What is bought and sold online: all of it, that of the poor villages, that of their village stations (clause 一)."""

from __future__ import annotations

import numpy as np

from rules.county_rows import NONE, STATION_LEVELS, CountyRows
from rules.history import Bools, Ints
from rules.indicators.growth import Flow, Source, flow_of, reporter_place
from rules.indicators.poor import poor_villages_of
from rules.target import Target

VILLAGE_LEVEL = STATION_LEVELS.index("village")


def transactions(rows: CountyRows, day: int, target: Target) -> Flow:
    """上行 + 下行 + 服务 of all stations, and the net sales of the shops that no station runs."""
    stations = np.ones(rows.stations.entity.size, dtype=bool)
    every = rows.returns.sold + rows.returns.bought + rows.returns.services
    return flow_of((_returns(rows, stations, every), _shops(rows, np.ones_like(_own(rows)))), day)


def poor_village_sales(rows: CountyRows, day: int, target: Target) -> Flow:
    """上行 of the stations in poor villages, and the net sales of shops there that no station runs."""
    poor = poor_villages_of(rows, day, target)
    stations = _lies_in(rows.stations.village, poor)
    return flow_of(
        (_returns(rows, stations, rows.returns.sold), _shops(rows, _lies_in(rows.shops.village, poor))), day
    )


def poor_village_stations(rows: CountyRows, day: int, target: Target) -> Flow:
    """上行 + 下行 + 服务 of the village stations in poor villages."""
    poor = poor_villages_of(rows, day, target)
    asked = _lies_in(rows.stations.village, poor) & (rows.stations.level == VILLAGE_LEVEL)
    every = rows.returns.sold + rows.returns.bought + rows.returns.services
    return flow_of((_returns(rows, asked, every),), day)


def _own(rows: CountyRows) -> Bools:
    """Shops that no station runs: those of a station stand in its returns already."""
    found: Bools = rows.shops.station == NONE
    return found


def _lies_in(village: Ints, chosen: Bools) -> Bools:
    """Which of these lie in a chosen village."""
    found: Bools = np.append(chosen, False)[village]
    return found


def _returns(rows: CountyRows, asked: Bools, amount: Ints) -> Source:
    stations, returns = rows.stations, rows.returns
    return Source(
        "station_returns",
        "stations",
        stations.entity,
        reporter_place(rows, stations.township, stations.village),
        stations.village,
        asked,
        stations.opened,
        stations.closed,
        returns.entity,
        returns.station,
        returns.month,
        amount,
    )


def _shops(rows: CountyRows, asked: Bools) -> Source:
    shops, sales = rows.shops, rows.shop_sales
    return Source(
        "shop_sales",
        "shops",
        shops.entity,
        reporter_place(rows, shops.township, shops.village),
        shops.village,
        asked & _own(rows),
        shops.opened,
        shops.closed,
        sales.entity,
        sales.shop,
        sales.month,
        sales.net,
    )
