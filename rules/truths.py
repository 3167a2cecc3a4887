"""Tests over many combinations at once, as packed bits: where each holds and where it fails."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.combinations import Bits, Space, Stretch, threshold
from rules.order import dependencies_first
from rules.program import (
    COUNT_OPERATORS,
    Answer,
    Comparison,
    Condition,
    Gate,
    Named,
    Operator,
    Program,
    Scope,
    Test,
    VerdictRow,
)

_COUNTS: dict[Operator, Callable[[Any, Any], Any]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}


class Truth(NamedTuple):
    """Where a test holds and where it fails; where neither, it is unknown."""

    holds: Bits
    fails: Bits

    def finding(self, answer: Answer) -> Bits:
        """Where the test is found so. Bits beyond the last combination may be set."""
        if answer == "unknown":
            return ~(self.holds | self.fails)
        return self.holds if answer == "holds" else self.fails


class Rows(NamedTuple):
    """What a benefit's rows answer over a whole space."""

    first: NDArray[np.int32]  # per combination the first row that matches, −1 where none does
    met: tuple[int, ...]  # per row the first combination that meets it, −1 where none does


def condition_truths(
    conditions: Mapping[str, Condition], stretch: Stretch, values: Mapping[str, int]
) -> dict[str, Truth]:
    """Every one of these conditions over a stretch of combinations."""
    found: dict[str, Truth] = {}
    for name in dependencies_first(conditions):
        found[name] = _truth(conditions[name].test, stretch, values, found)
    return found


def latch_truth(name: str, stretch: Stretch) -> Truth:
    """A latch that is an axis of the space: on or off."""
    return Truth(stretch.where(name, np.array([False, True])), stretch.where(name, np.array([True, False])))


def gate_opens(gate: Gate, truths: Mapping[str, Truth]) -> Bits:
    """Where a latch's gate is met."""
    join = np.bitwise_and if gate.word == "all" else np.bitwise_or
    return reduce(join, [truths[name].holds for name in gate.conditions])


def benefit_rows(
    program: Program,
    benefit: str,
    space: Space,
    conditions: Mapping[str, Condition],
    values: Mapping[str, int],
) -> Rows:
    """The row of a benefit that answers each combination of a space."""
    rows = program.benefits[benefit].rows
    first = np.full(space.size, -1, dtype=np.int32)
    met = [-1] * len(rows)
    for stretch in space.stretches():
        truths = condition_truths(conditions, stretch, values)
        truths |= {name: latch_truth(name, stretch) for name in program.latches_asked(benefit)}
        asked = [truths[name] for name in program.conditions_asked(benefit) if name in truths]
        _answer(rows, truths, asked, stretch, first, met)
    return Rows(first, tuple(met))


def _answer(
    rows: tuple[VerdictRow, ...],
    truths: Mapping[str, Truth],
    asked: list[Truth],
    stretch: Stretch,
    first: NDArray[np.int32],
    met: list[int],
) -> None:
    """Writes the first matching rows of one stretch into `first`, and new finds into `met`."""
    left, done = stretch.every, False
    counted: dict[tuple[Answer, str], Bits] = {}
    for i, row in enumerate(rows):
        if done and met[i] >= 0:
            continue
        meets = stretch.every
        for answer, scope in row.when.items() if row.when is not None else ():
            if isinstance(scope, str):
                if (answer, scope) not in counted:
                    counted[answer, scope] = _counted(answer, scope, asked)
                meets = meets & counted[answer, scope]
            else:
                for name in scope or ():
                    meets = meets & truths[name].finding(answer)
        if met[i] < 0 and meets.any():
            met[i] = int(stretch.numbers(meets)[0])
        taken = meets & left
        if taken.any():
            first[stretch.numbers(taken)] = i
            left = left & ~taken
            done = not left.any()


def _counted(answer: Answer, scope: Scope, asked: Iterable[Truth]) -> Bits:
    """Where none, some or all of the conditions asked have this finding."""
    each = [truth.finding(answer) for truth in asked]
    if scope == "all":
        return reduce(np.bitwise_and, each)
    some = reduce(np.bitwise_or, each)
    return some if scope == "some" else ~some


def _truth(test: Test, stretch: Stretch, values: Mapping[str, int], found: Mapping[str, Truth]) -> Truth:
    if isinstance(test, Named):
        return found[test.condition]
    if isinstance(test, Comparison):
        return _compared(test, stretch, values)
    parts = [_truth(part, stretch, values, found) for part in test.parts]
    holds, fails = [part.holds for part in parts], [part.fails for part in parts]
    if test.word == "all":
        return Truth(reduce(np.bitwise_and, holds), reduce(np.bitwise_or, fails))
    return Truth(reduce(np.bitwise_or, holds), reduce(np.bitwise_and, fails))


def _compared(test: Comparison, stretch: Stretch, values: Mapping[str, int]) -> Truth:
    axis = stretch.space.axes[stretch.space.position[test.fact]]
    holds = np.zeros(len(axis.values), dtype=np.bool_)
    if test.operator in COUNT_OPERATORS:
        holds[: len(axis.spans)] = _COUNTS[test.operator](axis.lows, threshold(test, values))
    else:
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        holds[[axis.place_of[value] for value in wanted]] = True
        if test.operator == "is_not":
            holds = ~holds
    known = axis.known
    return Truth(stretch.where(test.fact, holds & known), stretch.where(test.fact, ~holds & known))
