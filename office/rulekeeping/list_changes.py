"""Why the list changed between two recorded runs: the rules, the data, both, or what people did.

Old and new rules are put beside old and new data: the two recorded lists themselves, the new rules on the old data and
the old rules on the new data. Each name that differs is in exactly one part, and the parts are asserted to add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from data.store import Database
from office.answering import while_all_stands
from office.because import Turn
from office.comparing import PartsDoNotAddUp
from office.gathering import gather
from office.rulekeeping.list_corners import (
    ACT,
    BOTH,
    DATA,
    PARTS,
    RULE,
    ByTime,
    Corners,
    Reasons,
    Recorded,
    Verdict,
    recorded,
)
from office.rulekeeping.list_data import DataBetween
from office.rulekeeping.list_states import States

__all__ = [
    "ACT",
    "BOTH",
    "DATA",
    "PARTS",
    "RULE",
    "ListChanges",
    "Name",
    "Recorded",
    "list_changes",
    "must_add_up",
]


class Name(NamedTuple):
    """One good and benefit that differs, and the one part that it belongs to.

    `turns`: the findings that made the verdict differ (empty: the verdict rows, or nothing did);
    `what`: words of `list_data.WHAT` for data; `act`: the act now in force, where the state differs for an act's sake.
    """

    subject: str
    benefit: str
    part: str
    before: Verdict
    after: Verdict
    state_before: str
    state_after: str
    turns: tuple[Turn, ...]
    what: tuple[str, ...]
    act: int | None


@dataclass(frozen=True)
class ListChanges:
    """Every name that differs between two runs, by subject and benefit."""

    before: Recorded
    after: Recorded
    names: tuple[Name, ...]

    @property
    def benefits(self) -> tuple[str, ...]:
        """The benefits of either side."""
        return tuple({**self.before.lists, **self.after.lists})

    def parts(self, benefit: str) -> dict[str, int]:
        """How many names belong to each part."""
        found = Counter(name.part for name in self.names if name.benefit == benefit)
        return {part: found[part] for part in PARTS}

    def moves(self, benefit: str) -> dict[tuple[Verdict, Verdict], int]:
        """(before, after) → names, of those whose verdict differs."""
        return dict(
            Counter((n.before, n.after) for n in self.names if n.benefit == benefit and n.before != n.after)
        )


def list_changes(db: Database, first: int, second: int) -> ListChanges:
    """Why the list of run `second` is another than that of run `first`.

    Raises Refused where there is no such run, or one is about a single good; PartsDoNotAddUp instead of showing parts
    that are not the whole.
    """
    asked = (first, second)
    return while_all_stands("list_changes", db, asked, lambda: _list_changes(db, *asked))


def _list_changes(db: Database, first: int, second: int) -> ListChanges:
    before, after = recorded(db, first), recorded(db, second)
    old, new = (gather(db, side.run.as_of, side.run.known_at) for side in (before, after))
    corners, states = Corners(before, after, old, new), States(db, before, after)
    found = ListChanges(before, after, tuple(_names(db, corners, states, DataBetween(db, old, new))))
    must_add_up(found)
    return found


def _names(db: Database, corners: Corners, states: States, between: DataBetween) -> Iterator[Name]:
    parts = [
        (subject, benefit, part or ACT)
        for benefit in corners.benefits
        for subject, part in corners.parts(benefit)
        if part or states.differ(subject, benefit)
    ]
    reasons = Reasons(db, corners.before, corners.after, [(s, b) for s, b, part in parts if part != ACT])
    by_time = ByTime(corners, between)
    for subject, benefit, part in sorted(parts):
        by_data = part in (DATA, BOTH)
        alone = by_data and by_time.alone(subject, benefit, part)
        yield Name(
            subject,
            benefit,
            part,
            corners.before.verdict(subject, benefit),
            corners.after.verdict(subject, benefit),
            *states.of(subject, benefit),
            reasons.of(subject, benefit),
            between.what(subject, time_alone=alone) if by_data else (),
            states.act(subject, benefit) if part == ACT else None,
        )


def must_add_up(found: ListChanges) -> None:
    """Raises PartsDoNotAddUp unless each name is there once, and the first list with the moves is the second."""
    if len({name[:2] for name in found.names}) != len(found.names):
        raise PartsDoNotAddUp("a name is listed twice")
    for benefit in found.benefits:
        changed = sum(name.benefit == benefit for name in found.names)
        if sum(found.parts(benefit).values()) != changed:
            raise PartsDoNotAddUp(f"{benefit}: the parts are not the {changed} names that changed")
        counts = Counter(found.before.counts(benefit))
        for (was, now), number in found.moves(benefit).items():
            counts[was] -= number
            counts[now] += number
        left = {verdict: number for verdict, number in counts.items() if number and verdict is not None}
        if left != found.after.counts(benefit):
            raise PartsDoNotAddUp(f"{benefit}: the first list with its moves is not the second one")
