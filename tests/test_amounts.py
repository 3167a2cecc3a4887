"""What claims come to: by method, under the household's cap, out of a pool that may be too small; whole 分 throughout."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.amounts import LARGEST, LESSER_OF_BOTH, PER_SHIPMENT, PERCENT_OF_FEE, capped, due, shared
from rules.history import Ints

FEES = st.lists(st.integers(0, 10**10), max_size=30)
DUES = st.lists(st.integers(0, 10**9), max_size=30)


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("method", "fee", "amount"),
    [
        (PER_SHIPMENT, 800, 100),
        (PER_SHIPMENT, 100, 100),
        (PER_SHIPMENT, 99, 99),  # never above the fee
        (PERCENT_OF_FEE, 800, 560),
        (PERCENT_OF_FEE, 855, 598),  # 598.5 分 is rounded down
        (PERCENT_OF_FEE, 1, 0),
        (LESSER_OF_BOTH, 142, 99),
        (LESSER_OF_BOTH, 143, 100),
        (LESSER_OF_BOTH, 0, 0),
    ],
)
def test_a_claim_comes_to(method: int, fee: int, amount: int) -> None:
    assert due(method, fee, 100, 70) == amount
    assert due(method, ints([fee, 800]), 100, 70)[0] == amount


def test_an_unknown_method_is_no_amount() -> None:
    for method in (0, 4):
        with pytest.raises(ValueError, match="method"):
            due(method, 800, 100, 70)


@given(FEES, st.integers(1, 3), st.integers(0, 10**6), st.integers(0, 100))
def test_many_claims_come_to_what_each_comes_to(
    fees: list[int], method: int, flat: int, percent: int
) -> None:
    found = due(method, ints(fees), flat, percent)
    share = [int(Fraction(fee * percent, 100)) for fee in fees]
    plain = {
        PER_SHIPMENT: [min(flat, fee) for fee in fees],
        PERCENT_OF_FEE: share,
        LESSER_OF_BOTH: [min(flat, one) for one in share],
    }
    assert found.tolist() == plain[method]
    assert found.dtype == np.int64


CLAIM = st.tuples(st.integers(0, 10**6), st.integers(1, 3), st.integers(2020, 2022), st.integers(0, 5))


@given(
    st.lists(CLAIM, max_size=40),
    st.integers(0, 2 * 10**6),
    st.dictionaries(st.tuples(st.integers(1, 3), st.integers(2020, 2022)), st.integers(0, 10**6)),
)
def test_the_cap_is_used_up_in_order_and_never_exceeded(
    claims: list[tuple[int, int, int, int]], cap: int, used: dict[tuple[int, int], int]
) -> None:
    dues, households, years, order = (
        (ints(list(c)) for c in zip(*claims, strict=True)) if claims else [ints([])] * 4
    )
    found = capped(dues, households, years, order, cap, used).tolist()
    room = {key: max(cap - used.get(key, 0), 0) for key in {(h, y) for _, h, y, _ in claims}}
    for at in sorted(range(len(claims)), key=lambda at: (claims[at][3], at)):
        amount, household, year, _ = claims[at]
        assert found[at] == min(amount, room[household, year])
        room[household, year] -= found[at]
    assert all(left >= 0 for left in room.values())


@pytest.mark.parametrize(
    ("used", "left"), [(199, [1, 0]), (200, [0, 0]), (201, [0, 0]), (0, [150, 50]), (50, [150, 0])]
)
def test_what_was_paid_before_counts_against_the_cap(used: int, left: list[int]) -> None:
    found = capped(ints([150, 60]), ints([7, 7]), ints([2021, 2021]), ints([0, 1]), 200, {(7, 2021): used})
    assert found.tolist() == left


def test_another_year_or_household_has_a_cap_of_its_own() -> None:
    found = capped(ints([150, 150, 150]), ints([7, 7, 8]), ints([2020, 2021, 2021]), ints([0, 1, 2]), 200)
    assert found.tolist() == [150, 150, 150]


@example([1, 1, 1], 2)
@example([0, 0], 0)
@example([10**9] * 30, 30 * 10**9)
@given(DUES, st.integers(0, 4 * 10**10))
def test_shares_add_up_and_follow_what_is_due(dues: list[int], pool: int) -> None:
    paid = shared(ints(dues), pool).tolist()
    total = sum(dues)
    assert sum(paid) == min(pool, total)
    assert all(0 <= one <= most for one, most in zip(paid, dues, strict=True))
    for one, most in zip(paid, dues, strict=True):  # nobody is further than one 分 from the exact share
        assert abs(Fraction(min(pool, total) * most, total or 1) - one) < 1
    pairs = sorted(zip(dues, paid, strict=True))
    assert all(less <= more + 1 for (_, less), (_, more) in zip(pairs, pairs[1:], strict=False))


@pytest.mark.parametrize(
    ("dues", "pool", "paid"),
    [
        ([100, 100, 100], 299, [100, 100, 99]),  # of equal remainders the earlier ones gain
        ([100, 100, 100], 301, [100, 100, 100]),
        ([100, 100, 100], 0, [0, 0, 0]),
        ([1, 1, 1, 1], 2, [1, 1, 0, 0]),
        ([3, 1], 2, [2, 0]),  # 1.5 and 0.5: equal remainders
        ([5, 3], 5, [3, 2]),  # 3.125 and 1.875: the larger remainder gains
        ([], 5, []),
        ([0, 7], 3, [0, 3]),
    ],
)
def test_a_pool_that_is_too_small_is_shared(dues: list[int], pool: int, paid: list[int]) -> None:
    assert shared(ints(dues), pool).tolist() == paid


def test_sums_beyond_64_bits_on_the_way_are_exact() -> None:
    dues = [LARGEST, LARGEST - 1, 1]
    pool = 2 * LARGEST - 1
    assert sum(shared(ints(dues), pool).tolist()) == pool


@pytest.mark.parametrize("wrong", [np.array([1.5]), ints([-1]), ints([LARGEST + 1]), np.array([[1]])])
def test_what_is_no_whole_amount_is_never_computed_with(wrong: Any) -> None:
    with pytest.raises(ValueError, match="amount"):
        shared(wrong, 10)
    with pytest.raises(ValueError, match="amount"):
        due(PERCENT_OF_FEE, wrong, 100, 70)
    with pytest.raises(ValueError, match="amount"):
        capped(wrong, ints([1]), ints([1]), ints([1]), 5)


def test_a_pool_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        shared(ints([1]), -1)
