"""Taking time: work in turn with its reference, so that both meet the same machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")


@dataclass(frozen=True)
class Taken:
    """Seconds of each round; the middle one counts."""

    rounds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)


def timed(work: Callable[[], A]) -> tuple[float, A]:
    """Seconds of one round, with the garbage collected before it, and what it gave."""
    gc.collect()
    start = time.perf_counter()
    given = work()
    return time.perf_counter() - start, given


def rounds(work: Callable[[], object], number: int = 5) -> Taken:
    """One kind of work several times."""
    return Taken(tuple(timed(work)[0] for _ in range(number)))


def in_turn(
    ours: Callable[[T], A], theirs: Callable[[T], B], check: Callable[[A, B], None], inputs: Iterable[T]
) -> tuple[Taken, Taken]:
    """Ours and theirs on the same inputs, one after the other; `check` compares what they gave."""
    pairs: list[tuple[float, float]] = []
    for given in inputs:
        our_seconds, our_answer = timed(partial(ours, given))
        their_seconds, their_answer = timed(partial(theirs, given))
        check(our_answer, their_answer)
        pairs.append((our_seconds, their_seconds))
    return Taken(tuple(pair[0] for pair in pairs)), Taken(tuple(pair[1] for pair in pairs))
