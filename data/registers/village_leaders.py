"""The register of e-commerce leaders (电商带头人): who leads which village, from when to when."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, day
from data.registers.naming import a_participant, a_village
from data.words import Words


class VillageLeaders(RegisterModel):
    village_code: str = a_village("带头的村", "The village")
    participant_no: str = a_participant("带头人", "The leader")
    named_on: str = day(
        "认定日期", "Named on", ("认定为带头人的日期", "The day the leader was named"), "2020-05-10"
    )
    until: str = day(
        "免去日期",
        "Until",
        ("不再是带头人的日期；仍是的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=VillageLeaders,
    name="village_leaders",
    position=37,
    title=Words("电商带头人", "E-commerce leaders"),
    key=("village_code", "participant_no", "named_on"),
    group="training",
    clauses=("三(五)",),
    day="named_on",
    references=(
        Reference(("village_code",), "villages"),
        Reference(("participant_no",), "participants"),
    ),
    across=(not_before("until", "named_on"),),
)
