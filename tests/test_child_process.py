"""A programme from outside runs in a child: its answers come back, its failures stay there."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from rules.load import builtin
from rules.sandbox import Child, ChildFailed, run_apart

DATA = builtin().text.encode()
OURS: dict[str, Any] = {"name": "produce-support.toml", "data": DATA}
READY: dict[str, list[Any]] = {
    "registered_poor_household": [True, True, True],
    "standardised": [False, False, True],
    "fit_for_online_sale": [None, True, True],
    "last_conclusion": ["pass", "fail", "pass"],
    "days_since_last_inspection": [5, None, 180],
    "long_term_failing": [False, True, False],
}


def test_our_programme_is_proved_apart_within_a_moment() -> None:
    started = time.perf_counter()
    assert run_apart("prove", OURS) == {"load_faults": [], "proof_faults": []}
    assert time.perf_counter() - started < 5


def test_ready_facts_are_judged_apart() -> None:
    found = run_apart("evaluate", {**OURS, "as_of": "2021-06-30", "columns": READY})
    assert found["verdicts"] == {
        "packaging": ["cannot_decide", "revoked", "not_eligible"],
        "logistics": ["eligible", "revoked", "not_eligible"],
    }
    assert found["findings"]["fit_for_online_sale"] == [-1, 1, 1]
    assert found["findings"]["inspected_recently"] == [1, -1, 1]
    assert found["rows"]["packaging"] == [2, 0, 3]


def test_facts_that_do_not_fit_come_back_as_words() -> None:
    columns = {**READY, "days_since_last_inspection": [5, "6", 7]}
    found = run_apart("evaluate", {**OURS, "as_of": "2021-06-30", "columns": columns})
    assert found["bad_facts"]["en"].startswith('row 2, "days_since_last_inspection"')
    assert "verdicts" not in found


def test_a_day_before_the_programme_comes_back_as_words() -> None:
    found = run_apart("evaluate", {**OURS, "as_of": "2019-01-01", "columns": READY})
    assert "inspection_validity_days" in found["not_in_force"]


def test_a_programme_with_a_fault_is_not_run() -> None:
    data = DATA.replace(b'reading = "text"', b'reading = "guess"')
    found = run_apart("evaluate", {"name": "x", "data": data, "as_of": "2021-06-30", "columns": READY})
    assert found["load_faults"] and "verdicts" not in found


def test_a_programme_without_an_answer_is_stopped_at_its_time_and_the_next_one_is_answered() -> None:
    with Child() as child:
        child.ask("prove", OURS)
        assert child._process is not None
        os.kill(child._process.pid, signal.SIGSTOP)  # no machine is quick enough to answer now
        started = time.perf_counter()
        with pytest.raises(ChildFailed, match=r"0\.05 seconds") as caught:
            child.ask("prove", OURS, seconds=0.05)
        assert time.perf_counter() - started < 3
        assert "0.05 秒" in caught.value.words.zh
        assert child.ask("prove", OURS)["proof_faults"] == []


def test_a_child_that_would_take_too_much_memory_fails_and_the_parent_goes_on() -> None:
    with Child(megabytes=200) as child:
        assert child.ask("prove", OURS)["load_faults"] == []
        with pytest.raises(ChildFailed, match="MemoryError|200 MB"):
            child.ask("prove", {**OURS, "more": "x" * 60_000_000})
        assert child.ask("prove", OURS)["load_faults"] == []


def test_a_child_that_is_killed_is_a_failure_and_the_next_one_is_answered() -> None:
    with Child() as child:
        child.ask("prove", OURS)
        assert child._process is not None
        child._process.kill()
        child._process.wait()
        with pytest.raises(ChildFailed, match="ended unexpectedly"):
            child.ask("prove", OURS)
        assert child.ask("prove", OURS)["proof_faults"] == []


def test_an_unforeseen_error_in_the_child_is_a_failure() -> None:
    with pytest.raises(ChildFailed, match="KeyError"):
        run_apart("no such task", OURS)


def test_a_child_is_renewed_after_so_many_programmes_and_leaves_no_process() -> None:
    with Child(renew_after=2) as child:
        processes = []
        for _ in range(5):
            child.ask("prove", OURS)
            processes.append(child._process)
    assert len({id(process) for process in processes}) == 3
    assert all(process is not None and process.returncode is not None for process in processes)


def test_what_the_programme_says_never_reaches_a_shell_or_a_file(tmp_path: Path) -> None:
    data = DATA.replace(b"good", f"$(touch {tmp_path}/x)".encode())
    assert run_apart("prove", {"name": f"`touch {tmp_path}/y`", "data": data})["proof_faults"] == []
    assert list(tmp_path.iterdir()) == []
