"""The DMN file fits the standard's schema, and an independent library that reads and runs it answers as the programme does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyDMNrules  # type: ignore[import-untyped]
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from rules.exchange.building import model_of
from rules.exchange.dmn_xml import MODEL, dmn
from rules.load import builtin, builtin_names
from rules.program import Program
from rules.tasks import random_table
from tests.exchanged import (
    DAY,
    answers_to_event,
    answers_to_facts,
    every_event,
    handed_in,
    situation_of_each_row,
    telling_situations,
)
from tests.generated_programs import conditions_of, loaded, spec_of, valid

Run = Callable[[dict[str, Any]], dict[str, Any]]
SCHEMA = Path(str(files("SpiffWorkflow.dmn.parser"))) / "schema" / "DMN13.xsd"
IN = f"{{{MODEL}}}"
EVERY = 4  # it answers some ten cases a second: of the telling ones, one in so many is run
BENEFITS = [(name, benefit) for name in builtin_names() for benefit in builtin(name).benefits]


@cache
def schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMA))


def assert_fits_the_schema(text: str) -> None:
    schema().assertValid(etree.fromstring(text.encode("utf-8")))


def run_of(program: Program, day: date = DAY) -> Run:
    """The library with the exported file, but for the columns' headings, which it takes for what they read.

    It stops at a table without a matching row.
    """
    decisions = pyDMNrules.DMN()
    without_headings = re.sub(r'(<input id="[^"]*") label="[^"]*"', r"\1", dmn(program, day))
    assert decisions.useXML(without_headings) == {}

    def run(asked: dict[str, Any]) -> dict[str, Any]:
        status, found = decisions.decide(asked)
        assert status == {}
        return dict((found[-1] if isinstance(found, list) else found)["Result"])

    return run


def assert_agree(program: Program, cases: list[dict[str, Any]], part: str, day: date = DAY) -> None:
    """Every answer to the cases is the plain evaluator's."""
    model, values, run = model_of(program, day), program.values_on(day), run_of(program, day)
    told = answers_to_facts if part == "fact" else answers_to_event
    for case in cases:
        wanted = told(program, model, case, values)
        found = run(handed_in(model, case, part, program))
        assert {name: found.get(name) for name in wanted} == wanted, case


@pytest.mark.parametrize("name", builtin_names())
def test_every_programme_fits_the_schema_of_dmn_1_3(name: str) -> None:
    assert_fits_the_schema(dmn(builtin(name), DAY))


@pytest.mark.parametrize(("name", "benefit"), BENEFITS)
def test_every_verdict_row_and_some_cases_beside_it_are_answered_alike(name: str, benefit: str) -> None:
    program = builtin(name)
    beside = telling_situations(program, benefit)[::EVERY]
    assert_agree(program, situation_of_each_row(program, benefit) + beside, "fact")


@pytest.mark.parametrize("name", [name for name in builtin_names() if builtin(name).latches])
def test_events_set_and_clear_each_latch_alike(name: str) -> None:
    program = builtin(name)
    assert_agree(program, every_event(program)[:: 2 * EVERY], "event")


@settings(max_examples=12, deadline=None)
@given(number=st.integers(0, 10**9))
def test_any_programme_fits_the_schema_and_where_the_library_can_read_its_choices_is_answered_alike(
    number: int,
) -> None:
    program, day = loaded(valid(number)), date(2020, 1, 1)
    assert_fits_the_schema(dmn(program, day))
    assume(not any(table.rows == () for table in model_of(program, day).tables))  # it refuses those
    choices = [c for fact in (*program.facts.values(), *program.events.values()) for c in fact.choices]
    assume(not any(sign in choice for choice in choices for sign in '\\"'))  # it knows no escapes
    facts = random_table(program, program.facts, program.values_on(day), random.Random(number), 2)
    cases = [facts.row(i, program.facts) for i in range(facts.size)]
    assert_agree(program, [case for case in cases if has_verdicts(program, case, day)], "fact", day)


def has_verdicts(program: Program, case: dict[str, Any], day: date) -> bool:
    """Whether every benefit has a row for the case, as it has in every programme that is proved."""
    return (
        None not in answers_to_facts(program, model_of(program, day), case, program.values_on(day)).values()
    )


def test_quotes_backslashes_and_control_characters_keep_the_file_whole() -> None:
    odd = ['a"b', "a\\b", "<&>", "]]>", "\u0001", "line\nbreak"]
    spec = spec_of(
        {"word": {"type": "choice", "choices": odd}},
        {"asked": {"fact": "word", "one_of": odd[:-1]}},
        [{"verdict": "yes", "when": {"holds": ["asked"]}}, {"verdict": "no"}],
        better=("no", "yes"),
    )
    spec["conditions"] = conditions_of({"asked": spec["conditions"]["asked"]["test"]})
    spec["conditions"]["asked"]["note"] = "a\u0001b <script>"
    text = dmn(loaded(spec), DAY)
    assert_fits_the_schema(text)
    cell = ET.fromstring(text).find(f".//{IN}decision[@id='condition_asked']//{IN}inputEntry/{IN}text")
    assert cell is not None
    assert cell.text == '"a\\"b", "a\\\\b", "<&>", "]]>", "\\u0001"'
    assert "<!DOCTYPE" not in text and "<!ENTITY" not in text


def test_the_file_says_what_it_stands_for_and_shows_every_clause_quote_and_value() -> None:
    for name in builtin_names():
        program = builtin(name)
        root = ET.fromstring(dmn(program, DAY))
        said = root.findtext(f"{IN}description") or ""
        assert program.digest in said and DAY.isoformat() in said and program.source in said
        assert all(f"{parameter} = {value}（" in said for parameter, value in program.values_on(DAY).items())
        words = "\n".join(root.itertext())
        for condition in (*program.conditions.values(), *program.event_conditions.values()):
            cited = condition.citation
            assert all(part in words for part in (cited.clause, cited.quote, cited.note))


def test_every_table_requires_exactly_what_it_reads() -> None:
    root = ET.fromstring(dmn(builtin("produce-support"), DAY))
    known = {one.get("id") for one in root.iter() if one.tag in (f"{IN}inputData", f"{IN}decision")}
    for decision in root.iter(f"{IN}decision"):
        required = {
            str(one.get("href"))[1:]
            for need in decision.findall(f"{IN}informationRequirement")
            for one in need
        }
        read = {one.text for one in decision.findall(f".//{IN}inputExpression/{IN}text")}
        assert required == read and required <= known
