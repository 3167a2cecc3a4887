"""`exchange` on the command line and its part of the Rules page: files written whole, refusals in words, nothing half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import rules
from office.__main__ import main
from office.exchange import exported, file_name
from office.programs import program_named
from tests.exchanged import DAY

Run = Callable[..., tuple[int, Any]]
PROGRAMS = Path(rules.__file__).parent / "programs"


@pytest.fixture
def run(people_db: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `exchange --json`; gives the exit code and the document, none for a wrong usage."""

    def go(*arguments: object, db: Path = people_db) -> tuple[int, Any]:
        code = main(["--db", str(db), "exchange", *map(str, arguments), "--json"])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return go


def test_both_files_are_written_with_the_values_of_the_working_day(run: Run, tmp_path: Path) -> None:
    dmn, jdm = tmp_path / "规则.dmn", tmp_path / "规则.json"
    code, document = run("produce-support", "--dmn", dmn, "--jdm", jdm)
    program = program_named()
    assert code == 0
    assert (document["program"], document["digest"]) == ("produce-support", program.digest)
    assert (document["as_of"], document["inputs"]) == (DAY.isoformat(), 11)
    assert [dmn.read_bytes(), jdm.read_bytes()] == [exported(program, DAY, form) for form in ("dmn", "jdm")]
    assert [file["sha256"] for file in document["files"]] == [
        sha256(path.read_bytes()).hexdigest() for path in (dmn, jdm)
    ]
    assert json.loads(jdm.read_text("utf-8"))["contentType"] == "application/vnd.gorules.decision"


def test_a_programme_file_needs_no_database(run: Run, tmp_path: Path) -> None:
    file = PROGRAMS / "outlet-reward.toml"
    asked = (file, "--jdm", tmp_path / "a.json", "--as-of", "2021-09-30")
    code, document = run(*asked, db=tmp_path / "none.db")
    assert (code, document["program"], document["as_of"]) == (0, "outlet-reward", "2021-09-30")
    assert not (tmp_path / "none.db").exists()


def test_the_same_programme_and_day_give_the_same_bytes() -> None:
    program = program_named("logistics-claim")
    for form in ("dmn", "jdm"):
        assert exported(program, DAY, form) == exported(program, DAY, form)
    assert file_name(program, DAY, "dmn") == f"logistics-claim-2021-09-30-{program.digest[:8]}.dmn"


def test_a_day_before_the_programme_is_refused_and_the_day_it_begins_is_not(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.dmn"
    code, document = run("produce-support", "--dmn", file, "--as-of", "2020-03-15")
    assert code == 1 and "2020-03-16" in document["error"] and not file.exists()
    assert run("produce-support", "--dmn", file, "--as-of", "2020-03-16")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-rules", "--dmn", "a"), "produce-support"),
        (("produce-support", "--dmn", "a", "--jdm", "a"), "两种格式"),
        (("produce-support", "--dmn", "a", "--jdm", "nowhere/b"), "nowhere/b"),
        (("nothing.toml", "--dmn", "a"), "nothing.toml"),
        (("produce-support", "--dmn", "a", "--as-of", "昨天"), "昨天"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    code, document = run(*arguments)
    assert code == 1 and said in document["error"]
    assert list(folder.iterdir()) == []


def test_a_file_that_was_there_stays_as_it_was_where_the_other_cannot_be_written(
    run: Run, tmp_path: Path
) -> None:
    kept = tmp_path / "a.dmn"
    kept.write_text("earlier", "utf-8")
    assert run("produce-support", "--dmn", kept, "--jdm", tmp_path / "nowhere" / "b")[0] == 1
    assert kept.read_text("utf-8") == "earlier"


def test_without_a_file_it_is_a_wrong_usage(run: Run) -> None:
    assert run("produce-support") == (2, None)


def test_the_command_and_its_document_are_in_the_manual() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "命令行.md").read_text("utf-8")
    assert "| `exchange`" in manual and "- `exchange`：" in manual


@pytest.mark.parametrize(("day", "buttons"), [("2020-03-15", 0), ("2020-03-16", 2)])
def test_the_page_offers_two_files_once_the_rules_are_in_force(inside: Path, day: str, buttons: int) -> None:
    def page() -> None:
        import os
        from datetime import date

        from data.people import Person
        from pages.parts import rules_exchange

        person = Person("reviewer", "示例审核员", "reviewer")
        rules_exchange.panel(date.fromisoformat(os.environ["EXCHANGE_DAY"]), person)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXCHANGE_DAY", day)
        app = AppTest.from_function(page).run(timeout=30)
    assert not app.exception
    assert len(app.get("download_button")) == buttons
    assert len(app.info) == (0 if buttons else 1)
