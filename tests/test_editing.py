"""A dated value is put into a programme's text and everything else stays to the byte: comments, order, spaces."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from difflib import ndiff

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.editing import CannotEdit, dated_in, with_value, without_value
from rules.load import builtin, builtin_names, load

TEXT = builtin().text
NAME = "inspection_validity_days"
FIRST, LATER = date(2020, 3, 16), date(2021, 11, 1)
EVERY = [(name, parameter) for name in builtin_names() for parameter in builtin(name).parameters]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    went = [line[2:] for line in lines if line.startswith("- ")]
    came = [line[2:] for line in lines if line.startswith("+ ")]
    return went, came


def test_a_new_value_is_a_new_entry_and_only_its_list_is_written_anew() -> None:
    after = with_value(TEXT, NAME, LATER, 365, "领导小组会议纪要")
    went, came = changed_lines(TEXT, after)
    assert went == ['values  = [{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" }]']
    assert [line.strip() for line in came] == [
        "values  = [",
        '{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" },',
        '{ from = 2021-11-01, value = 365, note = "领导小组会议纪要" },',
        "]",
    ]
    parameter = load(after.encode(), "draft.toml").parameters[NAME]
    assert parameter.value_on(date(2021, 10, 31)) == 180 and parameter.value_on(LATER) == 365


@pytest.mark.parametrize(("program", "parameter"), EVERY)
def test_every_parameter_of_every_programme_takes_a_value(program: str, parameter: str) -> None:
    text = builtin(program).text
    value = builtin(program).parameters[parameter].values[-1].value
    after = with_value(text, parameter, date(2098, 1, 1), value)
    assert load(after.encode(), "draft.toml").parameters[parameter].value_on(date(2098, 1, 1)) == value
    assert len(changed_lines(text, after)[0]) <= 1
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == comments


def test_the_value_of_a_day_that_has_one_is_replaced() -> None:
    once = with_value(TEXT, NAME, LATER, 365)
    twice = with_value(once, NAME, LATER, 400, "改")
    assert [(v["from"], v["value"]) for v in dated_in(twice, NAME)] == [(FIRST, 180), (LATER, 400)]
    assert twice == with_value(TEXT, NAME, LATER, 400, "改")


def test_a_value_is_put_in_its_place_by_its_day() -> None:
    text = with_value(with_value(TEXT, NAME, date(2022, 1, 1), 90), NAME, LATER, 365)
    assert [v["from"] for v in dated_in(text, NAME)] == [FIRST, LATER, date(2022, 1, 1)]
    assert load(text.encode(), "draft.toml").parameters[NAME].value_on(date(2021, 12, 31)) == 365


def test_a_value_that_was_put_in_can_be_taken_out_again_but_not_the_only_one() -> None:
    text = without_value(with_value(TEXT, NAME, LATER, 365), NAME, LATER)
    assert tomllib.loads(text) == tomllib.loads(TEXT)
    with pytest.raises(CannotEdit, match="only value"):
        without_value(TEXT, NAME, FIRST)
    with pytest.raises(CannotEdit, match="no value from 2021-11-01"):
        without_value(TEXT, NAME, LATER)


def test_comments_inside_a_list_of_values_stay() -> None:
    text = TEXT.replace(
        'values  = [{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" }]',
        "values  = [\n  # 第一个取值\n  { from = 2020-03-16, value = 180 },  # 半年\n]",
    )
    after = with_value(text, NAME, LATER, 365)
    assert "# 第一个取值" in after and "# 半年" in after
    assert [v["value"] for v in dated_in(after, NAME)] == [180, 365]


def test_windows_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    after = with_value(text, NAME, LATER, 365)
    assert tomllib.loads(after.replace("\r\n", "\n"))["parameters"][NAME]["values"][1]["value"] == 365
    assert after.count("\r\n") >= text.count("\r\n")


@pytest.mark.parametrize(
    "text",
    ["[", "x = 1", "[parameters]", f"[parameters.{NAME}]\nvalues = 3", f"[parameters.{NAME}]\nvalues = [1]"],
)
def test_a_text_without_such_values_is_refused_in_words(text: str) -> None:
    with pytest.raises(CannotEdit) as refused:
        with_value(text, NAME, LATER, 365)
    assert refused.value.words.zh and refused.value.words.en


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(EVERY),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10**6), st.text(max_size=10)), max_size=4),
)
def test_whatever_is_put_in_the_rest_of_the_file_says_the_same(
    which: tuple[str, str], puts: list[tuple[int, int, str]]
) -> None:
    program, parameter = which
    text = before = builtin(program).text
    expected = {v["from"]: v["value"] for v in dated_in(text, parameter)}
    for days, value, note in puts:
        day = date(2030, 1, 1) + timedelta(days)
        note = "".join(c for c in note if c.isprintable())
        text = with_value(text, parameter, day, value, note)
        expected[day] = value
    assert {v["from"]: v["value"] for v in dated_in(text, parameter)} == expected
    was, now = tomllib.loads(before), tomllib.loads(text)
    del was["parameters"][parameter]["values"], now["parameters"][parameter]["values"]
    assert was == now
