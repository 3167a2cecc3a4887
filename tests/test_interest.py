"""Amounts of grants by properties: interest never exceeds what is due or paid, rewards never exceed their caps."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.history import Ints
from rules.interest import HIGHEST, LARGEST, LONGEST, benchmark, interest, subsidy
from rules.overlaps import came_first
from rules.periods import quarters_touched, term_months, whole_months, within, year_of, years_touched
from rules.rewards import per_month_of, reward, within_years

MONEY = st.integers(0, 10**10)
RATE = st.integers(1, 2400)
DAYS = st.integers(0, 400)
EPOCH = date(1970, 1, 1)


def column(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def day(text: str) -> Ints:
    return column((date.fromisoformat(text) - EPOCH).days)


def one(principal: int, rate: int, days: int, paid: int = 2**40) -> int:
    return int(subsidy(column(principal), column(rate), column(days), 360, column(paid))[0])


# ---- interest ----


def test_interest_is_principal_times_rate_times_days_over_360_rounded_down() -> None:
    assert one(5_000_000, 475, 90) == 59_375
    assert one(5_000_000, 475, 89) == 58_715  # 587.1527… yuan
    assert one(100, 435, 1) == 0


@given(
    st.integers(0, LARGEST),
    st.integers(0, HIGHEST),
    st.integers(0, LONGEST),
    st.sampled_from((360, 365, 366)),
)
def test_no_sum_leaves_the_machines_numbers(principal: int, rate: int, days: int, basis: int) -> None:
    found = int(interest(column(principal), column(rate), column(days), basis)[0])
    assert found == principal * rate * days // (10_000 * basis)


@given(MONEY, RATE, DAYS, DAYS, MONEY)
def test_splitting_a_period_pays_at_most_the_whole_and_loses_less_than_a_fen_per_part(
    principal: int, rate: int, first: int, second: int, paid: int
) -> None:
    whole = one(principal, rate, first + second)
    parts = one(principal, rate, first) + one(principal, rate, second)
    assert whole - 1 <= parts <= whole
    capped = one(principal, rate, first, paid) + one(principal, rate, second, paid)
    assert capped <= one(principal, rate, first + second, 2 * paid)


@given(MONEY, MONEY, RATE, DAYS, DAYS)
def test_more_principal_or_more_days_never_come_to_less(a: int, b: int, rate: int, c: int, d: int) -> None:
    less, more, fewer, longer = min(a, b), max(a, b), min(c, d), max(c, d)
    assert one(less, rate, fewer) <= one(more, rate, fewer) <= one(more, rate, longer)


@given(MONEY, RATE, DAYS, MONEY)
def test_never_more_than_was_paid(principal: int, rate: int, days: int, paid: int) -> None:
    found = one(principal, rate, days, paid)
    assert found <= paid and found in (paid, one(principal, rate, days))


@pytest.mark.parametrize(
    ("principal", "rate", "days"), [(-1, 1, 1), (1, -1, 1), (1, 1, -1), (2**40 + 1, 1, 1), (1, 10_001, 1)]
)
def test_what_is_no_sum_rate_or_number_of_days_is_refused(principal: int, rate: int, days: int) -> None:
    with pytest.raises(ValueError):
        interest(column(principal), column(rate), column(days), 360)


def test_the_benchmark_of_a_whole_year_is_still_the_short_one() -> None:
    assert benchmark(column(1, 12, 13, 36), 12, 435, 475).tolist() == [435, 435, 475, 475]


# ---- periods ----


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2021-01-01", "2021-01-31", 1),
        ("2021-01-01", "2021-01-30", 0),
        ("2021-01-02", "2021-01-31", 0),
        ("2021-01-02", "2021-02-28", 1),
        ("2020-02-01", "2020-02-28", 0),  # a leap year
        ("2020-11-30", "2021-03-01", 3),
        ("2021-03-01", "2021-02-01", 0),
    ],
)
def test_only_whole_calendar_months_count(first: str, last: str, months: int) -> None:
    assert whole_months(day(first), day(last)).tolist() == [months]


@given(st.integers(0, 2000), st.integers(0, 400), st.integers(0, 400))
def test_splitting_a_period_never_gains_a_month(start: int, one_part: int, other: int) -> None:
    first, middle = column(start), column(start + one_part)
    last = middle + 1 + other
    parts = whole_months(first, middle) + whole_months(middle + 1, last)
    assert whole_months(first, last) - 1 <= parts <= whole_months(first, last)


@pytest.mark.parametrize(
    ("lent", "due", "months"),
    [
        ("2020-07-01", "2021-07-01", 12),
        ("2020-07-01", "2021-07-02", 13),
        ("2020-07-01", "2021-06-30", 12),
        ("2018-02-28", "2021-02-28", 36),
        ("2020-02-29", "2023-02-28", 36),
        ("2020-02-29", "2023-03-01", 37),  # the first of March is a day after the term's last month
        ("2020-07-01", "2020-07-01", 0),
        ("2020-07-01", "2020-07-02", 1),
    ],
)
def test_a_term_counts_begun_months_up_to_the_same_day(lent: str, due: str, months: int) -> None:
    assert term_months(day(lent), day(due)).tolist() == [months]


def test_quarters_and_years_are_counted_by_the_days_in_them() -> None:
    assert quarters_touched(day("2021-01-01"), day("2021-03-31")).tolist() == [1]
    assert quarters_touched(day("2021-01-01"), day("2021-04-01")).tolist() == [2]
    assert years_touched(day("2020-12-31"), day("2021-01-01")).tolist() == [2]
    assert (year_of(day("2021-12-31")) + 1970).tolist() == [2021]


def test_the_day_of_the_end_no_longer_counts() -> None:
    period = day("2021-01-01"), day("2021-03-31")
    assert within(*period, day("2021-01-01"), day("2021-04-01")).all()
    assert not within(*period, day("2021-01-01"), day("2021-03-31")).any()
    assert not within(*period, day("2021-01-02"), day("2021-04-01")).any()


# ---- claimed before ----

PERIODS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(0, 6), st.booleans()), max_size=8
)


@given(PERIODS)
@settings(max_examples=200)
def test_of_those_that_stand_no_two_share_a_day_and_each_that_gives_way_meets_one_before_it(
    told: list[tuple[int, int, int, bool]],
) -> None:
    owner, first = column(*(t[0] for t in told)), column(*(t[1] for t in told))
    last = first + column(*(t[2] for t in told))
    stands = np.array([t[3] for t in told], dtype=np.bool_)
    earlier = came_first(owner, first, last, list(range(len(told))), stands)
    for at, before in enumerate(earlier.tolist()):
        shares = [
            b
            for b in range(at)
            if stands[b]
            and earlier[b] < 0
            and owner[b] == owner[at]
            and first[b] <= last[at]
            and first[at] <= last[b]
        ]
        assert before == (shares[0] if shares else -1)


# ---- rewards ----


@given(
    st.integers(0, 12),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**8),
)
def test_a_reward_is_months_and_parcels_up_to_the_cap(
    months: int, per_month: int, parcels: int, per_parcel: int, cap: int
) -> None:
    found = reward(column(months), column(per_month), column(parcels), per_parcel, cap).tolist()
    assert found == [min(months * per_month + parcels * per_parcel, cap)]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 500)), max_size=12),
    st.integers(0, 900),
)
def test_a_year_of_an_outlet_never_exceeds_its_cap_and_earlier_claims_come_first(
    told: list[tuple[int, int, int]], cap: int
) -> None:
    owner, year, due = (column(*(t[i] for t in told)) for i in range(3))
    order = np.arange(len(told), dtype=np.int64)[::-1].copy()  # the last one was claimed first
    found = within_years(due, owner, year, order, np.full(len(told), cap, dtype=np.int64))
    assert (found <= due).all()
    for key in {(o, y) for o, y, _ in told}:
        mine = [at for at in range(len(told)) if (owner[at], year[at]) == key]
        assert found[mine].sum() == min(due[mine].sum(), cap)
        reached = False
        for at in reversed(mine):
            assert not (reached and found[at])
            reached |= bool(found[at] < due[at])


def test_a_level_without_a_rate_gets_nothing_per_month() -> None:
    rates = per_month_of(column(0, 1, 2), ("", "town", "village"), {"town": 300, "village": 200})
    assert rates.tolist() == [0, 300, 200]


@pytest.mark.parametrize(("per_parcel", "cap"), [(-1, 0), (0, -1)])
def test_a_negative_rate_or_cap_is_refused(per_parcel: int, cap: int) -> None:
    with pytest.raises(ValueError):
        reward(column(1), column(1), column(1), per_parcel, cap)
