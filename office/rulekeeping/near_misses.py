"""Near misses of a draft: goods that it just does not change, and how far each is from being changed.

A good is near if a count of its facts a little higher or lower, or one further failed inspection, would make the two
sets of rules answer differently about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from office.deciding import Answers, refusing
from office.nearness import NEVER, one_failure_left
from office.rulekeeping.draft_effects import Effects
from rules.facts import judge_goods
from rules.history import Bools, Ints
from rules.program import COUNT_OPERATORS, Program, comparisons
from rules.table import UNKNOWN, FactTable

INSPECTION = "inspection"  # instead of a fact: one further failed inspection


class Near(NamedTuple):
    """One good that does not change. `value` of its `fact` would have to be `needed`: `distance` away from it.

    `parameters`: whose values the needed one lies beside; `before`, `after`: what both sides would say then.
    """

    subject: str
    benefit: str
    verdict: str
    fact: str
    value: int
    needed: int
    distance: int
    parameters: tuple[str, ...]
    before: str
    after: str


def near_misses(found: Effects, benefit: str, most: int) -> list[Near]:
    """Up to `most` goods by each fact of a day, the nearest first; then up to `most` one inspection away."""
    before, after = found.before, found.after
    if benefit not in before.program.benefits or benefit not in after.program.benefits:
        return []
    if before.gathered is not after.gathered:
        return []
    same = before.verdicts(benefit) == after.verdicts(benefit)
    lines: list[Near] = []
    for fact in _counts(before.program, after.program):
        lines += sorted(_by_fact(found, benefit, fact, same), key=lambda near: near.distance)[:most]
    return lines + list(_by_inspection(found, benefit, same))[:most]


def _by_fact(found: Effects, benefit: str, fact: str, same: Bools) -> Iterator[Near]:
    column = found.before.table.columns[fact]
    nearest = np.full(column.size, np.iinfo(np.int64).max, dtype=np.int64)
    point = np.full(column.size, UNKNOWN, dtype=np.int64)
    verdicts = np.empty((2, column.size), dtype=object)
    thresholds = _thresholds(found, fact)
    for value in sorted({t + step for t in thresholds for step in (-1, 0, 1) if t + step >= 0}):
        sides = [_with(answers, benefit, fact, value) for answers in (found.before, found.after)]
        distance = np.abs(column - value)
        nearer = same & (column != UNKNOWN) & (sides[0] != sides[1]) & (distance < nearest)
        nearest[nearer], point[nearer] = distance[nearer], value
        for kept, side in zip(verdicts, sides, strict=True):
            kept[nearer] = side[nearer]
    now = found.before.verdicts(benefit)
    for at in np.flatnonzero(point != UNKNOWN).tolist():
        needed = int(point[at])
        beside = {name for t, names in thresholds.items() if abs(t - needed) <= 1 for name in names}
        yield Near(
            found.before.subjects[at],
            benefit,
            now[at],
            fact,
            int(column[at]),
            needed,
            int(nearest[at]),
            tuple(sorted(beside)),
            verdicts[0][at],
            verdicts[1][at],
        )


def _with(answers: Answers, benefit: str, fact: str, value: int) -> np.ndarray:
    """The verdicts had every good this value of a fact; what is not known stays so."""
    column = answers.table.columns[fact]
    columns = answers.table.columns | {fact: np.where(column == UNKNOWN, UNKNOWN, value)}
    with refusing():
        judged = judge_goods(answers.program, FactTable(columns, answers.table.size), answers.values)
    found: np.ndarray = np.array(answers.program.better, dtype=object)[judged.verdicts[benefit]]
    return found


def _by_inspection(found: Effects, benefit: str, same: Bools) -> Iterator[Near]:
    """Goods that one further failed inspection turns on one side only."""
    sides = [one_failure_left(answers)[benefit] for answers in (found.before, found.after)]
    now = found.before.verdicts(benefit)
    failures: Ints = found.before.table.columns["consecutive_failures"]
    for at in np.flatnonzero(same & (sides[0] != sides[1]) & ((sides[0] == 1) | (sides[1] == 1))).tolist():
        words = [now[at] if side[at] == NEVER else "revoked" for side in sides]
        count = int(failures[at])
        yield Near(found.before.subjects[at], benefit, now[at], INSPECTION, count, count + 1, 1, (), *words)


def _counts(*programs: Program) -> tuple[str, ...]:
    """The counts that some condition of a day compares, in the files' order."""
    return tuple(
        dict.fromkeys(
            name for program in programs for name, fact in program.facts.items() if fact.kind == "count"
        )
    )


def _thresholds(found: Effects, fact: str) -> dict[int, set[str]]:
    """What a fact is compared with on either side → the parameters that have this value there."""
    thresholds: dict[int, set[str]] = {}
    for answers in (found.before, found.after):
        for condition in answers.program.conditions.values():
            for one in comparisons(condition.test):
                if one.fact != fact or one.operator not in COUNT_OPERATORS:
                    continue
                named = isinstance(one.value, str)
                value = answers.values[str(one.value)] if named else one.value
                if isinstance(value, int):
                    thresholds.setdefault(value, set()).update({str(one.value)} if named else set())
    return thresholds
