"""The register of outlets' claims for a reward (以奖代补申报): the parcels of one outlet in one period."""

from __future__ import annotations

from data.register import About, Reference
from data.registers.across import not_before
from data.registers.fields import Number, RegisterModel, YesNo, code, day, number, yes_no
from data.words import Words


class OutletRewards(RegisterModel):
    reward_no: str = code(
        "申报编号", "Claim no.", ("这一笔申报的唯一编号", "The claim's own number, given once"), "JB2021-0001"
    )
    outlet_code: str = code(
        "网点编码", "Outlet code", ("申报的网点，须已登记", "The outlet; must be registered"), "WD001"
    )
    period_from: str = day(
        "期间起", "Period from", ("申报期间的第一天", "The first day of the period"), "2021-01-01"
    )
    period_to: str = day(
        "期间止", "Period to", ("申报期间的最后一天", "The last day of the period"), "2021-03-31"
    )
    claimed_on: str = day(
        "申报日期", "Claimed on", ("交来申报的日期", "The day the claim was handed in"), "2021-04-06"
    )
    parcels: Number = number(
        "收发件数",
        "Parcels",
        ("期间内收发的件数", "Parcels taken in and handed out in the period"),
        "3600",
        scale=0,
        unit=Words("件", "parcels"),
    )
    shopfront: YesNo = yes_no(
        "是否有固定门店",
        "Has a shopfront",
        ("是否有固定门店；不清楚的留空", "Whether it has a fixed shopfront; blank while not known"),
        "是",
        required=False,
    )
    other_reward: YesNo = yes_no(
        "是否已享受其他奖补",
        "Other reward",
        (
            "这一期间是否已得到其他奖补；不清楚的留空",
            "Whether another reward was paid for the period; blank while not known",
        ),
        "否",
        required=False,
    )


ABOUT = About(
    model=OutletRewards,
    name="outlet_rewards",
    position=31,
    title=Words("以奖代补申报", "Outlet reward claims"),
    key=("reward_no",),
    group="logistics",
    clauses=("四(二)",),
    day="claimed_on",
    references=(Reference(("outlet_code",), "outlets"),),
    across=(
        not_before("period_to", "period_from"),
        not_before("claimed_on", "period_to"),
    ),
)
