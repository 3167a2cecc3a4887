"""What sets a standing and what clears it, in words with the values in force: for slips and the rules page."""

from __future__ import annotations

from collections.abc import Mapping

from rules.program import COUNT_OPERATORS, Gate, Program, Words, comparisons
from rules.slip import UNITS


def latch_rules(program: Program, name: str, values: Mapping[str, int]) -> Words:
    """One sentence: which event conditions set the latch and which clear it, each with its thresholds."""
    latch = program.latches[name]
    set_by, clear_by = (_gate(program, gate, values) for gate in (latch.set_when, latch.clear_when))
    return Words(
        f"出现：{set_by.zh}。解除：{clear_by.zh}。", f"Set by: {set_by.en}. Cleared by: {clear_by.en}."
    )


def cleared_when(program: Program, name: str, values: Mapping[str, int]) -> Words:
    """What clears the latch: the way back."""
    return _gate(program, program.latches[name].clear_when, values)


def _gate(program: Program, gate: Gate, values: Mapping[str, int]) -> Words:
    zh, en = ("，或", "; or ") if gate.word == "any" else ("，且", "; and ")
    parts = [_condition(program, name, values) for name in gate.conditions]
    return Words(zh.join(p.zh for p in parts), en.join(p.en for p in parts))


def _condition(program: Program, name: str, values: Mapping[str, int]) -> Words:
    condition = program.event_conditions[name]
    limits = [
        _limit(program, str(c.value), values)
        for c in comparisons(condition.test)
        if c.operator in COUNT_OPERATORS and c.value in program.parameters
    ]
    if not limits:
        return condition.text
    zh, en = "、".join(w.zh for w in limits), ", ".join(w.en for w in limits)
    return Words(f"{condition.text.zh}（{zh}）", f"{condition.text.en} ({en})")


def _limit(program: Program, name: str, values: Mapping[str, int]) -> Words:
    unit = UNITS.get(program.parameters[name].unit, Words("", ""))
    gap = "" if unit.en in ("", "%") else " "
    return Words(f"{values[name]}{unit.zh}", f"{values[name]}{gap}{unit.en}")
