"""The register of tasks (工作任务): what was given to which body, until when, and how far it is."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, code, day, name, number, text
from data.registers.naming import a_body
from data.words import Words


class Assignments(RegisterModel):
    assignment_no: str = code("任务编号", "Task no.", ("任务的编号", "The number of the task"), "RW2021-001")
    assignment_name: str = name(
        "任务名称", "Task", ("要完成的事项", "What is to be done"), "示例站点验收任务"
    )
    body_code: str = a_body(
        "负责完成的机构", "The body that carries it out", ("责任机构编码", "Responsible body")
    )
    given_on: str = day(
        "下达日期", "Given on", ("任务下达的日期", "The day the task was given"), "2021-03-01"
    )
    due_on: str = day(
        "完成期限", "Due on", ("应当完成的日期", "The day it is due"), "2021-12-31", may_be_future=True
    )
    progress: Number = number(
        "进度",
        "Progress",
        ("完成的百分比，由责任机构报", "Per cent done, as the body reports it"),
        "60",
        scale=0,
        unit=Words("%", "%"),
        low=0,
        high=100,
    )
    finished_on: str = day(
        "完成日期",
        "Finished on",
        ("实际完成的日期；未完成的留空", "The day it was done; blank while it is not"),
        "",
        required=False,
    )
    note: str = text("备注", "Note", ("需要说明的情况", "What else there is to say"), "")


ABOUT = About(
    model=Assignments,
    name="assignments",
    position=12,
    title=Words("工作任务", "Tasks"),
    key=("assignment_no",),
    group="organisation",
    clauses=(
        "三(一)",
        "五(一)",
    ),
    day="given_on",
    references=(Reference(("body_code",), "bodies"),),
    across=(
        not_before("due_on", "given_on"),
        not_before("finished_on", "given_on"),
    ),
)
