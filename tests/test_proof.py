"""The proof goes through every case of a programme and shows each fault with one of them."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rules import proof
from rules.load import builtin, load
from rules.plain import findings, verdict_row
from rules.program import DatedValue, Program
from rules.proof import ProofFault, prove

PROGRAMS = Path(__file__).parent / "programs"
PROVED = (PROGRAMS / "proved.toml").read_text(encoding="utf-8")
HEADLINE = PROVED.splitlines()[0]
CASES: list[dict[str, Any]] = tomllib.loads((PROGRAMS / "faulty.toml").read_text(encoding="utf-8"))["case"]
HEAD = 'program = "p"\ntitle = { zh = "甲", en = "A" }\nsource = "s"\nsubject = "child"\nbetter = ["no", "wait", "yes"]\n'
WORDS = 'text = { zh = "甲", en = "a" }\nclause = "1"\nquote = "q"\nreading = "text"\n'


def proved(text: str) -> tuple[ProofFault, ...]:
    return prove(load(text.encode(), "draft.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_fault_is_found_with_its_place_and_a_case(case: dict[str, Any]) -> None:
    old, new = case.get("old", HEADLINE), case.get("new", HEADLINE)
    assert PROVED.count(old) == 1
    found = proved(PROVED.replace(old, new) + case.get("more", ""))
    assert [f"{fault.kind} {fault.where}" for fault in found] == case["faults"]
    assert found[0].example == case["example"]
    assert case["en"] in found[0].message.en
    assert case["zh"] in found[0].message.zh


@pytest.mark.parametrize("name", ["proved.toml", "every-key.toml", "smallest.toml", "latches-only.toml"])
def test_a_sound_programme_has_no_fault(name: str) -> None:
    assert prove(load((PROGRAMS / name).read_bytes(), name)) == ()


def test_the_produce_programme_has_no_fault() -> None:
    assert prove(builtin()) == ()


# ---- tables: every combination of choices has its row, and no last row for the rest ----


def table(facts: int, choices: int, without: tuple[int, ...] = ()) -> str:
    """A decision table over `facts` choice facts, with one row for each combination except some."""
    words = ", ".join(f'"c{c}"' for c in range(choices))
    parts = [f'[facts.f{f}]\ntype = "choice"\nchoices = [{words}]' for f in range(facts)]
    for f, c in product(range(facts), range(choices)):
        parts.append(f'[conditions.f{f}c{c}]\ntest = {{ fact = "f{f}", is = "c{c}" }}\n{WORDS}')
    for i, combination in enumerate(product(range(choices), repeat=facts)):
        if i not in without:
            held = ", ".join(f'"f{f}c{c}"' for f, c in enumerate(combination))
            verdict = ("no", "wait", "yes")[i % 3]
            parts.append(f'[[benefits.place.verdicts]]\nverdict = "{verdict}"\nwhen = {{ holds = [{held}] }}')
    return HEAD + "\n".join(parts)


@pytest.mark.parametrize(("facts", "choices", "rows"), [(2, 6, 36), (3, 6, 216), (6, 3, 729)])
def test_a_whole_table_without_a_last_row_has_no_fault(facts: int, choices: int, rows: int) -> None:
    program = load(table(facts, choices).encode(), "table.toml")
    assert len(program.benefits["place"].rows) == rows
    assert prove(program) == ()


def test_every_missing_row_of_a_table_is_a_gap_of_its_own() -> None:
    found = proved(table(6, 3, without=(0, 5, 728)))
    assert [fault.kind for fault in found] == ["gap"] * 3
    assert [list(fault.example.values()) for fault in found] == [
        ["c0"] * 6,
        ["c0", "c0", "c0", "c0", "c1", "c2"],
        ["c2"] * 6,
    ]


def test_a_table_of_200_rows_shows_its_16_gaps() -> None:
    found = proved(table(3, 6, without=tuple(range(200, 216))))
    assert [fault.kind for fault in found] == ["gap"] * 16
    assert len({tuple(fault.example.items()) for fault in found}) == 16


def test_a_doubled_row_is_never_reached_and_its_twin_is_named() -> None:
    text = table(2, 6)
    row = text.index("[[benefits", text.index("[[benefits") + 1)
    found = proved(text + "\n" + text[row : text.index("[[benefits", row + 1)])
    assert [(fault.kind, fault.where) for fault in found] == [("unreachable", "benefits.place.verdicts[37]")]
    assert found[0].example == {"f0": "c0", "f1": "c1"}
    assert 'row 2 ("wait") this case' in found[0].message.en


# ---- latches over real events ----


def with_values(program: Program, **values: int) -> Program:
    parameters = dict(program.parameters)
    for name, value in values.items():
        parameters[name] = replace(parameters[name], values=(DatedValue(date(2020, 3, 16), value),))
    return replace(program, parameters=parameters)


@pytest.mark.parametrize(
    ("passes", "failures", "percent"), list(product((1, 2, 12), (1, 3, 24), (1, 50, 100)))
)
def test_no_value_of_the_produce_programme_lets_one_event_set_and_clear(
    passes: int, failures: int, percent: int
) -> None:
    program = with_values(
        builtin(),
        readmission_passes=passes,
        long_term_failures_in_window=failures,
        long_term_failure_percent=percent,
    )
    assert prove(program) == ()


def test_a_pass_that_sets_the_latch_is_found_as_an_inspection_that_can_be() -> None:
    text = builtin().text.replace('  { fact = "conclusion", is = "fail" },\n', "")
    found = proved(text)
    assert [fault.kind for fault in found] == ["set_and_cleared"]
    assert found[0].example == {
        "consecutive_failures": 0,
        "consecutive_passes": 2,
        "failures_in_window": 3,
        "failure_percent_in_window": 50,
    }


def test_a_share_above_a_hundred_percent_is_never_set() -> None:
    text = builtin().text.replace('at_least = "long_term_consecutive_failures"', "less_than = 0")
    text = text.replace('at_least = "long_term_failure_percent"', "more_than = 100")
    assert [fault.kind for fault in proved(text)] == ["never_set"]


# ---- size and speed ----


def wide(facts: int, conditions: int) -> str:
    parts = [f'[facts.f{f}]\ntype = "yes_no"' for f in range(facts)]
    for c in range(conditions):
        a, b = f'{{ fact = "f{c % facts}", is = true }}', f'{{ fact = "f{(c * 7 + 1) % facts}", is = false }}'
        parts.append(f"[conditions.c{c}]\ntest = {{ any = [{a}, {{ all = [{b}, {a}] }}] }}\n{WORDS}")
    names = ", ".join(f'"c{c}"' for c in range(conditions))
    parts.append(f'[[benefits.b.verdicts]]\nverdict = "yes"\nwhen = {{ holds = [{names}] }}')
    parts.append('[[benefits.b.verdicts]]\nverdict = "no"')
    return HEAD + "\n".join(parts)


def test_a_million_cases_of_two_hundred_conditions_take_seconds() -> None:
    started = time.monotonic()
    assert proved(wide(20, 200)) == ()
    assert time.monotonic() - started < 5


def test_more_cases_than_are_gone_through_is_a_fault_that_says_how_many() -> None:
    found = proved(wide(64, 64))
    assert [(fault.kind, fault.where, fault.example) for fault in found] == [
        ("not_exhausted", "benefits.b", {})
    ]
    assert "18,446,744,073,709,551,616 cases" in found[0].message.en
    assert "18,446,744,073,709,551,616 种情况" in found[0].message.zh


@pytest.mark.parametrize(("limit", "kinds"), [(729, []), (728, ["not_exhausted"])])
def test_the_limit_itself_is_still_gone_through(
    monkeypatch: pytest.MonkeyPatch, limit: int, kinds: list[str]
) -> None:
    monkeypatch.setattr(proof, "LIMIT", limit)
    assert [fault.kind for fault in proved(table(6, 3))] == kinds


def test_gaps_beyond_those_listed_are_not_passed_over_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_LISTED", 3)
    kinds = [fault.kind for fault in proved(table(2, 3, without=(0, 1, 2, 3)))]
    assert kinds[:4] == ["gap", "gap", "gap", "not_exhausted"]
    monkeypatch.setattr(proof, "_LISTED", 4)
    assert [fault.kind for fault in proved(table(2, 3, without=(0, 1, 2, 3)))][:5] == ["gap"] * 4 + ["unused"]


def test_many_facts_of_a_single_choice_are_one_case() -> None:
    found = proved(table(80, 1))
    assert found == ()


# ---- what the benefit asks ----


def test_only_the_facts_that_a_benefit_asks_are_gone_through() -> None:
    text = table(2, 3, without=(4,)) + '\n[facts.unasked]\ntype = "yes_no"\n'
    assert [list(fault.example) for fault in proved(text)] == [["f0", "f1"]]


def test_each_gap_is_a_case_that_the_plain_evaluator_cannot_answer_either() -> None:
    program = load(table(3, 3, without=(3, 9, 20)).encode(), "table.toml")
    for fault in prove(program):
        assert verdict_row(program, "place", findings(program, fault.example, {})) is None
