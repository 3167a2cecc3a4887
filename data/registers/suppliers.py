"""The register of suppliers (供货主体): enterprises and co-operatives, and which are designated (定点)."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needs, not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_township
from data.words import Words

KINDS = {
    "enterprise": ("企业", "Enterprise"),
    "cooperative": ("合作社", "Co-operative"),
    "leading_enterprise": ("龙头企业", "Leading agro-enterprise"),
    "other": ("其他", "Other"),
}


class Suppliers(RegisterModel):
    supplier_code: str = code(
        "主体编码", "Supplier code", ("供货主体的编码", "The code of the supplier"), "G001"
    )
    supplier_name: str = name(
        "主体名称", "Supplier", ("供货主体的名称", "What the supplier is called"), "示例农产品专业合作社"
    )
    kind: str = choice(
        "类别", "Kind", ("供货主体的类别", "What kind of supplier it is"), KINDS, example="合作社"
    )
    township_code: str = a_township(
        "所在的乡镇；不清楚的留空", "The township it lies in; blank where not known", required=False
    )
    registered_on: str = day(
        "登记日期",
        "Registered on",
        ("登记为供货主体的日期", "The day it was registered as a supplier"),
        "2019-03-20",
    )
    designated_on: str = day(
        "认定定点日期",
        "Designated on",
        ("认定为定点的日期；未认定的留空", "The day it was designated; blank where it is not"),
        "2019-09-01",
        required=False,
    )
    designated_until: str = day(
        "定点有效期至",
        "Designated until",
        (
            "定点有效期的最后一天；没有期限的留空",
            "The last day of the designation; blank where it has no end",
        ),
        "2022-08-31",
        required=False,
        may_be_future=True,
    )
    closed_on: str = day(
        "注销日期",
        "Closed on",
        ("注销的日期；仍在的留空", "The day it was closed; blank while it is there"),
        "",
        required=False,
    )


ABOUT = About(
    model=Suppliers,
    name="suppliers",
    position=18,
    title=Words("供货主体", "Suppliers"),
    key=("supplier_code",),
    group="supply",
    clauses=("三(三)",),
    day="registered_on",
    references=(Reference(("township_code",), "townships"),),
    across=(
        not_before("designated_until", "designated_on"),
        needs("designated_until", "designated_on"),
        not_before("closed_on", "registered_on"),
    ),
)
