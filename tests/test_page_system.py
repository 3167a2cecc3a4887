"""The page 备份与体检 and what Today tells an administrator: made by button, tried, looked over, set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import settings
from data.protection.backups import last_step
from office import running
from office.backup import job
from office.backup.hour import backup_hour
from office.paperwork.letterhead import letterhead
from pages.parts import today_system
from tests.backing_up import NOON, folders_beside_the_database, made_at
from tests.conftest import OpenPage, open_page
from tests.links import links

__all__ = ["folders_beside_the_database"]


def all_words(app: AppTest) -> str:
    kinds = (app.caption, app.success, app.info, app.warning, app.error, app.subheader, app.code)
    return "\n".join(str(part.value) for kind in kinds for part in kind)


@pytest.fixture
def two_copies(people_db: Path, run_on: Callable[[Path], None]) -> Path:
    """A small office that runs, with two copies by hand."""
    made_at(people_db, NOON, cause="asked")
    made_at(people_db, NOON.replace(hour=5), cause="before_upgrade")
    run_on(people_db)
    return people_db


def opened(**params: str) -> AppTest:
    return open_page("system", "administrator", **params)


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_only_administrators_have_the_page(empty_app_test: OpenPage, role: str) -> None:
    with pytest.raises(ValueError):
        empty_app_test("system", role)


def test_without_copies_it_says_how_to_make_the_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator")
    assert not app.exception
    assert any("按“现在备份”做第一份" in info.value for info in app.info)
    assert "演示数据不自动备份" in all_words(app)


def test_the_button_makes_a_copy_and_says_where_it_ends(empty_app_test: OpenPage, people_db: Path) -> None:
    app = empty_app_test("system", "administrator")
    app.button(key="system_make").click().run()
    latest = job.latest()
    assert latest is not None
    latest.wait(60)
    app.run()
    assert not app.exception
    assert latest.made is not None and latest.made.file.name in app.success[0].value
    assert len(app.dataframe[0].value) == 1
    with running.reader() as db:
        step = last_step(db, "make")
    assert step is not None and step.recorded_by == "示例管理员"


def test_copies_stand_in_a_table_the_newest_first(two_copies: Path) -> None:
    app = opened()
    assert not app.exception
    table = app.dataframe[0].value
    assert list(table["cause"]) == ["升级以前", "手工"]
    assert list(table["where"]) == ["第一个文件夹"] * 2 and list(table["tried"]) == ["没有试过"] * 2
    assert app.button(key="system_try").disabled


def test_the_chosen_copy_is_tried_and_how_to_restore_it_is_said(two_copies: Path) -> None:
    app = opened()
    app.session_state["system_table"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert app.code[0].value.startswith(f"python -m office --db {two_copies} restore {two_copies.parent}")
    app.button(key="system_try").click().run()
    latest = job.latest()
    assert latest is not None
    latest.wait(120)
    app.run()
    assert not app.exception
    assert "可以恢复" in app.success[0].value
    assert [text.startswith("✔") for text in app.dataframe[0].value["tried"]] == [False, True]


def test_a_copy_that_lies_in_the_second_folder_only_is_put_back_from_there(
    two_copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_copies.parent / "backups", tmp_path / "second drive"
    first.rename(second)
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(second))
    app = opened()
    app.session_state["system_table"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    assert f'restore "{second}' in app.code[0].value


def test_what_was_wrong_with_a_copy_is_said(two_copies: Path) -> None:
    for file in (two_copies.parent / "backups").glob("office-*.db"):
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    app = opened()
    app.session_state["system_table"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    app.button(key="system_try").click().run()
    latest = job.latest()
    assert latest is not None
    latest.wait(120)
    app.run()
    assert "不能用" in app.error[0].value and "摘要不符" in app.error[0].value
    assert any(text.startswith("✕") for text in app.dataframe[0].value["tried"])


def test_a_failure_by_button_is_said_in_words(
    empty_app_test: OpenPage, people_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (people_db.parent / "file").write_text("")
    monkeypatch.setenv("OFFICE_BACKUP", str(people_db.parent / "file" / "backups"))
    app = empty_app_test("system", "administrator")
    app.button(key="system_make").click().run()
    latest = job.latest()
    assert latest is not None
    latest.wait(60)
    app.run()
    assert not app.exception and "OFFICE_BACKUP" in app.error[0].value


def test_the_condition_lists_everything_the_worst_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator", view="condition")
    assert not app.exception
    body = _findings(app)
    assert body.count('class="system-one') == 20
    assert body.index("访问地址") < body.index("数据库文件")
    assert "怎么办" in body


def test_in_english_no_chinese_is_left_of_the_findings(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator", view="condition", lang="en")
    body = _findings(app)
    assert "The database" in body and "数据库文件" not in body


def test_the_hour_is_set_and_kept_in_the_chain(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator", view="settings")
    assert app.number_input(key="system_hour_value").value == 19
    app.number_input(key="system_hour_value").set_value(6)
    _save(app, "system_hour")
    assert "备份时间已保存" in app.success[0].value
    with running.reader() as db:
        assert backup_hour(db) == 6


def test_only_the_lines_that_were_changed_are_set(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator", view="settings")
    app.text_input(key="system_letterhead_phone").set_value("0000-0000000")
    _save(app, "system_letterhead")
    assert not app.exception and "以后的文书照此" in app.success[0].value
    with running.reader() as db:
        assert letterhead(db).phone == "0000-0000000"
        assert settings.get(db, "office_name") is None


def test_a_bad_prefix_is_refused_in_words_and_nothing_is_set(empty_app_test: OpenPage) -> None:
    app = empty_app_test("system", "administrator", view="settings")
    app.text_input(key="system_letterhead_prefix").set_value("示〔2021〕")
    _save(app, "system_letterhead")
    assert "括号" in app.warning[0].value
    with running.reader() as db:
        assert settings.get(db, "office_prefix") is None


def test_today_tells_of_a_missing_backup_and_leads_there(
    office_db: Path, run_on: Callable[[Path], None]
) -> None:
    run_on(office_db)

    def page() -> None:
        from datetime import date

        import streamlit as st

        from office import running
        from pages.parts import today_lines, today_system

        st.session_state["working_day"] = date(2021, 9, 30)
        with running.reader() as db:
            today_lines.show(today_system.waiting(db))

    first = links(AppTest.from_function(page).run())[0]
    assert (first.page, first.query, first.words) == ("system", "view=copies", "还没有任何备份")


def test_today_is_silent_about_a_demonstration(inside: Path) -> None:
    with running.reader() as db:
        assert today_system.waiting(db) == []


def test_the_state_of_the_copies_is_asked_of_the_folders_each_time(two_copies: Path) -> None:
    assert len(opened().dataframe[0].value) == 2
    next((two_copies.parent / "backups").glob("office-*.db")).unlink()
    assert len(opened().dataframe[0].value) == 1


def _findings(app: AppTest) -> str:
    return "".join(str(getattr(block, "value", "")) for block in app.get("html")).partition("system-list")[2]


def _save(app: AppTest, form: str) -> None:
    (button,) = [one for one in app.button if one.key == f"{form}_save"]
    button.click().run()
