"""The register of supervision findings (督查问题): what was found wrong, and whether it was put right."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, code, day, name, text
from data.registers.naming import a_body
from data.words import Words


class Supervisions(RegisterModel):
    finding_no: str = code(
        "问题编号", "Finding no.", ("问题的编号", "The number of the finding"), "DC2021-001"
    )
    body_code: str = a_body(
        "被督查的机构", "The body that was inspected", ("被督查机构编码", "Inspected body")
    )
    found_on: str = day("督查日期", "Found on", ("发现问题的日期", "The day it was found"), "2021-04-12")
    finding: str = name(
        "发现的问题", "Finding", ("发现了什么问题", "What was found"), "示例站点月报未按时上报"
    )
    rectify_by: str = day(
        "整改期限",
        "Rectify by",
        ("应当整改完成的日期", "The day by which it is to be put right"),
        "2021-05-12",
        may_be_future=True,
    )
    rectified_on: str = day(
        "整改完成日期",
        "Rectified on",
        ("整改完成的日期；未完成的留空", "The day it was put right; blank while it is not"),
        "2021-05-06",
        required=False,
    )
    rectification: str = text(
        "整改情况", "Rectification", ("怎样整改的", "How it was put right"), "已补报并明确专人"
    )


ABOUT = About(
    model=Supervisions,
    name="supervisions",
    position=13,
    title=Words("督查问题", "Supervision findings"),
    key=("finding_no",),
    group="organisation",
    clauses=("五(四)",),
    day="found_on",
    references=(Reference(("body_code",), "bodies"),),
    across=(
        not_before("rectify_by", "found_on"),
        not_before("rectified_on", "found_on"),
    ),
)
