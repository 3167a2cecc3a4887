"""The register of broadband subscriptions (宽带普及): subscribers and households of a township at a month's end."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import Number, RegisterModel, calendar_month, number
from data.registers.naming import a_township
from data.words import Words


class BroadbandCounts(RegisterModel):
    township_code: str = a_township("数据所属的乡镇", "The township")
    month: str = calendar_month(
        "月份", "Month", ("月末数所属的月份", "The month at whose end it was counted"), "2021-06"
    )
    subscriptions: Number = number(
        "固定宽带用户数",
        "Subscriptions",
        ("月末的固定宽带用户数", "Fixed broadband subscribers at the end of the month"),
        "2400",
        scale=0,
        unit=Words("户", "households"),
    )
    households: Number = number(
        "常住户数",
        "Households",
        ("月末的常住户数", "Households living there at the end of the month"),
        "3100",
        scale=0,
        unit=Words("户", "households"),
        low=1,
    )


ABOUT = About(
    model=BroadbandCounts,
    name="broadband_counts",
    position=26,
    title=Words("宽带普及", "Broadband subscriptions"),
    key=("township_code", "month"),
    group="logistics",
    clauses=("四(一)",),
    day="month",
    references=(Reference(("township_code",), "townships"),),
)
