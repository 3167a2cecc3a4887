"""The command `notice`: what would hang, posting it, and what happens to it until it is closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from office.__main__ import main

Run = Callable[..., tuple[int, Any]]
OFFICE = ("--phone", "0000-0000000", "--place", "示例公告栏", "--by", "示例录入员")


@pytest.fixture
def run(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `notice …` with --json on the demonstration; gives exit code and document."""

    def _run(*arguments: str) -> tuple[int, Any]:
        code = main(["--db", str(demo_db), "notice", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return _run


def test_what_a_dry_run_shows_is_what_is_posted_and_it_writes_nothing(run: Run) -> None:
    before = run("list")[1]["notices"]
    code, shown = run("post", "packaging", "--dry-run")
    assert code == 0 and run("list")[1]["notices"] == before
    code, posted = run("post", "packaging", "--days", "3", *OFFICE)
    assert code == 0 and posted["by"] == "示例录入员"
    kept = [{name: value for name, value in line.items() if name != "rests_on"} for line in posted["lines"]]
    assert kept == shown["lines"] and posted["households"] == shown["households"]
    assert (posted["posted_on"], posted["ends_on"], posted["days_left"]) == ("2021-09-30", "2021-10-02", 3)
    assert [n["number"] for n in run("list")[1]["notices"]] == [
        posted["number"],
        *(n["number"] for n in before),
    ]


def test_objection_answer_and_withdrawal_go_by_number(run: Run) -> None:
    number = run("post", "packaging", *OFFICE)[1]["number"]
    _, objected = run("objection", number, "--text", "第一行的产品数不对", "--by", "demo-clerk")
    (objection,) = objected["unanswered"]
    code, refused = run("close", number, "--by", "demo-clerk")
    assert code == 1 and "次日起才能结束" in refused["error"]
    _, answered = run("answer", number, str(objection), "--text", "已核对，无误", "--by", "demo-reviewer")
    assert answered["unanswered"] == [] and answered["steps"][-1]["by"] == "示例审核员"
    _, gone = run("withdraw", number, "--text", "村名有误", "--by", "demo-clerk")
    assert (gone["state"], gone["days_left"]) == ("withdrawn", 0)
    assert run("show", number)[1] == gone
    assert run("show", "示例〔2021〕9号")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("post", "packaging", "--by", "demo-clerk"), "办公室电话"),
        (("post", "packaging", *OFFICE[:4]), "经办人"),
        (("post", "packaging", *OFFICE[:4], "--by", "demo-auditor"), "岗位"),
        (("post", "settlement", *OFFICE), "没有待公示的结算"),
        (("post", "packaging", "--since", "2021-10-01", *OFFICE), "晚于发布日"),
        (("post", "packaging", "--since", "昨天", *OFFICE), "不是日期"),
    ],
)
def test_what_cannot_be_posted_is_refused_in_words(run: Run, arguments: tuple[str, ...], wanted: str) -> None:
    before = run("list")[1]
    code, document = run(*arguments)
    assert code == 1 and wanted in document["error"]
    assert run("list")[1] == before


def test_it_is_told_in_words_too(demo_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["list"], ["show", "岳电商办公示〔2020〕1号"], ["post", "packaging", "--dry-run"]):
        assert main(["--db", str(demo_db), "notice", *arguments]) == 0
    told = capsys.readouterr().out
    assert "公示中，还剩 4 天" in told and "示例异议" in told and "示*" in told and "户主" not in told
