"""Deciding a million recorded decisions again: chain, digests and both sides, as `verify` does it; few large runs, many small."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

from bench.recorded_county import LARGE, SMALL, Recorded, recorded_county
from bench.report import Row, seconds
from bench.timing import timed
from office.rechecking.whole import recheck

MOST_SECONDS = 60.0
MILLION = 1_000_000


def rows(folder: Path) -> Iterator[Row]:
    """One row for each shape; with fewer decisions than a million the time is scaled up, and said so."""
    for asked in (LARGE, SMALL):
        yield _row(recorded_county(folder, asked), asked)


def _row(path: Path, asked: Recorded) -> Row:
    before = _processor_seconds()
    taken, found = timed(lambda: recheck(path))
    if not found.ok:
        raise AssertionError(f"{found.total} differ; {found.differences[0]}")
    used = _processor_seconds() - before
    scaled = taken * MILLION / found.rechecked
    return Row(
        f"`verify`: {found.rechecked:,} decisions of {asked.runs} runs decided again, chain and digests too",
        seconds(taken),
        f"processor time {seconds(used)}",
        f"{seconds(scaled)} per million",
        f"≤ {MOST_SECONDS:.0f} s",
        scaled <= MOST_SECONDS,
    )


def _processor_seconds() -> float:
    """Of this process and of the children that have ended."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))
