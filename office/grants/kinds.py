"""The three grants: which programme decides each, which register holds its claims, how facts and amounts are made.

The interest of households and that of enterprises are two pools of money: each kind is always asked for by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from data.grants import Bools, GrantsRead, Ints, Texts
from rules.interest_facts import (
    BORROWERS,
    ENTERPRISE,
    HOUSEHOLD,
    PURPOSES,
    Interests,
    facts_of_enterprises,
    facts_of_households,
    interest_due,
)
from rules.program import Words
from rules.reward_facts import LEVELS, SUBJECT, YEAR_CAP, Rewards, facts_of_rewards, reward_due
from rules.table import UNKNOWN, FactTable

# The registers' codes, in the order of the facts' choices.
_LEVELS = dict(zip(("county", "township", "village"), range(len(LEVELS)), strict=True))
_PURPOSES = dict(zip(("shop", "produce", "other"), range(len(PURPOSES)), strict=True))
_BORROWERS = dict(zip(BORROWERS, range(len(BORROWERS)), strict=True))


@dataclass(frozen=True)
class Kind:
    """One grant. `register` holds its claims, `of` the outlets or loans that they are for.

    `facts` answers a programme about `subject` (`before`: overlapping days were claimed before), `due` gives 分 per claim
    from the facts and parameter values. `year_cap`: the parameter that caps an outlet's calendar year, if there is one.
    """

    name: str
    program: str
    subject: str
    register: str
    of: str
    title: Words
    facts: Callable[[GrantsRead, Bools], FactTable]
    due: Callable[[FactTable, Mapping[str, int]], Ints]
    year_cap: str | None = None


def _rewards(read: GrantsRead, before: Bools) -> FactTable:
    found = Rewards(
        level=_places(read.texts["level"], _LEVELS),
        first=read.first,
        last=read.last,
        claimed=read.claimed,
        **read.numbers,
    )
    return facts_of_rewards(found, before)


def _of_households(read: GrantsRead, before: Bools) -> FactTable:
    unknown = np.full(read.entity.size, UNKNOWN, dtype=np.int64)
    return facts_of_households(_interests(read, borrower=unknown, poor_share=unknown), before)


def _of_enterprises(read: GrantsRead, before: Bools) -> FactTable:
    unknown = np.full(read.entity.size, UNKNOWN, dtype=np.int64)
    borrower = _places(read.texts["borrower"], _BORROWERS)
    return facts_of_enterprises(_interests(read, borrower=borrower, registered=unknown), before)


def _interests(read: GrantsRead, **own: Ints) -> Interests:
    asked = {name: column for name, column in read.numbers.items() if name != "rate"}
    purpose = _places(read.texts["purpose"], _PURPOSES)
    return Interests(purpose=purpose, first=read.first, last=read.last, claimed=read.claimed, **(asked | own))


def _places(words: Texts, places: Mapping[str, int]) -> Ints:
    return np.array([places[word] for word in words], dtype=np.int64)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "rewards",
            "outlet-reward",
            SUBJECT,
            "outlet_rewards",
            "outlets",
            Words("以奖代补", "Outlet rewards"),
            _rewards,
            reward_due,
            YEAR_CAP,
        ),
        Kind(
            "households",
            "household-interest",
            HOUSEHOLD,
            "household_interest",
            "household_loans",
            Words("贫困户贴息", "Interest of households"),
            _of_households,
            interest_due,
        ),
        Kind(
            "enterprises",
            "enterprise-interest",
            ENTERPRISE,
            "enterprise_interest",
            "enterprise_loans",
            Words("企业贴息", "Interest of enterprises"),
            _of_enterprises,
            interest_due,
        ),
    )
}
BY_SUBJECT: Mapping[str, Kind] = {kind.subject: kind for kind in KINDS.values()}
