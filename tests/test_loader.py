"""The loader takes whole programmes only, and says of every other one what is wrong and where."""

from __future__ import annotations

import hashlib
import pickle
import re
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.load import ProgramFaults, UnknownProgram, builtin, load, load_file
from rules.program import Citation, Comparison, DatedValue, Gate, Group, Named, When, Words

PROGRAMS = Path(__file__).parent / "programs"
EVERY_KEY = (PROGRAMS / "every-key.toml").read_text(encoding="utf-8")
CASES: list[dict[str, Any]] = tomllib.loads((PROGRAMS / "malformed.toml").read_text(encoding="utf-8"))["case"]


def faults_of(text: str | bytes) -> dict[str, Words]:
    """The faults of a file by key; fails where the file is taken or a key has two faults."""
    with pytest.raises(ProgramFaults) as caught:
        load(text.encode() if isinstance(text, str) else text, "draft.toml")
    assert {fault.file for fault in caught.value.faults} == {"draft.toml"}
    found = {fault.key: fault.message for fault in caught.value.faults}
    assert len(found) == len(caught.value.faults)
    return found


def changed(old: str, new: str) -> str:
    assert EVERY_KEY.count(old) == 1, old
    return EVERY_KEY.replace(old, new)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_malformed_programme_is_refused(case: dict[str, Any]) -> None:
    text = changed(case["old"], case["new"]) if "old" in case else EVERY_KEY + case["more"]
    found = faults_of(text)
    assert list(found) == case["keys"]
    assert case["en"] in found[case["keys"][0]].en
    assert case["zh"] in found[case["keys"][0]].zh


def test_a_whole_programme_is_read_with_every_key() -> None:
    program = load(EVERY_KEY.encode(), "every-key.toml")
    assert (program.program, program.subject, program.source) == ("free-coaching", "learner", "示例")
    assert program.title == Words("电商培训帮扶", "Coaching for online sellers")
    assert program.better == ("stopped", "no", "ask", "yes")
    score = program.parameters["least_score"]
    assert (score.unit, score.low, score.high) == ("point", 1, 100)
    assert score.values == (
        DatedValue(date(2020, 1, 1), 60, "begun with"),
        DatedValue(date(2021, 1, 1), 70),
    )
    assert program.events["outcome"].choices == ("came", "stayed away")
    assert program.events["times_away"].more_is == "worse"
    assert program.facts["trade"].may_be_unknown
    assert not program.facts["poor"].may_be_unknown
    assert program.facts["poor"].title == Words("贫困户", "poor household")
    assert program.facts["score"].title is None
    latch = program.latches["left_out"]
    assert (latch.set_when, latch.clear_when) == (Gate("all", ("stayed_away",)), Gate("any", ("came_again",)))
    assert latch.citation == Citation("三(五)", "建立长期跟踪孵化机制", "office", "a reading")
    assert program.conditions["fit"].test == Group(
        "all", (Named("sells"), Comparison("score", "at_least", "least_score"))
    )
    assert program.conditions["sells"].test == Group(
        "any",
        (Comparison("trade", "one_of", ("fruit", "craft")), Comparison("score", "more_than", 90)),
    )
    coaching = program.benefits["coaching"]
    assert [row.verdict for row in coaching.rows] == ["stopped", "yes", "ask", "no"]
    assert [row.when for row in coaching.rows] == [
        When(holds=("left_out",)),
        When(holds=("is_poor", "fit")),
        When(fails="none", unknown="some"),
        None,
    ]
    assert program.citation("coaching", "is_poor").reading == "office"
    assert program.citation("coaching", "fit").quote == "确保培训效果"
    assert program.digest == hashlib.sha256(EVERY_KEY.encode()).hexdigest()
    assert program.text == EVERY_KEY


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    text = (
        EVERY_KEY.replace("is_poor", "is poor")
        .replace("value = 60", "value = 0")
        .replace('"ask"', '"asks"', 1)
    )
    text = text.replace("[conditions.is poor]", '[conditions."is poor"]').replace(
        "is poor = {", '"is poor" = {'
    )
    assert set(faults_of(text)) == {
        "parameters.least_score.values[1].value",
        'conditions."is poor"',
        'benefits.coaching.readings."is poor"',
        "benefits.coaching.verdicts[3].verdict",
    }


