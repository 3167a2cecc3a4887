"""`act` on the command line: every kind, its document, what is in force, the bulk confirmation and its refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import people, settings
from data.store import open_writer, utc_now
from office.__main__ import main
from tests.casework import H1P1, Office
from tests.recorded import differences

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database whose day is 2021-03-01; H1/P1 and H2/P1 passed on it. The invented people are registered."""
    office = Office(tmp_path / "office.db").passed()
    with office.writer:
        office.inspect("pass", subject="H2/P1")
        with office.writer.transaction() as db:
            people.add_demonstration_people(db, at=office.clock())
    go_to(office.file, date(2021, 3, 1))
    return office.file


def go_to(file: Path, day: date) -> None:
    with open_writer(file) as writer, writer.transaction() as db:
        settings.make_demonstration(db, day, at=utc_now(), by="init")


@pytest.fixture
def run(file: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `act …` with --json; gives exit code and document."""

    def _run(*arguments: str) -> tuple[int, Any]:
        code = main(["--db", str(file), "act", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return _run


BY = ("--by", "示例审核员")
DELIVERED = ("--how", "post", "--to", "示例户主", "--by", "示例录入员")


def test_a_benefit_is_granted_and_shown(run: Run) -> None:
    code, document = run("grant", H1P1, "packaging", *BY, "--effective-on", "2021-03-05")
    assert (code, document["documents"]) == (0, [])
    act = document["act"]
    assert (act["id"], act["kind"], act["state"], act["effective_on"]) == (
        1,
        "grant",
        "granted",
        "2021-03-05",
    )
    assert (act["verdict"], act["overrides"], act["recorded_by"]) == ("eligible", False, "示例审核员")
    _, shown = run("list", H1P1)
    packaging, logistics = shown["benefits"]
    assert (shown["day"], packaging["state"], packaging["acts"]) == ("2021-03-01", "none", [act])
    assert (packaging["seen"], packaging["may"], packaging["case"]) == (1, ["notify"], None)
    assert (logistics["verdict"], logistics["may"]) == ("eligible", ["grant", "withhold"])


def test_the_whole_path_on_the_command_line(run: Run, file: Path) -> None:
    run("grant", H1P1, "packaging", *BY)
    code, notified = run("notify", H1P1, "packaging", *BY, "--override", "--reason", "移交")
    assert (code, notified["documents"]) == (0, ["岳电商办告知〔2021〕1号"])
    assert run("deliver", H1P1, "packaging", *DELIVERED)[0] == 0
    code, refused = run("hear", H1P1, "packaging", "--by", "示例录入员")
    assert code == 1 and "2021-03-08" in refused["error"]
    assert run("hear", H1P1, "packaging", "--by", "示例录入员", "--text", "没有意见")[0] == 0
    go_to(file, date(2021, 3, 9))
    code, refused = run("revoke", H1P1, "packaging", "--by", "示例 审核员", "--reason", "核实")
    assert code == 1 and "另一位" in refused["error"]
    code, decided = run("revoke", H1P1, "packaging", "--by", "示例负责人", "--reason", "核实")
    assert (code, decided["act"]["state"], decided["act"]["case"]) == (0, "withheld", notified["act"]["id"])
    assert run("deliver_decision", H1P1, "packaging", "--delivered-on", "2021-03-09", *DELIVERED)[0] == 0
    go_to(file, date(2021, 3, 10))
    _, shown = run("list", H1P1, "--benefit", "packaging")
    (packaging,) = shown["benefits"]
    assert (packaging["state"], packaging["since"], packaging["case"]["open"]) == (
        "withheld",
        "2021-03-10",
        False,
    )
    assert differences(file) == []


def test_a_case_is_shown_with_what_it_waits_for(run: Run) -> None:
    run("grant", H1P1, "packaging", *BY)
    run("notify", H1P1, "packaging", "--by", "示例录入员", "--override", "--reason", "移交")
    run("deliver", H1P1, "packaging", *DELIVERED)
    _, shown = run("list", H1P1, "--benefit", "packaging")
    case = shown["benefits"][0]["case"]
    assert case == {
        "id": 2,
        "open": True,
        "halted": None,
        "next_step": "hear",
        "wait_until": "2021-03-08",
        "defence_until": "2021-03-08",
        "certain": True,
    }
    assert run("stop", H1P1, "packaging", "--by", "示例录入员", "--reason", "撤回")[0] == 0


def test_plain_cases_are_looked_at_and_then_confirmed(run: Run) -> None:
    code, preview = run("bulk", "packaging")
    assert (code, preview["cases"], preview["by_township"]) == (0, [H1P1, "H2/P1"], {"示例镇": 2})
    code, done = run("bulk", "packaging", "--confirm", preview["digest"], *BY)
    assert (code, done) == (0, {"granted": 2, "acts": [1, 2]})
    code, again = run("bulk", "packaging", "--confirm", preview["digest"], *BY)
    assert code == 1 and "重新预览" in again["error"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grant", H1P1, "packaging"), "姓名"),
        (("grant", H1P1, "loan", *BY), "loan"),
        (("grant", "H9/P9", "packaging", *BY), "没有登记"),
        (("grant", H1P1, "packaging", "--by", "demo-clerk"), "审核员"),
        (("grant", H1P1, "packaging", *BY, "--effective-on", "明天"), "不是日期"),
        (("grant", H1P1, "packaging", *BY, "--seen", "7"), "您查看以后"),
        (("withhold", H1P1, "packaging", *BY), "与规则建议不同"),
        (("list", "H9/P9"), "没有登记"),
        (("list", H1P1, "--benefit", "loan"), "loan"),
        (("bulk", "loan"), "loan"),
    ],
)
def test_what_is_refused_says_why_and_exits_with_one(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    code, document = run(*arguments)
    assert code == 1 and words in document["error"]


@pytest.mark.parametrize(
    "arguments",
    [("confirm", H1P1, "packaging"), ("grant", H1P1), ("hear", H1P1, "packaging", "--how", "post")],
)
def test_wrong_usage_exits_with_two(file: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as found:
        main(["--db", str(file), "act", *arguments])
    assert found.value.code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_json_a_person_reads_what_was_done(
    file: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    for arguments in (
        ("bulk", "packaging"),
        ("grant", H1P1, "packaging", *BY),
        ("notify", H1P1, "packaging", *BY, "--override", "--reason", "移交"),
        ("list", H1P1),
    ):
        assert main(["--db", str(file), "--lang", lang, "act", *arguments]) == 0
    out = capsys.readouterr().out
    assert "岳电商办告知〔2021〕1号" in out and "None" not in out
    assert ("现在能办：deliver" in out) if lang == "zh" else ("possible now: deliver, stop" in out)
