"""The register of one-to-one pairings (一对一对接) of shops with enterprises and co-operatives."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_shop, a_supplier
from data.words import Words


class Pairings(RegisterModel):
    shop_code: str = a_shop("对接的网店", "The shop")
    supplier_code: str = a_supplier("对接的主体", "The supplier")
    since: str = day("起始日期", "Since", ("开始对接的日期", "The day it began"), "2020-07-01")
    until: str = day(
        "终止日期",
        "Until",
        ("不再对接的日期；仍在对接的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=Pairings,
    name="pairings",
    position=45,
    title=Words("一对一对接", "One-to-one pairings"),
    key=("shop_code", "supplier_code", "since"),
    group="shops",
    clauses=("四(三)",),
    day="since",
    references=(
        Reference(("shop_code",), "shops"),
        Reference(("supplier_code",), "suppliers"),
    ),
    across=(not_before("until", "since"),),
)
