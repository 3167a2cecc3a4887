"""The register of publicity (宣传): what was said about e-commerce, where and when."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_body
from data.words import Words

MEDIA = {
    "tv": ("电视台", "Television"),
    "newspaper": ("报刊", "Newspaper"),
    "online": ("网络新媒体", "Online"),
    "village_visit": ("进村入户", "Visit to households"),
    "other": ("其他", "Other"),
}

SUBJECTS = {
    "policy": ("政策", "Policy"),
    "case": ("典型案例", "Case"),
    "knowledge": ("电商知识", "Knowledge"),
}


class PublicityItems(RegisterModel):
    item_no: str = code("宣传编号", "Item no.", ("宣传的编号", "The number of the item"), "XC2021-001")
    title: str = name("标题", "Title", ("标题", "The title"), "示例电商助农典型案例")
    medium: str = choice("媒体", "Medium", ("在哪里宣传", "Where it was published"), MEDIA)
    subject: str = choice("内容", "Subject", ("宣传的内容", "What it is about"), SUBJECTS, example="典型案例")
    published_on: str = day("日期", "Published on", ("宣传的日期", "The day it was published"), "2021-05-15")
    body_code: str = a_body(
        "由哪个机构宣传；不清楚的留空", "The body that published it; blank where not known", required=False
    )


ABOUT = About(
    model=PublicityItems,
    name="publicity_items",
    position=54,
    title=Words("宣传", "Publicity"),
    key=("item_no",),
    group="organisation",
    clauses=("五(三)",),
    day="published_on",
    references=(Reference(("body_code",), "bodies"),),
)
