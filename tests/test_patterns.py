"""Rows that a programme cannot tell apart are one pattern; rows that it can are never joined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.patterns import ABOVE, AT, BELOW, Key, cut, grouped
from rules.program import Fact, NotInForce
from rules.table import BadFacts, FactTable

COUNT = {"n": Fact("n", "count", may_be_unknown=True)}
LARGE = 2**53 - 1


def table(**columns: list[int]) -> FactTable:
    size = len(next(iter(columns.values())))
    return FactTable({name: np.array(column, dtype=np.int64) for name, column in columns.items()}, size)


def codes_of_rows(facts: FactTable, keys: tuple[Key, ...], values: dict[str, int]) -> list[tuple[int, ...]]:
    patterns = cut(facts, keys, COUNT, (), values)
    return [patterns.codes[p] for p in patterns.of_row]


@given(
    rows=st.integers(0, 40),
    radices=st.lists(st.sampled_from([1, 2, 3, 50, 2001, 2**31]), max_size=12),
    seed=st.integers(0, 999),
)
@settings(deadline=None)
def test_rows_are_grouped_exactly_by_their_values(rows: int, radices: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = [rng.integers(max(0, radix - 3), radix, rows) for radix in radices]
    of_row, example = grouped(zip(columns, radices, strict=True), rows)
    real = list(zip(*(c.tolist() for c in columns), strict=True)) if columns else [()] * rows
    assert [real[example[p]] for p in of_row] == real
    assert example.size == len(set(real))


def test_a_count_is_cut_below_at_and_above_each_threshold() -> None:
    keys = (Key("n", "count", 3), Key("n", "count", "limit"), Key("n", "count", 0))
    found = codes_of_rows(table(n=[-1, 0, 2, 3, 4, 5, 6, LARGE]), keys, {"limit": 5})
    assert found == [
        (-1, -1, -1),
        (BELOW, BELOW, AT),
        (BELOW, BELOW, ABOVE),
        (AT, BELOW, ABOVE),
        (ABOVE, BELOW, ABOVE),
        (ABOVE, AT, ABOVE),
        (ABOVE, ABOVE, ABOVE),
        (ABOVE, ABOVE, ABOVE),
    ]


@given(
    counts=st.lists(st.integers(-1, 12) | st.just(LARGE), min_size=1, max_size=50),
    thresholds=st.lists(st.integers(-2, 12) | st.just(LARGE), min_size=1, max_size=20, unique=True),
)
def test_any_number_of_thresholds_cuts_every_count_rightly(counts: list[int], thresholds: list[int]) -> None:
    keys = tuple(Key("n", "count", t) for t in thresholds)
    for count, codes in zip(counts, codes_of_rows(table(n=counts), keys, {}), strict=True):
        right = [
            -1 if count == -1 else BELOW if count < t else AT if count == t else ABOVE for t in thresholds
        ]
        assert list(codes) == right


def test_counts_that_lie_alike_are_one_pattern_and_so_is_a_large_table_of_them() -> None:
    counts = np.arange(100_000) % 400
    patterns = cut(
        FactTable({"n": counts.astype(np.int64)}, 100_000), (Key("n", "count", 180),), COUNT, (), {}
    )
    assert patterns.codes == [(BELOW,), (AT,), (ABOVE,)]
    assert np.bincount(patterns.of_row).tolist() == [45_000, 250, 54_750]


def test_a_threshold_without_a_value_is_not_guessed() -> None:
    with pytest.raises(NotInForce, match="limit"):
        codes_of_rows(table(n=[1]), (Key("n", "count", "limit"),), {})


@pytest.mark.parametrize("value", [True, 2**60, 3.0, "3"])
def test_a_threshold_of_another_type_is_refused(value: int) -> None:
    with pytest.raises(BadFacts):
        codes_of_rows(table(n=[1]), (Key("n", "count", "limit"),), {"limit": value})


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Fact("n", "count"), -1),
        (Fact("n", "count", may_be_unknown=True), -2),
        (Fact("n", "yes_no"), 2),
        (Fact("n", "yes_no"), -1),
        (Fact("n", "choice", ("a", "b")), 2),
        (Fact("n", "choice", ("a", "b")), -1),
    ],
)
def test_a_value_that_the_fact_cannot_have_is_refused_with_its_row(fact: Fact, value: int) -> None:
    key = Key("n", fact.kind, 1 if fact.kind == "count" else None)
    with pytest.raises(BadFacts, match='row 2, "n"'):
        cut(table(n=[1, value]), (key,), {"n": fact}, (), {})


def test_a_latch_is_never_unknown() -> None:
    with pytest.raises(BadFacts, match="failing"):
        cut(table(n=[1], failing=[-1]), (Key("n", "count", 1),), COUNT, ("failing",), {})


def test_a_missing_column_or_one_of_another_type_is_refused() -> None:
    key = (Key("n", "count", 1),)
    with pytest.raises(BadFacts, match="no column"):
        cut(table(m=[1]), key, COUNT, (), {})
    with pytest.raises(BadFacts, match="integers"):
        cut(FactTable({"n": np.array([1.0])}, 1), key, COUNT, (), {})
    with pytest.raises(BadFacts, match="integers"):
        cut(FactTable({"n": np.array([1, 2], dtype=np.int64)}, 3), key, COUNT, (), {})
