"""The register of delivery outlets (物流网点): at which level, of which courier, and where."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needed_for, not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_station, a_township, a_village
from data.words import Words

LEVELS = {
    "county": ("县级", "County"),
    "township": ("乡镇级", "Township"),
    "village": ("村级", "Village"),
}


class Outlets(RegisterModel):
    outlet_code: str = code("网点编码", "Outlet code", ("网点的编码", "The code of the outlet"), "WD001")
    outlet_name: str = name(
        "网点名称", "Outlet", ("网点的名称", "What the outlet is called"), "示例村01快递服务点"
    )
    level: str = choice(
        "级别", "Level", ("网点属于哪一级", "The level of the outlet"), LEVELS, example="村级"
    )
    courier_code: str = code(
        "企业编码", "Courier code", ("网点所属的企业，须已登记", "The courier; must be registered"), "KD01"
    )
    township_code: str = a_township(
        "所在的乡镇；县级可留空", "The township it lies in; blank at county level", required=False
    )
    village_code: str = a_village(
        "所在的村；村级必填", "The village it lies in; needed at village level", required=False
    )
    station_code: str = a_station(
        "设在哪个站点；不在站点的留空",
        "The station it is in; blank where it is in none",
        ("依托站点编码", "Station it is in"),
        required=False,
    )
    opened_on: str = day("启用日期", "Opened on", ("开始收发的日期", "The day it opened"), "2019-08-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("停止收发的日期；仍在的留空", "The day it closed; blank while it is open"),
        "",
        required=False,
    )


ABOUT = About(
    model=Outlets,
    name="outlets",
    position=28,
    title=Words("物流网点", "Delivery outlets"),
    key=("outlet_code",),
    group="logistics",
    clauses=(
        "三(四)",
        "四(二)",
    ),
    day="opened_on",
    references=(
        Reference(("courier_code",), "couriers"),
        Reference(("township_code",), "townships"),
        Reference(("village_code",), "villages"),
        Reference(("station_code",), "stations"),
    ),
    across=(
        not_before("closed_on", "opened_on"),
        needed_for("township_code", "level", "township", "village"),
        needed_for("village_code", "level", "village"),
    ),
)
