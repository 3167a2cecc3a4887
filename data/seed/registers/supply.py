"""Where the goods come from: suppliers, standards, bases, and the yearly catalogue of produce."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from data.seed.produce import PRODUCTS
from data.seed.registers.scene import (
    Change,
    Entry,
    Scene,
    between,
    ended,
    iso,
    spread,
    told,
)

_KINDS = (
    ("cooperative", 13, "示例合作社"),
    ("enterprise", 7, "示例企业"),
    ("leading_enterprise", 3, "示例龙头企业"),
    ("other", 1, "示例经营部"),
)
_STAGES = {"growing": "种植", "processing": "加工", "packing": "包装", "transport": "流通"}
_ANIMAL = ("livestock", "egg", "bee_product")
_FACTORY = ("grain_oil", "other")


@dataclass(frozen=True)
class Supplier:
    """One supplier; `designated` is the day of its designation as 定点."""

    code: str
    name: str
    kind: str
    township: str | None
    registered: date
    designated: date | None
    closed: date | None

    @property
    def still(self) -> bool:
        """Whether it works on the working day."""
        return self.closed is None


def suppliers(scene: Scene) -> tuple[Supplier, ...]:
    """Enterprises and co-operatives; every other one designated, one gone."""
    rng = scene.rng("suppliers")
    kinds = [(kind, name) for kind, count, name in _KINDS for _ in range(count)]
    found = []
    for nth, (kind, name) in enumerate(kinds, start=1):
        registered = between(date(2014, 3, 3), date(2017, 9, 1) if nth % 2 else date(2020, 9, 30), rng)
        late = between(max(registered, date(2018, 1, 8)), date(2021, 6, 30), rng)
        closed = date(2020, 10, 16) if nth == 9 else None
        designated = late if nth % 2 and closed is None else None
        township = rng.choice(scene.townships) if nth % 6 else None
        found.append(
            Supplier(f"J{nth:02d}", f"{name}{nth:02d}", kind, township, registered, designated, closed)
        )
    return tuple(found)


def told_of_supply(scene: Scene, everyone: Sequence[Supplier]) -> Iterator[Entry]:
    """Suppliers, standards, bases and the catalogue."""
    for supplier in everyone:
        yield from _supplier(supplier)
    yield from _standards()
    yield from _bases(scene, everyone)
    yield from _catalogue(scene.rng("catalogue"))


def _supplier(supplier: Supplier) -> Iterator[Entry]:
    """Registered, perhaps designated for two or three years, perhaps gone."""
    row: dict[str, str | int | None] = {
        "supplier_code": supplier.code,
        "supplier_name": supplier.name,
        "kind": supplier.kind,
        "township_code": supplier.township,
        "registered_on": iso(supplier.registered),
        "designated_on": None,
        "designated_until": None,
        "closed_on": None,
    }
    changes: list[Change] = []
    if day := supplier.designated:
        until = date(day.year + (3 if day.month % 2 else 2), day.month, min(day.day, 28))
        values: dict[str, str | int | None] = {"designated_on": iso(day), "designated_until": iso(until)}
        changes.append(Change(day, "认定为网货供应定点", values))
    changes += ended("closed_on", supplier.closed, "登记注销日期")
    yield from told("suppliers", row, supplier.registered, *changes)


def _standards() -> Iterator[Entry]:
    """Growing, processing, packing and transport; two general ones were replaced."""
    wanted = [(product, stage) for product in PRODUCTS[:8] for stage in ("growing", "processing")]
    wanted += [(product, "packing") for product in PRODUCTS[:6]]
    issued = spread(len(wanted) + 2, date(2018, 3, 12), date(2021, 6, 18))
    for nth, ((product, stage), day) in enumerate(zip(wanted, issued, strict=False), start=1):
        row: dict[str, str | int | None] = {
            "standard_no": f"BZ{nth:03d}",
            "standard_name": f"示例{product.name}{_STAGES[stage]}规范",
            "product_code": product.code,
            "stage": stage,
            "issued_on": iso(day),
            "withdrawn_on": None,
        }
        withdrawn = date(2021, 6, 18) if nth in (1, 4) else None
        yield from told("standards", row, day, *ended("withdrawn_on", withdrawn, "登记废止日期"))
    for nth, name in enumerate(("示例网货流通规范", "示例网货交接规范"), start=len(wanted) + 1):
        general = {
            "standard_no": f"BZ{nth:03d}",
            "standard_name": name,
            "product_code": None,
            "stage": "transport",
            "issued_on": iso(issued[nth - 1]),
            "withdrawn_on": None,
        }
        yield from told("standards", general, issued[nth - 1])


def _bases(scene: Scene, everyone: Sequence[Supplier]) -> Iterator[Entry]:
    """Bases of the first products; two of three bear the plaque, one had it taken down."""
    rng = scene.rng("bases")
    for nth in range(1, 19):
        known = between(date(2017, 10, 9), date(2021, 3, 31), rng)
        village = rng.choice(scene.villages)
        likely = [one for one in everyone if one.registered <= known and one.still]
        row: dict[str, str | int | None] = {
            "base_code": f"JD{nth:02d}",
            "base_name": f"示例基地{nth:02d}",
            "village_code": village.code,
            "supplier_code": rng.choice(likely).code if likely and nth % 5 else None,
            "product_code": PRODUCTS[(nth * 2) % 15].code,
            "area": 10 * rng.randrange(30, 400),
            "plaque_on": None,
            "plaque_until": None,
        }
        plaque = between(known, date(2021, 8, 20), rng) if nth % 3 else None
        down = between(plaque, date(2021, 9, 10), rng) if plaque and nth == 7 else None
        changes = [*ended("plaque_on", plaque, "登记挂牌日期"), *ended("plaque_until", down, "登记摘牌日期")]
        yield from told("production_bases", row, known, *changes)


def _catalogue(rng: Random) -> Iterator[Entry]:
    """Every year's survey, known in November (of 2021: in September); the staples are main products."""
    size = {product.code: rng.randrange(200, 1500) for product in PRODUCTS}
    bears = {product.code: rng.randrange(18, 50) for product in PRODUCTS}
    price = {product.code: rng.randrange(3000, 9000) for product in PRODUCTS}  # 元 a ton
    for year in range(2018, 2022):
        known = date(year, 11, 20) if year < 2021 else date(2021, 9, 24)
        for product in PRODUCTS:
            if product.category in _FACTORY:
                continue
            animal = product.category in _ANIMAL
            many = size[product.code] * (year - 2008) // 10
            tons = many * bears[product.code] * rng.randrange(90, 111) // 10_000 * 10
            row: dict[str, str | int | None] = {
                "product_code": product.code,
                "year": year,
                "scale": None if animal else many * 10,
                "heads": many if animal else None,
                "output": tons,
                "value": tons * price[product.code] * 10,
                "quality": "示例：果大味甜，适合网销" if product.weight >= 6 and not animal else None,
                "main_product": int(product.weight >= 6),
            }
            yield from told("catalogue_entries", row, known)
