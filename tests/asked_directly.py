"""Small programmes and questions put straight to the engine, for tests of its door."""

from __future__ import annotations

from typing import Any

from rules.compiling import conditions_network
from rules.deciding import judge
from rules.engine import Asker
from rules.program import Citation, Comparison, Condition, Fact, Words
from rules.table import table_of
from tests.generated_programs import Spec, loaded

YES_NO = {"type": "yes_no", "may_be_unknown": True}


def verdicts(spec: Spec, facts: dict[str, list[Any]]) -> list[str | None]:
    """The verdicts of a programme's benefit for ready facts (both evaluators have agreed on them)."""
    program = loaded(spec)
    judged = judge(program, table_of(program.facts, list(program.latches), facts), {})
    return [None if v < 0 else program.better[v] for v in judged.verdicts["benefit"]]


def yes_when(**when: Any) -> list[Spec]:
    """Two rows: yes in this case, no in every other."""
    return [{"verdict": "yes", "when": when}, {"verdict": "no"}]


def is_true(name: str) -> Spec:
    """The test that a yes/no fact is yes."""
    return {"fact": name, "is": True}


def condition(test: Any, name: str = "c") -> dict[str, Condition]:
    """One condition with this test."""
    return {name: Condition(name, test, Words("", ""), Citation("", "", "text"))}


def one_question() -> Asker:
    """An engine that is asked whether one yes/no fact is yes."""
    _, network = conditions_network(condition(Comparison("y", "is", True)), {"y": Fact("y", "yes_no")}, {})
    return Asker(network)
