"""The products of the demonstration: real kinds of produce of the region, no local figures."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from data.seed.sample import Row

# Name, category, standardised (factory-made and packed to a standard), how often a household has it.
_PRODUCE: tuple[tuple[str, str, int, int], ...] = (
    ("红枣", "dried_fruit", 0, 9),
    ("杏干", "dried_fruit", 0, 7),
    ("核桃", "dried_fruit", 0, 8),
    ("巴旦木", "dried_fruit", 0, 6),
    ("葡萄干", "dried_fruit", 0, 5),
    ("无花果", "fruit", 0, 6),
    ("甜瓜", "fruit", 0, 7),
    ("西梅", "fruit", 0, 5),
    ("杏", "fruit", 0, 5),
    ("石榴", "fruit", 0, 3),
    ("苹果", "fruit", 0, 4),
    ("番茄", "vegetable", 0, 6),
    ("辣椒", "vegetable", 0, 6),
    ("黄瓜", "vegetable", 0, 4),
    ("茄子", "vegetable", 0, 3),
    ("胡萝卜", "vegetable", 0, 3),
    ("孜然", "spice", 0, 5),
    ("蜂蜜", "bee_product", 0, 3),
    ("鸡蛋", "egg", 0, 6),
    ("鸽蛋", "egg", 0, 2),
    ("羊肉", "livestock", 0, 4),
    ("牛肉", "livestock", 0, 2),
    ("馕", "other", 0, 3),
    ("小麦粉", "grain_oil", 1, 4),
    ("胡麻油", "grain_oil", 1, 2),
    ("番茄酱", "other", 1, 2),
)

_ANIMAL = ("livestock", "egg", "bee_product")
_MADE = ("grain_oil", "other")


@dataclass(frozen=True)
class Product:
    """One kind of produce."""

    code: str
    name: str
    category: str
    standardised: int
    weight: int

    def row(self) -> Row:
        """Its row in the register of products."""
        return {
            "product_code": self.code,
            "product_name": self.name,
            "category": self.category,
            "standardised": self.standardised,
        }

    @property
    def residues(self) -> str:
        """What a laboratory looks for in it."""
        return "兽药残留" if self.category in _ANIMAL else "农药残留"


PRODUCTS = tuple(Product(f"P{number:02d}", *produce) for number, produce in enumerate(_PRODUCE, start=1))
BY_CODE = {product.code: product for product in PRODUCTS}


def source_of(product: Product, rng: Random) -> str:
    """How the household comes by it: mostly its own work, now and then bought up (收购)."""
    if rng.random() < 0.06:
        return "acquired"
    return "produced" if product.category in (*_ANIMAL, *_MADE) else "grown"
