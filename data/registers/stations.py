"""The register of service stations (服务站点): county centre, township and village stations, and what each does."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needed_for, not_before
from data.registers.fields import RegisterModel, YesNo, choice, code, day, name, yes_no
from data.registers.naming import a_township, a_village
from data.words import Words

LEVELS = {
    "county": ("县级中心", "County centre"),
    "township": ("乡镇站", "Township station"),
    "village": ("村级站", "Village station"),
}


class Stations(RegisterModel):
    station_code: str = code("站点编码", "Station code", ("站点的编码", "The code of the station"), "Z001")
    station_name: str = name(
        "站点名称", "Station", ("站点的名称", "What the station is called"), "示例村01电商服务站"
    )
    level: str = choice(
        "级别", "Level", ("站点属于哪一级", "The level of the station"), LEVELS, example="村级站"
    )
    township_code: str = a_township(
        "所在的乡镇；县级中心可留空", "The township it lies in; blank for the county centre", required=False
    )
    village_code: str = a_village(
        "所在的村；村级站必填", "The village it lies in; needed for a village station", required=False
    )
    opened_on: str = day("启用日期", "Opened on", ("开始运营的日期", "The day it began to run"), "2019-06-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("停止运营的日期；仍在运营的留空", "The day it stopped; blank while it runs"),
        "",
        required=False,
    )
    sells: YesNo = yes_no(
        "代销农产品", "Sells produce", ("是否代销农产品", "Whether it sells produce for households"), "是"
    )
    buys: YesNo = yes_no(
        "代购", "Buys goods", ("是否代购生产生活资料", "Whether it buys goods for households"), "是"
    )
    parcels: YesNo = yes_no(
        "收发快递", "Parcels", ("是否收发快递", "Whether it takes in and hands out parcels"), "是"
    )
    pays: YesNo = yes_no("代缴费", "Pays bills", ("是否代缴费用", "Whether bills are paid there"), "否")


ABOUT = About(
    model=Stations,
    name="stations",
    position=15,
    title=Words("服务站点", "Service stations"),
    key=("station_code",),
    group="stations",
    clauses=("三(二)",),
    day="opened_on",
    references=(
        Reference(("township_code",), "townships"),
        Reference(("village_code",), "villages"),
    ),
    across=(
        not_before("closed_on", "opened_on"),
        needed_for("township_code", "level", "township", "village"),
        needed_for("village_code", "level", "village"),
    ),
)
