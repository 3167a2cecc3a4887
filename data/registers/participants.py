"""The register of people in e-commerce (电商人员): who is trained, leads, manages or works there."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_household, a_village
from data.words import Words

KINDS = {
    "household": ("贫困户成员", "Member of a poor household"),
    "villager": ("其他农户", "Other villager"),
    "manager": ("电商管理人员", "E-commerce manager"),
    "practitioner": ("电商从业人员", "E-commerce practitioner"),
    "village_official": ("大学生村官", "Student village official"),
    "student": ("返乡或在校大学生", "Student"),
    "other": ("其他", "Other"),
}


class Participants(RegisterModel):
    participant_no: str = code(
        "人员编号",
        "Person no.",
        (
            "本办公室统一编的人员编号，不用身份证号",
            "The office's own number of the person; never an ID-card number",
        ),
        "R0001",
    )
    participant_name: str = name(
        "姓名", "Name", ("人员的姓名", "Name of the person"), "示例学员", personal=True
    )
    kind: str = choice("类别", "Kind", ("人员的类别", "Who the person is"), KINDS)
    household_no: str = a_household(
        "所在的贫困户；不是贫困户的留空",
        "The poor household; blank where the person is of none",
        required=False,
    )
    village_code: str = a_village(
        "所在的村；不清楚的留空", "The village; blank where not known", required=False
    )
    since: str = day("登记日期", "Since", ("登记的日期", "The day the person was registered"), "2020-03-01")
    until: str = day(
        "离岗日期",
        "Until",
        ("离开电商岗位的日期；仍在的留空", "The day the person left e-commerce; blank while there"),
        "",
        required=False,
    )


ABOUT = About(
    model=Participants,
    name="participants",
    position=35,
    title=Words("电商人员", "People in e-commerce"),
    key=("participant_no",),
    group="training",
    clauses=("三(五)",),
    day="since",
    references=(
        Reference(("household_no",), "households"),
        Reference(("village_code",), "villages"),
    ),
    across=(not_before("until", "since"),),
)
