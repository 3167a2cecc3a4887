"""Where and how goods are sold: channels, listings, festivals, and what stations and suppliers buy of households."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.families import Good
from data.seed.produce import PRODUCTS
from data.seed.registers.scene import Change, Entry, Scene, between, ended, iso, told
from data.seed.registers.stations import Station
from data.seed.registers.supply import Supplier
from data.seed.sample import Row

_CHANNELS = (
    ("Q01", "示例电商平台甲", "platform", date(2016, 1, 11), None),
    ("Q02", "示例电商平台乙", "platform", date(2016, 2, 22), None),
    ("Q03", "示例电商平台丙", "platform", date(2016, 2, 29), None),
    ("Q04", "示例本地平台", "local", date(2016, 3, 4), None),
    ("Q05", "示例直播间", "live", date(2016, 3, 4), None),
    ("Q06", "示例批销配送", "wholesale", date(2018, 9, 10), None),
    ("Q07", "示例线下展销", "offline", date(2017, 12, 4), date(2020, 3, 2)),
)
_PROMOTIONS = (
    ("示例年货节", "festival", 1, 8, 12),
    ("示例采摘节", "festival", 6, 20, 5),
    ("示例年中促销", "shopping_day", 6, 16, 3),
    ("示例丰收节", "festival", 9, 20, 6),
    ("示例消费扶贫体验周", "consumption", 10, 17, 7),
    ("示例双十一促销", "shopping_day", 11, 9, 4),
    ("示例农产品展会", "fair", 12, 3, 3),
    ("示例志愿助农日", "other", 4, 12, 1),
)
_PURCHASES = 1_300  # among 2,000 households
_LISTED = 96
_PRICE = {"livestock": 6200, "egg": 1400, "bee_product": 4500, "dried_fruit": 1800, "spice": 2600}


@dataclass(frozen=True)
class Purchase:
    """One purchase of a good, the sum in 分, and its row."""

    good: Good
    known: date
    amount: int
    row: Row


def selling(scene: Scene, stations: Sequence[Station], suppliers: Sequence[Supplier]) -> Iterator[Entry]:
    """Channels, listings and promotions; purchases are told on their own."""
    for code, name, kind, since, until in _CHANNELS:
        row: Row = {
            "channel_code": code,
            "channel_name": name,
            "kind": kind,
            "since": iso(since),
            "until": None,
        }
        yield from told("channels", row, since, *ended("until", until, "登记终止日期"))
    yield from _listings(scene, suppliers)
    yield from _promotions(scene)


def _listings(scene: Scene, suppliers: Sequence[Supplier]) -> Iterator[Entry]:
    """Products on channels; one of six was taken down again."""
    rng = scene.rng("listings")
    seen: set[tuple[str, str, str]] = set()
    for nth in range(_LISTED):
        channel, _, _, since, until = _CHANNELS[nth % len(_CHANNELS)]
        product = PRODUCTS[rng.randrange(len(PRODUCTS))].code
        supplier = rng.choice([one for one in suppliers if one.still])
        if (channel, product, supplier.code) in seen:
            continue
        seen.add((channel, product, supplier.code))
        first = max(since, supplier.registered, date(2017, 10, 9))
        listed = between(first, until or date(2021, 8, 31), rng)
        row: Row = {
            "channel_code": channel,
            "product_code": product,
            "supplier_code": supplier.code,
            "listed_on": iso(listed),
            "delisted_on": None,
        }
        down = until or (between(listed, date(2021, 9, 17), rng) if nth % 6 == 2 else None)
        if down is None or down >= listed:
            yield from told("listings", row, listed, *ended("delisted_on", down, "登记下架日期"))


def _promotions(scene: Scene) -> Iterator[Entry]:
    """Every year's festivals and shopping days, each announced before; how much was sold is known afterwards."""
    rng = scene.rng("promotions")
    for year in range(2017, 2022):
        for nth, (name, occasion, month, day, days) in enumerate(_PROMOTIONS, start=1):
            starts = date(year, month, day)
            ends = starts + timedelta(days=days - 1)
            announced = office_day(starts - timedelta(days=25))
            if announced < date(2017, 10, 1):
                continue
            row: Row = {
                "promotion_no": f"HD{year}-{nth}",
                "promotion_name": f"{name}（{year}）",
                "occasion": occasion,
                "starts_on": iso(starts),
                "ends_on": iso(ends),
                "channel_code": None
                if occasion in ("fair", "festival", "other")
                else f"Q0{rng.randrange(1, 6)}",
                "organiser": "示例商务部门" if nth % 2 else "示例电商企业",
                "sales": None,
            }
            sold = 100 * rng.randrange(30_000, 160_000) * (year - 2013) // 4
            known = (
                []
                if nth == 7
                else [Change(office_day(ends + timedelta(days=12)), "登记活动销售额", {"sales": sold})]
            )
            yield from told("promotions", row, announced, *(one for one in known if one.known <= WORKING_DAY))


def purchases(scene: Scene, stations: Sequence[Station], suppliers: Sequence[Supplier]) -> Iterator[Purchase]:
    """What the village's station, or else a supplier, bought of households; more every year."""
    rng = scene.rng("purchases")
    goods = [good for good in scene.county.goods if good.household.left is None] or list(scene.county.goods)
    near = {one.village.code: one for one in stations if one.village and one.closed is None}
    days = sorted(_day(rng.random(), rng.randrange(30)) for _ in range(scene.some(_PURCHASES, 24)))
    for nth, day in enumerate(days, start=1):
        good = rng.choice(goods)
        since = max(good.entered, good.since)
        bought = max(office_day(day), since)
        station = near.get(good.household.village)
        by_station = station is not None and station.open_on(bought) and rng.random() < 0.8
        likely = [one for one in suppliers if one.registered <= bought and one.still]
        quantity = 10 * rng.randrange(5, 120)
        amount = quantity * _PRICE.get(good.product.category, 800) // 10 * rng.randrange(85, 116) // 100
        row: Row = {
            "purchase_no": f"SG{bought:%y%m}-{nth:04d}",
            "station_code": station.code if station and by_station else None,
            "supplier_code": None if by_station else rng.choice(likely).code,
            "household_no": good.household.number,
            "product_code": good.product.code,
            "bought_on": iso(bought),
            "quantity": quantity,
            "amount": amount,
        }
        known = bought + timedelta(days=2)
        if known <= WORKING_DAY:
            yield Purchase(good, known, amount, row)


def _day(chance: float, more: int) -> date:
    """Some day from 2018 on, later ones more often."""
    first, last = date(2018, 1, 8), date(2021, 8, 26)
    return first + timedelta(days=int((last - first).days * chance**0.65) + more % 28)
