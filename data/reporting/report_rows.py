"""What a bulletin and an assessment count from the registers, set-based and as known at an instant K.

Rows carry the register and key they stand for, so that a figure can be opened. Nobody's name is read here.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from data.versions import known

OTHER = ""  # the township of what belongs to none


class StationMonth(NamedTuple):
    """One station and month: what it returned (amounts in 分), None where nothing came.

    `open`: it operated on some day of the month, so that a return is due; `corrected_at` is the instant of the last correction.
    """

    month: str
    station: str
    name: str
    level: str
    township: str
    village: str
    open: bool
    sold: int | None
    bought: int | None
    services: int | None
    orders: int | None
    reported_on: str | None
    corrected_at: str | None


class ShopMonth(NamedTuple):
    """One shop's sales of a month (分); `of_station`: a station runs it and has it in its return; `open` as of a station."""

    month: str
    shop: str
    name: str
    township: str
    of_station: bool
    open: bool
    paid: int
    refunded: int
    orders: int
    reported_on: str
    corrected_at: str | None


class Led(NamedTuple):
    """A household's paid sale: which row says so."""

    household: str
    township: str
    register: str
    key: str


class Inspected(NamedTuple):
    """How many samples of a township came to a conclusion, of how many goods."""

    township: str
    conclusion: str
    samples: int


class Paid(NamedTuple):
    """A recorded payout to a household (分)."""

    payout: str
    household: str
    township: str
    amount: int


class Settled(NamedTuple):
    """What a settlement paid for a claim, or takes back (分)."""

    claim: str
    household: str
    paid: int


_HOUSEHOLD = (
    f"JOIN households ON households.entity = {{0}}.household_entity AND {known('households')}"
    f" JOIN villages ON villages.entity = households.village_entity AND {known('villages')}"
)
# Months as texts, one after the other, each with its first and last day.
_MONTHS = (
    "WITH RECURSIVE months(month) AS (SELECT :first UNION ALL"
    " SELECT strftime('%Y-%m', month || '-01', '+1 month') FROM months WHERE month < :last)"
)


def _village(alias: str) -> str:
    """The condition that a village under another name is the version known at K."""
    return known("villages").replace("villages.", f"{alias}.")


def station_months(db: Database, first: str, last: str, known_at: str) -> list[StationMonth]:
    """Every station and month (`2021-08`) in which it was open or returned something, by month and station."""
    sql = (
        f"{_MONTHS} SELECT months.month, stations.station_code, stations.station_name, stations.level,"
        " coalesce(villages.township_code, stations.township_code, ''), coalesce(stations.village_code, ''),"
        " stations.opened_on <= date(months.month || '-01', '+1 month', '-1 day')"
        "  AND coalesce(stations.closed_on > months.month || '-01', 1) AS is_open,"
        " station_returns.sold, station_returns.bought, station_returns.services, station_returns.orders,"
        " station_returns.reported_on, CASE WHEN station_returns.version > 1 THEN station_returns.recorded_at END"
        f" FROM months CROSS JOIN stations LEFT JOIN villages ON villages.entity = stations.village_entity AND {known('villages')}"
        " LEFT JOIN station_returns ON station_returns.station_entity = stations.entity"
        f"  AND station_returns.month = months.month AND {known('station_returns')}"
        f" WHERE {known('stations')} AND (is_open OR station_returns.id IS NOT NULL)"
        " ORDER BY months.month, stations.station_code"
    )
    rows = db.execute(sql, {"first": first, "last": last, "k": known_at}).fetchall()
    return [StationMonth._make((*row[:6], bool(row[6]), *row[7:])) for row in rows]


def shop_months(db: Database, first: str, last: str, known_at: str) -> list[ShopMonth]:
    """Every shop's sales from the month `first` to `last`. A shop's place is its village, else its household's, else its station's."""
    sql = (
        "SELECT shop_sales.month, shops.shop_code, shops.shop_name,"
        " coalesce(own.township_code, lives.township_code, at.township_code, stations.township_code, ''),"
        " shops.station_entity IS NOT NULL,"
        " shops.opened_on <= date(shop_sales.month || '-01', '+1 month', '-1 day')"
        "  AND coalesce(shops.closed_on > shop_sales.month || '-01', 1), shop_sales.paid, shop_sales.refunded, shop_sales.orders,"
        " shop_sales.reported_on, CASE WHEN shop_sales.version > 1 THEN shop_sales.recorded_at END"
        f" FROM shop_sales JOIN shops ON shops.entity = shop_sales.shop_entity AND {known('shops')}"
        f" LEFT JOIN villages AS own ON own.entity = shops.village_entity AND {_village('own')}"
        f" LEFT JOIN households ON households.entity = shops.household_entity AND {known('households')}"
        f" LEFT JOIN villages AS lives ON lives.entity = households.village_entity AND {_village('lives')}"
        f" LEFT JOIN stations ON stations.entity = shops.station_entity AND {known('stations')}"
        f" LEFT JOIN villages AS at ON at.entity = stations.village_entity AND {_village('at')}"
        f" WHERE shop_sales.month BETWEEN :first AND :last AND {known('shop_sales')}"
        " ORDER BY shop_sales.month, shops.shop_code"
    )
    rows = db.execute(sql, {"first": first, "last": last, "k": known_at}).fetchall()
    return [ShopMonth._make((*row[:4], bool(row[4]), bool(row[5]), *row[6:])) for row in rows]


