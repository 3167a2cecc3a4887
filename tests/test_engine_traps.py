"""What durable-rules does oddly cannot be reached by any programme: each trap, answered rightly."""

from __future__ import annotations

import datetime as clock
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import durable.engine
import pytest

from rules.asking import MOST_PROGRAMS, kept
from rules.compiling import benefit_answers, conditions_network
from rules.deciding import judge
from rules.engine import Asker, EngineFault
from rules.flat import CannotCompile
from rules.load import builtin
from rules.program import Citation, Comparison, Condition, Fact, Group, Named, Program, Scalar, Words
from rules.rulesets import (
    MOST_COMPARISONS,
    MOST_FIELDS,
    MOST_RULES,
    EqualHashes,
    Rule,
    layers,
    must_be_told_apart,
    name_hash,
    spread,
)
from rules.table import BadFacts, table_of
from rules.tasks import random_table
from tests.generated_programs import Spec, loaded, spec_of, valid

YES_NO = {"type": "yes_no", "may_be_unknown": True}
EQUAL_HASHES = ("household_date_991", "year_income_710")


def verdicts(spec: Spec, facts: dict[str, list[Any]]) -> list[str | None]:
    """The verdicts of a programme's benefit for ready facts (both evaluators have agreed on them)."""
    program = loaded(spec)
    judged = judge(program, table_of(program.facts, list(program.latches), facts), {})
    return [None if v < 0 else program.better[v] for v in judged.verdicts["benefit"]]


def yes_when(**when: Any) -> list[Spec]:
    return [{"verdict": "yes", "when": when}, {"verdict": "no"}]


def is_true(name: str) -> Spec:
    return {"fact": name, "is": True}


# ---- sizes that the library answers wrongly, or never ----


@pytest.mark.parametrize("number", [64, 65, 66, 200])
def test_any_number_of_conditions_may_hold_at_once(number: int) -> None:
    facts = {f"f{i}": YES_NO for i in range(number)}
    tests = {f"c{i}": is_true(f"f{i}") for i in range(number)}
    table: dict[str, list[Scalar]] = {f"f{i}": [True, True] for i in range(number)}
    table[f"f{number - 1}"] = [True, False]
    assert verdicts(spec_of(facts, tests, yes_when(holds="all")), table) == ["yes", "no"]


@pytest.mark.parametrize("number", [255, 256, 257, 600])
def test_rows_that_share_a_condition_never_let_an_unrelated_row_answer(number: int) -> None:
    tests: Spec = {
        "rich": {"fact": "income", "at_least": 100_000},
        "poor": {"fact": "income", "less_than": 100},
    }
    rows: list[Spec] = [{"verdict": "maybe", "when": {"holds": ["rich"], "fails": ["rich"]}}] * number
    rows += [{"verdict": "yes", "when": {"holds": ["rich"]}}, {"verdict": "no", "when": {"holds": ["poor"]}}]
    spec = spec_of({"income": {"type": "count"}}, tests, rows)
    assert verdicts(spec, {"income": [100_000, 5, 500]}) == ["yes", "no", None]


@pytest.mark.parametrize("number", [256, 257])
def test_conditions_with_the_same_test_are_one_question(number: int) -> None:
    facts = {"income": {"type": "count"}, "here": YES_NO}
    tests: Spec = {f"c{i}": {"fact": "income", "at_least": 5} for i in range(number)}
    tests["here"] = is_true("here")
    spec = spec_of(facts, tests, yes_when(holds=[f"c{number - 1}", "here"]))
    assert verdicts(spec, {"income": [5, 4, 5], "here": [True, True, None]}) == ["yes", "no", "no"]


def test_a_choice_may_have_a_thousand_values_each_with_its_condition_and_row() -> None:
    words = [f"word {i}" for i in range(1000)]
    facts = {"word": {"type": "choice", "choices": words, "may_be_unknown": True}}
    tests = {f"c{i}": {"fact": "word", "is": word} for i, word in enumerate(words)}
    rows: list[Spec] = [
        {"verdict": "yes" if i % 2 else "no", "when": {"holds": [f"c{i}"]}} for i in range(1000)
    ]
    rows += [{"verdict": "maybe", "when": {"unknown": "all"}}]
    table: dict[str, list[Any]] = {"word": ["word 0", "word 1", "word 511", "word 512", "word 999", None]}
    assert verdicts(spec_of(facts, tests, rows), table) == ["no", "yes", "yes", "no", "yes", "maybe"]


