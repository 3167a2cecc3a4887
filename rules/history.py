"""Between evidence and facts: a good's inspections as events with their running figures.

Everything is arrays over many goods at once. Days are whole days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

PASS, FAIL, NOT_COUNTED = 0, 1, 2  # conclusions; 待确证 and 不适用 are not counted


@dataclass(frozen=True)
class Samples:
    """Inspections, sorted by (good, sampling day, sample number); re-inspections stand apart.

    `good` is the row of the good among those asked; `of` the row of the original in this table.
    The re-inspections are sorted by (result day, sample number): of several, the last speaks.
    """

    good: Ints
    sampled: Ints
    result: Ints
    conclusion: Ints
    again_of: Ints
    again_result: Ints
    again_conclusion: Ints


@dataclass(frozen=True)
class Events:
    """The counted inspections known on each good's day, in order, with what no parameter changes."""

    goods: int  # how many goods were asked, with events or without
    good: Ints
    day: Ints
    failed: Bools
    sample: Ints  # row in Samples

    @cached_property
    def first(self) -> Ints:
        """For each event, the index of its good's first event."""
        starts = self._starts
        return np.repeat(starts, np.diff(np.append(starts, self.good.size)))

    @cached_property
    def _starts(self) -> Ints:
        if not self.good.size:
            return np.empty(0, dtype=np.int64)
        return np.concatenate(([0], np.flatnonzero(np.diff(self.good)) + 1)).astype(np.int64)

    @cached_property
    def last(self) -> Ints:
        """For each good, the index of its last event; -1 without any."""
        last = np.full(self.goods, -1, dtype=np.int64)
        last[self.good] = np.arange(self.good.size)  # the last assignment stays
        return last

    @cached_property
    def consecutive_failures(self) -> Ints:
        """Failures in a row up to and including each event."""
        return self._run_of(self.failed)

    @cached_property
    def consecutive_passes(self) -> Ints:
        """Passes in a row up to and including each event."""
        return self._run_of(~self.failed)

    def _run_of(self, kept: Bools) -> Ints:
        at = np.arange(kept.size, dtype=np.int64)
        broken = np.maximum.accumulate(np.where(kept, -1, at)) if kept.size else at
        return at - np.maximum(broken, self.first - 1)

    def in_window(self, days: int) -> tuple[Ints, Ints]:
        """Inspections and failures over events j ≤ i with sampling day > day(i) − `days`."""
        span = 1 << 20  # wider than any day number, so that goods never mix
        key = self.good * span + self.day
        low = np.maximum(np.searchsorted(key, key - days, side="right"), self.first)
        failures = np.concatenate(([0], np.cumsum(self.failed)))
        at = np.arange(key.size, dtype=np.int64)
        return at - low + 1, failures[at + 1] - failures[low]

    def standing(self, sets: Bools, clears: Bools) -> NDArray[np.bool_]:
        """For each good: is the latch on, that is, did some event set it and no later one clear it."""
        return self._last_where(sets) > self._last_where(clears)

    def _last_where(self, marked: Bools) -> Ints:
        at = np.flatnonzero(marked)
        last = np.full(self.goods, -1, dtype=np.int64)
        last[self.good[at]] = at
        return last


def events_known(samples: Samples, goods: int, on: Ints) -> Events:
    """The events of each good as known on its day `on` (one day per good).

    An inspection counts once its result is there; a re-inspection gives its original another
    conclusion, from its own result day on, at the original's sampling day.
    """
    conclusion = samples.conclusion.copy()
    spoken = samples.again_result <= on[samples.good[samples.again_of]]
    conclusion[samples.again_of[spoken]] = samples.again_conclusion[spoken]
    counted = (conclusion != NOT_COUNTED) & (samples.result <= on[samples.good])
    kept = np.flatnonzero(counted)
    return Events(goods, samples.good[kept], samples.sampled[kept], conclusion[kept] == FAIL, kept)
