"""The register of jobs (就业岗位) at stations and elsewhere in e-commerce; poor households come first."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, YesNo, code, day, name, yes_no
from data.registers.naming import a_participant, a_station
from data.words import Words


class Jobs(RegisterModel):
    job_no: str = code("岗位编号", "Job no.", ("岗位的编号", "The number of the job"), "GW2020-001")
    post: str = name("岗位", "Job", ("做什么工作", "What the work is"), "站点服务员")
    employer: str = name("用人单位", "Employer", ("在哪里工作", "Who employs"), "示例村01电商服务站")
    station_code: str = a_station(
        "所在的站点；不在站点的留空", "The station; blank where it is at none", required=False
    )
    participant_no: str = a_participant(
        "上岗的人员；没有登记的留空", "The person; blank where not registered", required=False
    )
    poor_household: YesNo = yes_no(
        "是否贫困户",
        "Poor household",
        ("上岗的人是否来自贫困户", "Whether the person is of a poor household"),
        "是",
    )
    since: str = day("上岗日期", "Since", ("上岗的日期", "The day the work began"), "2020-06-01")
    until: str = day(
        "离岗日期",
        "Until",
        ("离岗的日期；仍在岗的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=Jobs,
    name="jobs",
    position=53,
    title=Words("就业岗位", "Jobs"),
    key=("job_no",),
    group="organisation",
    clauses=("四(七)",),
    day="since",
    references=(
        Reference(("station_code",), "stations"),
        Reference(("participant_no",), "participants"),
    ),
    across=(not_before("until", "since"),),
)
