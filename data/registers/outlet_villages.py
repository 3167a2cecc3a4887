"""The register of villages served by outlets (网点服务村): where a delivery outlet's service reaches."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import RegisterModel, code, day
from data.registers.naming import a_village
from data.words import Words


class OutletVillages(RegisterModel):
    outlet_code: str = code(
        "网点编码", "Outlet code", ("服务的网点，须已登记", "The outlet; must be registered"), "WD001"
    )
    village_code: str = a_village("服务到的村", "The village it serves")
    since: str = day("起始日期", "Since", ("开始服务的日期", "The day the service began"), "2019-08-01")
    until: str = day(
        "终止日期",
        "Until",
        ("停止服务的日期；仍在服务的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=OutletVillages,
    name="outlet_villages",
    position=29,
    title=Words("网点服务村", "Villages served by outlets"),
    key=("outlet_code", "village_code", "since"),
    group="logistics",
    clauses=("四(二)",),
    day="since",
    references=(
        Reference(("outlet_code",), "outlets"),
        Reference(("village_code",), "villages"),
    ),
    across=(not_before("until", "since"),),
)
