"""Where the demonstration's packaging lies and what there is of it: kinds of things, no local figures."""

from __future__ import annotations

from dataclasses import dataclass

from data.seed.sample import Row
from data.seed.townships import OTHER_UNITS, townships

MAIN_STORE = "K00"


@dataclass(frozen=True)
class Item:
    """One kind of packaging. `received` pieces come in for every hundred households of the demonstration."""

    code: str
    name: str
    kind: str  # equipment, material
    unit: str
    received: int

    def row(self) -> Row:
        """Its row in the register of packaging items."""
        return {
            "item_code": self.code,
            "item_name": self.name,
            "item_kind": self.kind,
            "item_unit": self.unit,
        }


ITEMS = (
    Item("B01", "示例真空包装机", "equipment", "台", 3),
    Item("B02", "示例封口机", "equipment", "台", 4),
    Item("B03", "示例电子秤", "equipment", "台", 8),
    Item("B11", "示例纸箱", "material", "个", 2000),
    Item("B12", "示例缓冲袋", "material", "卷", 40),
    Item("B13", "示例封箱胶带", "material", "卷", 60),
    Item("B14", "示例产品标签", "material", "张", 2000),
)


def storage_places() -> list[Row]:
    """A store at the office and one in each of the first three townships."""
    codes = [row["township_code"] for row in townships() if row["township_code"] != OTHER_UNITS]
    places: list[tuple[str, str, str | None]] = [(MAIN_STORE, "示例中心库", None)]
    places += [(f"K{at:02d}", f"示例存放点{at:02d}", code) for at, code in enumerate(codes[:3], start=1)]
    return [
        {"place_code": place, "place_name": name, "township_code": township}
        for place, name, township in places
    ]
