"""What a trial says: lines with a figure each, beside what it must be. A trial is a module of this package with `run`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = "| trial | what | measured | must be | |\n|---|---|---|---|---|"
WORDS = {True: "ok", False: "**not met**", None: "not run"}


@dataclass(frozen=True)
class Line:
    """One promise tried. `figure` and `must` are ready words; `ok` None: it could not be tried on this machine."""

    what: str
    figure: str
    must: str
    ok: bool | None


def none_of(what: str, number: int, of: int) -> Line:
    """A line for what must never happen: `number` of `of` times it did."""
    return Line(what, f"{number} of {of:,}", "0", number == 0)


def all_of(what: str, number: int, of: int) -> Line:
    """A line for what must happen every time."""
    return Line(what, f"{number:,} of {of:,}", "all", number == of and of > 0)


def longest(what: str, seconds: Sequence[float], most: float) -> Line:
    """A line for the longest of many times, with the 99th of a hundred beside it."""
    if not seconds:
        return Line(what, "nothing measured", f"< {in_ms(most)}", False)
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    said = f"longest {in_ms(ordered[-1])}, p99 {in_ms(p99)} of {len(ordered):,}"
    return Line(what, said, f"< {in_ms(most)}", ordered[-1] < most)


def in_ms(seconds: float) -> str:
    """Readable at its size."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def row(trial: str, line: Line) -> str:
    """A line as a row of the table."""
    return f"| {trial} | {line.what} | {line.figure} | {line.must} | {WORDS[line.ok]} |"
