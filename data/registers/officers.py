"""The register of people in charge (负责人): who leads which body, from when to when."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, code, day, name
from data.registers.naming import a_body
from data.words import Words


class Officers(RegisterModel):
    officer_no: str = code(
        "任职编号", "Office no.", ("这一任职的编号", "The number of this term of office"), "R2019-001"
    )
    body_code: str = a_body("任职的机构", "The body")
    officer_name: str = name(
        "姓名", "Name", ("负责人的姓名", "Name of the person in charge"), "示例负责人", personal=True
    )
    post: str = name("职务", "Post", ("在该机构的职务", "The post held in the body"), "组长")
    since: str = day("任职日期", "Since", ("开始任职的日期", "The day the term began"), "2019-01-10")
    until: str = day(
        "免职日期",
        "Until",
        ("不再任职的日期；仍在任的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=Officers,
    name="officers",
    position=11,
    title=Words("负责人", "People in charge"),
    key=("officer_no",),
    group="organisation",
    clauses=(
        "三(一)",
        "五(一)",
    ),
    day="since",
    references=(Reference(("body_code",), "bodies"),),
    across=(not_before("until", "since"),),
)
