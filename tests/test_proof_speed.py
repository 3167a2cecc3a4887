"""A proof answers in a few seconds whatever it is asked, and says what it could not go through."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import proof, proof_effort
from rules.load import load
from rules.program import Program
from rules.proof import prove
from rules.proof_turns import first_turn
from rules.sandbox import run_apart
from tests import hard_programs as hard
from tests.generated_programs import loaded, toml_of, valid

SECONDS = 5
HARD: dict[str, tuple[Callable[[], dict[str, Any]], dict[str, int]]] = {
    "five million cases": (lambda: hard.each_its_own(14), {}),
    "more cases than can be": (lambda: hard.each_its_own(200), {"not_exhausted": 1}),
    "200 thresholds on three counts": (lambda: hard.thresholds(3), {}),
    "200 thresholds, each with twelve values": (lambda: hard.thresholds(3, dated=12), {}),
    "200 thresholds on four counts": (lambda: hard.thresholds(4), {"not_exhausted": 1}),
    "groups of groups and 200 rows": (lambda: hard.nested(11), {"not_exhausted": 1, "unused": 2}),
    "a latch over every running figure": (lambda: hard.latched(4), {"unused": 0}),
    "a latch over more figures than can be": (lambda: hard.latched(13), {"not_exhausted": 1}),
    "five benefits": (hard.five_benefits, {}),
}


@pytest.mark.parametrize("name", HARD)
def test_a_hard_programme_is_proved_or_refused_within_five_seconds(name: str) -> None:
    made, kinds = HARD[name]
    program = loaded(made())
    started = time.process_time()  # of this process: others share the machine
    found = Counter(fault.kind for fault in prove(program))
    assert time.process_time() - started < SECONDS
    assert {kind: n for kind, n in found.items() if kind != "unused"} == {
        kind: n for kind, n in kinds.items() if kind != "unused"
    }


def test_twenty_thousand_gaps_are_told_within_five_seconds() -> None:
    program = loaded(hard.many_rows(13))
    started = time.process_time()
    found = Counter(fault.kind for fault in prove(program))
    assert time.process_time() - started < SECONDS
    assert found["gap"] == 20_000 and found["not_exhausted"] == 1


def test_the_child_process_answers_a_page_with_as_many_gaps_as_it_shows() -> None:
    data = toml_of(hard.many_rows(13)).encode()
    told = run_apart("prove", {"name": "draft.toml", "data": data, "listed": 100})
    kinds = Counter(fault["kind"] for fault in told["proof_faults"])
    assert kinds["gap"] == 100 and kinds["not_exhausted"] == 1
    assert "多于列出的 100 种" in next(f["zh"] for f in told["proof_faults"] if f["kind"] == "not_exhausted")


def test_what_was_not_gone_through_is_named_with_its_number_of_cases() -> None:
    (fault,) = [f for f in prove(loaded(hard.nested(11))) if f.kind == "not_exhausted"]
    assert fault.where == "benefits.benefit"
    assert "4,194,304 种情况" in fault.message.zh and "均未检查" in fault.message.zh
    assert "4,194,304 cases" in fault.message.en and "none of them was checked" in fault.message.en


def test_a_benefit_that_was_not_gone_through_hides_no_fault_of_another() -> None:
    spec = hard.nested(11, rows=3)
    spec["benefits"]["second"] = {"verdicts": [{"verdict": "no", "when": {"holds": ["c0"]}}]}
    found = {fault.where: fault.kind for fault in prove(loaded(spec)) if fault.where.startswith("benefits")}
    if found.get("benefits.benefit") == "not_exhausted":
        assert found["benefits.second"] in ("gap", "not_exhausted")


@pytest.mark.parametrize(("effort", "kinds"), [(0, ["not_exhausted"]), (10**9, [])])
def test_the_effort_decides_whether_a_benefit_is_gone_through(
    monkeypatch: pytest.MonkeyPatch, effort: int, kinds: list[str]
) -> None:
    monkeypatch.setattr(proof, "EFFORT", effort)
    assert [fault.kind for fault in prove(loaded(hard.each_its_own(3, 3)))] == kinds


def test_effort_is_counted_and_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same programme gets the same answer on a slow machine: nothing of the proof asks a clock."""
    monkeypatch.setattr(time, "monotonic", lambda: 1e9)
    monkeypatch.setattr(time, "perf_counter", lambda: 1e9)
    assert prove(loaded(hard.each_its_own(8))) == ()
    assert proof_effort.Effort(5).allows(5) and not proof_effort.Effort(4).allows(5)


# ---- the quick ways are exact ----


def plainly(program: Program) -> tuple[tuple[str, str, tuple[tuple[str, object], ...]], ...]:
    return tuple((f.kind, f.where, tuple(f.example.items())) for f in prove(program))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([8, 64, 1000]))
def test_how_a_space_is_cut_into_stretches_changes_no_answer(number: int, size: int) -> None:
    program = loaded(valid(number))
    whole = plainly(program)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rules.combinations._STRETCH", size)
        assert plainly(load(program.text.encode(), "again.toml")) == whole


def turned_plainly(ranks: np.ndarray[Any, Any], rising: bool) -> tuple[int, tuple[int, int], int] | None:
    for above in range(ranks.shape[0]):
        for count in range(1, ranks.shape[1]):
            for rest in range(ranks.shape[2]):
                now = ranks[above, count, rest]
                told = [i for i in range(count) if ranks[above, i, rest] >= 0]
                if now < 0 or not told:
                    continue
                last = ranks[above, told[-1], rest]
                if now > last if rising else now < last:
                    return above, (told[-1], count), rest
    return None


@settings(max_examples=150, deadline=None)
@given(st.data(), st.booleans())
def test_a_turn_is_the_first_that_a_plain_search_finds(data: st.DataObject, rising: bool) -> None:
    shape = [data.draw(st.integers(1, 2)), data.draw(st.integers(2, 5)), data.draw(st.integers(1, 2))]
    flat = data.draw(st.lists(st.integers(-1, 3), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    ranks = np.array(flat, dtype=np.int16).reshape(shape)
    assert first_turn(ranks, rising=rising) == turned_plainly(ranks, rising)


@pytest.mark.parametrize(
    ("counts", "rising", "found"),
    [
        ([0, -1, 3], True, (0, (0, 2), 0)),
        ([3, -1, -1, 0], False, (0, (0, 3), 0)),
        ([3, -1, 0], True, None),
        ([-1, 0, 0], True, None),
        ([1, 0, 1], True, (0, (1, 2), 0)),
        ([2], True, None),
    ],
)
def test_a_count_without_a_verdict_is_passed_over(
    counts: list[int], rising: bool, found: tuple[int, tuple[int, int], int] | None
) -> None:
    assert first_turn(np.array(counts, dtype=np.int16).reshape(1, -1, 1), rising=rising) == found


def test_values_that_leave_the_order_of_thresholds_are_gone_through_once() -> None:
    once = loaded(hard.thresholds(2, 6))
    often = loaded(hard.thresholds(2, 6, dated=5))
    assert sum(s.size for _, s in proof.spaces_of(once, "benefit")) == sum(
        s.size for _, s in proof.spaces_of(often, "benefit")
    )
