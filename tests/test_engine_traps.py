"""What durable-rules does oddly cannot be reached by any programme: each trap, answered rightly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from rules.compiling import benefit_answers, conditions_network
from rules.deciding import judge
from rules.program import Program, Scalar
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
from rules.table import table_of
from tests.asked_directly import YES_NO, is_true, verdicts, yes_when
from tests.generated_programs import Spec, loaded, spec_of, valid

EQUAL_HASHES = ("household_date_991", "year_income_710")


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
