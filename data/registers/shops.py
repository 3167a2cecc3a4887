"""The register of online shops (网店): who owns each, on which channel, and who runs it."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import needed_for, not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.registers.naming import a_channel, a_household, a_station, a_village
from data.words import Words

OWNERS = {
    "household": ("贫困户", "Poor household"),
    "enterprise": ("企业", "Enterprise"),
    "cooperative": ("合作社", "Co-operative"),
    "village_official": ("大学生村官", "Student village official"),
    "returned_student": ("返乡大学生", "Returned student"),
    "student": ("在校大学生", "Student"),
    "station": ("服务站", "Station"),
    "other": ("其他", "Other"),
}


class Shops(RegisterModel):
    shop_code: str = code("网店编码", "Shop code", ("网店的编码", "The code of the shop"), "D0001")
    shop_name: str = name("网店名称", "Shop", ("网店的名称", "What the shop is called"), "示例农家小店")
    channel_code: str = a_channel("网店所在的渠道", "The channel it is on")
    owner: str = choice("店主类别", "Owner", ("谁开的店", "Who owns it"), OWNERS)
    household_no: str = a_household(
        "开店的户；店主是贫困户的必填", "The household; needed where a poor household owns it", required=False
    )
    village_code: str = a_village(
        "网店所在的村；不清楚的留空", "The village; blank where not known", required=False
    )
    station_code: str = a_station(
        "代为运营的站点；自己运营的留空",
        "The station that runs it; blank where the owner does",
        ("代运营站点编码", "Run by station"),
        required=False,
    )
    opened_on: str = day("启用日期", "Opened on", ("开店的日期", "The day it opened"), "2020-06-01")
    closed_on: str = day(
        "停用日期",
        "Closed on",
        ("关店的日期；仍在的留空", "The day it closed; blank while it is open"),
        "",
        required=False,
    )


ABOUT = About(
    model=Shops,
    name="shops",
    position=44,
    title=Words("网店", "Online shops"),
    key=("shop_code",),
    group="shops",
    clauses=("四(三)",),
    day="opened_on",
    references=(
        Reference(("channel_code",), "channels"),
        Reference(("household_no",), "households"),
        Reference(("village_code",), "villages"),
        Reference(("station_code",), "stations"),
    ),
    across=(
        not_before("closed_on", "opened_on"),
        needed_for("household_no", "owner", "household"),
    ),
)
