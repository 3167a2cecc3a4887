"""The register of couriers (物流快递企业) that work in the county."""

from __future__ import annotations

from data.register import About
from data.registers.across import not_before
from data.registers.fields import RegisterModel, code, day, name
from data.words import Words


class Couriers(RegisterModel):
    courier_code: str = code(
        "企业编码", "Courier code", ("物流快递企业的编码", "The code of the courier"), "KD01"
    )
    courier_name: str = name(
        "企业名称", "Courier", ("企业的名称", "What the courier is called"), "示例快递公司"
    )
    since: str = day(
        "登记日期", "Since", ("在本县登记的日期", "The day it was registered in the county"), "2018-04-01"
    )
    until: str = day(
        "退出日期",
        "Until",
        ("退出本县的日期；仍在的留空", "The day it left; blank while it is there"),
        "",
        required=False,
    )


ABOUT = About(
    model=Couriers,
    name="couriers",
    position=27,
    title=Words("物流快递企业", "Couriers"),
    key=("courier_code",),
    group="logistics",
    clauses=(
        "三(四)",
        "四(二)",
    ),
    day="since",
    across=(not_before("until", "since"),),
)
