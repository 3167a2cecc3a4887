"""The register of festivals and promotions (节庆促销), with what was sold there."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, choice, code, day, name, number
from data.registers.naming import a_channel
from data.words import Words

OCCASIONS = {
    "festival": ("节庆", "Festival"),
    "shopping_day": ("电商促销日", "Shopping day"),
    "consumption": ("消费扶贫体验", "Consumption for poverty relief"),
    "fair": ("展会", "Fair"),
    "other": ("其他", "Other"),
}


class Promotions(RegisterModel):
    promotion_no: str = code(
        "活动编号", "Promotion no.", ("活动的编号", "The number of the event"), "HD2021-01"
    )
    promotion_name: str = name(
        "活动名称", "Promotion", ("活动的名称", "What the event is called"), "示例杏花节消费扶贫活动"
    )
    occasion: str = choice("类型", "Occasion", ("活动的类型", "What kind of event it is"), OCCASIONS)
    starts_on: str = day(
        "开始日期", "Starts on", ("第一天", "The first day"), "2021-04-01", may_be_future=True
    )
    ends_on: str = day("结束日期", "Ends on", ("最后一天", "The last day"), "2021-04-05", may_be_future=True)
    channel_code: str = a_channel(
        "在哪个渠道举办；不限的留空", "The channel it is held on; blank where it is on none", required=False
    )
    organiser: str = name("主办单位", "Organiser", ("由谁主办", "Who holds it"), "示例县电商办公室")
    sales: Number = number(
        "活动销售额",
        "Sales",
        ("活动期间的销售额；没有统计的留空", "What was sold there; blank where it was not counted"),
        "56000.00",
        scale=2,
        unit=Words("元", "yuan"),
        required=False,
    )


ABOUT = About(
    model=Promotions,
    name="promotions",
    position=43,
    title=Words("节庆促销", "Festivals and promotions"),
    key=("promotion_no",),
    group="sales",
    clauses=("三(六)",),
    day="starts_on",
    references=(Reference(("channel_code",), "channels"),),
    across=(not_before("ends_on", "starts_on"),),
)
