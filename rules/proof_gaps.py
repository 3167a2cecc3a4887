"""The gaps of a benefit: every combination without a verdict, told once whatever the numbers are on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from rules import proof_words as words
from rules.combinations import Space
from rules.program import Program
from rules.proof_words import CaseWords, ProofFault
from rules.truths import Rows

_TOGETHER = 50_000  # combinations looked at together


def gaps(
    program: Program, benefit: str, answered: Sequence[tuple[Space, Rows]], listed: int
) -> Iterator[ProofFault]:
    """One fault for each gap; after `listed` of them one that says that there are more."""
    seen: set[bytes] = set()
    same = _Same()
    for space, rows in answered:
        case_words = CaseWords(program, space.axes)
        for places in _places(space, np.flatnonzero(rows.first < 0)):
            for key, at in zip(same.keys(space, places), places.tolist(), strict=True):
                if key in seen:
                    continue
                if len(seen) == listed:
                    yield words.gaps_left_out(program, benefit, listed)
                    return
                seen.add(key)
                yield words.gap(program, benefit, case_words.example(at), case_words.words(at))


def _places(space: Space, numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Which value of each axis the combinations have, some combinations at a time."""
    for start in range(0, len(numbers), _TOGETHER):
        some = numbers[start : start + _TOGETHER]
        columns = [space.places_on(axis, some) for axis in range(len(space.axes))]
        yield np.stack(columns, axis=1) if columns else np.zeros((len(some), 0), dtype=np.int64)


class _Same:
    """Combinations of several spaces as keys that are equal where the combinations are the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], int] = {}
        self._next = count()

    def keys(self, space: Space, places: NDArray[np.int64]) -> Iterator[bytes]:
        """One key per row of places."""
        columns = [
            np.array([self._number(axis.name, axis.cell(p)) for p in range(len(axis.values))], dtype=np.int32)
            for axis in space.axes
        ]
        numbered = [column[places[:, i]] for i, column in enumerate(columns)]
        table = np.stack(numbered, axis=1) if numbered else np.zeros((len(places), 1), dtype=np.int32)
        data, width = np.ascontiguousarray(table).tobytes(), table.shape[1] * table.itemsize
        return (data[i * width : (i + 1) * width] for i in range(len(places)))

    def _number(self, axis: str, cell: object) -> int:
        # A truth value is kept apart from a number that equals it.
        key = (axis, (type(cell), cell))
        if key not in self._known:
            self._known[key] = next(self._next)
        return self._known[key]