def test_the_message_of_the_error_names_file_key_and_expectation() -> None:
    with pytest.raises(ProgramFaults) as caught:
        load(changed("value = 60", "value = 0").encode(), "draft.toml")
    expected = "draft.toml: parameters.least_score.values[1].value: 0 is outside the range 1 to 100"
    assert str(caught.value) == expected
    assert str(pickle.loads(pickle.dumps(caught.value))) == expected


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    found = faults_of(EVERY_KEY.encode("gb18030"))
    assert found == {"line 3": Words("第 3 行不是 UTF-8 文字", "line 3 is not UTF-8 text")}


def test_a_byte_that_is_no_utf8_is_refused_with_its_line() -> None:
    assert list(faults_of(b"program = 1\n# caf\xe9\n")) == ["line 2"]


def test_a_file_saved_by_the_windows_notepad_is_read() -> None:
    data = b"\xef\xbb\xbf" + EVERY_KEY.replace("\n", "\r\n").encode()
    program = load(data, "draft.toml")
    assert program.digest == hashlib.sha256(data).hexdigest()
    assert program.text.encode() == data


@pytest.mark.parametrize("length", [1_000_000, 1_000_001])
def test_a_file_may_have_a_million_bytes(length: int) -> None:
    data = EVERY_KEY.encode()
    data += b"#" * (length - len(data))
    if length == 1_000_000:
        assert load(data, "draft.toml").program == "free-coaching"
    else:
        assert faults_of(data)[""].en == "the file is too large, at most 1000000 bytes"


@pytest.mark.parametrize(
    ("depth", "key"), [(50, None), (51, "conditions.is_poor.test" + ".all[1]" * 50 + ".all")]
)
def test_tests_may_be_fifty_deep(depth: int, key: str | None) -> None:
    test = "{ all = [" * depth + '{ fact = "poor", is = true }' + "] }" * depth
    text = changed('{ fact = "poor", is = true }', test)
    if key is None:
        assert load(text.encode(), "draft.toml").facts
    else:
        assert faults_of(text) == {key: Words("嵌套过深，最多 50 层", "nested too deep, at most 50 levels")}


@pytest.mark.parametrize(
    "line",
    [
        "deep = " + "[" * 50_000 + "]" * 50_000,
        "deep = " + "{a=" * 50_000 + "1" + "}" * 50_000,
        ".".join(["a"] * 300_000) + " = 1",
        "[" + ".".join(["a"] * 300_000) + "]",
        "long = " + "9" * 50_000,
        "long = 0x" + "f" * 50_000,
        "[a]\n" * 100_000,
    ],
    ids=["lists", "tables", "dotted key", "dotted table", "digits", "hexadecimal digits", "the same table"],
)
def test_a_file_made_to_break_the_reader_is_refused_quickly(line: str) -> None:
    started = time.monotonic()
    assert faults_of(line)
    assert time.monotonic() - started < 5


def test_a_chain_of_a_thousand_named_conditions_is_read() -> None:
    condition = '\n[conditions.c{}]\ntest = {{ any = ["{}"] }}\ntext = {{ zh = "甲", en = "a" }}\n' + (
        'clause = "1"\nquote = "q"\nreading = "text"\n'
    )
    chain = "".join(condition.format(i, f"c{i - 1}" if i else "is_poor") for i in range(1000))
    assert len(load((EVERY_KEY + chain).encode(), "draft.toml").conditions) == 1003


def test_every_ring_of_conditions_is_named() -> None:
    condition = (
        '\n[conditions.{}]\ntest = {{ any = ["{}", "is_poor"] }}\ntext = {{ zh = "甲", en = "a" }}\n'
        + ('clause = "1"\nquote = "q"\nreading = "text"\n')
    )
    rings = "".join(condition.format(*pair) for pair in ("ab", "ba", "cd", "de", "ec", "fa"))
    found = faults_of(EVERY_KEY + rings)
    assert {key: words.en.partition(": ")[2] for key, words in found.items()} == {
        "conditions.a.test": '"a → b → a"',
        "conditions.c.test": '"c → d → e → c"',
    }


