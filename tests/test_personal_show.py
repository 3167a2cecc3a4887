"""查看姓名: an auditor who says why sees the names of one row until it is left, and each time stands in the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.integrity import check
from data.protection.personal_steps import PersonalStep, steps
from office import running
from office.casework.asked import Doer
from office.personal.log_sheet import reasons_shown
from office.personal.showing import Shown, show
from office.refusal import Refused
from tests.conftest import OpenPage
from tests.walking import sent

ROW = {"register": "households", "key": "H0001"}
WHAT = Shown("households", "H0001", ("head_name",), household_no="H0001")
REASON = "示例：抽样核对到户"


def noted() -> list[PersonalStep]:
    with running.reader() as db:
        return steps(db)


def name_of(household: str) -> str:
    with running.reader() as db:
        found = db.execute("SELECT head_name FROM households WHERE household_no = ?", [household])
        return str(found.fetchone()[0])


def ask(app: AppTest, reason: str) -> AppTest:
    """Write a reason into the only form for names on the page, and send it."""
    (field,) = [one for one in app.text_input if one.key and "_names_" in one.key]
    field.set_value(reason)
    (button,) = [one for one in app.button if one.key and one.key.endswith("_do") and "_names_" in one.key]
    return button.click().run()


def shows(app: AppTest, name: str) -> bool:
    assert not app.exception
    return name.encode() in sent(app)


def test_a_reason_shows_the_names_of_the_row_and_is_written_down(app_test: OpenPage) -> None:
    app = app_test("registers", "auditor", **ROW)
    name = name_of("H0001")
    assert not shows(app, name) and noted() == []
    ask(app, REASON)
    assert shows(app, name)
    (step,) = noted()
    assert (step.kind, step.register, step.household_no) == ("show", "households", "H0001")
    assert (step.fields, step.rows, step.reason) == ("head_name @ H0001", 1, REASON)
    assert step.recorded_by == "示例审计员"
    with running.reader() as db:
        assert check(db) == []


def test_leaving_the_row_hides_the_names_and_coming_back_asks_again(app_test: OpenPage) -> None:
    app = app_test("registers", "auditor", **ROW)
    name = name_of("H0001")
    ask(app, REASON)
    assert shows(app.run(), name)
    app.query_params["key"] = "H0002"
    assert not shows(app.run(), name_of("H0002"))
    app.query_params["key"] = "H0001"
    assert not shows(app.run(), name)
    assert len(noted()) == 1
    ask(app, REASON)
    assert shows(app, name) and len(noted()) == 2


def test_another_page_and_back_hides_the_names(app_test: OpenPage) -> None:
    app = app_test("registers", "auditor", **ROW)
    name = name_of("H0001")
    ask(app, REASON)
    assert shows(app, name)
    app.switch_page("today.py").run()
    app.switch_page("registers.py")
    for key, value in ROW.items():
        app.query_params[key] = value
    assert not shows(app.run(), name)


def test_the_switch_hides_the_names_at_once(app_test: OpenPage) -> None:
    app = app_test("registers", "auditor", **ROW)
    name = name_of("H0001")
    ask(app, REASON)
    app.toggle[0].set_value(False).run()
    assert not shows(app, name)


@pytest.mark.parametrize("reason", ["", "   ", "身份证 110105194912310021"])
def test_without_a_reason_that_may_be_kept_nothing_is_shown(app_test: OpenPage, reason: str) -> None:
    app = app_test("registers", "auditor", **ROW)
    ask(app, reason)
    assert not shows(app, name_of("H0001")) and noted() == []
    assert any(one.value for one in app.warning)


@pytest.mark.parametrize("role", ["clerk", "reviewer"])
def test_who_sees_names_anyway_is_not_asked(app_test: OpenPage, role: str) -> None:
    app = app_test("registers", role, **ROW)
    assert shows(app, name_of("H0001"))
    assert not [one for one in app.text_input if one.key and "_names_" in one.key]


def test_the_page_of_a_good_shows_its_head_and_hides_it_again(app_test: OpenPage) -> None:
    with running.reader() as db:
        subject = str(db.execute("SELECT subject FROM acts LIMIT 1").fetchone()[0])
    name = name_of(subject.split("/")[0])
    app = app_test("good", "auditor", subject=subject)
    assert not shows(app, name)
    ask(app, REASON)
    assert shows(app, name)
    assert noted()[0].household_no == subject.split("/")[0]
    del app.query_params["subject"]
    app.run()
    app.query_params["subject"] = subject
    assert not shows(app.run(), name)


def test_one_row_of_a_register_that_points_to_people_shows_them(app_test: OpenPage) -> None:
    with running.reader() as db:
        row = db.execute("SELECT sample_no, household_no FROM inspections LIMIT 1").fetchone()
    app = app_test("registers", "auditor", register="inspections", key=row[0])
    assert not shows(app, name_of(row[1]))
    ask(app, REASON)
    assert shows(app, name_of(row[1]))
    assert noted()[0].household_no == row[1]


def test_a_row_that_names_nobody_has_no_button(app_test: OpenPage) -> None:
    app = app_test("registers", "auditor", register="products", key="P01")
    assert not [one for one in app.text_input if one.key and "_names_" in one.key]


@pytest.mark.parametrize("login", ["demo-clerk", "demo-reviewer", "demo-administrator"])
def test_the_office_itself_refuses_who_may_not(
    demo_db: Path, run_on: Callable[[Path], None], login: str
) -> None:
    run_on(demo_db)
    for role in ("auditor", None):  # what the caller says of a role does not help
        with pytest.raises(Refused):
            show(running.writer(), WHAT, REASON, doer=Doer(login, role))
    assert noted() == []


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_a_name_written_into_a_reason_stays_masked_for_who_sees_no_names(
    app_test: OpenPage, role: str
) -> None:
    name = name_of("H0001")
    app = app_test("personal", role, view="log")
    show(running.writer(), WHAT, f"核对{name}一户", doer=Doer("示例审计员", "auditor"))
    app.run()
    assert not shows(app, name) and "核对示*一户".encode() in sent(app)
    with running.reader() as db:
        found = steps(db)
        assert reasons_shown(db, found, role) == ["核对示*一户"]
        assert reasons_shown(db, found, "reviewer") == [f"核对{name}一户"]


@pytest.mark.parametrize("blank", ["\u3164", "\u2800\u2800", "\ufe0f", "\u200b\u034f", "\u3000\u00a0"])
def test_a_reason_of_letters_that_nobody_sees_is_none(app_test: OpenPage, blank: str) -> None:
    app_test("registers", "auditor", **ROW)
    with pytest.raises(Refused):
        show(running.writer(), WHAT, blank, doer=Doer("示例审计员", "auditor"))
    assert noted() == []
