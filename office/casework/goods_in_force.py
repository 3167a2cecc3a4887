"""What is in force for all goods of a day's answers, beside what the rules recommend: for lists and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.casework.desk import CaseSteps, case_steps
from data.store import Database
from office.answering import while_nothing_changes
from office.casework.in_force import STATES, states_at
from office.days import day_number
from office.deciding import Answers
from rules.history import Bools, Ints


@dataclass(frozen=True)
class Held:
    """What is in force for every good of the answers, for one benefit.

    `state` is a place in STATES, `since` the day number that it counts from (0: nobody has acted), `act` the id of
    the act (0: none), `overrides` whether that went against the rules, `under_way` whether a case is open.
    """

    state: Ints
    since: Ints
    act: Ints
    overrides: Bools
    under_way: Bools

    def has(self, wanted: str) -> Bools:
        """The goods with a state of STATES, those against the rules (`overrides`) or with an open case (`under_way`)."""
        if wanted in STATES:
            found: Bools = self.state == STATES.index(wanted)
            return found
        return {"overrides": self.overrides, "under_way": self.under_way}[wanted]


@dataclass(frozen=True)
class GoodsInForce:
    """Per benefit what is in force, every case opened by the day, and the goods' places by their entity."""

    held: Mapping[str, Held]
    cases: tuple[CaseSteps, ...]
    places: Mapping[int, int]


def goods_in_force(db: Database, answers: Answers) -> GoodsInForce:
    """What is in force on the day of the answers."""
    return while_nothing_changes("in_force", db, answers, lambda: _goods_in_force(db, answers))


def _goods_in_force(db: Database, answers: Answers) -> GoodsInForce:
    cases = tuple(case_steps(db, answers.gathered.as_of))
    places = {entity: at for at, entity in enumerate(answers.gathered.goods.entity.tolist())}
    held = {}
    for benefit in answers.program.benefits:
        open_now = [
            places.get(case.good_entity, -1) for case in cases if case.is_open and case.benefit == benefit
        ]
        held[benefit] = _held(db, answers, benefit, [at for at in open_now if at >= 0])
    return GoodsInForce(held, cases, places)


def _held(db: Database, answers: Answers, benefit: str, open_now: list[int]) -> Held:
    entity = answers.gathered.goods.entity
    days = np.full(entity.size, day_number(answers.gathered.as_of), dtype=np.int64)
    under_way = np.zeros(entity.size, dtype=bool)
    under_way[open_now] = True
    state, at, acts = states_at(db, benefit, entity, days)
    if not acts.good.size:
        nothing = np.zeros(entity.size, dtype=np.int64)
        return Held(state, nothing, nothing, nothing == 1, under_way)
    acted = at >= 0
    return Held(state, acts.since[at] * acted, acts.act[at] * acted, acts.overrides[at] & acted, under_way)
