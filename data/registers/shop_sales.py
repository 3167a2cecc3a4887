"""The register of shops' monthly sales (网店月销售): paid, refunded, and orders."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import at_most, not_before
from data.registers.fields import Number, RegisterModel, calendar_month, day, number
from data.registers.naming import a_shop
from data.words import Words


class ShopSales(RegisterModel):
    shop_code: str = a_shop("上报的网店", "The shop")
    month: str = calendar_month(
        "月份", "Month", ("付款所在的月份", "The month in which it was paid"), "2021-06"
    )
    paid: Number = number(
        "支付额",
        "Paid",
        ("当月买家支付的金额", "What buyers paid that month"),
        "5200.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    refunded: Number = number(
        "退款额",
        "Refunded",
        ("其中后来退款的金额", "What of it was refunded"),
        "200.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    orders: Number = number(
        "订单数",
        "Orders",
        ("当月支付的订单数", "Orders paid that month"),
        "104",
        scale=0,
        unit=Words("单", "orders"),
    )
    poor_goods: Number = number(
        "其中贫困户产品额",
        "Of poor households' goods",
        (
            "支付额中贫困户产品的金额；不清楚的留空",
            "What of the sum paid was for poor households' goods; blank where not known",
        ),
        "3900.00",
        scale=2,
        unit=Words("元", "yuan"),
        required=False,
    )
    reported_on: str = day("上报日期", "Reported on", ("上报的日期", "The day it was reported"), "2021-07-04")


ABOUT = About(
    model=ShopSales,
    name="shop_sales",
    position=46,
    title=Words("网店月销售", "Shop monthly sales"),
    key=("shop_code", "month"),
    group="shops",
    clauses=(
        "四(三)",
        "三(七)",
    ),
    day="month",
    references=(Reference(("shop_code",), "shops"),),
    across=(
        not_before("reported_on", "month"),
        at_most("refunded", "paid"),
        at_most("poor_goods", "paid"),
    ),
)
