"""Online shops by kind of owner, whom they are paired with, and what they sell month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.seed.calendar import office_day
from data.seed.families import Household
from data.seed.registers.scene import (
    MONTHS,
    Change,
    Entry,
    Scene,
    Village,
    between,
    ended,
    iso,
    month_starts,
    month_text,
    open_share,
    told,
)
from data.seed.registers.stations import Station
from data.seed.registers.trading import (
    OTHER_SHOPS,
    POOR_SHOPS,
    STATION_SHOPS,
    Trade,
    months_of,
    split,
    township_weight,
)

# How many of each kind of owner, beside the households' shops.
_OWNERS = (
    ("enterprise", 7),
    ("cooperative", 8),
    ("village_official", 5),
    ("returned_student", 6),
    ("student", 3),
    ("station", 6),
    ("other", 2),
)
_OF_HOUSEHOLDS = 26
_WEIGHT = {"enterprise": 4.0, "cooperative": 2.5, "household": 0.6}
_GAP, _LATE = 0.01, 0.03
_ALL_TOWNSHIPS = date(2017, 9, 29)  # a station in every township; before that none ran shops for others
_ORDER = 7_200  # 分
_CORRECTED = (9, "平台对账：漏计退款，更正退款额")  # months before the working day
CHANNELS = ("Q01", "Q02", "Q03", "Q04", "Q05")  # where shops are


@dataclass(frozen=True)
class Shop:
    """One shop; `run_by` is the station that runs it for its owner."""

    code: str
    owner: str
    channel: str
    village: Village | None
    household: Household | None
    run_by: Station | None
    opened: date
    closed: date | None
    weight: float


def shops(scene: Scene, everyone: Sequence[Station]) -> tuple[Shop, ...]:
    """All shops in the order of their opening; about half of the households' are in poor villages."""
    rng = scene.rng("shops")
    villages = {village.code: village for village in scene.villages}
    owners = [owner for owner, count in _OWNERS for _ in range(count)]
    homes: list[Household | None] = [None] * len(owners)
    households = [one for one in scene.households if one.left is None] or list(scene.households)
    many = scene.some(_OF_HOUSEHOLDS, min(8, len(households)))
    homes += rng.sample(households, min(many, len(households)))
    owners += ["household"] * (len(homes) - len(owners))
    found = []
    for nth, (owner, home) in enumerate(zip(owners, homes, strict=True)):
        opened = _opened(nth, home, rng)
        village = villages[home.village] if home else _village(nth, scene, rng)
        runner = _runner(owner, nth, village, everyone, opened, rng)
        closed = between(max(opened, date(2019, 6, 3)), date(2021, 7, 16), rng) if nth % 11 == 6 else None
        weight = _WEIGHT.get(owner, 1.0) * rng.uniform(0.6, 1.4)
        channel = CHANNELS[nth % len(CHANNELS)]
        found.append(Shop("", owner, channel, village, home, runner, opened, closed, weight))
    found.sort(key=lambda shop: shop.opened)
    return tuple(replace(shop, code=f"W{at:03d}") for at, shop in enumerate(found, start=1))


def _opened(nth: int, home: Household | None, rng: Random) -> date:
    """Every third before the first month, the others over the years; a household's never before its registration."""
    first = date(2016, 3, 7) if nth % 3 == 0 else date(2017, 10, 9)
    last = date(2017, 9, 22) if nth % 3 == 0 else date(2021, 8, 13)
    opened = between(first, last, rng)
    return max(opened, home.since) if home else opened


def _village(nth: int, scene: Scene, rng: Random) -> Village | None:
    """Of the others: a poor village, any village, or the county town, which is none."""
    if nth % 3 == 0:
        return rng.choice(scene.poor or scene.villages)
    return rng.choice(scene.villages) if nth % 3 == 1 else None


def _runner(
    owner: str, nth: int, village: Village | None, everyone: Sequence[Station], opened: date, rng: Random
) -> Station | None:
    """A station's own shop, or one of seven that a station runs for somebody of its village or township."""
    if owner != "station" and nth % 7 != 5:
        return None
    likely = [one for one in everyone if one.open_on(max(opened, _ALL_TOWNSHIPS)) and one.closed is None]
    near = [one for one in likely if village and one.township == village.township]
    return rng.choice(near or likely)


