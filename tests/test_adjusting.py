"""By how much the payment of a settled claim changes once more is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.adjusting import Before, change

MONEY = st.integers(0, 10**9)


@st.composite
def settled(draw: st.DrawFn) -> Before:
    """A claim that was due something, within what its settlement could give."""
    asked = draw(st.integers(0, 10**12))
    given_out = draw(st.integers(0, asked))
    due = draw(MONEY)
    ceiling = draw(st.none() | st.integers(0, due))
    within = due if ceiling is None else ceiling
    share = within * given_out // asked if asked else within
    return Before(min(share + draw(st.integers(0, 1)), within), due, ceiling, given_out, asked)


def fully_paid(paid: int, due: int | None = None, ceiling: int | None = None) -> Before:
    return Before(paid, paid if due is None else due, ceiling, 1_000_000, 1_000_000)


def test_the_same_due_changes_nothing_even_where_the_pool_was_short() -> None:
    assert change(Before(33, 100, None, 1, 3), 100) == 0


def test_a_claim_refused_since_is_taken_back_whole() -> None:
    assert change(fully_paid(700), 0) == -700
    assert change(Before(34, 100, None, 1, 3), 0) == -34


def test_a_claim_refused_then_and_payable_now_is_paid_as_its_neighbours_were() -> None:
    assert change(Before(0, 0, None, 500, 1000), 701) == 350


def test_where_everything_was_refused_then_there_was_no_shortage() -> None:
    assert change(Before(0, 0, None, 0, 0), 700) == 700


def test_a_higher_fee_brings_the_difference_a_lower_one_takes_it() -> None:
    assert change(fully_paid(700), 770) == 70
    assert change(fully_paid(700), 630) == -70


def test_what_the_cap_had_left_stays_the_most() -> None:
    capped = fully_paid(500, due=700, ceiling=500)
    assert change(capped, 900) == 0
    assert change(capped, 501) == 0
    assert change(capped, 499) == -1


def test_one_more_fen_by_the_remainder_is_not_taken_for_a_higher_fee() -> None:
    """150 of 1 % rounds down to 1; the remainder had given 2."""
    assert change(Before(2, 150, None, 1, 100), 151) == 0


@given(settled(), MONEY)
def test_never_more_than_was_paid_is_taken_back(before: Before, due: int) -> None:
    assert before.paid + change(before, due) >= 0


@given(settled(), MONEY)
def test_never_more_than_is_due_now_unless_nothing_changed(before: Before, due: int) -> None:
    if due != before.due:
        assert before.paid + change(before, due) <= max(due, before.paid if due > before.due else 0)


@given(settled(), MONEY, MONEY)
def test_more_due_never_brings_less(before: Before, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert change(before, low) <= change(before, high)


@given(settled(), MONEY)
def test_every_sum_is_whole(before: Before, due: int) -> None:
    assert type(change(before, due)) is int
