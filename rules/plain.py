"""The plain evaluator: one case's uncut values → findings, latch moves, verdict row. It checks the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.program import (
    Answer,
    Comparison,
    Condition,
    Gate,
    Named,
    Operator,
    Program,
    Scalar,
    Scope,
    Test,
)


def event_findings(
    program: Program, event: Mapping[str, Scalar], values: Mapping[str, int]
) -> dict[str, Answer]:
    """What every event condition finds on one event; `values` are the parameters in force."""
    return _findings(program.event_conditions, program.event_conditions_in_order, event, values)


def latch_moves(
    program: Program, event: Mapping[str, Scalar], values: Mapping[str, int]
) -> dict[str, tuple[bool, bool]]:
    """For every latch, whether the event sets it and whether it clears it."""
    found = event_findings(program, event, values)
    return {
        name: (_opens(latch.set_when, found), _opens(latch.clear_when, found))
        for name, latch in program.latches.items()
    }


def findings(program: Program, facts: Mapping[str, Scalar], values: Mapping[str, int]) -> dict[str, Answer]:
    """What every condition finds, and every latch: `holds` where it is on, `fails` where it is off."""
    found = _findings(program.conditions, program.conditions_in_order, facts, values)
    latched: dict[str, Answer] = {name: "holds" if facts[name] else "fails" for name in program.latches}
    return found | latched


def verdict_row(program: Program, benefit: str, findings: Mapping[str, Answer]) -> int | None:
    """The index of the first row of a benefit that matches; None where none does."""
    asked = program.conditions_asked(benefit)
    for index, row in enumerate(program.benefits[benefit].rows):
        asks = row.when.items() if row.when is not None else ()
        if all(_is_met(answer, scope, asked, findings) for answer, scope in asks):
            return index
    return None


def _is_met(answer: Answer, scope: Scope, asked: Iterable[str], findings: Mapping[str, Answer]) -> bool:
    """Whether all the names of a list, or none, some or all of the conditions asked, have this finding."""
    if isinstance(scope, tuple):
        return all(findings[name] == answer for name in scope)
    each = [findings[name] == answer for name in asked]
    return {"none": not any(each), "some": any(each), "all": all(each)}[scope or "all"]


def _opens(gate: Gate, found: Mapping[str, Answer]) -> bool:
    held = [found[name] == "holds" for name in gate.conditions]
    return all(held) if gate.word == "all" else any(held)


def _findings(
    conditions: Mapping[str, Condition],
    order: Iterable[str],
    facts: Mapping[str, Scalar],
    values: Mapping[str, int],
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name in order:
        found[name] = _answer(conditions[name].test, facts, values, found)
    return {name: found[name] for name in conditions}


def _answer(
    test: Test, facts: Mapping[str, Scalar], values: Mapping[str, int], found: Mapping[str, Answer]
) -> Answer:
    """Strong Kleene: `all` fails as soon as a part fails, `any` holds as soon as one holds."""
    if isinstance(test, Named):
        return found[test.condition]
    if isinstance(test, Comparison):
        value = facts[test.fact]
        return "unknown" if value is None else "holds" if _compare(value, test, values) else "fails"
    decisive: Answer = "fails" if test.word == "all" else "holds"
    answers = {_answer(part, facts, values, found) for part in test.parts}
    if decisive in answers:
        return decisive
    if "unknown" in answers:
        return "unknown"
    return "holds" if test.word == "all" else "fails"


def _compare(value: str | bool | int, test: Comparison, values: Mapping[str, int]) -> bool:
    right = test.value
    if test.operator == "is":
        return value == right
    if test.operator == "is_not":
        return value != right
    if isinstance(right, tuple):
        return value in right
    return _counts(int(value), test.operator, values[right] if isinstance(right, str) else right)


def _counts(value: int, operator: Operator, threshold: int) -> bool:
    if operator == "at_least":
        return value >= threshold
    if operator == "at_most":
        return value <= threshold
    if operator == "more_than":
        return value > threshold
    return value < threshold
