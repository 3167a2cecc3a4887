"""The register of standards (生产加工标准): how produce is grown, processed, packed and moved."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_product
from data.words import Words

STAGES = {
    "growing": ("种植养殖", "Growing and raising"),
    "processing": ("生产加工", "Processing"),
    "packing": ("包装", "Packing"),
    "transport": ("流通", "Transport"),
}


class Standards(RegisterModel):
    standard_no: str = code(
        "标准编号", "Standard no.", ("标准的编号", "The number of the standard"), "BZ2020-01"
    )
    standard_name: str = name(
        "标准名称", "Standard", ("标准的名称", "What the standard is called"), "示例杏干加工标准"
    )
    product_code: str = a_product(
        "标准所说的产品；通用的留空", "The product it is about; blank where it is general", required=False
    )
    stage: str = choice(
        "环节", "Stage", ("标准所管的环节", "The stage it is about"), STAGES, example="生产加工"
    )
    issued_on: str = day("发布日期", "Issued on", ("标准发布的日期", "The day it was issued"), "2020-05-01")
    withdrawn_on: str = day(
        "废止日期",
        "Withdrawn on",
        ("标准废止的日期；有效的留空", "The day it was withdrawn; blank while it holds"),
        "",
        required=False,
    )


ABOUT = About(
    model=Standards,
    name="standards",
    position=19,
    title=Words("生产加工标准", "Standards"),
    key=("standard_no",),
    group="supply",
    clauses=("三(三)",),
    day="issued_on",
    references=(Reference(("product_code",), "products"),),
    across=(not_before("withdrawn_on", "issued_on"),),
)
