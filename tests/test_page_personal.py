"""The page 个人信息: each role's views, a household's files and wishes, the log with its filters, periods and fields."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data.protection.personal_steps import open_wishes, steps
from office import running
from office.casework.asked import Doer
from office.personal.correcting import ask
from office.personal.showing import Shown, show
from pages.parts.personal_household import MADE
from tests.conftest import OpenPage
from tests.walking import offered_files, sent

OWN = {"household": "H0001"}
VIEWS = {
    "clerk": ["household", "wishes", "kept", "fields"],
    "reviewer": ["household", "wishes", "log", "kept", "fields"],
    "auditor": ["log", "kept", "fields"],
    "administrator": ["log", "kept", "fields"],
}


def words(app: AppTest) -> str:
    assert not app.exception
    return sent(app).decode("utf-8", "replace")


@pytest.mark.parametrize("role", list(VIEWS))
def test_each_role_is_offered_its_own_views_and_no_other_opens(app_test: OpenPage, role: str) -> None:
    app = app_test("personal", role)
    (control,) = app.get("button_group")
    assert [option.content for option in control.proto.options] and len(control.proto.options) == len(
        VIEWS[role]
    )
    for view in ("household", "wishes", "log", "kept", "fields"):
        app.query_params["view"] = view
        app.run()
        assert not app.exception
        refused = any("不能用" in info.value for info in app.info)
        assert refused == (view not in VIEWS[role]), view


def test_a_household_is_found_by_name_and_opened(app_test: OpenPage) -> None:
    app = app_test("personal", "clerk")
    assert "共 60 户" in words(app) or "户" in words(app)
    app.text_input(key="personal_search").set_value("示例户0001").run()
    assert len(app.dataframe[0].value) == 1
    app = app_test("personal", "clerk", household="H9999")
    assert "没有户编号 H9999" in app.info[0].value


def test_the_files_are_made_after_a_reason_and_recorded(app_test: OpenPage) -> None:
    app = app_test("personal", "clerk", **OWN)
    assert "示例户0001" in words(app)
    (button,) = [one for one in app.button if "生成文件" in one.label]
    button.click().run()
    assert "请写明理由" in app.warning[0].value and not app.get("download_button")
    app.text_input(key="personal_reason").set_value("示例：本人要求")
    (button,) = [one for one in app.button if "生成文件" in one.label]
    button.click().run()
    assert [one.proto.label for one in app.get("download_button")] == [
        "Word（打印交给本户）",
        "Excel",
        "JSON",
    ]
    with running.reader() as db:
        (step,) = steps(db)
    assert (step.kind, step.household_no, step.recorded_by) == ("extract", "H0001", "示例录入员")
    app.query_params["household"] = "H0002"
    app.run()
    assert not app.get("download_button")
    assert app.session_state[MADE].household_no == "H0001"


def test_a_wish_is_noted_leads_to_its_form_and_is_answered(app_test: OpenPage) -> None:
    app = app_test("personal", "clerk", **OWN)
    app.button(key="personal_wish_do").click().run()
    assert "请写明要求更正什么" in app.warning[0].value
    app.text_area(key="personal_wish").set_value("示例：姓名写错")
    app.button(key="personal_wish_do").click().run()
    assert "已记下第 1 号要求" in app.success[0].value
    assert app.text_area(key="personal_wish").value == ""
    for page in ("today", "tasks"):
        assert "1 户次要求更正本户信息" in words(app_test(page, "reviewer")), page
    app = app_test("personal", "reviewer", view="wishes")
    assert "示例：姓名写错" in words(app) and "去更正这一行" in words(app)
    app.text_area(key="personal_correct_why_1").set_value("示例：已照户口簿更正")
    (button,) = [one for one in app.button if one.key == "personal_correct_do_1"]
    button.click().run()
    assert "第 1 号要求已答复" in app.success[0].value
    with running.reader() as db:
        assert open_wishes(db) == [] and steps(db)[0].kind == "correct"
    assert "已答复的 1 项" in words(app)
    assert "户次要求更正" not in words(app_test("today", "reviewer"))


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_answer_is_told_of_no_wish(app_test: OpenPage, role: str) -> None:
    app_test("today", "clerk")
    ask(running.writer(), "H0001", "households", "H0001", "示例：姓名写错", doer=Doer("demo-clerk", "clerk"))
    app = app_test("today", role)
    assert "户次要求更正" not in words(app)
    log = words(app_test("personal", role))
    assert "要求更正" in log and "姓名写错" not in log


def test_the_log_is_filtered_and_taken_along(app_test: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_test("personal", "auditor")
    assert "还没有记录" in app.info[0].value
    for household in ("H0001", "H0002"):
        what = Shown("households", household, ("head_name",), household_no=household)
        show(running.writer(), what, "示例：抽样核对", doer=Doer("demo-auditor", "auditor"))
    files = offered_files(monkeypatch)
    app.run()
    table = app.dataframe[0].value
    assert list(table["内容"]) == ["户主姓名 · H0002", "户主姓名 · H0001"]
    assert set(table["理由"]) == {"示例：抽样核对"}
    (content,) = [made for name, made in files if "查看记录" in name]
    sheet = load_workbook(BytesIO(content))["个人信息查看记录"]
    assert sheet.max_row == 3
    app.text_input(key="personal_of").set_value("H0001").run()
    assert len(app.dataframe[0].value) == 1
    app.text_input(key="personal_of").set_value("H0003").run()
    assert "没有符合这些条件" in app.info[0].value


def test_periods_say_that_nothing_is_deleted_and_fields_say_what_is_personal(app_test: OpenPage) -> None:
    kept = app_test("personal", "administrator", view="kept")
    assert "不删除任何内容" in kept.info[0].value and "待确认" in words(kept)
    assert len(kept.dataframe) == 5 and not [one for one in kept.button if one.key and "personal" in one.key]
    fields = app_test("personal", "auditor", view="fields")
    assert list(fields.dataframe[0].value["台账"]) == ["贫困户", "负责人", "电商人员", "跟踪孵化"]


def test_an_empty_office_is_told_what_to_do_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("personal", "clerk")
    assert "还没有登记贫困户" in app.info[0].value
    for view in ("wishes", "kept", "fields"):
        assert not empty_app_test("personal", "clerk", view=view).exception
