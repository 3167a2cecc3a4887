"""The register of listings (上架产品): which product of which supplier is on which channel."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_channel, a_product, a_supplier
from data.words import Words


class Listings(RegisterModel):
    channel_code: str = a_channel("上架的渠道", "The channel")
    product_code: str = a_product("上架的产品", "The product")
    supplier_code: str = a_supplier("供货的主体", "Who supplies it")
    listed_on: str = day("上架日期", "Listed on", ("上架的日期", "The day it was listed"), "2020-01-10")
    delisted_on: str = day(
        "下架日期",
        "Delisted on",
        ("下架的日期；仍在架的留空", "The day it was taken down; blank while it is up"),
        "",
        required=False,
    )


ABOUT = About(
    model=Listings,
    name="listings",
    position=40,
    title=Words("上架产品", "Listings"),
    key=("channel_code", "product_code", "supplier_code", "listed_on"),
    group="sales",
    clauses=("三(六)",),
    day="listed_on",
    references=(
        Reference(("channel_code",), "channels"),
        Reference(("product_code",), "products"),
        Reference(("supplier_code",), "suppliers"),
    ),
    across=(not_before("delisted_on", "listed_on"),),
)
