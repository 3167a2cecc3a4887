"""Between facts and patterns: many subjects' facts as one integer column per fact or latch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.program import Fact, Scalar, Words

Ints = NDArray[np.int64]
UNKNOWN = -1
LARGEST = 2**53 - 1  # every whole number up to here is exact wherever it may be shown


class BadFacts(ValueError):
    """The facts cannot be what the programme asks: a missing column, a value of another type, …"""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class FactTable:
    """One integer per row and fact or latch.

    A choice is its index in `Fact.choices`, a yes/no or latch is 1 or 0, a count is itself,
    unknown is -1.
    """

    columns: dict[str, Ints]
    size: int

    def row(self, i: int, facts: Mapping[str, Fact]) -> dict[str, Scalar]:
        """One row's uncut values; a column that is no fact is a latch and so a yes/no."""
        return {name: _scalar(facts.get(name), int(column[i])) for name, column in self.columns.items()}


def table_of(
    facts: Mapping[str, Fact], latches: Sequence[str], columns: Mapping[str, Sequence[Scalar]]
) -> FactTable:
    """Ready facts (True/False, a choice's word, a whole number, None) as a table.

    Every fact and latch needs its column; unknown is taken only where the fact may be unknown, for a
    latch never. Raises BadFacts with the place.
    """
    sizes = {len(values) for values in columns.values()}
    if len(sizes) > 1:
        raise BadFacts(Words("各列行数不同", "the columns are not equally long"))
    asked = {**facts, **{name: Fact(name, "yes_no") for name in latches}}
    made = {name: _integers(fact, _column(columns, name)) for name, fact in asked.items()}
    return FactTable(made, sizes.pop() if sizes else 0)


def _column(columns: Mapping[str, Sequence[Scalar]], name: str) -> Sequence[Scalar]:
    if name not in columns:
        raise BadFacts(Words(f"缺少「{name}」一列", f'there is no column "{name}"'))
    return columns[name]


def _integers(fact: Fact, values: Sequence[Scalar]) -> Ints:
    places = {word: i for i, word in enumerate(fact.choices)}
    made = [_integer(fact, places, value) for value in values]
    if None in made:
        i = made.index(None)
        raise BadFacts(
            Words(
                f"第 {i + 1} 行「{fact.name}」：值 {values[i]!r} 不符合要求（{expected(fact)}）",
                f'row {i + 1}, "{fact.name}": {values[i]!r} is not {expected(fact)}',
            )
        )
    return np.array(made, dtype=np.int64)


def _integer(fact: Fact, places: Mapping[str, int], value: Scalar) -> int | None:
    """The integer of one value, None where it does not fit; types are exact, True is no number."""
    if value is None:
        return UNKNOWN if fact.may_be_unknown else None
    if fact.kind == "choice":
        return places.get(value) if type(value) is str else None
    if fact.kind == "yes_no":
        return int(value) if type(value) is bool else None
    return value if type(value) is int and 0 <= value <= LARGEST else None


def expected(fact: Fact) -> str:
    """What a fact's value may be, in symbols that read the same in both languages."""
    ranges = {"choice": " / ".join(fact.choices), "yes_no": "true / false", "count": "0, 1, 2, …"}
    return ranges[fact.kind] + (" / –" if fact.may_be_unknown else "")


def _scalar(fact: Fact | None, value: int) -> Scalar:
    if value == UNKNOWN:
        return None
    if fact is None or fact.kind == "yes_no":
        return bool(value)
    return fact.choices[value] if fact.kind == "choice" else value
