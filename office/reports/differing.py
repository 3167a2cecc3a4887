"""What changed from one edition to the next: figure by figure, which place, what it was and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from data.papers.filters import yuan
from office.paperwork.papers_of_reports import Changed
from office.reports.proportions import NO_DATA, points
from rules.program import Words

Value = int | str | None
Flat = Mapping[str, Mapping[str, Value]]  # place → figure → value; a missing one is None
NOTHING = Words("（无）", "(none)")


@dataclass(frozen=True)
class Difference:
    """One figure of one place in two editions, by their names in what is kept."""

    place: str
    figure: str
    was: Value
    now: Value


@dataclass(frozen=True)
class Named:
    """How a figure is called and written: yuan (分), points (hundredths), count, text."""

    words: Words
    unit: str = "count"


def differences(was: Flat, now: Flat) -> tuple[Difference, ...]:
    """Every figure that is not the same, in the order of what is now, then what is gone."""
    places = [*now, *(place for place in was if place not in now)]
    found = []
    for place in places:
        before, after = was.get(place, {}), now.get(place, {})
        for figure in [*after, *(figure for figure in before if figure not in after)]:
            if before.get(figure) != after.get(figure):
                found.append(Difference(place, figure, before.get(figure), after.get(figure)))
    return tuple(found)


def kept(found: tuple[Difference, ...]) -> list[dict[str, Any]]:
    """Differences as they are stored."""
    return [asdict(one) for one in found]


def read(stored: list[dict[str, Any]]) -> tuple[Difference, ...]:
    """Differences as they were stored."""
    return tuple(Difference(**one) for one in stored)


def value_words(value: Value, unit: str) -> Words:
    """A value as it is written."""
    if value is None:
        return NO_DATA
    if unit == "text" or isinstance(value, str):
        return Words(str(value), str(value)) if value != "" else NOTHING
    said = {"yuan": yuan, "points": points}.get(unit, "{:,}".format)(value)
    return Words(said, said)


def on_paper(
    found: tuple[Difference, ...], place: Callable[[str], Words], figure: Callable[[str], Named]
) -> tuple[Changed, ...]:
    """Differences in Chinese, as the next edition names them."""
    return tuple(
        Changed(
            place=place(one.place).zh,
            figure=(named := figure(one.figure)).words.zh,
            was=value_words(one.was, named.unit).zh,
            now=value_words(one.now, named.unit).zh,
        )
        for one in found
    )
