"""From claimed shipments to the facts that a programme about them may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rules.answerable import must_have, must_match, renumbered
from rules.deciding import Judged, judge
from rules.facts import CONCLUSIONS, answered
from rules.history import Bools, Ints
from rules.program import Fact, Program, Words
from rules.table import UNKNOWN, FactTable

RIGHTS = ("none", "withheld", "revoked", "granted")
RECOMMENDED = ("revoked", "not_eligible", "cannot_decide", "eligible")
ORIGINS = ("county", "elsewhere")
METHOD, FLAT, PERCENT, CAP = "amount_method", "fen_per_shipment", "percent_of_fee", "household_year_cap_fen"
AMOUNTS = (METHOD, FLAT, PERCENT, CAP)  # the parameters that amounts are computed with
CLAIMED_BEFORE = frozenset({"waybill_claimed_before", "order_claimed_before"})

SHIPMENT_FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("right_in_force", "choice", RIGHTS, title=Words("发货日的申请资格", "Right on the ship date")),
        Fact(
            "last_conclusion",
            "choice",
            CONCLUSIONS,
            may_be_unknown=True,
            title=Words("发货日已知的最近一次结论", "Last conclusion known on the ship date"),
        ),
        Fact(
            "recommended",
            "choice",
            RECOMMENDED,
            may_be_unknown=True,
            title=Words("按规则，发货日的资格", "What the rules say as of the ship date"),
        ),
        Fact("origin", "choice", ORIGINS, title=Words("发货地", "Sent from")),
        Fact(
            "destination_in_county",
            "yes_no",
            may_be_unknown=True,
            title=Words("收货地在本县", "Went to somewhere in the county"),
        ),
        Fact("sold_online", "yes_no", may_be_unknown=True, title=Words("是网销订单", "Sold online")),
        Fact("refunded", "yes_no", may_be_unknown=True, title=Words("订单已退款", "Order refunded")),
        Fact(
            "other_subsidy",
            "yes_no",
            may_be_unknown=True,
            title=Words("已享受其他物流补贴", "Another subsidy was paid"),
        ),
        Fact(
            "waybill_claimed_before",
            "yes_no",
            title=Words("同一运单此前已申报", "Waybill claimed before"),
        ),
        Fact(
            "order_claimed_before",
            "yes_no",
            may_be_unknown=True,
            title=Words("同一订单此前已申报", "Order claimed before"),
        ),
        Fact("days_to_claim", "count", title=Words("发货到申报的天数", "Days from shipping to the claim")),
        Fact("fee_fen", "count", title=Words("快递费（分）", "Fee in fen")),
    )
}


@dataclass(frozen=True)
class Parcels:
    """What is known of claimed shipments, one row each; choices as places in the lists above, -1 is unknown.

    `order_before` is unknown where something was sold online and its order's number is not given.

    `stayed`: whether it went to somewhere in the county; `own_province`: whether to the county's province.
    """

    right: Ints
    last_conclusion: Ints
    recommended: Ints
    origin: Ints
    stayed: Ints
    own_province: Bools
    sold_online: Ints
    refunded: Ints
    other_subsidy: Ints
    waybill_before: Bools
    order_before: Ints
    shipped: Ints  # day numbers
    claimed: Ints
    fee: Ints  # 分


def facts_of_parcels(parcels: Parcels) -> FactTable:
    """Every fact of the shipments, numbered as in SHIPMENT_FACTS.

    What went to another province did not stay in the county, also where nobody has said so.
    """
    elsewhere = (parcels.stayed == UNKNOWN) & ~parcels.own_province
    columns = {
        "right_in_force": parcels.right,
        "last_conclusion": parcels.last_conclusion,
        "recommended": parcels.recommended,
        "origin": parcels.origin,
        "destination_in_county": np.where(elsewhere, 0, parcels.stayed),
        "sold_online": parcels.sold_online,
        "refunded": parcels.refunded,
        "other_subsidy": parcels.other_subsidy,
        "waybill_claimed_before": parcels.waybill_before.astype(np.int64),
        "order_claimed_before": parcels.order_before,
        "days_to_claim": parcels.claimed - parcels.shipped,
        "fee_fen": parcels.fee,
    }
    return FactTable(columns, parcels.shipped.size)


def judge_parcels(program: Program, facts: FactTable, values: Mapping[str, int]) -> Judged:
    """The answers about shipments, from the facts that `facts_of_parcels` gives.

    Raises CannotAsk for what the registers cannot answer, NotProved where what-if values leave one without an answer.
    """
    must_be_answerable(program)
    columns = {
        name: renumbered(fact, SHIPMENT_FACTS[name], facts.columns[name])
        for name, fact in program.facts.items()
    }
    return answered(program, judge(program, FactTable(columns, facts.size), values), values)


def must_be_answerable(program: Program) -> None:
    """Refuse a programme that asks shipments for what the registers do not hold, or as another type."""
    must_match("facts", program.facts, SHIPMENT_FACTS)
    must_match("events", program.events, {})
    must_have(program, AMOUNTS, Words("申报要计算金额", "claims come to an amount"))
