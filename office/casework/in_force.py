"""What is in force: the office's last effective act per good and benefit, apart from what the rules recommend.

It follows from the acts alone, for any day and as known at any instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.casework.acts import STATES, Effective, acts_about, effective_acts
from data.store import Database
from office.days import day_number
from rules.program import Words

__all__ = ["STATES", "STATE_WORDS", "InForce", "in_force", "states_at", "states_on"]

Ints = NDArray[np.int64]

STATE_WORDS = {
    "none": Words("尚未办理", "not acted on yet"),
    "granted": Words("已给予", "granted"),
    "withheld": Words("不给予", "withheld"),
    "revoked": Words("已取消", "revoked"),
}


@dataclass(frozen=True)
class InForce:
    """What is in force for one good and benefit on a day; `since`, `act` are None where nobody has acted.

    `overrides`: the act went against the rules' recommendation.
    """

    state: str
    since: date | None = None
    act: int | None = None
    overrides: bool = False


def in_force(db: Database, subject: str, benefit: str, day: date, known_at: str | None = None) -> InForce:
    """What is in force for one good on a day, from the acts recorded by an instant (canonical UTC text; None: now)."""
    found = InForce("none")
    for act in acts_about(db, subject, benefit):
        since, known = act.takes_effect, known_at is None or act.recorded_at <= known_at
        if act.state and since and since <= day and known:
            found = InForce(act.state, since, act.id, act.overrides)
    return found


def states_at(
    db: Database, benefit: str, goods: Ints, days: Ints, known_at: str | None = None
) -> tuple[Ints, Ints, Effective]:
    """For each good (entity) on its day: the state as a place in STATES, the place of its act in `Effective`
    (-1: nobody has acted), and those acts."""
    acts = effective_acts(db, benefit, known_at)
    at = acts.at(goods, days)
    none = np.zeros(goods.size, dtype=np.int64)
    states = np.where(at >= 0, acts.state[at], none) if acts.good.size else none
    return states, at, acts


def states_on(db: Database, benefit: str, goods: Ints, day: date) -> Ints:
    """The state of each good (entity) on one day, as a place in STATES."""
    return states_at(db, benefit, goods, np.full(goods.size, day_number(day), dtype=np.int64))[0]
