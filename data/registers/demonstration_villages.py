"""The register of demonstration villages (电商示范村): named, established, or no longer one."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_village
from data.words import Words


class DemonstrationVillages(RegisterModel):
    village_code: str = a_village("确定为示范村的村", "The village")
    named_on: str = day("确定日期", "Named on", ("确定为示范村的日期", "The day it was named"), "2020-03-16")
    established_on: str = day(
        "建成日期",
        "Established on",
        ("建成的日期；未建成的留空", "The day it was established; blank while it is not"),
        "2020-11-30",
        required=False,
    )
    until: str = day(
        "撤销日期",
        "Until",
        ("不再是示范村的日期；仍是的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=DemonstrationVillages,
    name="demonstration_villages",
    position=52,
    title=Words("电商示范村", "Demonstration villages"),
    key=("village_code", "named_on"),
    group="villages",
    clauses=("四(六)",),
    day="named_on",
    references=(Reference(("village_code",), "villages"),),
    across=(
        not_before("established_on", "named_on"),
        not_before("until", "named_on"),
    ),
)
