"""The proof cuts counts at their thresholds, and tries the thresholds of every day on which they changed."""

from __future__ import annotations

import pytest

from rules.combinations import spans_between
from rules.load import load
from rules.proof import ProofFault, prove

HEAD = 'program = "p"\ntitle = { zh = "甲", en = "A" }\nsource = "s"\nsubject = "child"\nbetter = ["no", "wait", "yes"]\n'
WORDS = 'text = { zh = "甲", en = "a" }\nclause = "1"\nquote = "q"\nreading = "text"\n'


def proved(text: str) -> tuple[ProofFault, ...]:
    return prove(load(text.encode(), "draft.toml"))


@pytest.mark.parametrize(
    ("thresholds", "spans"),
    [
        ([], [(0, 2**53 - 1)]),
        ([0], [(0, 0), (1, 2**53 - 1)]),
        ([1], [(0, 0), (1, 1), (2, 2**53 - 1)]),
        ([5, 6], [(0, 4), (5, 5), (6, 6), (7, 2**53 - 1)]),
        ([5, 7, 5], [(0, 4), (5, 5), (6, 6), (7, 7), (8, 2**53 - 1)]),
        ([10, 3], [(0, 2), (3, 3), (4, 9), (10, 10), (11, 2**53 - 1)]),
        ([2**53 - 1], [(0, 2**53 - 2), (2**53 - 1, 2**53 - 1)]),
    ],
)
def test_counts_are_cut_into_the_spans_that_whole_numbers_have(
    thresholds: list[int], spans: list[tuple[int, int]]
) -> None:
    assert list(spans_between(thresholds)) == spans


def counting(low: str, high: str, *rows: str, more_is: str = "better", also: str = "") -> str:
    """A programme over one count `n` with conditions `low` and `high`."""
    tests = {"low": low, "high": high}
    conditions = "".join(
        f'[conditions.{name}]\ntest = {{ fact = "n", {test} }}\n{WORDS}' for name, test in tests.items()
    )
    verdicts = "".join(f"[[benefits.b.verdicts]]\n{row}\n" for row in rows)
    return f'{HEAD}[facts.n]\ntype = "count"\nmore_is = "{more_is}"\n{also}\n{conditions}{verdicts}'


NO = 'verdict = "no"\nwhen = { fails = ["low"] }'
YES = 'verdict = "yes"\nwhen = { holds = ["high"] }'
BETWEEN = 'verdict = "wait"\nwhen = { holds = ["low"], fails = ["high"] }'


def test_between_two_thresholds_lies_a_case() -> None:
    found = proved(counting("at_least = 3", "at_least = 7", NO, YES))
    assert [(fault.kind, fault.example) for fault in found] == [("gap", {"n": 3}), ("gap", {"n": 4})]


def test_between_five_and_six_lies_no_case() -> None:
    assert proved(counting("at_least = 6", "more_than = 5", NO, YES)) == ()
    found = proved(counting("at_least = 6", "more_than = 5", NO, YES, BETWEEN))
    assert [(f.kind, f.where, f.example) for f in found] == [("unreachable", "benefits.b.verdicts[3]", {})]


def test_nothing_lies_below_zero() -> None:
    found = proved(counting("at_least = 0", "more_than = 0", NO, YES, BETWEEN))
    assert [(f.kind, f.where, f.example) for f in found] == [("unreachable", "benefits.b.verdicts[1]", {})]
    assert proved(counting("at_least = 0", "more_than = 0", BETWEEN, YES)) == ()


@pytest.mark.parametrize(
    ("operator", "opposite", "other"),
    [
        ("at_least = 6", "at_most = 5", "at_most = 4"),
        ("more_than = 5", "less_than = 6", "less_than = 5"),
        ("at_least = 6", "less_than = 6", "less_than = 5"),
        ("more_than = 5", "at_most = 5", "at_most = 4"),
    ],
)
def test_each_operator_has_its_own_side_of_the_threshold(operator: str, opposite: str, other: str) -> None:
    """`at_least 6` and `more_than 5` part the counts at one place, and what is left is all below it."""
    rows = (YES, 'verdict = "no"\nwhen = { holds = ["low"] }')
    assert proved(counting(opposite, operator, *rows)) == ()
    found = proved(counting(other, operator, *rows))
    assert [(fault.kind, fault.example) for fault in found] == [("gap", {"n": 5})]