def test_one_of_may_list_hundreds_of_values() -> None:
    words = [f"word {i}" for i in range(1000)]
    facts = {"word": {"type": "choice", "choices": words, "may_be_unknown": True}}
    tests = {"first_half": {"fact": "word", "one_of": words[:500]}}
    rows = [{"verdict": "maybe", "when": {"unknown": ["first_half"]}}, *yes_when(holds=["first_half"])]
    table: dict[str, list[Any]] = {"word": ["word 0", "word 499", "word 500", "word 999", None]}
    assert verdicts(spec_of(facts, tests, rows), table) == ["yes", "yes", "no", "no", "maybe"]


@pytest.mark.parametrize("word", ["all", "any"])
def test_a_group_may_have_hundreds_of_members(word: str) -> None:
    facts = {f"f{i}": YES_NO for i in range(600)}
    tests: Spec = {"group": {word: [is_true(f"f{i}") for i in range(600)]}}
    rows = [{"verdict": "maybe", "when": {"unknown": ["group"]}}, *yes_when(holds=["group"])]
    usual = word == "all"
    table: dict[str, list[Scalar]] = {f"f{i}": [usual] * 4 for i in range(600)}
    table["f599"] = [usual, not usual, None, None]
    table["f0"] = [usual, usual, usual, not usual]
    decided = ["yes", "no", "maybe", "no"] if word == "all" else ["no", "yes", "maybe", "yes"]
    assert verdicts(spec_of(facts, tests, rows), table) == decided


