"""Transactions of the months by township: what stations returned and shops sold, parts that add up to the whole.

交易额 = 上行 + 下行 + 服务. A shop that a station runs is in the station's return already, so its sales are not added
again. A figure counts only for a month in which its station or shop was open. 分 and pieces; None where nothing was reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.reporting.report_rows import ShopMonth, StationMonth


@dataclass(frozen=True)
class Amounts:
    """What one place came to in one month: 分, and orders."""

    sold: int
    bought: int
    services: int
    orders: int

    @property
    def total(self) -> int:
        """交易额."""
        return self.sold + self.bought + self.services

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            self.sold + other.sold,
            self.bought + other.bought,
            self.services + other.services,
            self.orders + other.orders,
        )


Table = Mapping[str, Mapping[str, Amounts]]  # month → township → what it came to


def counted(returned: StationMonth) -> Amounts | None:
    """What a station's return adds; None where there is none, or the station was not open in the month."""
    if not returned.open or returned.reported_on is None:
        return None
    return Amounts(returned.sold or 0, returned.bought or 0, returned.services or 0, returned.orders or 0)


def by_month(stations: Iterable[StationMonth], shops: Iterable[ShopMonth]) -> Table:
    """Month by month what each township came to; one that reported nothing has no entry."""
    found: dict[str, dict[str, Amounts]] = {}
    for month, township, amounts in _each(stations, shops):
        of_month = found.setdefault(month, {})
        of_month[township] = of_month[township] + amounts if township in of_month else amounts
    return found


def whole(table: Table, month: str) -> Amounts | None:
    """The county's month; None where nobody reported."""
    parts = list(table.get(month, {}).values())
    return sum(parts[1:], parts[0]) if parts else None


def must_add_up(
    table: Table, stations: Sequence[StationMonth], shops: Sequence[ShopMonth], months: Iterable[str]
) -> None:
    """The townships of each month add up to what the rows themselves add up to. Raises ValueError where not."""
    sums: dict[str, Amounts] = {}
    for month, _township, amounts in _each(stations, shops):
        sums[month] = sums[month] + amounts if month in sums else amounts
    for month in months:
        if whole(table, month) != sums.get(month):
            raise ValueError(f"{month}: the townships do not add up to the county")


def _each(stations: Iterable[StationMonth], shops: Iterable[ShopMonth]) -> Iterable[tuple[str, str, Amounts]]:
    for returned in stations:
        if (amounts := counted(returned)) is not None:
            yield returned.month, returned.township, amounts
    for sales in shops:
        if sales.open and not sales.of_station:
            yield sales.month, sales.township, Amounts(sales.paid - sales.refunded, 0, 0, sales.orders)