def test_a_count_may_be_unknown_and_is_then_not_compared() -> None:
    rows = (NO, YES, BETWEEN)
    text = counting("at_least = 3", "at_least = 7", *rows, also="may_be_unknown = true")
    assert [(fault.kind, fault.example) for fault in proved(text)] == [("gap", {"n": None})]
    whole = counting("at_least = 3", "at_least = 7", *rows, 'verdict = "yes"', also="may_be_unknown = true")
    assert proved(whole) == ()


def test_every_fact_that_turns_around_is_named_once() -> None:
    text = counting("at_least = 3", "at_least = 7", NO, YES, BETWEEN, more_is="worse")
    found = proved(text)
    assert [(fault.kind, fault.where) for fault in found] == [("not_monotone", "benefits.b")]
    assert 'from 2 to 3, yet the verdict gets better, from "no" to "wait"' in found[0].message.en


def dated(low: list[tuple[str, int]], high: list[tuple[str, int]]) -> str:
    """`low` and `high` as parameters with dated values; the rows take low below high for granted."""
    parameters = ""
    for name, values in (("p_low", low), ("p_high", high)):
        entries = ", ".join(f"{{ from = {day}, value = {value} }}" for day, value in values)
        parameters += (
            f'[parameters.{name}]\ntitle = {{ zh = "甲", en = "A" }}\nunit = "day"\nrange = [0, 99]\n'
        )
        parameters += f'values = [{entries}]\nclause = "1"\nquote = "q"\nreading = "text"\n'
    rows = (
        'verdict = "no"\nwhen = { fails = ["low", "high"] }',
        'verdict = "wait"\nwhen = { holds = ["low"], fails = ["high"] }',
        'verdict = "yes"\nwhen = { holds = ["low", "high"] }',
    )
    body = counting('at_least = "p_low"', 'at_least = "p_high"', *rows)
    return body.replace("[facts.n]", parameters + "[facts.n]")


def test_values_that_keep_their_order_have_no_fault() -> None:
    assert proved(dated([("2020-01-01", 3)], [("2020-01-01", 7), ("2021-01-01", 5)])) == ()


@pytest.mark.parametrize("day", ["2019-01-01", "2022-01-01"])
def test_values_that_swap_the_order_of_two_thresholds_are_found(day: str) -> None:
    """For a time `high` starts at 2, below `low`: a count of 2 then fails one and holds the other."""
    high = sorted([("2020-01-01", 7), (day, 2)])
    found = proved(dated([("2019-01-01", 3)], high))
    assert [(fault.kind, fault.example) for fault in found] == [("gap", {"n": 2})]


def test_a_row_that_is_reached_under_some_values_only_is_reached() -> None:
    low = [("2020-01-01", 3)]
    assert proved(dated(low, [("2020-01-01", 3), ("2021-01-01", 7), ("2022-01-01", 3)])) == ()
    always = proved(dated(low, [("2020-01-01", 3)]))
    assert [(fault.kind, fault.where) for fault in always] == [("unreachable", "benefits.b.verdicts[2]")]


def test_values_before_the_programme_is_in_force_do_not_count() -> None:
    """A low of 9 is above a high of 7, but where high has no value yet the two never met."""
    low = [("2020-01-01", 9), ("2021-01-01", 3)]
    assert proved(dated(low, [("2021-01-01", 7)])) == ()
    met = proved(dated(low, [("2020-12-31", 7)]))
    assert [(fault.kind, fault.example) for fault in met] == [("gap", {"n": 7}), ("gap", {"n": 8})]


def test_the_same_gap_on_several_days_is_told_once() -> None:
    high = [("2020-01-01", 2), ("2021-01-01", 7), ("2022-01-01", 2), ("2023-01-01", 1)]
    found = proved(dated([("2020-01-01", 3)], high))
    # below the one and at the other threshold, on three days; below the one and above the other, on the last
    assert [(fault.kind, fault.example) for fault in found] == [("gap", {"n": 2}), ("gap", {"n": 2})]


def test_a_benefit_of_words_only_asks_every_condition() -> None:
    text = counting("at_least = 3", "at_least = 7", 'verdict = "yes"\nwhen = { holds = "all" }')
    assert [(fault.kind, fault.example) for fault in proved(text)] == [("gap", {"n": n}) for n in (2, 3, 4)]
