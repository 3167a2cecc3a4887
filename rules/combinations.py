"""Every combination of the values that tests can tell apart: what the proof goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from math import prod
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.faults import LARGEST
from rules.program import COUNT_OPERATORS, Comparison, Condition, Fact, Program, Scalar, comparisons

Bits = NDArray[np.uint8]  # one bit per combination of a stretch, eight to a byte
Flags = NDArray[np.bool_]  # one per value of an axis
Span = tuple[int, int]  # whole numbers from .. to, both included
_REMEMBERED = 2_000  # masks that are kept for the next test that asks the same
_STRETCH = 2**17  # combinations looked at together: small enough to stay in the processor's cache


@dataclass(frozen=True)
class Axis:
    """One fact or latch with its values; a count has one value for each span between thresholds."""

    name: str
    values: tuple[Scalar, ...]  # counts ascending, unknown last
    spans: tuple[Span, ...] = ()  # of a count, beside its values
    thresholds: tuple[int, ...] = ()  # of a count, in the order of the tests that name them

    @cached_property
    def place_of(self) -> dict[Scalar, int]:
        """Where each value stands."""
        return {value: i for i, value in enumerate(self.values)}

    @cached_property
    def known(self) -> Flags:
        """For each value whether it is not unknown."""
        return np.array([value is not None for value in self.values], dtype=np.bool_)

    @cached_property
    def lows(self) -> NDArray[np.int64]:
        """Of a count, where each span begins."""
        return np.array([low for low, _ in self.spans], dtype=np.int64)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """What the axis is whatever the numbers are on a day: equal orders answer every test alike."""
        if not self.spans:
            return self.values
        rank = {at: i for i, at in enumerate(sorted(set(self.thresholds)))}
        at_one = tuple(low in rank for low, _ in self.spans)
        return (tuple(rank[at] for at in self.thresholds), at_one, len(self.values))

    def cell(self, place: int) -> object:
        """What tells a value apart on every day: of a count, below, at or above each threshold by its name."""
        value = self.values[place]
        return value if value is None or not self.spans else self._signs[place].tobytes()

    @cached_property
    def _signs(self) -> NDArray[np.int8]:
        counts = np.array(self.values[: len(self.spans)], dtype=np.int64)
        at = np.array(self.thresholds, dtype=np.int64)
        signs: NDArray[np.int8] = np.sign(counts[:, None] - at[None, :]).astype(np.int8)
        return signs


@dataclass(frozen=True)
class Space:
    """All combinations of the values of some axes, numbered from 0; the last axis changes fastest."""

    axes: tuple[Axis, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(axis.values) for axis in self.axes)

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return prod(self.shape)

    @cached_property
    def position(self) -> dict[str, int]:
        """The axes by name."""
        return {axis.name: i for i, axis in enumerate(self.axes)}

    def places(self, number: int) -> tuple[int, ...]:
        """Which value of each axis the combination has."""
        found = []
        for length in reversed(self.shape):
            number, place = divmod(number, length)
            found.append(place)
        return tuple(reversed(found))

    def example(self, number: int) -> dict[str, Scalar]:
        """The combination as facts."""
        places = self.places(number)
        return {axis.name: axis.values[place] for axis, place in zip(self.axes, places, strict=True)}

    def cell(self, number: int) -> tuple[object, ...]:
        """What tells the combination apart on every day: below, at or above each threshold by its name."""
        places = self.places(number)
        return tuple(axis.cell(place) for axis, place in zip(self.axes, places, strict=True))

    @property
    def order(self) -> tuple[object, ...]:
        """What the space is whatever the numbers are: spaces of equal order have the same answers."""
        return tuple(axis.order for axis in self.axes)

    def places_on(self, axis: int, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which value of one axis each of these combinations has."""
        return numbers // prod(self.shape[axis + 1 :]) % self.shape[axis]

    @cached_property
    def cut(self) -> Cut:
        """How the combinations are parted into stretches."""
        axis, behind = len(self.axes) - 1, 1
        while axis > 0 and behind * self.shape[axis] <= _STRETCH:
            behind *= self.shape[axis]
            axis -= 1
        if axis < 0:
            return Cut(-1, 1, 1, 1)
        parts = -(-self.shape[axis] // max(_STRETCH // behind, 1))
        return Cut(axis, behind, -(-self.shape[axis] // parts), parts)

    @property
    def stretch_count(self) -> int:
        """How many stretches there are."""
        return prod(self.shape[: max(self.cut.axis, 0)]) * self.cut.parts

    def stretches(self) -> Iterator[Stretch]:
        """The combinations in order, some at a time."""
        if not self.axes:
            yield Stretch(self, 0, 1, {})
            return
        masks: dict[tuple[int, int, bytes], Bits] = {}
        whole = self.shape[self.cut.axis] * self.cut.behind
        step = self.cut.most * self.cut.behind
        for start in range(0, self.size, whole):
            for part in range(start, start + whole, step):
                yield Stretch(self, part, min(part + step, start + whole), masks)


class Cut(NamedTuple):
    """Stretches go through some values of one axis and everything behind it; axes before it stand still."""

    axis: int
    behind: int  # combinations of the axes behind it
    most: int  # values of the axis in one stretch
    parts: int  # stretches for one round of the axis


class Stretch:
    """Combinations `start` to `stop` (not included) of a space, as packed bits.

    `masks` are kept from stretch to stretch: what is behind the cut axis repeats in every one of them.
    """

    def __init__(
        self, space: Space, start: int, stop: int, masks: dict[tuple[int, int, bytes], Bits]
    ) -> None:
        self.space, self.start, self.stop = space, start, stop
        self.every: Bits = np.packbits(np.ones(stop - start, dtype=np.bool_))
        self._none: Bits = np.zeros_like(self.every)
        self._masks = masks
        self._places = space.places(start)

    def where(self, name: str, wanted: Flags) -> Bits:
        """The combinations in which this axis has one of the wanted values (one flag per value).

        Bits beyond the last combination may be set.
        """
        axis, cut = self.space.position[name], self.space.cut
        if axis < cut.axis:
            return self.every if wanted[self._places[axis]] else self._none
        first = self._places[axis] if axis == cut.axis else 0
        key = (axis, first, wanted.tobytes())
        found = self._masks.get(key)
        if found is None or len(found) < len(self.every):
            found = np.packbits(self._flags(axis, first, wanted))
            if len(self._masks) < _REMEMBERED:
                self._masks[key] = found
        return found[: len(self.every)]

    def numbers(self, bits: Bits) -> NDArray[np.int64]:
        """The numbers of the combinations whose bit is set."""
        full = np.flatnonzero(bits)
        if len(full) * 4 > len(bits):
            return np.flatnonzero(np.unpackbits(bits, count=self.stop - self.start)) + self.start
        spread = np.unpackbits(bits[full]).reshape(-1, 8)
        byte, bit = np.nonzero(spread)
        return full[byte] * 8 + bit + self.start

    def _flags(self, axis: int, first: int, wanted: Flags) -> Flags:
        """The flags of an axis at or behind the cut, spread over the combinations of this stretch."""
        length = self.stop - self.start
        below = prod(self.space.shape[axis + 1 :])
        if axis == self.space.cut.axis:
            return np.repeat(wanted[first : first + length // below], below)
        return np.resize(np.repeat(wanted, below), length)


def axes_of(
    facts: Mapping[str, Fact], conditions: Iterable[Condition], values: Mapping[str, int]
) -> tuple[Axis, ...]:
    """The facts that these conditions test, in the file's order, cut at their thresholds."""
    tests = [c for condition in conditions for c in comparisons(condition.test)]
    asked = {c.fact for c in tests}
    thresholds: dict[str, dict[object, int]] = {name: {} for name in asked}
    for c in tests:
        if c.operator in COUNT_OPERATORS:
            thresholds[c.fact][c.value] = threshold(c, values)
    return tuple(_axis(facts[name], tuple(thresholds[name].values())) for name in facts if name in asked)


def threshold(test: Comparison, values: Mapping[str, int]) -> int:
    """The number a count is compared with: as written, or the parameter's value."""
    return values[test.value] if isinstance(test.value, str) else int(test.value)  # type: ignore[arg-type]


def _axis(fact: Fact, thresholds: tuple[int, ...]) -> Axis:
    unknown: tuple[Scalar, ...] = (None,) if fact.may_be_unknown else ()
    if fact.kind == "choice":
        return whole_axis(fact.name, (*fact.choices, *unknown))
    if fact.kind == "yes_no":
        return whole_axis(fact.name, (False, True, *unknown))
    spans = spans_between(thresholds)
    # The value nearest to a threshold stands for its span: the case a reader would try.
    near = [high if i == 0 else low for i, (low, high) in enumerate(spans)]
    return Axis(fact.name, (*near, *unknown), spans, thresholds)


def whole_axis(name: str, values: tuple[Scalar, ...]) -> Axis:
    """An axis whose values are told apart as they are."""
    return Axis(name, values)


def spans_between(thresholds: Iterable[int]) -> tuple[Span, ...]:
    """Whole numbers from 0, cut below, at and above each threshold; spans without a number are left out."""
    found: list[Span] = []
    low = 0
    for at in sorted(set(thresholds)):
        if low < at:
            found.append((low, at - 1))
        found.append((at, at))
        low = at + 1
    if low <= LARGEST:
        found.append((low, LARGEST))
    return tuple(found)


def dated_values(program: Program, conditions: Iterable[Condition]) -> tuple[dict[str, int], ...]:
    """The values that these conditions compared with, on every day on which one of them changed.

    Days count from the first on which every parameter that the programme needs has a value.
    """
    tests = [c for condition in conditions for c in comparisons(condition.test)]
    used = {c.value for c in tests if c.operator in COUNT_OPERATORS and isinstance(c.value, str)}
    needed = [program.parameters[name] for name in program.needed_parameters]
    first = max((p.values[0].since for p in needed), default=date.min)
    changes = [(v.since, p.name, v.value) for p in needed if p.name in used for v in p.values]
    in_force: dict[str, int] = {}
    found: dict[tuple[int, ...], dict[str, int]] = {}
    for day, together in groupby(sorted(changes), key=itemgetter(0)):
        if day > first:
            found.setdefault(tuple(in_force.values()), dict(in_force))
        in_force |= {name: value for _, name, value in together}
    found.setdefault(tuple(in_force.values()), in_force)
    return tuple(found.values())
