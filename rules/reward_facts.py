"""From claims of couriers for their outlets to the facts that a programme about them may ask (四(二))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from rules import periods
from rules.grant_facts import CLAIM_FACTS, by_name, claim_columns
from rules.history import Bools, Ints
from rules.program import Fact, Words
from rules.rewards import per_month_of, reward
from rules.table import FactTable

SUBJECT = "outlet_reward"
LEVELS = ("county_level", "township_level", "village_level")
PER_PARCEL, CLAIM_CAP, YEAR_CAP = "fen_per_parcel", "claim_cap_fen", "year_cap_fen"
PER_MONTH = (
    "",
    "fen_per_month_township",
    "fen_per_month_village",
)  # beside LEVELS; the county's have no rate
AMOUNTS = (*PER_MONTH[1:], PER_PARCEL, CLAIM_CAP, YEAR_CAP)  # the parameters that amounts are computed with

REWARD_FACTS: Mapping[str, Fact] = by_name(
    Fact("level", "choice", LEVELS, title=Words("网点级别", "Level of the outlet")),
    Fact(
        "in_poor_village", "yes_no", may_be_unknown=True, title=Words("所在村是贫困村", "In a poor village")
    ),
    Fact("serves_station", "yes_no", title=Words("依托电商服务站点", "Works at a station")),
    Fact("shopfront", "yes_no", may_be_unknown=True, title=Words("有固定门店", "Has a shopfront")),
    Fact("open_whole_period", "yes_no", title=Words("网点整个期间营业", "Outlet open throughout")),
    Fact(
        "courier_whole_period", "yes_no", title=Words("快递企业整个期间在册", "Courier registered throughout")
    ),
    Fact("months_open", "count", title=Words("营业的整月数", "Whole months open")),
    Fact("parcels", "count", title=Words("收发件数", "Parcels")),
    Fact("calendar_years", "count", title=Words("涉及的自然年数", "Calendar years touched")),
    *CLAIM_FACTS.values(),
    Fact(
        "other_reward",
        "yes_no",
        may_be_unknown=True,
        title=Words("已享受其他奖补", "Another reward was paid"),
    ),
)


@dataclass(frozen=True)
class Rewards:
    """What is known of reward claims, one row each; yes/no as 1, 0, or -1 unknown; days as numbers.

    `opened`, `courier_from`: the first day; `closed`, `courier_until`: the first day no longer (FAR: still so).
    """

    level: Ints
    in_poor_village: Ints
    serves_station: Ints
    shopfront: Ints
    opened: Ints
    closed: Ints
    courier_from: Ints
    courier_until: Ints
    first: Ints
    last: Ints
    claimed: Ints
    parcels: Ints
    other_reward: Ints

    def at(self, places: Ints | Bools) -> Rewards:
        """Some of the claims."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})


def facts_of_rewards(claims: Rewards, before: Bools) -> FactTable:
    """Every fact of the claims, numbered as in REWARD_FACTS; `before`: whether overlapping days were claimed before."""
    begins, ends = np.maximum(claims.first, claims.opened), np.minimum(claims.last, claims.closed - 1)
    open_throughout = periods.within(claims.first, claims.last, claims.opened, claims.closed)
    registered = periods.within(claims.first, claims.last, claims.courier_from, claims.courier_until)
    columns = {
        "level": claims.level,
        "in_poor_village": claims.in_poor_village,
        "serves_station": claims.serves_station,
        "shopfront": claims.shopfront,
        "open_whole_period": open_throughout.astype(np.int64),
        "courier_whole_period": registered.astype(np.int64),
        "months_open": periods.whole_months(begins, ends),
        "parcels": claims.parcels,
        "calendar_years": periods.years_touched(claims.first, claims.last),
        **claim_columns(claims.last, claims.claimed, before),
        "other_reward": claims.other_reward,
    }
    return FactTable(columns, claims.first.size)


def reward_due(facts: FactTable, values: Mapping[str, int]) -> Ints:
    """分 that each claim comes to before the cap of its year, whatever its verdict."""
    rates = per_month_of(facts.columns["level"], PER_MONTH, values)
    months, parcels = facts.columns["months_open"], facts.columns["parcels"]
    return reward(months, rates, parcels, values[PER_PARCEL], values[CLAIM_CAP])
