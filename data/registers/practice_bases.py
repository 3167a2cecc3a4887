"""The register of practice bases (实训基地): where e-commerce is practised."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, code, day, name, number
from data.registers.naming import a_station
from data.words import Words


class PracticeBases(RegisterModel):
    base_code: str = code(
        "基地编码", "Base code", ("实训基地的编码", "The code of the practice base"), "SX01"
    )
    base_name: str = name(
        "基地名称", "Base", ("实训基地的名称", "What the practice base is called"), "示例县电商培训实践基地"
    )
    station_code: str = a_station(
        "所在的站点；不在站点的留空",
        "The station it is in; blank where it is in none",
        ("所在站点编码", "Station it is in"),
        required=False,
    )
    places: Number = number(
        "容纳人数",
        "Places",
        ("一次能容纳多少人", "How many people it takes at a time"),
        "60",
        scale=0,
        unit=Words("人", "people"),
    )
    opened_on: str = day("启用日期", "Opened on", ("启用的日期", "The day it was opened"), "2019-10-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("停用的日期；仍在用的留空", "The day it was closed; blank while it is used"),
        "",
        required=False,
    )


ABOUT = About(
    model=PracticeBases,
    name="practice_bases",
    position=33,
    title=Words("实训基地", "Practice bases"),
    key=("base_code",),
    group="training",
    clauses=("三(五)",),
    day="opened_on",
    references=(Reference(("station_code",), "stations"),),
    across=(not_before("closed_on", "opened_on"),),
)
