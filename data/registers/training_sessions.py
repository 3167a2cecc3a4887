"""The register of training sessions (培训班): what was taught, when, where, and for how many."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, choice, code, day, name, number
from data.registers.naming import a_village
from data.words import Words

TOPICS = {
    "basics": ("基础知识", "Basics"),
    "shop": ("开店运营", "Running a shop"),
    "live": ("直播短视频", "Live and video selling"),
    "quality": ("质量标准", "Quality and standards"),
    "management": ("管理", "Management"),
    "other": ("其他", "Other"),
}


class TrainingSessions(RegisterModel):
    session_no: str = code(
        "班次编号", "Session no.", ("这一班的编号", "The number of the session"), "PXB2021-001"
    )
    session_name: str = name(
        "班次名称", "Session", ("这一班的名称", "What the session is called"), "示例网店开店培训班"
    )
    plan_no: str = code(
        "计划编号",
        "Plan no.",
        (
            "所属的培训计划，须已登记；没有的留空",
            "The plan it belongs to; must be registered. Blank where none",
        ),
        "PX2021-1",
        required=False,
    )
    practice_base_code: str = code(
        "实训基地编码",
        "Practice base",
        (
            "用哪个实训基地，须已登记；不用的留空",
            "The practice base used; must be registered. Blank where none",
        ),
        "SX01",
        required=False,
    )
    topic: str = choice("内容", "Topic", ("培训的主要内容", "What is taught"), TOPICS, example="开店运营")
    starts_on: str = day(
        "开始日期", "Starts on", ("第一天", "The first day"), "2021-04-20", may_be_future=True
    )
    ends_on: str = day("结束日期", "Ends on", ("最后一天", "The last day"), "2021-04-22", may_be_future=True)
    places: Number = number(
        "名额",
        "Places",
        ("招收多少人", "How many people it takes"),
        "40",
        scale=0,
        unit=Words("人", "people"),
        low=1,
    )
    organiser: str = name("承办单位", "Organiser", ("由谁承办", "Who holds it"), "示例县电商公共服务中心")
    village_code: str = a_village(
        "在哪个村举办；不在村里的留空",
        "The village it is held in; blank where it is in none",
        ("举办村编码", "Village it is held in"),
        required=False,
    )


ABOUT = About(
    model=TrainingSessions,
    name="training_sessions",
    position=34,
    title=Words("培训班", "Training sessions"),
    key=("session_no",),
    group="training",
    clauses=("三(五)",),
    day="starts_on",
    references=(
        Reference(("plan_no",), "training_plans"),
        Reference(("practice_base_code",), "practice_bases"),
        Reference(("village_code",), "villages"),
    ),
    across=(not_before("ends_on", "starts_on"),),
)
