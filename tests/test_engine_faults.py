"""What goes wrong inside durable-rules is a fault and never an answer; threads and programmes are never mixed up."""

from __future__ import annotations

import datetime as clock
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import durable.engine
import pytest

from rules.asking import MOST_PROGRAMS, kept
from rules.compiling import conditions_network
from rules.deciding import judge
from rules.engine import Asker, EngineFault
from rules.load import builtin
from rules.program import Comparison, Fact, Program
from rules.rulesets import layers
from rules.table import table_of
from rules.tasks import random_table
from tests.asked_directly import YES_NO, condition, one_question, yes_when
from tests.generated_programs import loaded, spec_of, valid


@pytest.mark.parametrize("failing", [{1}, {2}, {1, 2}])
def test_an_error_in_any_action_is_a_fault_and_not_swallowed(
    monkeypatch: pytest.MonkeyPatch, failing: set[int]
) -> None:
    tests = condition(Comparison("y", "is", True)) | condition(Comparison("y", "is", False), "d")
    asker = Asker(conditions_network(tests, {"y": Fact("y", "yes_no")}, {})[1])
    noting = asker._noting

    def fails(_: Any) -> None:
        raise ZeroDivisionError("inside an action")

    with monkeypatch.context() as patch:
        patch.setattr(asker, "_noting", lambda note: fails if note[0] in failing else noting(note))
        with pytest.raises(EngineFault, match="inside an action"):
            asker.findings((1,))
    assert [asker.findings((code,)) for code in (1, 0, -1)] == [[1, 0], [0, 1], [-1, -1]]


def test_a_fact_left_behind_is_a_fault_and_not_an_answer() -> None:
    asker = one_question()
    assert asker.findings((1,)) == [1]
    assert asker._host is not None
    asker._host.assert_fact("layer0_0", {"kind": "case", "f0": "yes"})
    with pytest.raises(EngineFault, match="left behind"):
        asker.findings((1,))
    assert asker.findings((1,)) == [1]


def test_a_step_of_the_clock_during_an_action_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stepping(clock.datetime):
        hours = 0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            cls.hours += 1
            return clock.datetime.fromordinal(737000) + clock.timedelta(hours=cls.hours)

    asker = one_question()
    monkeypatch.setattr(durable.engine.datetime, "datetime", Stepping)
    monkeypatch.setattr(time, "time", iter(range(0, 10**9, 3600)).__next__)
    for _ in range(3):
        assert [asker.findings((code,)) for code in (1, 0, -1)] == [[1], [0], [-1]]


def test_a_state_that_has_come_to_a_stop_is_a_fault_and_not_nothing_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asker = one_question()
    with monkeypatch.context() as patch:
        patch.setattr(durable.engine, "_unix_now", iter(range(0, 10**6, 60)).__next__)
        with pytest.raises(EngineFault):
            for _ in range(3):
                assert asker.findings((1,)) == [1]
    assert [asker.findings((code,)) for code in (1, 0, -1)] == [[1], [0], [-1]]


def test_no_timer_is_started() -> None:
    before = set(threading.enumerate())
    assert one_question().findings((1,)) == [1]
    time.sleep(0.3)
    assert set(threading.enumerate()) <= before


# ---- again and again, and from many threads ----


def test_the_same_facts_may_be_asked_any_number_of_times() -> None:
    asker = one_question()
    for _ in range(2000):
        assert [asker.findings((code,)) for code in (1, 0, -1)] == [[1], [0], [-1]]


def test_a_programme_loaded_twice_answers_the_same_and_is_registered_once() -> None:
    first, second = loaded(valid(3)), loaded(valid(3))
    assert first is not second and first == second
    assert kept.of(first) is kept.of(second)


def test_programmes_with_one_digest_but_other_content_are_never_mixed_up() -> None:
    yes, no = (
        spec_of({"f": YES_NO}, {"c": {"fact": "f", "is": word}}, yes_when(holds=["c"]))
        for word in (True, False)
    )
    one, other = loaded(yes), loaded(no)
    object.__setattr__(other, "digest", one.digest)
    for program, expected in ((one, 1), (other, 0), (one, 1)):
        table = table_of(program.facts, [], {"f": [True]})
        assert judge(program, table, {}).findings["c"].tolist() == [expected]


def test_of_many_programmes_only_the_last_ones_are_kept_and_all_are_answered_again() -> None:
    programs = [loaded(valid(number)) for number in range(3 * MOST_PROGRAMS)]

    def answered(program: Program) -> list[list[int]]:
        values = {name: p.values[-1].value for name, p in program.parameters.items()}
        table = random_table(program, program.facts, values, random.Random(1), 20)
        return [rows.tolist() for rows in judge(program, table, values).rows.values()]

    first = [answered(program) for program in programs]
    assert [answered(program) for program in programs] == first
    assert list(kept._by_digest) == [program.digest for program in programs[-MOST_PROGRAMS:]]


def test_rulesets_given_back_are_registered_anew_when_asked_again() -> None:
    asker = one_question()
    for _ in range(3):
        assert asker.findings((1,)) == [1]
        asker.close()


def test_many_threads_share_the_engine_and_each_gets_its_own_answer() -> None:
    askers = [one_question() for _ in range(2)]

    def answers(number: int) -> bool:
        code = (1, 0, -1)[number % 3]
        return all(askers[(number + i) % 2].findings((code,)) == [code] for i in range(300))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(answers, range(16)))


# ---- the interpreter ----


@pytest.mark.parametrize("version", [(3, 13), (3, 14), (3, 10)])
def test_another_python_is_told_in_plain_words(version: tuple[int, int]) -> None:
    code = f"import sys; sys.version_info = (*{version}, 0, 'final', 0); import rules.engine"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .startswith(
            f"ImportError: durable_rules 2.0.28 runs on Python 3.11 and 3.12 only; this is Python {version[0]}.{version[1]}."
        )
    )


def test_our_programme_is_asked_in_one_small_ruleset_of_conditions() -> None:
    asked = kept.of(builtin())
    assert len(asked.facts.network.nodes) == len(builtin().conditions)
    assert sum(len(layer) for layer in layers(asked.facts.network)) == 1
