"""The register of bodies (工作机构): who carries the plan out, from the county's leading group to the village teams."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needed_for, not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_township, a_village
from data.words import Words

LEVELS = {
    "county_group": ("县领导小组", "County leading group"),
    "county_office": ("县领导小组办公室", "Leading group's office"),
    "department": ("县直部门", "County department"),
    "township_group": ("乡镇工作机构", "Township group"),
    "village_team": ("驻村工作队", "Village team"),
}


class Bodies(RegisterModel):
    body_code: str = code("机构编码", "Body code", ("机构的编码", "The code of the body"), "J001")
    body_name: str = name(
        "机构名称", "Body", ("机构的全称", "Full name of the body"), "示例县电子商务工作领导小组"
    )
    level: str = choice("级别", "Level", ("机构属于哪一级", "What kind of body it is"), LEVELS)
    township_code: str = a_township(
        "乡镇工作机构所在的乡镇", "The township of a township group", required=False
    )
    village_code: str = a_village("驻村工作队所驻的村", "The village of a village team", required=False)
    set_up_on: str = day(
        "成立日期", "Set up on", ("机构成立的日期", "The day the body was set up"), "2019-01-10"
    )
    dissolved_on: str = day(
        "撤销日期",
        "Dissolved on",
        ("机构撤销的日期；仍在的留空", "The day it was dissolved; blank while it stands"),
        "",
        required=False,
    )


ABOUT = About(
    model=Bodies,
    name="bodies",
    position=10,
    title=Words("工作机构", "Bodies"),
    key=("body_code",),
    group="organisation",
    clauses=(
        "三(一)",
        "五(一)",
    ),
    day="set_up_on",
    references=(
        Reference(("township_code",), "townships"),
        Reference(("village_code",), "villages"),
    ),
    across=(
        not_before("dissolved_on", "set_up_on"),
        needed_for("township_code", "level", "township_group"),
        needed_for("village_code", "level", "village_team"),
    ),
)
