"""The commands of drafts and cases: saved, checked with exit codes, exported and read again, refused in words."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from office.__main__ import main
from office.programs import program_named

TEXT = program_named().text
LAST_ROW = '[[benefits.packaging.verdicts]]\nverdict = "not_eligible"\n'
CASE = """[[case]]
name    = "不是贫困户的产品不符合"
program = "produce-support"
as_of   = 2021-09-30
facts   = { registered_poor_household = false, standardised = false, last_conclusion = "pass", days_since_last_inspection = 3, long_term_failing = false }
unknown = ["fit_for_online_sale"]
expect  = { packaging = "not_eligible" }
"""  # noqa: E501


@pytest.fixture
def run(people_db: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*words: str) -> tuple[int, dict[str, Any]]:
        code = main(["--db", str(people_db), *words, "--json"])
        told: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, told

    return command


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def written(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, "utf-8")
        return str(tmp_path / name)

    return written


def test_a_draft_goes_through_its_life_on_the_command_line(run: Any, file: Any) -> None:
    assert run("draft", "list") == (0, {"drafts": []})
    code, saved = run("draft", "save", file("a.toml", TEXT), "试改", "--by", "demo-clerk", "--note", "试")
    assert (code, saved["version"], saved["by"], saved["note"]) == (0, 1, "示例录入员", "试")
    code, told = run("draft", "check", "试改")
    assert code == 0 and told["faults"] == told["proof"] == told["differences"] == []
    broken = file("b.toml", TEXT.replace(LAST_ROW, "", 1))
    assert run("draft", "save", broken, "试改", "--by", "demo-clerk", "--seen", "1")[1]["version"] == 2
    code, told = run("draft", "check", "试改")
    assert code == 1 and told["proof"][0]["kind"] == "gap" and told["differences"][0]["mark"] == "removed"
    assert run("draft", "save", broken, "试改", "--by", "demo-reviewer", "--seen", "1")[0] == 1
    assert run("draft", "show", "试改", "--version", "1")[1]["text"] == TEXT
    assert run("draft", "show", "试改", "--version", "9")[0] == 1
    assert run("draft", "remove", "试改", "--by", "demo-clerk", "--seen", "2")[1]["removed"] is True
    assert run("draft", "check", "试改")[0] == 1


def test_cases_are_added_all_or_none_tried_exported_and_removed(run: Any, file: Any, tmp_path: Path) -> None:
    assert run("cases", "add", file("c.toml", CASE + CASE), "--by", "demo-clerk")[0] == 1
    assert run("cases", "list")[1]["cases"] == []
    assert run("cases", "add", file("c.toml", CASE), "--by", "demo-clerk")[0] == 0
    (one,) = run("cases", "list")[1]["cases"]
    assert (one["answer"], one["came"]) == ("holds", "not_eligible")
    run("draft", "save", file("b.toml", TEXT.replace(LAST_ROW, "", 1)), "试改", "--by", "demo-clerk")
    (tried,) = run("draft", "check", "试改")[1]["cases"]
    assert (tried["answer"], tried["came"]) == ("fails", None)
    assert run("cases", "export", str(tmp_path / "out.toml"))[1]["cases"] == 1
    assert tomllib.loads((tmp_path / "out.toml").read_text("utf-8")) == tomllib.loads(CASE)
    assert run("cases", "remove", one["name"], "--by", "demo-clerk")[0] == 0
    assert run("cases", "remove", one["name"], "--by", "demo-clerk")[0] == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 1_000_001])
def test_a_file_that_is_no_text_is_refused_in_words(run: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    code, told = run("draft", "save", str(tmp_path / "x.toml"), "试改", "--by", "demo-clerk")
    assert code == 1 and told["error"]