def led(db: Database, first: date, last: date, known_at: str) -> list[Led]:
    """Every paid sale of a household from one day to another: purchases, payouts for sales, parcels sold online."""
    sql = (
        "SELECT households.household_no, villages.township_code, 'purchases', purchases.purchase_no"
        f" FROM purchases JOIN goods ON goods.entity = purchases.good_entity AND {known('goods')} {_HOUSEHOLD.format('goods')}"
        f" WHERE purchases.bought_on BETWEEN :first AND :last AND purchases.amount > 0 AND {known('purchases')}"
        " UNION ALL SELECT households.household_no, villages.township_code, 'payouts', payouts.payout_no"
        f" FROM payouts {_HOUSEHOLD.format('payouts')}"
        " WHERE payouts.paid_on BETWEEN :first AND :last AND payouts.source = 'sale' AND payouts.amount > 0"
        f" AND {known('payouts')}"
        " UNION ALL SELECT households.household_no, villages.township_code, 'shipments', shipments.claim_no"
        f" FROM shipments JOIN goods ON goods.entity = shipments.good_entity AND {known('goods')} {_HOUSEHOLD.format('goods')}"
        " WHERE shipments.shipped_on BETWEEN :first AND :last AND shipments.sold_online = 1"
        f" AND coalesce(shipments.refunded, 0) = 0 AND {known('shipments')}"
        " ORDER BY 1, 3, 4"
    )
    return [Led(*row) for row in db.execute(sql, _between(first, last, known_at)).fetchall()]


def registered_households(db: Database, day: date, known_at: str) -> dict[str, str]:
    """The households registered poor on a day, with their township."""
    sql = (
        "SELECT households.household_no, villages.township_code FROM households"
        f" JOIN villages ON villages.entity = households.village_entity AND {known('villages')}"
        f" WHERE {known('households')} AND households.registered_on <= :day"
        " AND coalesce(households.left_on > :day, 1) ORDER BY households.household_no"
    )
    return dict(db.execute(sql, {"day": day.isoformat(), "k": known_at}).fetchall())


def payouts(db: Database, first: date, last: date, known_at: str) -> list[Paid]:
    """Every recorded payout from one day to another, of any source."""
    sql = (
        "SELECT payouts.payout_no, households.household_no, villages.township_code, payouts.amount"
        f" FROM payouts {_HOUSEHOLD.format('payouts')}"
        f" WHERE payouts.paid_on BETWEEN :first AND :last AND {known('payouts')} ORDER BY payouts.payout_no"
    )
    return [Paid(*row) for row in db.execute(sql, _between(first, last, known_at)).fetchall()]


def inspected(db: Database, first: date, last: date, known_at: str) -> list[Inspected]:
    """The samples whose result is of the days asked, counted by township and conclusion."""
    sql = (
        "SELECT villages.township_code, inspections.conclusion, count(*)"
        f" FROM inspections JOIN goods ON goods.entity = inspections.good_entity AND {known('goods')} {_HOUSEHOLD.format('goods')}"
        " WHERE coalesce(inspections.result_date, inspections.sampling_date) BETWEEN :first AND :last"
        f" AND {known('inspections')} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [Inspected(*row) for row in db.execute(sql, _between(first, last, known_at)).fetchall()]


def settled(db: Database, first: date, last: date, known_at: str) -> list[Settled]:
    """Every line of the settlements that were confirmed on the days asked, those that take back too."""
    sql = (
        "SELECT settlement_lines.claim_no, settlement_lines.household_no, settlement_lines.paid FROM settlement_lines"
        " JOIN settlement_steps ON settlement_steps.settlement_id = settlement_lines.settlement_id"
        "  AND settlement_steps.kind = 'confirm' AND settlement_steps.done_on BETWEEN :first AND :last"
        "  AND settlement_steps.recorded_at <= :k"
        " ORDER BY settlement_lines.id"
    )
    return [Settled(*row) for row in db.execute(sql, _between(first, last, known_at)).fetchall()]


def townships(db: Database, known_at: str) -> dict[str, str]:
    """Every township's name by its code, in the order of the codes."""
    sql = f"SELECT township_code, township_name FROM townships WHERE {known('townships')} ORDER BY township_code"
    return dict(db.execute(sql, {"k": known_at}).fetchall())


def _between(first: date, last: date, known_at: str) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat(), "k": known_at}
