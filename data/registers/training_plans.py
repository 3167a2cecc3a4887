"""The register of training plans (培训计划): for whom, and how many person-times, in a year."""

from __future__ import annotations

from data.register import About
from data.registers.fields import Number, RegisterModel, choice, code, day, name, number
from data.words import Words

AUDIENCES = {
    "households": ("贫困户", "Poor households"),
    "leaders": ("带头人", "Leaders"),
    "managers": ("管理人员", "Managers"),
    "practitioners": ("从业人员", "Practitioners"),
    "mixed": ("综合", "Mixed"),
}


class TrainingPlans(RegisterModel):
    plan_no: str = code("计划编号", "Plan no.", ("培训计划的编号", "The number of the plan"), "PX2021-1")
    plan_name: str = name(
        "计划名称", "Plan", ("培训计划的名称", "What the plan is called"), "示例2021年贫困户电商培训计划"
    )
    year: Number = number(
        "年度",
        "Year",
        ("计划的年度", "The year it is for"),
        "2021",
        scale=0,
        unit=Words("年", "year"),
        low=1990,
        high=2100,
    )
    audience: str = choice("对象", "Audience", ("培训的对象", "Whom it is for"), AUDIENCES)
    planned: Number = number(
        "计划人次",
        "Planned",
        ("计划培训的人次", "Person-times planned"),
        "400",
        scale=0,
        unit=Words("人次", "person-times"),
    )
    approved_on: str = day(
        "批准日期", "Approved on", ("计划批准的日期", "The day it was approved"), "2021-01-15"
    )


ABOUT = About(
    model=TrainingPlans,
    name="training_plans",
    position=32,
    title=Words("培训计划", "Training plans"),
    key=("plan_no",),
    group="training",
    clauses=("三(五)",),
    day="approved_on",
)
