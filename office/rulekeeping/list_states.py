"""What was in force for every good of two recorded lists, each on its day and from the acts recorded by its instant."""

from __future__ import annotations

import numpy as np

from data.store import Database
from office.casework.in_force import STATES, states_at
from office.days import day_number
from office.rulekeeping.list_corners import Recorded
from rules.history import Ints


class States:
    """Per benefit and good the state and the act of both sides."""

    def __init__(self, db: Database, before: Recorded, after: Recorded) -> None:
        self._places: dict[str, dict[str, int]] = {}
        self._states: dict[str, tuple[Ints, ...]] = {}
        self._acts: dict[str, tuple[Ints, ...]] = {}
        for benefit in {**before.lists, **after.lists}:
            entities = {
                subject: entity
                for side in (before, after)
                if benefit in side.lists
                for subject, (entity, _) in side.lists[benefit].verdicts.items()
            }
            goods = np.array(list(entities.values()), dtype=np.int64)
            found = [_at(db, benefit, goods, side) for side in (before, after)]
            self._places[benefit] = {subject: at for at, subject in enumerate(entities)}
            self._states[benefit] = tuple(states for states, _ in found)
            self._acts[benefit] = tuple(acts for _, acts in found)

    def of(self, subject: str, benefit: str) -> tuple[str, str]:
        """The states of both sides."""
        at = self._places[benefit][subject]
        before, after = (STATES[int(states[at])] for states in self._states[benefit])
        return before, after

    def differ(self, subject: str, benefit: str) -> bool:
        """Whether something else is in force."""
        at = self._places[benefit][subject]
        before, after = self._states[benefit]
        return bool(before[at] != after[at])

    def act(self, subject: str, benefit: str) -> int | None:
        """The act in force on the second side, or, where it knows none any more, the first's."""
        at = self._places[benefit][subject]
        before, after = (int(acts[at]) for acts in self._acts[benefit])
        return after or before or None


def _at(db: Database, benefit: str, goods: Ints, side: Recorded) -> tuple[Ints, Ints]:
    """The state of each good as a place in STATES, and its act; 0 where nobody has acted."""
    days = np.full(goods.size, day_number(side.run.as_of), dtype=np.int64)
    states, at, acts = states_at(db, benefit, goods, days, side.run.known_at)
    return states, np.concatenate((acts.act, [0]))[at]
