"""审计 → 审计包: who may take everything along is told what it holds; the command writes the same, whole or not at all."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.people import active_person
from data.protection.personal_steps import steps
from office import running
from office.audit_pack.building import held
from office.audit_pack.checking.main import check
from office.commands import auditing
from office.commands.parsing import Commands
from office.refusal import Refused
from pages.parts import audit_pack
from tests.conftest import OpenPage
from tests.recorded import raw


def all_words(app: AppTest) -> str:
    parts = [*app.caption, *app.markdown, *app.warning, *app.info, *app.code]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_who_audits_is_told_what_it_holds_and_for_whom_it_is(app_test: OpenPage, role: str) -> None:
    app = app_test("audit", role, view="pack")
    assert not app.exception
    assert "户主姓名" in app.warning[0].value and "不得公开" in app.warning[0].value
    assert [metric.label for metric in app.metric][:2] == ["判定（条）", "处理（次）"]
    assert "python verify.py --anchor" in all_words(app)
    assert app.get("download_button")


def test_a_clerk_is_told_who_may_and_gets_no_button(app_test: OpenPage) -> None:
    app = app_test("audit", "clerk", view="pack")
    assert not app.exception
    assert "审计员" in app.info[0].value and not app.get("download_button")


def test_an_empty_office_is_told_what_to_do_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("audit", "auditor", view="pack")
    assert not app.exception
    assert any("还没有存档的判定" in info.value for info in app.info)


def test_what_the_button_makes_holds(app_test: OpenPage, tmp_path: Path) -> None:
    app_test("audit", "auditor", view="pack")
    with running.reader() as db:
        holds, auditor = held(db), active_person(db, "demo-auditor")
    assert auditor is not None
    content = audit_pack.made(holds, "示例年度审计", auditor)
    (tmp_path / "pack.zip").write_bytes(content)
    assert check(tmp_path / "pack.zip").differences == []
    with running.reader() as db:
        (noted,) = steps(db)
    assert (noted.kind, noted.register, noted.fields) == ("show", "all", "audit_pack")
    assert (noted.reason, noted.recorded_by) == ("示例年度审计", "示例审计员")


def test_the_pack_is_not_to_be_had_without_a_reason(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="pack")
    (button,) = app.get("download_button")
    assert button.proto.disabled
    app.text_input(key="audit_pack_reason").set_value("身份证 110105194912310021").run()
    assert app.get("download_button")[0].proto.disabled and len(app.warning) == 2
    app.text_input(key="audit_pack_reason").set_value("示例年度审计").run()
    assert not app.get("download_button")[0].proto.disabled
    with running.reader() as db:
        assert steps(db) == []


def test_a_clerk_is_refused_the_pack_by_the_office_itself(app_test: OpenPage) -> None:
    app_test("audit", "clerk", view="pack")
    with running.reader() as db:
        holds, clerk = held(db), active_person(db, "demo-clerk")
    assert clerk is not None
    with pytest.raises(Refused):
        audit_pack.made(holds, "示例理由", clerk)


def run(*arguments: str) -> int:
    """One command of the module, as `python -m office` runs it."""
    top = ArgumentParser()
    top.add_argument("--db")
    top.add_argument("--lang", default="zh")
    auditing.add(Commands(top.add_subparsers()))
    args = top.parse_args(arguments)
    return int(args.run(args))


def test_the_command_writes_the_pack_and_says_what_it_is(demo_db: Path, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "new folder" / "审计包.zip"
    assert run("--db", str(demo_db), "audit-pack", str(file), "--json") == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert document["bytes"] == file.stat().st_size and len(document["sha256"]) == 64
    result = check(file, (document["entries"], document["head"]))
    assert result.differences == [] and result.counts == document["tables"]
    assert "户主姓名" in said.err


def test_a_place_that_cannot_be_written_is_refused_with_nothing_left_behind(
    demo_db: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(Refused):
        run("--db", str(demo_db), "audit-pack", str(tmp_path / "folder.zip"))
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_database_without_one_of_its_tables_is_refused_in_words(demo_db: Path, tmp_path: Path) -> None:
    conn = raw(demo_db)
    conn.execute("DROP TABLE vetoes")
    conn.close()
    with pytest.raises(Exception, match="verify"):
        run("--db", str(demo_db), "audit-pack", str(tmp_path / "pack.zip"))
    assert not (tmp_path / "pack.zip").exists()
