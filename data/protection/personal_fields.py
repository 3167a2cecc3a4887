"""What of the registers is personal, field by field: names and words about somebody, and rows that tell of one.

A column marked `personal` names a person or holds words about one: who need not know sees `masked_cell` of it. Every
other column of a row that belongs to one household or one person is linked to them by a number, and is handed out as theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from data.papers.filters import masked
from data.register import REGISTERS, Column, Register
from data.words import Words

OF_PEOPLE = ("households", "participants", "officers")  # a row of these is one household or one person
WITHHELD = "*"  # what stands for words about somebody

# Fields whose title or description speaks of people and that were looked at: why they are not marked.
LOOKED_AT: Mapping[tuple[str, str], str] = {
    ("households", "household_no"): "办公室自己编的号，不是身份证号；单凭它认不出人",
    ("participants", "participant_no"): "办公室自己编的号，不是身份证号；单凭它认不出人",
    ("officers", "officer_no"): "任职的流水号；人另在“姓名”栏",
    ("officers", "post"): "职务是岗位的名称；人另在“姓名”栏",
    ("shipments", "waybill_no"): "运单号；不填收寄人的姓名和电话，追溯页只显示末四位",
    ("shops", "shop_name"): "网店在平台上公开的名称",
    ("jobs", "post"): "岗位的名称；人只有编号",
    ("assignments", "note"): "说的是机构的工作任务",
    ("supervisions", "finding"): "说的是机构的问题",
    ("supervisions", "rectification"): "说的是机构怎样整改",
    ("trace_movements", "moved_to"): "去向是地点或单位；不填买家的姓名、电话和地址",
}


def personal_columns(register: Register) -> tuple[Column, ...]:
    """The columns that name a person or hold words about one."""
    return tuple(column for column in register.columns if column.personal)


@cache
def tells_of_one(name: str) -> bool:
    """Whether a row of this register belongs to one household or one person, by a number of its own or through others."""
    if name in OF_PEOPLE:
        return True
    others = {reference.register for reference in REGISTERS[name].references} - {name}
    return any(tells_of_one(other) for other in others)


def masked_cell(column: Column, value: str) -> str:
    """What stands for a personal value before those who need not know: 王小明 → 王*, words about somebody → *."""
    return masked(value) if column.kind == "name" else WITHHELD


def held(register: Register) -> Words | None:
    """What is personal in this register, in words; None where nothing is."""
    named = personal_columns(register)
    parts = []
    if named:
        zh, en = "、".join(c.title.zh for c in named), ", ".join(c.title.en for c in named)
        parts.append(Words(f"直接写明的：{zh}", f"said outright: {en}"))
    if tells_of_one(register.name):
        parts.append(
            Words(
                "各栏经编号可以联系到一户或一人",
                "every column can be linked to a household or person by number",
            )
        )
    if not parts:
        return None
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
