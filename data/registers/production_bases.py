"""The register of production bases (生产基地): where a product is grown, and since when it carries a plaque."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needs, not_before
from data.registers.fields import Number, RegisterModel, code, day, name, number
from data.registers.naming import a_product, a_supplier, a_village
from data.words import Words


class ProductionBases(RegisterModel):
    base_code: str = code("基地编码", "Base code", ("基地的编码", "The code of the base"), "JD001")
    base_name: str = name("基地名称", "Base", ("基地的名称", "What the base is called"), "示例杏干生产基地")
    village_code: str = a_village("基地所在的村", "The village it lies in")
    supplier_code: str = a_supplier(
        "经营基地的主体；没有的留空", "The supplier that runs it; blank where there is none", required=False
    )
    product_code: str = a_product("基地的主要产品", "Its main product")
    area: Number = number(
        "面积", "Area", ("基地的面积", "How large it is"), "120.0", scale=1, unit=Words("亩", "mu")
    )
    plaque_on: str = day(
        "挂牌日期",
        "Plaque on",
        ("认证挂牌的日期；未挂牌的留空", "The day it got its plaque; blank where it has none"),
        "2020-06-18",
        required=False,
    )
    plaque_until: str = day(
        "摘牌日期",
        "Plaque until",
        ("摘牌的日期；仍挂牌的留空", "The day the plaque was taken down; blank while it hangs"),
        "",
        required=False,
    )


ABOUT = About(
    model=ProductionBases,
    name="production_bases",
    position=21,
    title=Words("生产基地", "Production bases"),
    key=("base_code",),
    group="supply",
    clauses=("四(四)",),
    day="plaque_on",
    references=(
        Reference(("village_code",), "villages"),
        Reference(("supplier_code",), "suppliers"),
        Reference(("product_code",), "products"),
    ),
    across=(
        not_before("plaque_until", "plaque_on"),
        needs("plaque_until", "plaque_on"),
    ),
)
