"""The JDM file, run by GoRules' own engine, answers as the programme does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import zen
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.exchange.building import model_of
from rules.exchange.jdm_json import jdm
from rules.load import builtin, builtin_names
from rules.program import Program
from rules.tasks import random_table
from tests.exchanged import (
    DAY,
    WHOLE,
    answers_to_event,
    answers_to_facts,
    every_event,
    every_situation,
    handed_in,
    space_on,
    telling_situations,
)
from tests.generated_programs import loaded, spec_of, valid

Run = Callable[[dict[str, Any]], dict[str, Any]]
SMALL = [
    (name, benefit)
    for name in builtin_names()
    for benefit in builtin(name).benefits
    if space_on(builtin(name), benefit).size <= WHOLE
]
LARGE = [
    (name, benefit)
    for name in builtin_names()
    for benefit in builtin(name).benefits
    if (name, benefit) not in SMALL
]


def run_of(program: Program, day: date = DAY) -> Run:
    """The engine with the exported file."""
    decision = zen.ZenEngine().create_decision(jdm(program, day))
    return lambda asked: dict(decision.evaluate(asked)["result"])


def assert_facts_agree(
    program: Program, situations: list[dict[str, Any]], day: date = DAY
) -> set[str | None]:
    """Every finding and verdict is the plain evaluator's; gives the verdicts met."""
    model, values, run = model_of(program, day), program.values_on(day), run_of(program, day)
    met: set[str | None] = set()
    for situation in situations:
        wanted = answers_to_facts(program, model, situation, values)
        found = run(handed_in(model, situation, "fact", program))
        assert {name: found.get(name) for name in wanted} == wanted, situation
        met |= {wanted[model.identifiers["benefit", name]] for name in program.benefits}
    return met


def assert_events_agree(
    program: Program, events: list[dict[str, Any]], day: date = DAY
) -> set[tuple[Any, ...]]:
    """Every finding and every move of a latch is the plain evaluator's; gives the moves met."""
    model, values, run = model_of(program, day), program.values_on(day), run_of(program, day)
    moves = [model.identifiers[move, name] for name in program.latches for move in ("sets", "clears")]
    met = set()
    for event in events:
        wanted = answers_to_event(program, model, event, values)
        found = run(handed_in(model, event, "event", program))
        assert {name: found.get(name) for name in wanted} == wanted, event
        met.add(tuple(wanted[move] for move in moves))
    return met


@pytest.mark.parametrize(("name", "benefit"), SMALL)
def test_every_combination_of_the_proof_is_answered_alike(name: str, benefit: str) -> None:
    program = builtin(name)
    met = assert_facts_agree(program, every_situation(program, benefit))
    assert met >= {row.verdict for row in program.benefits[benefit].rows}


@pytest.mark.parametrize(("name", "benefit"), LARGE)
def test_of_more_than_20000_combinations_every_row_its_neighbours_and_1000_by_chance_are_answered_alike(
    name: str, benefit: str
) -> None:
    program = builtin(name)
    met = assert_facts_agree(program, telling_situations(program, benefit, by_chance=1000))
    assert met >= {row.verdict for row in program.benefits[benefit].rows}


@pytest.mark.parametrize("name", [name for name in builtin_names() if builtin(name).latches])
def test_every_event_sets_and_clears_each_latch_alike(name: str) -> None:
    program = builtin(name)
    met = assert_events_agree(program, every_event(program))
    assert {(True, False), (False, True), (False, False)} <= met


@settings(max_examples=60, deadline=None)
@given(number=st.integers(0, 10**9))
def test_any_programme_with_any_names_and_choices_is_answered_alike(number: int) -> None:
    program, day = loaded(valid(number)), date(2020, 1, 1)
    rng, values = random.Random(number), program.values_on(date(2020, 1, 1))
    facts = random_table(program, program.facts, values, rng, 6)
    assert_facts_agree(program, [facts.row(i, program.facts) for i in range(facts.size)], day)
    if program.latches:
        events = random_table(program, program.events, values, rng, 6)
        assert_events_agree(program, [events.row(i, program.events) for i in range(events.size)], day)


def test_a_new_value_counts_from_its_day_on() -> None:
    spec = spec_of(
        {"days": {"type": "count"}},
        {"in_time": {"fact": "days", "at_most": "period"}},
        [{"verdict": "yes", "when": {"holds": ["in_time"]}}, {"verdict": "no"}],
        better=("no", "yes"),
        parameters={"period": two_values(30, 60)},
    )
    program = loaded(spec)
    before, after = run_of(program, date(2021, 5, 31)), run_of(program, date(2021, 6, 1))
    assert [before({"fact_days": days})["benefit_benefit"] for days in (30, 31)] == ["yes", "no"]
    assert [after({"fact_days": days})["benefit_benefit"] for days in (60, 61)] == ["yes", "no"]


