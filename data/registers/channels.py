"""The register of sales channels (销售渠道): platforms, live selling, wholesale."""

from __future__ import annotations

from data.register import About
from data.registers.across import not_before
from data.registers.fields import RegisterModel, choice, code, day, name
from data.words import Words

KINDS = {
    "platform": ("电商平台", "Platform"),
    "local": ("本地平台", "Local platform"),
    "live": ("直播", "Live selling"),
    "wholesale": ("批销配送", "Wholesale"),
    "offline": ("线下", "Offline"),
}


class Channels(RegisterModel):
    channel_code: str = code("渠道编码", "Channel code", ("渠道的编码", "The code of the channel"), "Q01")
    channel_name: str = name("渠道名称", "Channel", ("渠道的名称", "What the channel is called"), "示例平台")
    kind: str = choice("类别", "Kind", ("渠道的类别", "What kind of channel it is"), KINDS)
    since: str = day(
        "对接日期", "Since", ("开始对接的日期", "The day the office began to work with it"), "2019-05-01"
    )
    until: str = day(
        "终止日期",
        "Until",
        ("不再对接的日期；仍在对接的留空", "The day it ended; blank while it lasts"),
        "",
        required=False,
    )


ABOUT = About(
    model=Channels,
    name="channels",
    position=39,
    title=Words("销售渠道", "Sales channels"),
    key=("channel_code",),
    group="sales",
    clauses=("三(六)",),
    day="since",
    across=(not_before("until", "since"),),
)
