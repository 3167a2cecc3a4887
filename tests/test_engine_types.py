"""Only exact types reach durable-rules, and unknown is never taken for anything else."""

from __future__ import annotations

from typing import Any

import pytest

from rules.compiling import conditions_network
from rules.deciding import judge
from rules.engine import EngineFault
from rules.flat import CannotCompile
from rules.program import Comparison, Fact, Group, Named
from rules.table import BadFacts, table_of
from tests.asked_directly import YES_NO, condition, is_true, one_question, yes_when
from tests.generated_programs import Spec, loaded, spec_of


def test_unknown_is_unknown_to_every_comparison_and_only_all_or_any_can_decide_without_it() -> None:
    facts: Spec = {
        "n": {"type": "count", "may_be_unknown": True},
        "w": {"type": "choice", "choices": ["a", "b"], "may_be_unknown": True},
        "y": YES_NO,
        "known": {"type": "yes_no"},
    }
    tests: Spec = {
        **{op: {"fact": "n", op: 0} for op in ("at_least", "at_most", "more_than", "less_than")},
        "is": {"fact": "w", "is": "a"},
        "is_not": {"fact": "w", "is_not": "a"},
        "one_of": {"fact": "w", "one_of": ["a", "b"]},
        "yes": {"fact": "y", "is_not": True},
        "either": {"fact": "y", "one_of": [True, False]},
        "any_known": {"any": ["is", is_true("known")]},
        "all_known": {"all": ["is", {"fact": "known", "is": False}]},
    }
    program = loaded(spec_of(facts, tests, yes_when(holds="all")))
    table = table_of(program.facts, [], {"n": [None], "w": [None], "y": [None], "known": [True]})
    found = {name: int(column[0]) for name, column in judge(program, table, {}).findings.items()}
    assert (found.pop("any_known"), found.pop("all_known")) == (1, 0)
    assert set(found.values()) == {-1}


@pytest.mark.parametrize(
    ("fact", "value"),
    [("n", "3"), ("n", True), ("n", 3.0), ("n", -1), ("n", None), ("n", 2**53), ("w", 0), ("w", True), ("w", "A"),
     ("y", 1), ("y", 0), ("y", "true"), ("y", None)],
)  # fmt: skip
def test_a_fact_of_another_type_never_reaches_the_engine(fact: str, value: Any) -> None:
    facts = {"n": Fact("n", "count"), "w": Fact("w", "choice", ("a", "3", "true")), "y": Fact("y", "yes_no")}
    columns: dict[str, list[Any]] = {"n": [1, 2], "w": ["a", "3"], "y": [True, False]}
    assert table_of(facts, [], columns).row(1, facts) == {"n": 2, "w": "3", "y": False}
    columns[fact][1] = value
    with pytest.raises(BadFacts, match=f'row 2, "{fact}"'):
        table_of(facts, [], columns)


@pytest.mark.parametrize(
    "test",
    [
        Comparison("n", "at_least", True),
        Comparison("n", "at_least", 1.5),  # type: ignore[arg-type]
        Comparison("n", "is", 3),
        Comparison("w", "is", 0),
        Comparison("w", "is", "other"),
        Comparison("w", "at_least", 1),
        Comparison("y", "is", 1),
        Comparison("y", "is", "true"),
        Comparison("w", "one_of", ()),
        Comparison("absent", "is", True),
        Group("all", ()),
        Named("c"),
        Named("absent"),
    ],
)
def test_a_test_that_does_not_fit_is_never_made_into_rules(test: Any) -> None:
    facts = {"n": Fact("n", "count"), "w": Fact("w", "choice", ("a", "3")), "y": Fact("y", "yes_no")}
    with pytest.raises(CannotCompile):
        conditions_network(condition(test), facts, {})


@pytest.mark.parametrize("codes", [(True,), ("yes",), (1.0,), (2,), (-2,), (), (1, 1), (None,)])
def test_only_codes_of_the_pattern_are_let_in(codes: Any) -> None:
    asker = one_question()
    with pytest.raises(EngineFault):
        asker.findings(codes)
    assert asker.findings((1,)) == [1]
