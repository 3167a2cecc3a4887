"""The register of cold stores (冷库): where, and how much each holds."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, code, day, name, number
from data.registers.naming import a_township
from data.words import Words


class ColdStores(RegisterModel):
    store_code: str = code("冷库编码", "Store code", ("冷库的编码", "The code of the cold store"), "LK01")
    store_name: str = name("冷库名称", "Cold store", ("冷库的名称", "What the store is called"), "示例冷库")
    township_code: str = a_township("冷库所在的乡镇", "The township it lies in")
    capacity: Number = number(
        "库容", "Capacity", ("能存放多少", "How much it holds"), "500", scale=0, unit=Words("吨", "t")
    )
    opened_on: str = day("启用日期", "Opened on", ("启用的日期", "The day it was opened"), "2020-09-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("停用的日期；仍在用的留空", "The day it was closed; blank while it is used"),
        "",
        required=False,
    )


ABOUT = About(
    model=ColdStores,
    name="cold_stores",
    position=30,
    title=Words("冷库", "Cold stores"),
    key=("store_code",),
    group="logistics",
    clauses=("三(四)",),
    day="opened_on",
    references=(Reference(("township_code",), "townships"),),
    across=(not_before("closed_on", "opened_on"),),
)
