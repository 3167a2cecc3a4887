"""`settle` on the command line: tried out, drafted, checked, confirmed; sums in JSON are whole 分."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from office.__main__ import main
from office.paperwork.money import fen_from
from office.refusal import Refused

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def settle(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`settle("list")` with --json: exit code, the document, and what stands on standard error."""

    def run(*arguments: str) -> tuple[int, Any, str]:
        code = main(["--db", str(demo_db), "--lang", "en", "settle", *arguments, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


def open_number(settle: Run) -> str:
    return str(next(one["number"] for one in settle("list")[1]["settlements"] if one["state"] == "draft"))


def test_the_list_says_how_each_stands_in_fen(settle: Run) -> None:
    code, found, _ = settle("list")
    assert code == 0 and found["unit"] == "分"
    assert [one["state"] for one in found["settlements"]] == ["draft", "confirmed"]
    assert all(type(one[name]) is int for one in found["settlements"] for name in ("due", "paid", "lines"))


def test_what_is_shown_adds_up_to_its_items(settle: Run) -> None:
    for one in settle("list")[1]["settlements"]:
        shown = settle("show", one["number"])[1]
        items = shown["items"]
        assert shown["paid"] == sum(item["paid"] for item in items) == shown["granted"] - shown["recovered"]
        assert shown["claims"] + shown["adjustments"] == len(items) == one["lines"]
        assert sum(shown["verdicts"].values()) == shown["claims"]


def test_checked_and_confirmed_by_others_than_the_drafter(settle: Run) -> None:
    number = open_number(settle)
    code, told, _ = settle("check", number, "--by", "示例录入员")
    assert code == 1 and "reviewer" in told["error"]
    assert settle("check", number, "--by", "demo-reviewer")[1]["state"] == "checked"
    confirmed = settle("confirm", number, "--by", "demo-head")[1]
    assert confirmed["state"] == "confirmed"
    assert [step["by"] for step in confirmed["steps"]] == ["示例审核员", "示例负责人"]
    code, told, _ = settle("confirm", number, "--by", "demo-reviewer")
    assert code == 1 and "示例负责人" in told["error"]


def test_a_draft_is_discarded_with_a_reason_and_drafted_anew(settle: Run) -> None:
    number = open_number(settle)
    assert settle("discard", number, "--by", "示例录入员")[0] == 1
    assert settle("discard", number, "--by", "示例录入员", "--reason", "重做")[1]["state"] == "discarded"
    code, made, _ = settle("draft", "--claimed-until", "2021-09-30", "--pool", "1.00", "--by", "示例录入员")
    assert (code, made["state"], made["pool"]) == (0, "draft", 100)
    again = settle("draft", "--by", "示例录入员")
    assert again[0] == 1 and made["number"] in again[1]["error"]


def test_a_trial_writes_nothing_and_takes_other_values(settle: Run, demo_db: Path) -> None:
    before = demo_db.read_bytes()
    as_it_is = settle("preview")[1]
    halved = settle("preview", "--set", "fen_per_shipment=50")[1]
    short = settle("preview", "--pool", "0.07")[1]
    assert 0 < halved["due"] < as_it_is["due"] and short["granted"] == 7
    assert demo_db.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("draft", "--claimed-until", "2021-10-01", "--by", "示例录入员"), "after today"),
        (("draft", "--by", ""), "name is needed"),
        (("draft", "--by", "示例审核员"), "only clerk"),
        (("show", "结算〔2020〕1号"), "there is no settlement"),
        (("preview", "--pool", "many"), "no sum of money"),
        (("preview", "--claimed-until", "2020-01-01"), "in force from"),
        (("preview", "--set", "fen=1"), "no parameter"),
    ],
)
def test_what_cannot_be_is_refused_in_words(settle: Run, arguments: tuple[str, ...], word: str) -> None:
    code, told, said = settle(*arguments)
    assert code == 1 and word in told["error"] and word in said


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("1,234.5", 123450),
        ("１２３４．５０元", 123450),
        (" 0.07 ", 7),
        ("3 yuan", 300),
    ],
)
def test_yuan_are_read_exactly(text: str, fen: int) -> None:
    assert fen_from(text) == fen


@pytest.mark.parametrize("text", ["", "十元", "1.005", "-1", "1e3", "12,34", "999999999999"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        fen_from(text)


@pytest.mark.parametrize("asked", [("--pool", ""), ("--pool", " "), ("--claimed-until", "")])
def test_a_blank_sum_or_day_is_refused_in_words_and_nothing_drafted(
    settle: Run, asked: tuple[str, str]
) -> None:
    for command in (("preview",), ("draft", "--by", "示例录入员")):
        code, told, _ = settle(*command, *asked)
        assert code == 1 and told["error"].startswith(f'"{asked[1]}" is no')
