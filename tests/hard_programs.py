"""Programmes that are hard to prove: 200 conditions over many facts, many thresholds, nested groups, many rows, latches."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from tests.generated_programs import conditions_of, latch_of, parameter_of, spec_of

Spec = dict[str, Any]
FIGURES = (
    *("consecutive_failures", "consecutive_passes", "failures_in_window"),
    *("failure_percent_in_window", "inspections_in_window"),
)
REST: list[Spec] = [{"verdict": "maybe", "when": {"fails": "none", "unknown": "some"}}, {"verdict": "no"}]


def yes_no(number: int) -> Spec:
    """So many facts that may be unknown."""
    return {f"f{i}": {"type": "yes_no", "may_be_unknown": True} for i in range(number)}


def each_its_own(facts: int, conditions: int = 200) -> Spec:
    """Each condition asks one fact, and all must hold."""
    tests = {f"c{c}": {"fact": f"f{c % facts}", "is": True} for c in range(conditions)}
    return spec_of(yes_no(facts), tests, [{"verdict": "yes", "when": {"holds": list(tests)}}, *REST])


def thresholds(facts: int, conditions: int = 200, dated: int = 1) -> Spec:
    """Counts cut at many parameters, each with so many dated values."""
    counts = {f"n{i}": {"type": "count", "may_be_unknown": True, "more_is": "worse"} for i in range(facts)}
    parameters = {f"p{c}": parameter_of(10 * c + 5) for c in range(conditions)}
    for c, one in enumerate(parameters.values()):
        one["values"] = [{"from": date(2020 + d, 1, 1), "value": 10 * c + 5 + d} for d in range(dated)]
    tests = {f"c{c}": {"fact": f"n{c % facts}", "at_most": f"p{c}"} for c in range(conditions)}
    rows: list[Spec] = [{"verdict": "yes", "when": {"holds": list(tests)}}, *REST]
    return spec_of(counts, tests, rows, parameters=parameters)


def nested(facts: int, fan: int = 4, rows: int = 200) -> Spec:
    """Groups of groups over counts, and as many rows as conditions."""
    rng = random.Random(3)
    counts = {f"n{i}": {"type": "count", "may_be_unknown": True, "more_is": "worse"} for i in range(facts)}

    def test(depth: int) -> Spec:
        if not depth:
            return {"fact": rng.choice(list(counts)), "at_least": 5}
        return {rng.choice(("all", "any")): [test(depth - 1) for _ in range(fan)]}

    tests = {f"c{c}": test(2) for c in range(200)}
    asked = [
        {"holds": rng.sample(list(tests), 2), "fails": rng.sample(list(tests), 1)} for _ in range(rows - 1)
    ]
    given = [{"verdict": rng.choice(["yes", "no", "maybe"]), "when": when} for when in asked]
    return spec_of(counts, tests, [*given, {"verdict": "no"}])


def many_rows(facts: int, rows: int = 200) -> Spec:
    """Many rows and no last one: thousands of gaps."""
    rng = random.Random(2)
    known = yes_no(facts)
    tests = {
        f"c{c}": {"all": [{"fact": f, "is": rng.random() < 0.5} for f in rng.sample(list(known), 2)]}
        for c in range(200)
    }
    given = [
        {"verdict": rng.choice(["yes", "no", "maybe"]), "when": {"holds": rng.sample(list(tests), 2)}}
        for _ in range(rows)
    ]
    return spec_of(known, tests, given)


def latched(per_figure: int) -> Spec:
    """A latch that no event can both set and clear, over every running figure with many thresholds."""
    cut = [(FIGURES[i % 5], 1 + i // 5) for i in range(5 * per_figure)]
    tests: Spec = {f"e{i}": {"fact": name, "at_least": at} for i, (name, at) in enumerate(cut)}
    tests["passed"] = {"fact": "consecutive_passes", "at_least": 1}
    tests["failed"] = {"all": [{"fact": "consecutive_failures", "at_least": 1}, {"any": list(tests)[:-1]}]}
    return spec_of(
        yes_no(1),
        {"a": {"fact": "f0", "is": True}},
        [{"verdict": "yes", "when": {"holds": ["l", "a"]}}, {"verdict": "no"}],
        events={name: {"type": "count"} for name in FIGURES},
        event_conditions=conditions_of(tests),
        latches={"l": latch_of({"any": ["failed"]}, {"any": ["passed"]})},
    )


def five_benefits() -> Spec:
    """The same large space for each of several benefits."""
    spec = each_its_own(14)
    spec["benefits"] |= {f"b{i}": spec["benefits"]["benefit"] for i in range(4)}
    return spec
