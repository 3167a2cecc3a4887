"""The register of shipments (物流申报): one claim line for one parcel. Nothing of the buyer is asked or kept."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from data.provinces import FULL_NAMES, OWN_PROVINCE, PROVINCES
from data.register import About, Reference, RowCheck
from data.registers.fields import (
    Number,
    RegisterModel,
    YesNo,
    choice,
    code,
    day,
    not_before,
    number,
    text,
    yes_no,
)
from data.words import Words

CLAIMANTS = {
    "household": ("农户", "Household"),
    "station": ("服务站", "Service station"),
    "cooperative": ("合作社", "Co-operative"),
}
ORIGINS = {"county": ("本县", "This county"), "elsewhere": ("县外", "Elsewhere")}


class Shipments(RegisterModel):
    claim_no: str = code(
        "申报编号", "Claim no.", ("这一笔申报的唯一编号", "The claim's own number, given once"), "L2021-0001"
    )
    claimant: str = choice(
        "申报方",
        "Claimed by",
        ("由谁申报；补贴记在农产品所属的户", "Who hands the claim in; the subsidy is the household's"),
        CLAIMANTS,
        also_read={"户": "household", "贫困户": "household", "服务站点": "station", "站点": "station"},
    )
    household_no: str = code(
        "户编号",
        "Household no.",
        ("农产品所属的户，须已登记", "Whose good it is; must be registered"),
        "H0001",
    )
    product_code: str = code(
        "产品编码",
        "Product code",
        ("寄出的产品，该户须已登记此产品", "What was sent; must be registered for this household"),
        "P01",
    )
    claimed_on: str = day(
        "申报日期", "Claimed on", ("交来申报的日期", "The day the claim was handed in"), "2021-04-06"
    )
    shipped_on: str = day(
        "发货日期",
        "Shipped on",
        ("快递揽收的日期，以运单为准", "The day the carrier took the parcel, as the waybill says"),
        "2021-03-18",
    )
    waybill_no: str = code(
        "运单号",
        "Waybill no.",
        ("快递运单号；不填收寄人的姓名和电话", "The carrier's number; never a name or telephone number"),
        "SF1234567890123",
        given_elsewhere=True,
    )
    platform: str = text("电商平台", "Platform", ("下单的电商平台", "Where it was ordered"), "示例平台")
    order_no: str = code(
        "订单号",
        "Order no.",
        ("平台的订单号；没有网上订单的留空", "The platform's number; blank where there was no online order"),
        "210318000000123456",
        required=False,
        given_elsewhere=True,
    )
    sold_online: YesNo = yes_no(
        "是否网销订单",
        "Sold online",
        ("是否为网上销售的订单；不清楚的留空", "Whether it was sold online; blank while not known"),
        required=False,
    )
    origin: str = choice("发货地", "Sent from", ("包裹从哪里寄出", "Where the parcel was sent from"), ORIGINS)
    destination_province: str = choice(
        "收货省份",
        "Destination",
        ("包裹寄往的省、自治区、直辖市；不填详细地址", "The province it went to; never an address"),
        PROVINCES,
        also_read=FULL_NAMES,
    )
    destination_in_county: YesNo = yes_no(
        "收货地是否本县",
        "Stayed in the county",
        (
            "收货地是否在本县；寄往外省的可留空",
            "Whether it went to somewhere in the county; other provinces: blank",
        ),
        "否",
        required=False,
    )
    weight: Number = number(
        "重量",
        "Weight",
        ("包裹的重量", "What the parcel weighs"),
        "2.500",
        scale=3,
        unit=Words("公斤", "kg"),
        low=1,
    )
    fee: Number = number(
        "快递费",
        "Fee",
        ("付给快递公司的运费", "What the carrier was paid for it"),
        "8.00",
        scale=2,
        unit=Words("元", "yuan"),
    )
    refunded: YesNo = yes_no(
        "是否退款",
        "Refunded",
        ("订单后来是否退款；不清楚的留空", "Whether the order was refunded since; blank while not known"),
        "否",
        required=False,
    )
    other_subsidy: YesNo = yes_no(
        "是否已享受其他物流补贴",
        "Other subsidy",
        (
            "这笔运费是否已得到其他物流补贴；不清楚的留空",
            "Whether another subsidy was paid for it; blank while not known",
        ),
        "否",
        required=False,
    )

    @pa.dataframe_check
    @classmethod
    def claimed_not_before_shipped(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return not_before(frame, "claimed_on", "shipped_on")

    @pa.dataframe_check
    @classmethod
    def county_lies_in_its_province(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        stayed = frame["destination_in_county"].fillna(0) == 1
        return (
            ~stayed | frame["destination_province"].isna() | (frame["destination_province"] == OWN_PROVINCE)
        )


ABOUT = About(
    model=Shipments,
    name="shipments",
    position=9,
    title=Words("物流申报", "Logistics claims"),
    key=("claim_no",),
    group="logistics",
    clauses=("三(八)", "四(八)"),
    day="shipped_on",
    references=(Reference(("household_no", "product_code"), "goods"),),
    row_checks={
        "claimed_not_before_shipped": RowCheck(
            "claimed_on",
            Words("申报日期不能早于发货日期。", "A parcel cannot be claimed before it was shipped."),
        ),
        "county_lies_in_its_province": RowCheck(
            "destination_in_county",
            Words(
                "收货省份不是新疆，收货地不会是本县。",
                "The parcel went to another province, so it cannot have stayed in the county.",
            ),
        ),
    },
)
