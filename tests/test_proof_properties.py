"""The proof's own reading of tests equals the plain evaluator's, and its events are those of real histories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.combinations import Span
from rules.load import load
from rules.plain import findings, latch_moves, verdict_row
from rules.possible_events import FIGURES, Event, possible_event
from rules.program import (
    CHOICE_OPERATORS,
    COUNT_OPERATORS,
    Benefit,
    Comparison,
    Condition,
    DatedValue,
    Fact,
    Gate,
    Group,
    Named,
    Operator,
    Program,
    Scalar,
    Test,
    VerdictRow,
    When,
)
from rules.proof import asked_conditions, prove, spaces_of
from rules.truths import benefit_rows

BASE = load((Path(__file__).parent / "programs" / "every-key.toml").read_bytes(), "every-key.toml")
FACTS = {
    "yes": Fact("yes", "yes_no", may_be_unknown=True),
    "sure": Fact("sure", "yes_no"),
    "colour": Fact("colour", "choice", ("red", "green", "blue"), may_be_unknown=True),
    "n": Fact("n", "count", may_be_unknown=True, more_is="worse"),
    "m": Fact("m", "count", more_is="better"),
}
NUMBERS: st.SearchStrategy[int | str] = st.sampled_from([0, 1, 2, 5, 6, 7, "least_score"])
COUNTS: st.SearchStrategy[Operator] = st.sampled_from(COUNT_OPERATORS)
CHOICES: st.SearchStrategy[Operator] = st.sampled_from(CHOICE_OPERATORS)


@st.composite
def comparison(draw: st.DrawFn, facts: dict[str, Fact]) -> Comparison:
    fact = draw(st.sampled_from(list(facts.values())))
    if fact.kind == "count":
        return Comparison(fact.name, draw(COUNTS), draw(NUMBERS))
    values: list[str | bool] = list(fact.choices) or [True, False]
    operator = draw(CHOICES)
    if operator == "one_of":
        some = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3))
        return Comparison(fact.name, operator, tuple(some))
    return Comparison(fact.name, operator, draw(st.sampled_from(values)))


@st.composite
def conditions(draw: st.DrawFn, facts: dict[str, Fact]) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    some = BASE.conditions["is_poor"]
    for name in "abcde"[: draw(st.integers(1, 5))]:
        leaves: st.SearchStrategy[Test] = comparison(facts)
        if found:
            leaves |= st.sampled_from([Named(other) for other in found])
        test = draw(
            st.recursive(
                leaves,
                lambda inner: st.builds(
                    Group, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3).map(tuple)
                ),
                max_leaves=5,
            )
        )
        found[name] = Condition(name, test, some.text, some.citation)
    return dict(reversed(found.items()))  # a name may stand before the condition it means


@st.composite
def programmes(draw: st.DrawFn) -> Program:
    asked = draw(conditions(FACTS))
    lists = st.lists(st.sampled_from([*asked, "left_out"]), min_size=1, max_size=3).map(tuple)
    scopes = st.none() | lists | st.sampled_from(["none", "some", "all"])
    whens = st.builds(When, scopes, scopes, scopes).filter(lambda when: when.items())
    rows = [
        VerdictRow(draw(st.sampled_from(BASE.better)), draw(whens)) for _ in range(draw(st.integers(1, 5)))
    ]
    if draw(st.booleans()):
        rows.append(VerdictRow("no", None))
    score = replace(BASE.parameters["least_score"], values=draw(dated()))
    return replace(
        BASE,
        facts=FACTS,
        conditions=asked,
        benefits={"b": Benefit("b", BASE.title, tuple(rows))},
        parameters={"least_score": score},
    )


@st.composite
def dated(draw: st.DrawFn) -> tuple[DatedValue, ...]:
    values = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3))
    return tuple(DatedValue(date(2020 + i, 1, 1), value) for i, value in enumerate(values))


ALL_SET: dict[str, Scalar] = {"yes": True, "sure": True, "colour": "red", "n": 0, "m": 0, "left_out": False}


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_every_combination_is_answered_as_the_plain_evaluator_answers_it(program: Program) -> None:
    for values, space in spaces_of(program, "b"):
        rows = benefit_rows(program, "b", space, asked_conditions(program, "b"), values).first
        step = max(space.size // 300, 1)
        for number in range(0, space.size, step):
            facts = ALL_SET | space.example(number)
            expected = verdict_row(program, "b", findings(program, facts, {"least_score": 0} | values))
            assert rows[number] == (-1 if expected is None else expected)


@settings(max_examples=100, deadline=None)
@given(programmes(), st.data())
def test_what_the_proof_says_holds_for_any_counts(program: Program, data: st.DataObject) -> None:
    """Counts of any size, not only those that the proof tries: a verdict, unless it has a gap."""
    faults = {fault.kind for fault in prove(program)}
    values = {"least_score": program.parameters["least_score"].values[-1].value}
    facts = ALL_SET | {
        "yes": data.draw(st.sampled_from([True, False, None])),
        "sure": data.draw(st.booleans()),
        "colour": data.draw(st.sampled_from(["red", "green", "blue", None])),
        "n": data.draw(st.none() | st.integers(0, 12)),
        "m": data.draw(st.integers(0, 12)),
        "left_out": data.draw(st.booleans()),
    }
    row = verdict_row(program, "b", findings(program, facts, values))
    assert row is not None or "gap" in faults
    if row is not None and facts["m"] and faults.isdisjoint({"gap", "not_monotone"}):
        fewer = facts | {"m": int(facts["m"]) - 1}
        less = verdict_row(program, "b", findings(program, fewer, values))
        rank = [program.better.index(r.verdict) for r in program.benefits["b"].rows]
        assert less is not None and rank[less] <= rank[row]


# ---- events ----


def figures(history: str, window: int) -> Event:
    """The running figures of the last event of a history such as `ppff`, its window the last events."""
    last = history[-1]
    run = len(history) - len(history.rstrip(last))
    seen = history[-window:]
    percent = 100 * seen.count("f") // len(seen)
    failures, passes = (run, 0) if last == "f" else (0, run)
    conclusion = "fail" if last == "f" else "pass"
    return Event(conclusion, failures, passes, seen.count("f"), percent, len(seen))


def histories(longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        yield from map("".join, product("pf", repeat=length))


REAL = {figures(history, window) for history in histories(7) for window in range(1, 8)}


def spans() -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 3, 9, 200])).map(lambda s: (s[0], s[0] + s[1]))


@st.composite
def asked_figures(draw: st.DrawFn) -> dict[str, Span]:
    names = draw(st.lists(st.sampled_from(FIGURES), unique=True))
    found = {name: draw(spans()) for name in names}
    if "failure_percent_in_window" in found and draw(st.booleans()):
        low = draw(st.integers(0, 101))
        found["failure_percent_in_window"] = (low, draw(st.sampled_from([low, 2**53 - 1])))
    return found


def within(event: Event, asked: dict[str, Span]) -> bool:
    return all(low <= getattr(event, name) <= high for name, (low, high) in asked.items())


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["pass", "fail", None]), asked_figures())
def test_an_event_is_possible_where_a_history_has_it(conclusion: str | None, asked: dict[str, Span]) -> None:
    event = possible_event(conclusion, asked)
    if any(within(real, asked) and conclusion in (None, real.conclusion) for real in REAL):
        assert event is not None
    if event is not None:
        assert within(event, asked) and conclusion in (None, event.conclusion)
        assert figures(history_of(event), event.inspections_in_window) == event


def history_of(event: Event) -> str:
    """A history whose last event carries these figures."""
    last = "f" if event.conclusion == "fail" else "p"
    run = event.consecutive_failures or event.consecutive_passes
    other = "p" if last == "f" else "f"
    if run >= event.inspections_in_window:
        return last * run
    failures, inspections = event.failures_in_window, event.inspections_in_window
    left = {"f": failures, "p": inspections - failures}
    left[last] -= run
    left[other] -= 1  # the event that the run follows
    return "f" * left["f"] + "p" * left["p"] + other + last * run


def test_events_of_a_pass_and_a_failure_are_told_apart() -> None:
    assert possible_event(None, {"consecutive_failures": (1, 9), "consecutive_passes": (1, 9)}) is None
    assert possible_event(None, {"consecutive_failures": (0, 0), "consecutive_passes": (0, 0)}) is None
    assert possible_event("fail", {"failures_in_window": (0, 0)}) is None
    assert possible_event("pass", {"failure_percent_in_window": (100, 200)}) is None
    assert possible_event(None, {"failure_percent_in_window": (101, 200)}) is None
    assert possible_event(None, {"failures_in_window": (4, 9), "inspections_in_window": (0, 3)}) is None


EVENTS = {
    "n": Fact("n", "count"),
    "sure": FACTS["sure"],
    "colour": replace(FACTS["colour"], may_be_unknown=False),
}


@settings(max_examples=100, deadline=None)
@given(conditions(EVENTS), st.data())
def test_latch_faults_are_those_that_the_plain_evaluator_finds(
    event_conditions: dict[str, Condition], data: st.DataObject
) -> None:
    gates = st.builds(
        Gate,
        st.sampled_from(["any", "all"]),
        st.lists(st.sampled_from(list(event_conditions)), min_size=1, max_size=3).map(tuple),
    )
    latch = replace(BASE.latches["left_out"], set_when=data.draw(gates), clear_when=data.draw(gates))
    program = replace(BASE, events=EVENTS, event_conditions=event_conditions, latches={"left_out": latch})
    program = replace(
        program,
        parameters={"least_score": replace(BASE.parameters["least_score"], values=data.draw(dated()))},
    )
    moves = {
        latch_moves(program, {"n": n, "sure": sure, "colour": colour}, {"least_score": dated_value.value})[
            "left_out"
        ]
        for dated_value in program.parameters["least_score"].values
        for n, sure, colour in product(range(12), (True, False), EVENTS["colour"].choices)
    }
    expected = set()
    if not any(sets for sets, _ in moves):
        expected.add("never_set")
    if not any(clears for _, clears in moves):
        expected.add("never_cleared")
    if (True, True) in moves:
        expected.add("set_and_cleared")
    found = {fault.kind: fault for fault in prove(program) if fault.where == "latches.left_out"}
    assert set(found) == expected
    if both := found.get("set_and_cleared"):
        first: dict[str, Scalar] = {"n": 0, "sure": True, "colour": "red"}
        event = first | both.example
        values = [{"least_score": v.value} for v in program.parameters["least_score"].values]
        assert any(latch_moves(program, event, v)["left_out"] == (True, True) for v in values)


@pytest.mark.parametrize("size", [5, 8, 9])
def test_a_stretch_that_does_not_fill_its_last_byte_answers_its_own_cases_only(size: int) -> None:
    fact = Fact("colour", "choice", tuple(f"c{i}" for i in range(size)))
    test = Comparison("colour", "is", "c0")
    some = BASE.conditions["is_poor"]
    program = replace(
        BASE,
        facts={"colour": fact},
        conditions={"a": Condition("a", test, some.text, some.citation)},
        benefits={"b": Benefit("b", BASE.title, (VerdictRow("no", When(holds=("a",))),))},
    )
    gaps = [fault for fault in prove(program) if fault.kind == "gap"]
    assert [gap.example for gap in gaps] == [{"colour": f"c{i}"} for i in range(1, size)]
