"""The plain evaluator reads tests: three-valued, first matching row, gates that hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from rules.load import load
from rules.plain import event_findings, findings, latch_moves, verdict_row
from rules.program import Answer, Benefit, Comparison, Condition, Group, Named, Program, Scalar, Test, When
from rules.program import VerdictRow as Row

BASE = load((Path(__file__).parent / "programs" / "every-key.toml").read_bytes(), "every-key.toml")
VALUES = {"least_score": 70}
FACTS: dict[str, Scalar] = {"poor": True, "trade": "fruit", "score": 70, "left_out": False}
ANSWERS: tuple[Answer, ...] = ("holds", "fails", "unknown")


def asking(**tests: Test) -> Program:
    """The base programme with these conditions instead of its own."""
    some = BASE.conditions["is_poor"]
    conditions = {name: Condition(name, test, some.text, some.citation) for name, test in tests.items()}
    return replace(BASE, conditions=conditions)


def answer(test: Test, **facts: Scalar) -> Answer:
    return findings(asking(asked=test), FACTS | facts, VALUES)["asked"]


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        ("at_least", "fails", "holds", "holds"),
        ("at_most", "holds", "holds", "fails"),
        ("more_than", "fails", "fails", "holds"),
        ("less_than", "holds", "fails", "fails"),
    ],
)
@pytest.mark.parametrize("right", [70, "least_score"])
def test_a_count_is_compared_below_at_and_above(
    operator: str, below: str, at: str, above: str, right: int | str
) -> None:
    test = Comparison("score", operator, right)  # type: ignore[arg-type]
    assert [answer(test, score=n) for n in (69, 70, 71)] == [below, at, above]
    assert [answer(test, score=n) for n in (0, 2**53 - 1)] == [below, above]


def test_a_choice_is_one_or_is_not() -> None:
    assert answer(Comparison("trade", "is", "fruit")) == "holds"
    assert answer(Comparison("trade", "is", "craft")) == "fails"
    assert answer(Comparison("trade", "is_not", "fruit")) == "fails"
    assert answer(Comparison("trade", "is_not", "craft")) == "holds"
    assert answer(Comparison("trade", "one_of", ("craft", "fruit"))) == "holds"
    assert answer(Comparison("trade", "one_of", ("craft",))) == "fails"


def test_no_is_a_value_and_not_the_absence_of_one() -> None:
    assert answer(Comparison("poor", "is", False), poor=False) == "holds"
    assert answer(Comparison("poor", "is_not", True), poor=False) == "holds"
    assert answer(Comparison("poor", "one_of", (False,)), poor=True) == "fails"
    assert answer(Comparison("score", "at_most", 0), score=0) == "holds"


@pytest.mark.parametrize(
    "test",
    [
        Comparison("trade", "is", "fruit"),
        Comparison("trade", "is_not", "fruit"),
        Comparison("trade", "one_of", ("fruit", "craft", "none")),
        Comparison("score", "at_least", 0),
        Comparison("score", "less_than", 5),
    ],
)
def test_every_comparison_with_unknown_is_unknown(test: Comparison) -> None:
    assert answer(test, **{test.fact: None}) == "unknown"


@pytest.mark.parametrize(("left", "right"), list(product(ANSWERS, repeat=2)))
def test_all_and_any_follow_strong_kleene(left: Answer, right: Answer) -> None:
    order = ["fails", "unknown", "holds"]  # all is the least, any the greatest of the two
    parts = {"holds": Comparison("score", "at_least", 1), "fails": Comparison("score", "less_than", 1)}
    parts["unknown"] = Comparison("trade", "is", "fruit")
    pair = (parts[left], parts[right])
    ranks = sorted(order.index(each) for each in (left, right))
    assert answer(Group("all", pair), trade=None) == order[ranks[0]]
    assert answer(Group("any", pair), trade=None) == order[ranks[1]]


def test_a_condition_may_name_one_that_stands_later() -> None:
    program = asking(first=Group("all", (Named("last"),)), last=Comparison("poor", "is", True))
    found = findings(program, FACTS, VALUES)
    assert found == {"first": "holds", "last": "holds", "left_out": "fails"}
    assert list(found) == ["first", "last", "left_out"]


def test_a_chain_of_named_conditions_has_no_limit() -> None:
    chain: dict[str, Test] = {f"c{i}": Group("any", (Named(f"c{i + 1}"),)) for i in range(3000)}
    program = asking(**chain, c3000=Comparison("trade", "is", "fruit"))
    assert findings(program, FACTS | {"trade": None}, VALUES)["c0"] == "unknown"


def test_a_latch_is_found_as_it_stands() -> None:
    assert findings(BASE, FACTS | {"left_out": True}, VALUES)["left_out"] == "holds"
    assert findings(BASE, FACTS | {"left_out": False}, VALUES)["left_out"] == "fails"


def test_an_event_moves_a_latch_only_where_its_gate_holds() -> None:
    away: dict[str, Scalar] = {"outcome": "stayed away", "times_away": 3}
    assert event_findings(BASE, away, VALUES) == {"stayed_away": "holds", "came_again": "fails"}
    assert latch_moves(BASE, away, VALUES) == {"left_out": (True, False)}
    assert latch_moves(BASE, away | {"times_away": 2}, VALUES) == {"left_out": (False, False)}
    assert latch_moves(BASE, away | {"outcome": "came"}, VALUES) == {"left_out": (False, True)}


def benefit(*rows: Row) -> Program:
    return replace(BASE, benefits={"b": Benefit("b", BASE.title, rows)})


NAMED = Row("ask", When(holds=("is_poor", "fit"), fails=("left_out",)))


@pytest.mark.parametrize(
    ("when", "matching"),
    [
        (When(holds="all"), {"holds holds"}),
        (When(holds="none"), {"fails fails", "fails unknown", "unknown fails", "unknown unknown"}),
        (When(fails="some"), {"fails holds", "fails fails", "fails unknown", "holds fails", "unknown fails"}),
        (When(fails="none", unknown="some"), {"holds unknown", "unknown holds", "unknown unknown"}),
        (When(unknown="all"), {"unknown unknown"}),
        (When(holds=("is_poor",), unknown=("fit",)), {"holds unknown"}),
        (None, {f"{a} {b}" for a, b in product(ANSWERS, repeat=2)}),
    ],
)
def test_words_count_over_the_conditions_that_the_benefit_asks(when: When | None, matching: set[str]) -> None:
    """`sells` is asked by no row, and a latch is never counted."""
    program = benefit(Row("yes", when), NAMED)
    for poor, fit in product(ANSWERS, repeat=2):
        found: dict[str, Answer] = {"is_poor": poor, "fit": fit, "sells": "unknown", "left_out": "holds"}
        assert verdict_row(program, "b", found) == (0 if f"{poor} {fit}" in matching else None)


def test_the_first_matching_row_speaks() -> None:
    program = benefit(Row("stopped", When(holds=("left_out",))), Row("yes", When(holds="all")), NAMED)
    found: dict[str, Answer] = {"is_poor": "holds", "fit": "holds", "sells": "holds", "left_out": "holds"}
    assert verdict_row(program, "b", found) == 0
    assert verdict_row(program, "b", found | {"left_out": "fails"}) == 1
    assert verdict_row(program, "b", found | {"left_out": "fails", "fit": "fails"}) is None
