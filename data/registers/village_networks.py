"""The register of villages' networks (村网络): since when fixed and mobile broadband reach each."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_village
from data.words import Words


class VillageNetworks(RegisterModel):
    village_code: str = a_village("通宽带的村", "The village")
    fixed_on: str = day(
        "固定宽带通达日期",
        "Fixed broadband on",
        ("固定宽带通达的日期；未通的留空", "The day fixed broadband reached it; blank while it has not"),
        "2018-10-01",
        required=False,
    )
    mobile_on: str = day(
        "移动宽带通达日期",
        "Mobile broadband on",
        ("移动宽带通达的日期；未通的留空", "The day mobile broadband reached it; blank while it has not"),
        "2017-05-01",
        required=False,
    )


ABOUT = About(
    model=VillageNetworks,
    name="village_networks",
    position=25,
    title=Words("村网络", "Broadband of villages"),
    key=("village_code",),
    group="logistics",
    clauses=(
        "一",
        "三(四)",
        "四(一)",
    ),
    day="fixed_on",
    references=(Reference(("village_code",), "villages"),),
)
