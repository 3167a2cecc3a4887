"""The register of attendances (培训到课): one person in one session is one person-time (人次)."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import Number, RegisterModel, YesNo, code, number, yes_no
from data.registers.naming import a_participant
from data.words import Words


class Attendances(RegisterModel):
    session_no: str = code(
        "班次编号",
        "Session no.",
        ("参加的培训班，须已登记", "The session; must be registered"),
        "PXB2021-001",
    )
    participant_no: str = a_participant("到课的人员", "The person who came")
    hours: Number = number(
        "学时", "Hours", ("到课的学时", "Hours attended"), "16.0", scale=1, unit=Words("学时", "hours")
    )
    completed: YesNo = yes_no("是否结业", "Completed", ("是否结业", "Whether the person completed it"), "是")


ABOUT = About(
    model=Attendances,
    name="attendances",
    position=36,
    title=Words("培训到课", "Attendances"),
    key=("session_no", "participant_no"),
    group="training",
    clauses=("三(五)",),
    references=(
        Reference(("session_no",), "training_sessions"),
        Reference(("participant_no",), "participants"),
    ),
)
