"""Many rows kept as a few blocks of bytes, unpacked where somebody looks at them.

100,000 rows that a process of its own has checked come back so: taking them apart at once would let nobody else
compute for a second, and as objects they would fill ten times the memory until they are written.
"""

from __future__ import annotations

import pickle  # nosec B403 # only what our own child has packed is unpacked
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeVar, overload

T = TypeVar("T", covariant=True)
BLOCK = 2_000  # rows: some milliseconds to unpack
KEPT = 3  # unpacked blocks


class Packed(Sequence[T]):
    """A sequence whose rows lie in blocks of `BLOCK`; it cannot be changed."""

    def __init__(self, rows: Sequence[T]) -> None:
        self._length = len(rows)
        self._blocks = [
            pickle.dumps(list(rows[first : first + BLOCK]), pickle.HIGHEST_PROTOCOL)
            for first in range(0, self._length, BLOCK)
        ]
        self._keep_some()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(map(self._block, range(len(self._blocks))))

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, int):
            block, within = divmod(range(self._length)[at], BLOCK)
            return self._block(block)[within]
        asked = range(self._length)[at]
        if not asked:
            return []
        first = min(asked) // BLOCK
        last = max(asked) // BLOCK
        found = list(chain.from_iterable(map(self._block, range(first, last + 1))))
        return [found[one - first * BLOCK] for one in asked]

    def _keep_some(self) -> None:
        """Who goes through row by row, and looks back at the first ones, unpacks every block once."""
        self._block = lru_cache(KEPT)(self._unpacked)

    def _unpacked(self, number: int) -> list[T]:
        rows: list[T] = pickle.loads(self._blocks[number])  # nosec B301 # packed here or by our own child
        return rows

    def __getstate__(self) -> tuple[int, list[bytes]]:
        return self._length, self._blocks

    def __setstate__(self, state: tuple[int, list[bytes]]) -> None:
        self._length, self._blocks = state
        self._keep_some()
