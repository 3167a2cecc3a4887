"""How much a proof would take: counted before it begins, so that the same programme always gets the same answer.

A clock would say "checked" on a quiet machine and "not checked" on a busy one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rules.combinations import Space
from rules.program import Condition, Group, Program, Test, comparisons

EFFORT = 3_000_000  # of one programme; about a microsecond each on the office's machine


class Effort:
    """What is left of a programme's effort."""

    def __init__(self, left: int) -> None:
        self.left = left

    def allows(self, needed: int) -> bool:
        """Whether so much is left; it is spent then."""
        if needed > self.left:
            return False
        self.left -= needed
        return True


def benefit_effort(
    program: Program, benefit: str, conditions: Mapping[str, Condition], spaces: Sequence[Space]
) -> int:
    """What going through a benefit's spaces takes."""
    rows = program.benefits[benefit].rows
    asks = sum(
        len(scope) if isinstance(scope, tuple) else len(conditions)
        for row in rows
        if row.when is not None
        for _, scope in row.when.items()
    )
    each = 200 + tests_effort(conditions.values()) + 3 * asks + 60 * len(rows)
    stretches = sum(space.stretch_count for space in spaces)
    ordered = [name for name, fact in program.facts.items() if fact.more_is is not None]
    turns = sum(space.size for space in spaces for name in ordered if name in space.position)
    return each * stretches + sum(space.size for space in spaces) // 50 + turns // 40


def tests_effort(conditions: Iterable[Condition]) -> int:
    """What asking these conditions takes, once for each stretch of combinations."""
    return sum(15 * len(comparisons(c.test)) + 8 * _joined(c.test) for c in conditions)


def _joined(test: Test) -> int:
    """How many parts are joined in a test, inner ones too."""
    return len(test.parts) + sum(map(_joined, test.parts)) if isinstance(test, Group) else 1
