"""网店销售额: the net sales of every shop, those that a station runs too (三(七)); an item of the assessment, no target."""

from __future__ import annotations

import numpy as np

from rules.county_rows import NONE, CountyRows
from rules.history import Ints
from rules.indicators.growth import Flow, Source, flow_of, reporter_place
from rules.target import Target


def shop_sales(rows: CountyRows, day: int, target: Target) -> Flow:
    """Paid less refunded of all shops. One without a village of its own lies where the station that runs it does."""
    shops, sales = rows.shops, rows.shop_sales
    source = Source(
        "shop_sales",
        "shops",
        shops.entity,
        _townships(rows),
        shops.village,
        np.ones(shops.entity.size, dtype=bool),
        shops.opened,
        shops.closed,
        sales.entity,
        sales.shop,
        sales.month,
        sales.net,
    )
    return flow_of((source,), day)


def _townships(rows: CountyRows) -> Ints:
    shops, stations = rows.shops, rows.stations
    own = reporter_place(rows, shops.township, shops.village)
    of_stations = np.append(reporter_place(rows, stations.township, stations.village), NONE)
    found: Ints = np.where(own != NONE, own, of_stations[shops.station])
    return found
