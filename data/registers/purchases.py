"""The register of purchases (收购): what stations and suppliers bought from poor households."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import one_of
from data.registers.fields import Number, RegisterModel, code, day, number
from data.registers.naming import a_household, a_product, a_station, a_supplier
from data.words import Words


class Purchases(RegisterModel):
    purchase_no: str = code(
        "收购编号", "Purchase no.", ("这一笔收购的编号", "The number of the purchase"), "SG2021-0001"
    )
    station_code: str = a_station(
        "收购的站点；由供货主体收购的可留空",
        "The station that bought it; may be blank where a supplier did",
        required=False,
    )
    supplier_code: str = a_supplier(
        "收购的主体；由站点收购的可留空",
        "The supplier that bought it; may be blank where a station did",
        required=False,
    )
    household_no: str = a_household("卖出的户", "The household that sold it")
    product_code: str = a_product("卖出的产品，该户须已登记此产品", "The product, one of this household's")
    bought_on: str = day("收购日期", "Bought on", ("收购的日期", "The day it was bought"), "2021-05-20")
    quantity: Number = number(
        "数量",
        "Quantity",
        ("收购的数量", "How much was bought"),
        "80.0",
        scale=1,
        unit=Words("公斤", "kg"),
        low=1,
    )
    amount: Number = number(
        "金额",
        "Amount",
        ("付给该户的金额", "What the household was paid"),
        "1200.00",
        scale=2,
        unit=Words("元", "yuan"),
    )


ABOUT = About(
    model=Purchases,
    name="purchases",
    position=42,
    title=Words("收购", "Purchases from households"),
    key=("purchase_no",),
    group="sales",
    clauses=("三(六)",),
    day="bought_on",
    references=(
        Reference(("station_code",), "stations"),
        Reference(("supplier_code",), "suppliers"),
        Reference(("household_no", "product_code"), "goods"),
    ),
    across=(one_of("station_code", "supplier_code"),),
)