def test_a_thousand_conditions_are_each_answered() -> None:
    facts = {f"n{i}": {"type": "count", "may_be_unknown": True} for i in range(40)}
    tests = {f"c{i}": {"fact": f"n{i % 40}", "at_least": i // 40} for i in range(1000)}
    program = loaded(spec_of(facts, tests, yes_when(holds="all")))
    columns: dict[str, list[Scalar]] = {f"n{i}": [i, None] for i in range(40)}
    judged = judge(program, table_of(program.facts, [], columns), {})
    assert [judged.findings[f"c{i}"][0] for i in range(1000)] == [int(i % 40 >= i // 40) for i in range(1000)]
    assert all(judged.findings[f"c{i}"][1] == -1 for i in range(1000))


def test_two_thousand_rows_are_read_from_the_top() -> None:
    facts = {"number": {"type": "count"}, "here": YES_NO}
    tests: Spec = {f"c{i}": {"fact": "number", "at_most": i} for i in range(100)}
    tests["here"] = is_true("here")
    findings = [{"holds": ["here"]}, {"fails": ["here"]}]
    rows = [
        {
            "verdict": ("no", "maybe", "yes")[(i + j) % 3],
            "when": {**here, "holds": [*here.get("holds", []), f"c{i}"]},
        }
        for i in range(100)
        for _ in range(10)
        for j, here in enumerate(findings)
    ]
    assert len(rows) == 2000
    program = loaded(spec_of(facts, tests, rows))
    table = table_of(
        program.facts, [], {"number": [0, 50, 99, 99, 100], "here": [True, False, True, None, True]}
    )
    assert judge(program, table, {}).rows["benefit"].tolist() == [0, 1001, 1980, -1, -1]


def test_tests_may_be_nested_forty_deep() -> None:
    test: Spec = is_true("f")
    for i in range(40):
        test = {("all", "any")[i % 2]: [test, is_true("g") if i % 2 else {"fact": "h", "is": False}]}
    facts = dict.fromkeys("fgh", YES_NO)
    rows = [{"verdict": "maybe", "when": {"unknown": "all"}}, *yes_when(holds=["deep"])]
    table: dict[str, list[Any]] = {"f": [True, False, None], "g": [False] * 3, "h": [False] * 3}
    assert verdicts(spec_of(facts, {"deep": test}, rows), table) == ["yes", "no", "maybe"]


def test_a_chain_of_named_conditions_that_doubles_at_each_step_is_not_expanded() -> None:
    facts = {"f": YES_NO, "x": YES_NO, "y": YES_NO}
    tests: Spec = {"c0": is_true("f")}
    for i in range(60):
        tests[f"c{i + 1}"] = {"any": [{"all": [f"c{i}", is_true("x")]}, {"all": [f"c{i}", is_true("y")]}]}
    table: dict[str, list[Any]] = {"f": [True] * 3, "x": [True, False, False], "y": [False, True, False]}
    started = time.perf_counter()
    assert verdicts(spec_of(facts, tests, yes_when(holds=["c60"])), table) == ["yes", "yes", "no"]
    assert time.perf_counter() - started < 5


def test_a_chain_of_five_hundred_named_conditions_is_answered() -> None:
    tests: Spec = {"c0": is_true("f")}
    for i in range(500):
        tests[f"c{i + 1}"] = {"all": [f"c{i}", is_true("g")]}
    rows = [{"verdict": "maybe", "when": {"unknown": ["c500"]}}, *yes_when(holds=["c500"])]
    table: dict[str, list[Any]] = {"f": [True, None, None], "g": [True, True, False]}
    assert verdicts(spec_of({"f": YES_NO, "g": YES_NO}, tests, rows), table) == ["yes", "maybe", "no"]


# ---- only forms and sizes that are known to be answered rightly ----


def rulesets_of(program: Program) -> Iterator[Any]:
    networks = [conditions_network(program.conditions, program.facts, {})[1]]
    for name in program.benefits:
        answers = benefit_answers(program, name)
        networks.append(answers.network)
        rows = [(Rule(met, (i, 1)),) for i, met in enumerate(answers.rows) if met is not None]
        yield from spread(rows)
    for network in networks:
        yield from (ruleset for layer in layers(network) for ruleset in layer)


def test_only_guarded_equalities_in_rulesets_of_safe_size_are_ever_made() -> None:
    for number in range(200):
        for ruleset in rulesets_of(loaded(valid(number))):
            assert len(ruleset.rules) <= MOST_RULES and len(ruleset.fields) <= MOST_FIELDS
            comparisons = set()
            for definition in ruleset.definitions("case").values():
                ((key, ((pattern),)),) = definition.items()
                assert key == "all" and pattern.keys() == {"m"} and pattern["m"].keys() == {"$and"}
                first, *parts = pattern["m"]["$and"]
                assert first == {"kind": "case"} and len(parts) <= 17
                for part in parts:
                    assert len(part) == 1
                    ((field, word),) = part.get("$neq", part).items()
                    assert field in ruleset.fields.values() and isinstance(word, str) and len(word) < 10
                    comparisons.add(str(part))
            assert len(comparisons) < MOST_COMPARISONS


def test_field_names_with_equal_hashes_are_refused() -> None:
    assert name_hash(EQUAL_HASHES[0]) == name_hash(EQUAL_HASHES[1])
    with pytest.raises(EqualHashes, match="year_income_710"):
        must_be_told_apart(EQUAL_HASHES)
    must_be_told_apart([f"f{i}" for i in range(MOST_FIELDS)])


def test_facts_whose_names_have_equal_hashes_are_told_apart() -> None:
    one, other = EQUAL_HASHES
    spec = spec_of({one: YES_NO, other: YES_NO}, {"one": is_true(one)}, yes_when(holds=["one"]))
    assert verdicts(spec, {one: [True, False], other: [False, True]}) == ["yes", "no"]


def test_choices_spelt_like_the_library_s_own_words_are_only_choices() -> None:
    words = ["$nex", "unknown", "c0", "true", "3", "null", 'a"b', "x" * 200, "x" * 199]
    facts = {"word": {"type": "choice", "choices": words, "may_be_unknown": True}}
    for word in words:
        spec = spec_of(facts, {"asked": {"fact": "word", "is": word}}, yes_when(holds=["asked"]))
        expected = ["yes" if word == other else "no" for other in words]
        assert verdicts(spec, {"word": [*words, None]}) == [*expected, "no"]


# ---- types and unknown ----


def test_unknown_is_unknown_to_every_comparison_and_only_all_or_any_can_decide_without_it() -> None:
    facts: Spec = {
        "n": {"type": "count", "may_be_unknown": True},
        "w": {"type": "choice", "choices": ["a", "b"], "may_be_unknown": True},
        "y": YES_NO,
        "known": {"type": "yes_no"},
    }
    tests: Spec = {
        **{op: {"fact": "n", op: 0} for op in ("at_least", "at_most", "more_than", "less_than")},
        "is": {"fact": "w", "is": "a"},
        "is_not": {"fact": "w", "is_not": "a"},
        "one_of": {"fact": "w", "one_of": ["a", "b"]},
        "yes": {"fact": "y", "is_not": True},
        "either": {"fact": "y", "one_of": [True, False]},
        "any_known": {"any": ["is", is_true("known")]},
        "all_known": {"all": ["is", {"fact": "known", "is": False}]},
    }
    program = loaded(spec_of(facts, tests, yes_when(holds="all")))
    table = table_of(program.facts, [], {"n": [None], "w": [None], "y": [None], "known": [True]})
    found = {name: int(column[0]) for name, column in judge(program, table, {}).findings.items()}
    assert (found.pop("any_known"), found.pop("all_known")) == (1, 0)
    assert set(found.values()) == {-1}


@pytest.mark.parametrize(
    ("fact", "value"),
    [("n", "3"), ("n", True), ("n", 3.0), ("n", -1), ("n", None), ("n", 2**53), ("w", 0), ("w", True), ("w", "A"),
     ("y", 1), ("y", 0), ("y", "true"), ("y", None)],
)  # fmt: skip
def test_a_fact_of_another_type_never_reaches_the_engine(fact: str, value: Any) -> None:
    facts = {"n": Fact("n", "count"), "w": Fact("w", "choice", ("a", "3", "true")), "y": Fact("y", "yes_no")}
    columns: dict[str, list[Any]] = {"n": [1, 2], "w": ["a", "3"], "y": [True, False]}
    assert table_of(facts, [], columns).row(1, facts) == {"n": 2, "w": "3", "y": False}
    columns[fact][1] = value
    with pytest.raises(BadFacts, match=f'row 2, "{fact}"'):
        table_of(facts, [], columns)


def condition(test: Any, name: str = "c") -> dict[str, Condition]:
    return {name: Condition(name, test, Words("", ""), Citation("", "", "text"))}


@pytest.mark.parametrize(
    "test",
    [
        Comparison("n", "at_least", True),
        Comparison("n", "at_least", 1.5),  # type: ignore[arg-type]
        Comparison("n", "is", 3),
        Comparison("w", "is", 0),
        Comparison("w", "is", "other"),
        Comparison("w", "at_least", 1),
        Comparison("y", "is", 1),
        Comparison("y", "is", "true"),
        Comparison("w", "one_of", ()),
        Comparison("absent", "is", True),
        Group("all", ()),
        Named("c"),
        Named("absent"),
    ],
)
def test_a_test_that_does_not_fit_is_never_made_into_rules(test: Any) -> None:
    facts = {"n": Fact("n", "count"), "w": Fact("w", "choice", ("a", "3")), "y": Fact("y", "yes_no")}
    with pytest.raises(CannotCompile):
        conditions_network(condition(test), facts, {})


@pytest.mark.parametrize("codes", [(True,), ("yes",), (1.0,), (2,), (-2,), (), (1, 1), (None,)])
def test_only_codes_of_the_pattern_are_let_in(codes: Any) -> None:
    asker = one_question()
    with pytest.raises(EngineFault):
        asker.findings(codes)
    assert asker.findings((1,)) == [1]


def one_question() -> Asker:
    _, network = conditions_network(condition(Comparison("y", "is", True)), {"y": Fact("y", "yes_no")}, {})
    return Asker(network)


# ---- what goes wrong inside the library is a fault, and the next question is answered ----


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
