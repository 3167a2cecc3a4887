"""The register of funds and policies (资金和政策) by source; nothing about any household's circumstances."""

from __future__ import annotations

from data.numbers import LARGEST_SUM
from data.register import About
from data.registers.across import at_most
from data.registers.fields import Number, RegisterModel, choice, code, day, name, number, text
from data.words import Words

SOURCES = {
    "region": ("自治区", "Region"),
    "prefecture": ("地区", "Prefecture"),
    "county": ("县级", "County"),
    "civil_affairs": ("民政", "Civil affairs"),
    "poverty_relief": ("扶贫", "Poverty relief"),
    "aid": ("援疆", "Aid to Xinjiang"),
    "disabled_federation": ("残联", "Disabled persons' federation"),
    "charity": ("慈善", "Charity"),
    "enterprise": ("企业", "Enterprise"),
    "other": ("其他", "Other"),
}

KINDS = {
    "fund": ("资金", "Fund"),
    "policy": ("政策", "Policy"),
}


class Funds(RegisterModel):
    fund_no: str = code("编号", "No.", ("资金或政策的编号", "The number of the fund or policy"), "ZJ2021-01")
    fund_name: str = name(
        "名称", "Name", ("资金或政策的名称", "What it is called"), "示例电子商务发展专项资金"
    )
    source: str = choice("来源", "Source", ("由谁安排", "Who provides it"), SOURCES)
    kind: str = choice("类别", "Kind", ("是资金还是政策", "Whether it is money or a policy"), KINDS)
    document_no: str = text(
        "文号", "Document no.", ("下达文件的文号", "The number of the document"), "示例财〔2021〕1号"
    )
    agreed_on: str = day("下达日期", "Agreed on", ("下达的日期", "The day it was agreed"), "2021-02-20")
    amount: Number = number(
        "金额",
        "Amount",
        ("资金的金额；政策留空", "How much; blank for a policy"),
        "800000.00",
        high=LARGEST_SUM,
        scale=2,
        unit=Words("元", "yuan"),
        required=False,
    )
    used: Number = number(
        "已使用",
        "Used",
        ("已使用的金额；不清楚的留空", "How much of it was used; blank where not known"),
        "350000.00",
        high=LARGEST_SUM,
        scale=2,
        unit=Words("元", "yuan"),
        required=False,
    )


ABOUT = About(
    model=Funds,
    name="funds",
    position=56,
    title=Words("资金和政策", "Funds and policies"),
    key=("fund_no",),
    group="finance",
    clauses=(
        "五(二)",
        "四(七)",
    ),
    day="agreed_on",
    across=(at_most("used", "amount"),),
)