def told_of_shops(
    scene: Scene, everyone: Sequence[Shop], suppliers: Sequence[tuple[str, date]]
) -> Iterator[Entry]:
    """The shops, their pairings with suppliers (code, registered on) and their monthly sales."""
    for number, shop in enumerate(everyone, start=1):
        row = {
            "shop_code": shop.code,
            "shop_name": f"示例网店{number:03d}",
            "channel_code": shop.channel,
            "owner": shop.owner,
            "household_no": shop.household.number if shop.household else None,
            "village_code": shop.village.code if shop.village else None,
            "station_code": shop.run_by.code if shop.run_by else None,
            "opened_on": iso(shop.opened),
            "closed_on": None,
        }
        ends = ended("closed_on", shop.closed, "登记停业日期")
        yield from told("shops", row, entered_from(shop), *ends)
    yield from _pairings(everyone, suppliers, scene.rng("pairings"))
    rng = scene.rng("shop sales")
    run = [shop for shop in everyone if shop.run_by]
    own = [shop for shop in everyone if not shop.run_by]
    yield from _sales([shop for shop in own if _poor(shop)], POOR_SHOPS, rng)
    yield from _sales([shop for shop in own if not _poor(shop)], OTHER_SHOPS, rng)
    yield from _sales(run, STATION_SHOPS, rng)


def entered_from(shop: Shop) -> date:
    """From when a shop can be entered: opened, and its household registered in our registers."""
    return max(shop.opened, shop.household.entered) if shop.household else shop.opened


def _poor(shop: Shop) -> bool:
    return shop.village is not None and shop.village.poor_when_counted


def _pairings(
    everyone: Sequence[Shop], suppliers: Sequence[tuple[str, date]], rng: Random
) -> Iterator[Entry]:
    """One-to-one: two of three households' shops with an enterprise or co-operative; a few were ended."""
    for nth, shop in enumerate(shop for shop in everyone if shop.owner == "household"):
        if nth % 3 == 2:
            continue
        supplier, registered = rng.choice(suppliers)
        since = between(max(entered_from(shop), registered), date(2021, 9, 10), rng)
        row: dict[str, str | int | None] = {
            "shop_code": shop.code,
            "supplier_code": supplier,
            "since": iso(since),
            "until": None,
        }
        until = shop.closed or (between(since, date(2021, 9, 17), rng) if nth % 8 == 3 else None)
        if until is None or until >= since:
            yield from told("pairings", row, since, *ended("until", until, "登记终止日期"))


def _sales(group: Sequence[Shop], trade: Trade, rng: Random) -> Iterator[Entry]:
    """The monthly sales of those who together sell what is told."""
    totals = months_of(trade, rng)
    last = len(MONTHS) - 2
    for at in range(last + 1):
        working = [shop for shop in group if open_share(shop.opened, shop.closed, at)]
        weights = [_weight(shop, at) for shop in working]
        for nth, (shop, net) in enumerate(zip(working, split(totals[at], weights, rng), strict=True)):
            wrong = trade is OTHER_SHOPS and nth == 1 and at == last + 1 - _CORRECTED[0]
            if nth < 2 or at == last or rng.random() > _GAP:
                yield from _month(shop, at, net, rng, wrong=wrong)


def _weight(shop: Shop, at: int) -> float:
    township = shop.village.township_at if shop.village else None
    return shop.weight * township_weight(township, at) * open_share(shop.opened, shop.closed, at)


def _month(shop: Shop, at: int, net: int, rng: Random, *, wrong: bool) -> Iterator[Entry]:
    refunded = net * rng.randrange(1, 6) // 10_000 * 100
    paid = net + refunded
    share = {"household": 95, "cooperative": 60, "enterprise": 35}.get(shop.owner, 50)
    reported = month_starts(at + 1) + timedelta(
        days=rng.randrange(6, 15) if rng.random() < _LATE else rng.randrange(5)
    )
    row: dict[str, str | int | None] = {
        "shop_code": shop.code,
        "month": month_text(at),
        "paid": paid,
        "refunded": refunded,
        "orders": paid // _ORDER + 1,
        "poor_goods": None if rng.random() < 0.08 else net * rng.randrange(share - 15, share) // 10_000 * 100,
        "reported_on": reported.isoformat(),
    }
    if not wrong:
        yield from told("shop_sales", row, max(reported, entered_from(shop)))
        return
    right = Change(office_day(reported + timedelta(days=40)), _CORRECTED[1], {"refunded": refunded})
    yield from told("shop_sales", {**row, "refunded": 0}, reported, right)