def test_a_long_choice_is_refused_and_one_of_two_hundred_characters_is_not() -> None:
    assert load(changed('"craft", "none"', f'"craft", "{"长" * 200}"').encode(), "draft.toml")
    assert list(faults_of(changed('"craft", "none"', f'"craft", "{"长" * 201}"'))) == [
        "facts.trade.choices[3]"
    ]


@pytest.mark.parametrize("name", ["贫困户-1", "_", "ئېلخەت", "x" * 100])
def test_a_name_may_have_letters_of_any_script(name: str) -> None:
    text = EVERY_KEY.replace("facts.poor", f'facts."{name}"').replace('"poor"', f'"{name}"')
    assert name in load(text.encode(), "draft.toml").facts


@pytest.mark.parametrize("name", ["x" * 101, "a b", "a/b", "a\\u0000", "名：称"])
def test_a_name_with_anything_else_is_refused(name: str) -> None:
    text = EVERY_KEY.replace("facts.poor", f'facts."{name}"').replace('"poor"', f'"{name}"')
    assert len(faults_of(text)) == 1


@pytest.mark.parametrize("gone", ["facts", "events", "event_conditions", "benefits"])
def test_a_section_that_is_needed_may_not_be_absent(gone: str) -> None:
    text = re.sub(rf"^\[+{gone}\b(.|\n)*?(?=^\[+(?!{gone}\b)|\Z)", "", EVERY_KEY, flags=re.MULTILINE)
    assert f"[{gone}." not in text
    found = faults_of(text)
    assert "this key is missing" in found[gone].en


def test_conditions_may_be_absent_only_beside_latches() -> None:
    text = (PROGRAMS / "smallest.toml").read_text(encoding="utf-8")
    start, end = text.index("[conditions"), text.index("[[benefits")
    found = faults_of(text[:start] + text[end:])
    assert found["conditions"] == Words("缺少这个键：没有可问的条件", "this key is missing: nothing to ask")
    assert len(found) == 3  # and the two rows that name the condition


def test_sections_that_nothing_needs_may_be_absent() -> None:
    program = load((PROGRAMS / "smallest.toml").read_bytes(), "smallest.toml")
    assert not program.parameters and not program.latches and not program.events
    assert program.benefits["tea"].title == Words("tea", "tea")


def test_a_programme_may_ask_latches_only() -> None:
    program = load((PROGRAMS / "latches-only.toml").read_bytes(), "latches-only.toml")
    assert program.conditions == {} and program.latches_asked("seat") == ("banned",)


def test_a_word_that_counts_needs_conditions() -> None:
    text = (PROGRAMS / "latches-only.toml").read_text(encoding="utf-8")
    found = faults_of(text.replace('fails = ["banned"]', 'fails = "all"'))
    assert found == {
        "benefits.seat.verdicts[2].when.fails": Words(
            "「all」按条件计数，但没有条件", '"all" counts conditions, but there is none'
        )
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "program = 1"])
def test_a_file_with_nothing_in_it_misses_every_key(text: str) -> None:
    missing = {"title", "source", "subject", "better", "benefits", "conditions"}
    assert set(faults_of(text)) == {"program", *missing}


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ProgramFaults) as caught:
            load_file(path)
        assert "the file cannot be read" in caught.value.faults[0].message.en


def test_a_programme_of_the_software_is_found_by_its_name_only() -> None:
    assert builtin().program == "produce-support"
    assert builtin() is builtin("produce-support")
    for name in ("../programs/produce-support", "produce-support.toml", "", "x" * 10_000):
        with pytest.raises(UnknownProgram, match="there is no programme named"):
            builtin(name)


def test_every_quote_of_the_produce_programme_stands_in_the_plan() -> None:
    plan = "".join((Path(__file__).parents[1] / "rules" / "plan.zh.txt").read_text(encoding="utf-8").split())
    program = builtin()
    cited = [
        part.citation
        for parts in (program.parameters, program.event_conditions, program.latches, program.conditions)
        for part in parts.values()
    ]
    cited += [citation for benefit in program.benefits.values() for citation in benefit.readings.values()]
    assert len(cited) == 17
    for citation in cited:
        assert "".join(citation.quote.split()) in plan
        assert citation.clause == "三(八)"


def test_every_fact_of_the_produce_programme_has_a_title() -> None:
    program = builtin()
    assert all(fact.title for fact in (*program.facts.values(), *program.events.values()))
