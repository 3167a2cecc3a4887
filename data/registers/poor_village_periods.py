"""The register of poor villages over time (贫困村列入期间): from when to when a village counted as poor."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_village
from data.words import Words


class PoorVillagePeriods(RegisterModel):
    village_code: str = a_village("列为贫困村的村", "The village")
    listed_on: str = day(
        "列入日期", "Listed on", ("列为贫困村的日期", "The day it was listed as poor"), "2014-01-01"
    )
    left_on: str = day(
        "退出日期",
        "Left on",
        ("退出贫困村的日期；未退出的留空", "The day it left; blank while it has not"),
        "",
        required=False,
    )


ABOUT = About(
    model=PoorVillagePeriods,
    name="poor_village_periods",
    position=14,
    title=Words("贫困村列入期间", "Poor villages over time"),
    key=("village_code", "listed_on"),
    group="villages",
    clauses=("一",),
    day="listed_on",
    references=(Reference(("village_code",), "villages"),),
    across=(not_before("left_on", "listed_on"),),
)
