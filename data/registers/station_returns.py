"""The register of station returns (站点月报): what a station sold, bought and served in a month."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, calendar_month, day, number
from data.registers.naming import a_station
from data.words import Words


class StationReturns(RegisterModel):
    station_code: str = a_station("上报的站点", "The station that reports")
    month: str = calendar_month("月份", "Month", ("月报所说的月份", "The month it speaks of"), "2021-06")
    sold: Number = number(
        "上行额",
        "Sold",
        ("当月帮助卖出的金额", "What was sold through it that month"),
        "12600.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    bought: Number = number(
        "下行额",
        "Bought",
        ("当月代购的金额", "What was bought through it that month"),
        "8400.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    services: Number = number(
        "服务额",
        "Services",
        ("当月代缴费等服务的金额", "What was paid through it for services that month"),
        "1500.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    orders: Number = number(
        "上行单数",
        "Orders sold",
        ("当月卖出的单数", "How many orders were sold that month"),
        "210",
        scale=0,
        unit=Words("单", "orders"),
    )
    reported_on: str = day("上报日期", "Reported on", ("上报的日期", "The day it was reported"), "2021-07-05")


ABOUT = About(
    model=StationReturns,
    name="station_returns",
    position=17,
    title=Words("站点月报", "Station monthly returns"),
    key=("station_code", "month"),
    group="stations",
    clauses=(
        "三(二)",
        "三(七)",
    ),
    day="month",
    references=(Reference(("station_code",), "stations"),),
    across=(not_before("reported_on", "month"),),
)
