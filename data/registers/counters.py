"""The register of product counters (电商扶贫产品专柜) at stations."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_station
from data.words import Words


class Counters(RegisterModel):
    station_code: str = a_station("设专柜的站点", "The station")
    opened_on: str = day("设立日期", "Opened on", ("设立的日期", "The day it was set up"), "2020-07-01")
    closed_on: str = day(
        "撤除日期",
        "Closed on",
        ("撤除的日期；仍在的留空", "The day it was taken away; blank while it is there"),
        "",
        required=False,
    )


ABOUT = About(
    model=Counters,
    name="counters",
    position=41,
    title=Words("扶贫产品专柜", "Product counters"),
    key=("station_code", "opened_on"),
    group="sales",
    clauses=("三(六)",),
    day="opened_on",
    references=(Reference(("station_code",), "stations"),),
    across=(not_before("closed_on", "opened_on"),),
)
