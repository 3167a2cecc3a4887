"""The command `documents`: lists, prints, slips, templates and the office's lines, with documents for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from data.casework import ledger
from data.papers.rendering import kinds
from data.store import Writer
from office.__main__ import main
from office.paperwork.printing import numbered
from tests import examples_of_papers as examples
from tests.entering import enter, enter_county, new_writer, sample

NUMBER = "岳电商办结算〔2021〕1号"
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A county with one inspection and one settlement on paper."""
    path = tmp_path / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1", "2021-03-16")])
        _settlement(writer)
    return path


@pytest.fixture
def run(database: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(*arguments: str) -> tuple[int, Any]:
        code = main(["--db", str(database), "documents", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return _run


def _settlement(writer: Writer) -> None:
    with writer.transaction() as db:
        filed = numbered(db, examples.settlement(), about="settlement:1")
        ledger.record(db, "settlement", {"documents": [filed.row]}, at=writer.now(), by="示例审核员")


def test_list_names_every_paper(run: Run) -> None:
    code, found = run("list")
    assert code == 0
    (one,) = found["documents"]
    assert (one["number"], one["kind"], one["title"]) == (NUMBER, "settlement", "物流补贴结算表")
    assert (one["about"], one["subject"], one["recorded_by"]) == ("settlement:1", None, "示例审核员")
    assert run("list", "--subject", "H1/P1")[1] == {"documents": []}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "XLSX"])
def test_print_writes_the_same_file_every_time(run: Run, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / "deeper" / f"b.{ending}"
    code, told = run("print", NUMBER, str(first))
    assert code == 0 and told["bytes"] == first.stat().st_size
    assert run("print", "岳电商办结算[2021]1", str(second))[1]["sha256"] == told["sha256"]
    assert first.read_bytes() == second.read_bytes()
    assert run("print", NUMBER, str(second), "--masked")[1]["sha256"] != told["sha256"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("print", "岳电商办结算〔2021〕2号", "a.docx"), "岳电商办结算〔2021〕2号"),
        (("print", NUMBER, "a.pdf"), "a.pdf"),
        (("slip", "H1/P1", "a.xlsx"), ".docx"),
        (("slip", "H7/P1", "a.docx"), "H7/P1"),
        (("slip", "H1/P1", "a.docx", "--as-of", "2019-01-03"), "2019"),
        (("letterhead", "--phone", "1"), "经办人"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, found = run(*arguments)
    assert code == 1
    assert said in found["error"]
    assert not list(tmp_path.glob("a.*"))


def test_a_slip_of_a_day_and_of_what_was_known_then(run: Run, tmp_path: Path) -> None:
    now, before = tmp_path / "now.docx", tmp_path / "before.docx"
    known = ("--as-of", "2021-03-20", "--benefit", "logistics")
    assert run("slip", "H1/P1", str(now), *known)[0] == 0
    tables = [cell.text for table in Document(str(now)).tables for row in table.rows for cell in row.cells]
    assert "S1" in tables
    assert "物流补贴申请资格" in tables
    assert run("slip", "H1/P1", str(before), *known, "--known-at", "2021-01-03")[0] == 1


def test_templates_are_written_once_and_never_over_edited_ones(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert len(run("templates", str(folder))[1]["written"]) == len(kinds())
    (folder / "decision.docx").write_bytes(b"edited")
    (folder / "settlement.docx").unlink()
    told = run("templates", str(folder))[1]
    assert told["written"] == ["settlement.docx"]
    assert (folder / "decision.docx").read_bytes() == b"edited"
    code, checked = run("check-templates")
    assert code == 1
    faults = {one["kind"]: one for one in checked["templates"]}
    assert "decision.docx" in faults["decision"]["fault"]
    assert faults["decision"]["own"] and not faults["settlement"]["own"]
    assert faults["settlement"]["fault"] is None


def test_every_shipped_template_passes_its_check(run: Run) -> None:
    code, checked = run("check-templates")
    assert code == 0
    assert [one["kind"] for one in checked["templates"]] == list(kinds())


def test_the_offices_lines_are_shown_and_changed(run: Run) -> None:
    assert run("letterhead")[1]["phone"] == ""
    changed = run("letterhead", "--phone", "0998-0000001", "--by", "示例管理员")[1]
    assert changed["phone"] == "0998-0000001"
    assert run("letterhead")[1] == changed


def test_every_way_and_option_is_in_the_manual() -> None:
    from office.__main__ import parser

    manual = (Path(__file__).parent.parent / "docs" / "命令行.md").read_text("utf-8")
    top: Any = next(a for a in parser()._actions if isinstance(a.choices, dict) and "documents" in a.choices)
    ways: Any = next(a for a in top.choices["documents"]._actions if isinstance(a.choices, dict))
    for name, command in ways.choices.items():
        assert f"documents {name}" in manual
        for option in (o for a in command._actions for o in a.option_strings if o.startswith("--")):
            assert option == "--help" or f"`{option}" in manual, f"documents {name} {option}"
