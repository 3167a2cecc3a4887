"""From facts to patterns: rows that the programme cannot tell apart are grouped, whatever their number.

A choice or yes/no is kept as it is, a count is cut at the thresholds that the programme compares it with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.flat import UNKNOWN_WORD
from rules.program import COUNT_OPERATORS, Comparison, Fact, FactKind, NotInForce, Words
from rules.table import LARGEST, UNKNOWN, BadFacts, FactTable, Ints

BELOW, AT, ABOVE = range(3)  # a count beside a threshold
FEW_THRESHOLDS = 8  # up to here comparing is quicker than searching


@dataclass(frozen=True)
class Key:
    """What a pattern holds of one fact; of a count, where it lies beside one threshold."""

    fact: str
    kind: FactKind
    threshold: int | str | None = None  # a number, or the name of the parameter that gives it


@dataclass(frozen=True)
class Patterns:
    """The distinct patterns of a table, in what is `asked`: facts, then latches.

    `of_row`: the pattern of each row; `example`: one row of each pattern; `codes`: per pattern the
    code of each key (a choice's index, 0/1, BELOW/AT/ABOVE; -1 unknown).
    """

    asked: tuple[str, ...]
    of_row: Ints
    example: Ints
    codes: list[tuple[int, ...]]


def key_of(comparison: Comparison, kind: FactKind) -> Key:
    """The key that a comparison asks."""
    if comparison.operator in COUNT_OPERATORS:
        assert isinstance(comparison.value, (int, str))
        return Key(comparison.fact, kind, comparison.value)
    return Key(comparison.fact, kind)


def words_of(key: Key, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The word of each code; unknown is the last place, where its code -1 finds it.

    The words are short and made here, so that no choice's spelling can reach the engine.
    """
    kinds = {"yes_no": ("no", "yes"), "count": ("below", "at", "above")}
    known = kinds.get(key.kind) or tuple(f"c{i}" for i in range(len(facts[key.fact].choices)))
    return (*known, UNKNOWN_WORD)


def cut(
    table: FactTable,
    keys: tuple[Key, ...],
    facts: Mapping[str, Fact],
    latches: Iterable[str],
    values: Mapping[str, int],
) -> Patterns:
    """Group the rows by what the keys and latches say of them. Raises BadFacts, NotInForce."""
    thresholds = {key: _threshold(key.threshold, values) for key in keys if key.threshold is not None}
    of_row, example = grouped(_columns(table, keys, facts, tuple(latches), thresholds), table.size)
    codes = [_codes(table.columns[key.fact][example], thresholds.get(key)) for key in keys]
    rows = zip(*(column.tolist() for column in codes), strict=True) if codes else iter([()] * example.size)
    asked = tuple(dict.fromkeys(key.fact for key in keys))
    return Patterns((*asked, *latches), of_row, example, list(rows))


def grouped(columns: Iterable[tuple[NDArray[np.integer], int]], size: int) -> tuple[Ints, Ints]:
    """Rows with equal values in all columns get one number; also one row for each number.

    A column is its codes and their number (codes are 0 up to that). The codes are joined as digits of
    one number, renumbered whenever it would become too long.
    """
    joined, span = np.zeros(size, dtype=np.int64), 1
    room = max(4 * size, 1024)
    for codes, radix in columns:
        if span > 1 and span * radix > room:
            joined, example = _renumbered(joined, span, room)
            span = max(example.size, 1)
        joined = joined * radix + codes if span > 1 else codes.astype(np.int64)
        span *= radix
    return _renumbered(joined, span, room)


def _renumbered(joined: Ints, span: int, room: int) -> tuple[Ints, Ints]:
    """The numbers that occur, counted from 0; and one row for each."""
    if span > room:
        _, example, numbers = np.unique(joined, return_index=True, return_inverse=True)
        return numbers.astype(np.int64, copy=False), example.astype(np.int64, copy=False)
    some_row = np.full(span, -1, dtype=np.int64)
    some_row[joined] = np.arange(joined.size)
    occurring = some_row >= 0
    number = np.cumsum(occurring) - 1
    return number[joined], some_row[occurring]


def _columns(
    table: FactTable,
    keys: tuple[Key, ...],
    facts: Mapping[str, Fact],
    latches: tuple[str, ...],
    thresholds: Mapping[Key, int],
) -> Iterator[tuple[NDArray[np.integer], int]]:
    for name in dict.fromkeys(key.fact for key in keys):
        fact = facts[name]
        column = _checked(table, fact)
        if fact.kind == "count":
            cuts = sorted({t for key, t in thresholds.items() if key.fact == name})
            yield _classes(column, cuts), 2 * len(cuts) + 2
        else:
            yield column + 1, len(fact.choices or ("no", "yes")) + 1
    for name in latches:
        yield _checked(table, Fact(name, "yes_no")), 2


def _classes(column: Ints, cuts: list[int]) -> NDArray[np.integer]:
    """Equal for counts that lie alike beside every threshold; the unknown (-1) apart from all counts."""
    if len(cuts) > FEW_THRESHOLDS:
        sides = np.searchsorted(cuts, column, "left") + np.searchsorted(cuts, column, "right")
        return sides + (column >= 0)
    classes = (column >= 0).astype(np.int8)
    for threshold in cuts:
        classes += column >= threshold
        classes += column > threshold
    return classes


def _codes(column: Ints, threshold: int | None) -> Ints:
    if threshold is None:
        return column
    sides = (column >= threshold).astype(np.int64) + (column > threshold)
    return np.where(column == UNKNOWN, UNKNOWN, sides)


def _threshold(side: int | str | None, values: Mapping[str, int]) -> int:
    if isinstance(side, str):
        if side not in values:
            raise NotInForce(f"{side} has no value")
        side = values[side]
    if type(side) is not int or abs(side) > LARGEST:
        raise BadFacts(Words(f"门槛须为整数：{side!r}", f"a threshold must be a whole number: {side!r}"))
    return side


def _checked(table: FactTable, fact: Fact) -> Ints:
    """The column of a fact, refused unless every value can be one of this fact's."""
    column = table.columns.get(fact.name)
    if column is None:
        raise BadFacts(Words(f"缺少「{fact.name}」一列", f'there is no column "{fact.name}"'))
    if column.dtype != np.int64 or column.shape != (table.size,):
        raise BadFacts(Words(f"「{fact.name}」一列不是整数列", f'"{fact.name}" is not a column of integers'))
    largest = LARGEST if fact.kind == "count" else len(fact.choices or ("no", "yes")) - 1
    smallest = UNKNOWN if fact.may_be_unknown else 0
    if column.size and (column.min() < smallest or column.max() > largest):
        row = int(np.flatnonzero((column < smallest) | (column > largest))[0])
        raise BadFacts(
            Words(
                f"第 {row + 1} 行「{fact.name}」：{int(column[row])} 超出允许的范围",
                f'row {row + 1}, "{fact.name}": {int(column[row])} is not allowed',
            )
        )
    return column
