"""The county's registers as arrays: what the indicators of the targets take.

Days are whole days since 1970-01-01, months year × 12 + month − 1, money 分. A reference is the row of the other table
(−1: none), `entity` the id of a row's first version. A beginning that is blank never came and an end that is blank
never will: both are `FAR`.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rules.history import Bools, Ints

Texts = NDArray[np.object_]
Monthly = TypeVar("Monthly", "Returns", "ShopSales")
FAR = 10**6  # a day that never comes
NONE = -1
STATION_LEVELS = ("county", "township", "village")
CERTIFICATES = ("green", "organic", "geographical", "pollution_free", "sc")
PARTICIPANTS = ("household", "villager", "manager", "practitioner", "village_official", "student", "other")


@dataclass(frozen=True)
class Townships:
    """`is_other`: 其他单位, which is none of the nine."""

    entity: Ints
    code: Texts
    is_other: Bools


@dataclass(frozen=True)
class Villages:
    """`flagged`: the village's own 是否贫困村, which speaks where it has no period."""

    entity: Ints
    code: Texts
    township: Ints
    flagged: Bools


@dataclass(frozen=True)
class PoorPeriods:
    """When a village was on the list of poor villages: from `listed` on, until before `left`."""

    village: Ints
    listed: Ints
    left: Ints


@dataclass(frozen=True)
class Stations:
    """`level`: index in STATION_LEVELS."""

    entity: Ints
    level: Ints
    township: Ints
    village: Ints
    opened: Ints
    closed: Ints


@dataclass(frozen=True)
class Returns:
    """Monthly returns of stations."""

    entity: Ints
    station: Ints
    month: Ints
    reported: Ints
    sold: Ints
    bought: Ints
    services: Ints


@dataclass(frozen=True)
class Shops:
    """`village` is the shop's, or else its household's; `station` runs it, and has its sales in its own returns."""

    entity: Ints
    township: Ints
    village: Ints
    station: Ints
    opened: Ints
    closed: Ints


@dataclass(frozen=True)
class ShopSales:
    """`net`: paid less refunded."""

    entity: Ints
    shop: Ints
    month: Ints
    reported: Ints
    net: Ints


@dataclass(frozen=True)
class Networks:
    """Since when a village has broadband."""

    entity: Ints
    village: Ints
    fixed: Ints
    mobile: Ints


@dataclass(frozen=True)
class Broadband:
    """Subscriptions of a township in a month."""

    entity: Ints
    township: Ints
    month: Ints
    subscriptions: Ints
    households: Ints


@dataclass(frozen=True)
class Certificates:
    """`kind`: index in CERTIFICATES; `township` of its supplier."""

    entity: Ints
    kind: Ints
    township: Ints
    applied: Ints
    issued: Ints
    withdrawn: Ints
    renews: Bools


@dataclass(frozen=True)
class Outlets:
    """Delivery outlets with the station and village they name."""

    entity: Ints
    village: Ints
    station: Ints
    opened: Ints
    closed: Ints


@dataclass(frozen=True)
class OutletVillages:
    """Which villages an outlet serves, and when."""

    entity: Ints
    outlet: Ints
    village: Ints
    since: Ints
    until: Ints


@dataclass(frozen=True)
class Sessions:
    """Training sessions; they count once they have ended."""

    entity: Ints
    ends: Ints


@dataclass(frozen=True)
class Participants:
    """`kind`: index in PARTICIPANTS; `village` is their own, or else their household's."""

    entity: Ints
    kind: Ints
    village: Ints
    since: Ints
    until: Ints


@dataclass(frozen=True)
class Attendances:
    """One person at one session."""

    entity: Ints
    session: Ints
    participant: Ints


@dataclass(frozen=True)
class Leaders:
    """E-commerce leaders of villages in office."""

    entity: Ints
    village: Ints
    named: Ints
    until: Ints


@dataclass(frozen=True)
class Demonstrations:
    """Demonstration villages, named first and established later."""

    entity: Ints
    village: Ints
    named: Ints
    established: Ints
    until: Ints


@dataclass(frozen=True)
class PoorGoods:
    """Goods with the days on which their household was a registered poor one."""

    entity: Ints
    village: Ints
    registered: Ints
    poor_from: Ints
    poor_until: Ints


@dataclass(frozen=True)
class Inspected:
    """Inspections that were counted, each from the day on which that was known: a pending one from its re-inspection on."""

    entity: Ints
    good: Ints
    sampled: Ints
    known: Ints


@dataclass(frozen=True)
class CountyRows:
    """All of it. `inspection_validity`: the days of the programme; None where it is not in force."""

    townships: Townships
    villages: Villages
    poor_periods: PoorPeriods
    stations: Stations
    returns: Returns
    shops: Shops
    shop_sales: ShopSales
    networks: Networks
    broadband: Broadband
    certificates: Certificates
    outlets: Outlets
    outlet_villages: OutletVillages
    sessions: Sessions
    participants: Participants
    attendances: Attendances
    leaders: Leaders
    demonstrations: Demonstrations
    goods: PoorGoods
    inspected: Inspected
    inspection_validity: int | None = None

    def reported_by(self, day: int) -> CountyRows:
        """Without the monthly figures that were reported after a day: on the day nobody knew them."""
        returns, sales = self.returns, self.shop_sales
        return replace(
            self,
            returns=_at(returns, returns.reported <= day),
            shop_sales=_at(sales, sales.reported <= day),
        )

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What several figures of the same rows are made from, worked out once and gone with the rows."""
        return {}

    def with_validity(self, days: int | None) -> CountyRows:
        """With the days for which an inspection speaks."""
        return replace(self, inspection_validity=days)

    @cached_property
    def has_period(self) -> Bools:
        """For each village, whether it has a period at all: then its own flag is silent."""
        found = np.zeros(self.villages.entity.size, dtype=bool)
        found[self.poor_periods.village] = True
        return found

    def poor_villages(self, day: int) -> Bools:
        """For each village, whether it was a poor one on a day."""
        periods = self.poor_periods
        found = self.villages.flagged & ~self.has_period
        found[periods.village[(periods.listed <= day) & (day < periods.left)]] = True
        return found


def _at(table: Monthly, kept: Bools) -> Monthly:
    if kept.all():
        return table
    return replace(table, **{field.name: getattr(table, field.name)[kept] for field in fields(table)})
