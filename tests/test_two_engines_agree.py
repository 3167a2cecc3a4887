"""durable-rules and the plain evaluator answer alike, on every row, for any programme."""

from __future__ import annotations

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import plain
from rules.asking import kept
from rules.deciding import ANSWERS, Disagreement, judge, judge_events
from rules.load import builtin
from rules.program import Program, Scalar
from rules.sandbox import Child
from rules.table import FactTable, table_of
from rules.tasks import random_table
from tests.generated_programs import broken, loaded, toml_of, valid

PROGRAMMES = int(os.environ.get("GENERATED_PROGRAMMES", "5000"))
WORKERS = 2


def outcomes(worker: int) -> Counter[str]:
    """Try this worker's share of the programmes, every other one broken, in child processes."""
    found: Counter[str] = Counter()
    with Child(renew_after=200) as child:
        for number in range(worker, PROGRAMMES, WORKERS):
            broken_one = number // WORKERS % 2
            data = broken(number) if broken_one else toml_of(valid(number)).encode()
            request = {"data": data, "name": f"{number}.toml", "rows": 15, "seed": number}
            result = child.ask("try", request, seconds=30)
            assert result.get("disagreement") is None, (number, result["disagreement"])
            assert broken_one or not result["load_faults"], (number, result["load_faults"])
            found["refused" if result["load_faults"] else "run"] += 1
    return found


def test_thousands_of_programmes_valid_and_broken_never_hang_crash_or_differ() -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        found = sum(pool.map(outcomes, range(WORKERS)), Counter[str]())
    assert found.total() == PROGRAMMES
    assert found["run"] >= PROGRAMMES // 2
    assert PROGRAMMES < 100 or found["refused"] > PROGRAMMES // 8


@settings(max_examples=120, deadline=None)
@given(number=st.integers(0, 10**9), seed=st.integers(0, 10**9), rows=st.integers(0, 60))
def test_every_row_of_any_table_is_answered_as_the_plain_evaluator_answers_it(
    number: int, seed: int, rows: int
) -> None:
    program = loaded(valid(number))
    values = {name: p.values[-1].value for name, p in program.parameters.items()}
    rng = random.Random(seed)
    facts = random_table(program, program.facts, values, rng, rows)
    assert_rows_are_plain(program, facts, values)
    events = random_table(program, program.events, values, rng, rows)
    moves = judge_events(program, events, values)
    for i in range(rows):
        found = {name: (bool(sets[i]), bool(clears[i])) for name, (sets, clears) in moves.items()}
        assert found == plain.latch_moves(program, events.row(i, program.events), values)


def assert_rows_are_plain(program: Program, facts: FactTable, values: dict[str, int]) -> None:
    judged = judge(program, facts, values)
    for i in range(facts.size):
        found = plain.findings(program, facts.row(i, program.facts), values)
        assert {name: ANSWERS[int(column[i])] for name, column in judged.findings.items()} == found
        for name, benefit in program.benefits.items():
            row = plain.verdict_row(program, name, found)
            assert judged.rows[name][i] == (-1 if row is None else row)
            verdict = -1 if row is None else program.better.index(benefit.rows[row].verdict)
            assert judged.verdicts[name][i] == verdict


def test_our_programme_is_answered_alike_for_every_combination_around_its_thresholds() -> None:
    program = builtin()
    values = program.values_on(date(2021, 6, 30))
    days = values["inspection_validity_days"]
    rows = list(
        product(
            (False, True), (False, True), (None, False, True), (None, "pass", "fail"),
            (None, 0, days - 1, days, days + 1), (False, True),
        )
    )  # fmt: skip
    names = [*program.facts, *program.latches]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    assert_rows_are_plain(program, table_of(program.facts, list(program.latches), columns), values)


def test_a_threshold_moves_the_answer_at_the_number_itself_and_changes_no_ruleset() -> None:
    program = builtin()
    table = table_of(
        program.facts,
        list(program.latches),
        {
            "registered_poor_household": [True] * 3,
            "standardised": [False] * 3,
            "fit_for_online_sale": [True] * 3,
            "last_conclusion": ["pass"] * 3,
            "days_since_last_inspection": [59, 60, 61],
            "long_term_failing": [False] * 3,
        },
    )
    values = program.values_on(date(2021, 6, 30))
    asker = kept.of(program).facts.asker
    before = judge(program, table, values)
    host = asker._host
    after = judge(program, table, values | {"inspection_validity_days": 60})
    assert before.findings["inspected_recently"].tolist() == [1, 1, 1]
    assert after.findings["inspected_recently"].tolist() == [1, 1, 0]
    assert [program.better[v] for v in after.verdicts["packaging"]] == [
        "eligible",
        "eligible",
        "not_eligible",
    ]
    assert asker._host is host
    assert kept.of(program).facts.asker is asker


def one_row() -> tuple[Program, FactTable, dict[str, int]]:
    program = builtin()
    columns: dict[str, list[Scalar]] = {
        "registered_poor_household": [True],
        "standardised": [False],
        "fit_for_online_sale": [None],
        "last_conclusion": ["pass"],
        "days_since_last_inspection": [77],
        "long_term_failing": [False],
    }
    table = table_of(program.facts, list(program.latches), columns)
    return program, table, program.values_on(date(2021, 6, 30))


def test_a_finding_that_differs_stops_the_run_and_shows_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    program, table, values = one_row()
    right = plain.findings
    monkeypatch.setattr(plain, "findings", lambda *a: right(*a) | {"inspected_recently": "fails"})
    with pytest.raises(Disagreement, match=r"inspected_recently.*days_since_last_inspection = 77") as caught:
        judge(program, table, values)
    assert "77" in caught.value.words.zh


def test_a_row_that_differs_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    program, table, values = one_row()
    monkeypatch.setattr(plain, "verdict_row", lambda *_: 0)
    with pytest.raises(Disagreement, match="packaging: the engine says 2"):
        judge(program, table, values)


def test_a_latch_move_that_differs_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    program = builtin()
    event = {
        "conclusion": 1, "consecutive_failures": 3, "consecutive_passes": 0,
        "failures_in_window": 3, "failure_percent_in_window": 100,
    }  # fmt: skip
    table = FactTable({name: np.array([v], dtype=np.int64) for name, v in event.items()}, 1)
    values = program.values_on(date(2021, 6, 30))
    assert [m.tolist() for m in judge_events(program, table, values)["long_term_failing"]] == [
        [True],
        [False],
    ]
    monkeypatch.setattr(plain, "latch_moves", lambda *_: {"long_term_failing": (False, False)})
    with pytest.raises(Disagreement, match="consecutive_failures = 3"):
        judge_events(program, table, values)
