"""The register of follow-up (跟踪孵化): what became of people who were trained."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, choice, code, day, text
from data.registers.naming import a_participant
from data.words import Words

WAYS = {
    "visit": ("上门", "Visit"),
    "call": ("电话", "Call"),
    "online": ("线上", "Online"),
}

OUTCOMES = {
    "selling": ("已在网上销售", "Selling online"),
    "shop": ("已开网店", "Opened a shop"),
    "employed": ("已就业", "Employed"),
    "learning": ("继续学习", "Still learning"),
    "stopped": ("已中断", "Stopped"),
}


class Followups(RegisterModel):
    followup_no: str = code(
        "跟踪编号", "Follow-up no.", ("这次跟踪的编号", "The number of the follow-up"), "GZ2021-0001"
    )
    participant_no: str = a_participant("跟踪的人员", "The person followed up")
    visited_on: str = day("跟踪日期", "Visited on", ("跟踪的日期", "The day of the follow-up"), "2021-06-15")
    way: str = choice("方式", "Way", ("怎样跟踪的", "How it was done"), WAYS)
    outcome: str = choice("结果", "Outcome", ("现在的情况", "How things stand"), OUTCOMES)
    note: str = text(
        "备注",
        "Note",
        ("需要说明的情况；不填健康和家庭情况", "What else there is to say; nothing about health or family"),
        "",
        personal=True,
    )


ABOUT = About(
    model=Followups,
    name="followups",
    position=38,
    title=Words("跟踪孵化", "Follow-up of trained households"),
    key=("followup_no",),
    group="training",
    clauses=("三(五)",),
    day="visited_on",
    references=(Reference(("participant_no",), "participants"),),
)
