"""The register of goods (帮扶农产品): one product of one household, the subject of every decision."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, YesNo, choice, code, day, yes_no
from data.words import Words

SOURCES = {
    "grown": ("种植", "Grown"),
    "produced": ("生产(养殖)", "Produced or raised"),
    "acquired": ("收购", "Acquired"),
}


class Goods(RegisterModel):
    household_no: str = code(
        "户编号", "Household no.", ("户的编号，须已登记", "The household; must be registered"), "H0001"
    )
    product_code: str = code(
        "产品编码", "Product code", ("产品的编码，须已登记", "The product; must be registered"), "P01"
    )
    source: str = choice(
        "来源",
        "Source",
        (
            "该户自己种植、生产(养殖)的，还是收购的",
            "Whether the household grows, produces or raises it, or buys it in",
        ),
        SOURCES,
        also_read={"生产": "produced", "养殖": "produced"},
    )
    fit_for_online_sale: YesNo = yes_no(
        "是否符合网销",
        "Fit for online sale",
        (
            "是否符合网销上行要求；尚未认定的留空",
            "Whether it meets what online sale asks; blank while not yet known",
        ),
        required=False,
    )
    registered_on: str = day(
        "登记日期", "Registered on", ("该农产品登记的日期", "The day the good was registered"), "2020-03-16"
    )


ABOUT = About(
    model=Goods,
    name="goods",
    position=5,
    title=Words("帮扶农产品", "Goods"),
    key=("household_no", "product_code"),
    group="goods",
    clauses=("三(八)", "四(八)"),
    day="registered_on",
    references=(
        Reference(("household_no",), "households"),
        Reference(("product_code",), "products"),
    ),
)