def two_values(first: int, second: int) -> dict[str, Any]:
    """A parameter whose second value counts from 1 June 2021."""
    values = [
        {"from": date(2020, 1, 1), "value": first},
        {"from": date(2021, 6, 1), "value": second},
    ]
    title = {"zh": "期限", "en": "period"}
    cited = {"clause": "三(八)", "quote": "定期", "reading": "text"}
    return {"title": title, "unit": "day", "range": [0, 365], "values": values, **cited}


def test_what_is_left_out_is_unknown_and_what_no_fact_can_be_is_refused() -> None:
    run = run_of(builtin("produce-support"))
    assert run({})["condition_non_standard_product"] == "unknown"
    assert run({})["benefit_packaging"] == "cannot_decide"
    for wrong in ({"fact_standardised": "yes"}, {"fact_last_conclusion": "passed"}):
        with pytest.raises(RuntimeError):
            run(wrong)


def test_the_file_says_what_it_stands_for_and_shows_every_clause_quote_and_value() -> None:
    for name in builtin_names():
        program = builtin(name)
        document = json.loads(jdm(program, DAY))
        said = document["description"]
        assert program.digest in said and DAY.isoformat() in said and program.source in said
        tables = "\n".join(node["content"].get("description", "") for node in document["nodes"])
        for parameter, value in program.values_on(DAY).items():
            assert f"{parameter} = {value}（" in said
        for condition in (*program.conditions.values(), *program.event_conditions.values()):
            for words in (condition.citation.clause, condition.citation.quote, condition.citation.note):
                assert words in tables


def test_the_number_that_decides_stands_beside_its_parameters_name() -> None:
    document = json.loads(jdm(builtin("produce-support"), DAY))
    node = next(node for node in document["nodes"] if node["id"] == "condition_inspected_recently")
    first = node["content"]["rules"][0]
    assert (first["in0"], first["_description"]) == ("<= 180", "inspection_validity_days = 180")
    assert node["content"]["inputs"][0]["name"] == "距最近一次检验的天数"
    assert node["content"]["outputs"][0]["name"] == "最近一次检验仍在有效期内"


@pytest.mark.parametrize(
    ("operator", "holding", "failing"),
    [("at_least", 3, 2), ("at_most", 3, 4), ("more_than", 4, 3), ("less_than", 2, 3)],
)
@pytest.mark.parametrize(("word", "known"), [("all", "fails"), ("any", "holds")])
def test_beside_something_unknown_a_count_decides_a_group_on_one_side_of_its_threshold_only(
    operator: str, holding: int, failing: int, word: str, known: str
) -> None:
    spec = spec_of(
        {"days": {"type": "count"}, "fit": {"type": "yes_no", "may_be_unknown": True}},
        {"both": {word: [{"fact": "days", operator: 3}, {"fact": "fit", "is": True}]}},
        [{"verdict": "yes", "when": {"holds": ["both"]}}, {"verdict": "no"}],
        better=("no", "yes"),
    )
    run = run_of(loaded(spec))
    deciding, open_one = (failing, holding) if word == "all" else (holding, failing)
    assert run({"fact_days": deciding, "fact_fit": None})["condition_both"] == known
    assert run({"fact_days": open_one, "fact_fit": None})["condition_both"] == "unknown"


@pytest.mark.parametrize("conditions", [1, 2, 16, 17, 40])
def test_some_and_all_of_any_number_of_conditions_are_told_apart(conditions: int) -> None:
    names = [f"c{i}" for i in range(conditions)]
    spec = spec_of(
        {name: {"type": "yes_no"} for name in names},
        {name: {"fact": name, "is": True} for name in names},
        [
            {"verdict": "yes", "when": {"holds": "all"}},
            {"verdict": "maybe", "when": {"holds": "some"}},
            {"verdict": "no", "when": {"holds": "none"}},
        ],
    )
    run = run_of(loaded(spec))
    for held in {0, 1, conditions - 1, conditions}:
        answer = run({f"fact_{name}": i < held for i, name in enumerate(names)})["benefit_benefit"]
        assert answer == ("yes" if held == conditions else "maybe" if held else "no")


def test_a_programme_with_200_conditions_is_written_without_growing_by_their_square() -> None:
    names = [f"c{i}" for i in range(200)]
    spec = spec_of(
        {name: {"type": "yes_no"} for name in names},
        {
            **{name: {"fact": name, "is": True} for name in names},
            "one": {"any": [{"fact": name, "is": True} for name in names]},
        },
        [{"verdict": "yes", "when": {"holds": "all"}}, {"verdict": "no"}],
        better=("no", "yes"),
    )
    model = model_of(loaded(spec), DAY)
    cells = sum(len(table.rows) * len(table.columns) for table in model.tables)
    assert cells < 200 * 60
