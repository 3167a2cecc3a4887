"""The demonstration's wrong claims: for each thing that is claimed wrongly now and then, some lines of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.provinces import OWN_PROVINCE
from data.seed.case_stories import ONE_SHORT

Value = str | int | None


@dataclass(frozen=True)
class WrongClaim:
    """Some ordinary claims, but for what is said here.

    `again`: besides the claim there is a second one for the same shipment. `of_story`: what is shipped is the good
    of that story, not of somebody who does well. `shipped` on that day; `claimed_after` so many days.
    """

    name: str
    claims: int  # among 2,000 households; at least one in any demonstration
    changed: Mapping[str, Value] = field(default_factory=dict)
    again: Literal["same waybill", "same waybill by a station", "same order by a station"] | None = None
    of_story: str | None = None
    shipped: date | None = None
    claimed_after: int | None = None


NO_RIGHT_YET = "no right in force yet on the ship date"
WRONG_CLAIMS: tuple[WrongClaim, ...] = (
    WrongClaim("the same waybill twice", 6, again="same waybill"),
    WrongClaim("the same waybill by household and station", 4, again="same waybill by a station"),
    WrongClaim("one order by household and station", 4, again="same order by a station"),
    WrongClaim("claimed too late", 5, claimed_after=124),
    WrongClaim("origin outside the county", 4, {"origin": "elsewhere"}),
    WrongClaim(
        "destination inside the county",
        4,
        {"destination_province": OWN_PROVINCE, "destination_in_county": 1},
    ),
    WrongClaim("refunded order", 6, {"refunded": 1}),
    WrongClaim("fee below the flat rate", 5, {"fee": 80}),
    WrongClaim("no fee paid", 1, {"fee": 0}),
    WrongClaim("another subsidy for the order", 3, {"other_subsidy": 1}),
    WrongClaim("sold offline", 4, {"sold_online": 0, "platform": None, "order_no": None}),
    WrongClaim("refund unknown", 5, {"refunded": None}),
    WrongClaim(
        "destination unknown", 3, {"destination_province": OWN_PROVINCE, "destination_in_county": None}
    ),
    WrongClaim("never inspected", 2, of_story="never inspected", shipped=date(2021, 9, 6)),
    WrongClaim("failed on the ship date", 3, of_story="failed lately", shipped=date(2021, 9, 17)),
    WrongClaim(NO_RIGHT_YET, 3, of_story="good registered later", shipped=date(2021, 6, 17)),
    WrongClaim("revoked on the ship date", 2, of_story=ONE_SHORT, shipped=date(2021, 6, 8)),
)
# The other side of it: the same good, sent off before it began to fail, and payable.
BEFORE_THE_DECISION = WrongClaim(
    "shipped long before the revocation", 1, of_story=ONE_SHORT, shipped=date(2020, 10, 20)
)

# Corrections of September 2021 to claims settled in August: what is paid then changes in the next settlement.
CORRECTED_ON = date(2021, 9, 15)


@dataclass(frozen=True)
class Correction:
    """What the first so many settled claims are corrected to, and why."""

    reason: str
    claims: int
    changed: Mapping[str, Value]


CORRECTIONS: tuple[Correction, ...] = (
    Correction("平台对账：该单九月初退款", 3, {"refunded": 1}),
    Correction("按快递发票更正快递费", 2, {"fee": 90}),
)
SOLD_ONLINE_AFTER_ALL = Correction(
    "补交平台订单截图：确为网销订单",
    1,
    {"sold_online": 1, "platform": "示例电商平台甲", "order_no": "DD900000001"},
)
