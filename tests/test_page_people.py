"""人员与账号: the list, somebody added with a code shown once, everything done to an account, roles in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.people import ROLES
from office import running, sessions
from office.accounts.entering import NotEntered, enter, enter_with_code
from office.accounts.managing import history, overview
from office.permissions import ACTIONS, may
from pages.parts.people_words import address_of
from tests.conftest import OpenPage
from tests.managed import PASSWORD, added, came_in, first_administrator, opened, said, signed_in

LOGIN = "li.shili"


@pytest.fixture
def administrator(office_db: Path, run_on: Callable[[Path], None]) -> str:
    """The sign-in of the first administrator of an office's own database, which runs."""
    run_on(office_db)
    return first_administrator()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def doing(sid: str, kind: str, login: str = LOGIN) -> AppTest:
    return opened("people", sid, who=address_of(login), do=kind)


def role_and_state(login: str) -> tuple[str, bool]:
    with running.reader() as db:
        (one,) = [one for one in overview(db) if one.login == login]
    return one.role, one.active


def test_somebody_is_added_and_the_code_shown_once_lets_them_in(administrator: str) -> None:
    app = opened("people", administrator, view="add")
    app.text_input(key="people_add_name_1").input("示例李录入")
    app.text_input(key="people_add_login_1").input(LOGIN)
    press(app, "新增")
    code = app.code[0].value
    assert "已新增示例李录入，岗位是录入员" in said(app) and LOGIN in said(app)
    assert enter_with_code(LOGIN, code, PASSWORD, "127.0.0.1").person.role == "clerk"
    assert app.text_input(key="people_add_name_2").value == ""
    press(app, "已经告诉本人，收起")
    assert not app.code


def test_a_code_is_gone_when_the_page_was_left(administrator: str) -> None:
    added(LOGIN, "示例李录入", "clerk")
    app = press(doing(administrator, "code"), "发一次性代码")
    assert len(app.code) == 1
    app.run()
    assert len(app.code) == 1  # another run of the same page is no leaving
    app.switch_page("about.py").run()
    app.switch_page("people.py").run()
    assert not app.code


def test_a_name_that_somebody_has_is_refused_in_words_and_nothing_is_lost(administrator: str) -> None:
    added(LOGIN, "示例李录入", "clerk")
    app = opened("people", administrator, view="add")
    app.text_input(key="people_add_name_2").input("示例李录入")
    app.text_input(key="people_add_login_2").input("li.two")
    press(app, "新增")
    assert "已经有人用了" in app.warning[0].value and not app.code
    assert app.text_input(key="people_add_name_2").value == "示例李录入"


def test_the_list_says_how_each_account_stands(administrator: str) -> None:
    came_in("a.shili", added("a.shili", "示例甲", "clerk"))
    added("b.shili", "示例乙", "reviewer")
    press(doing(administrator, "disable", "b.shili"), "停用")
    table = opened("people", administrator).dataframe[0].value
    assert dict(zip(table["login"], table["state"], strict=True)) == {
        "admin.shili": "✔ 在用",
        "a.shili": "✔ 在用",
        "b.shili": "⊘ 已停用",
    }
    assert dict(zip(table["login"], table["open"], strict=True))["a.shili"] == 1


def test_a_new_one_waits_until_they_have_set_a_password(administrator: str) -> None:
    code = added(LOGIN, "示例李录入", "clerk")
    assert "○ 等待本人设密码" in set(opened("people", administrator).dataframe[0].value["state"])
    came_in(LOGIN, code)
    assert set(opened("people", administrator).dataframe[0].value["state"]) == {"✔ 在用"}


def test_a_new_code_ends_the_password_and_the_open_pages(administrator: str) -> None:
    sid = came_in(LOGIN, added(LOGIN, "示例李录入", "clerk"))
    press(doing(administrator, "code"), "发一次性代码")
    assert sessions.look_up(sid) is None
    with pytest.raises(NotEntered):
        enter(LOGIN, PASSWORD, "127.0.0.1")


def test_another_role_counts_from_the_next_sign_in(administrator: str) -> None:
    sid = came_in(LOGIN, added(LOGIN, "示例李录入", "clerk"))
    app = doing(administrator, "role")
    app.radio(key=f"people_role_{LOGIN}").set_value("auditor")
    press(app, "改岗位")
    assert "岗位已改为审计员" in said(app)
    assert role_and_state(LOGIN) == ("auditor", True) and sessions.look_up(sid) is None


def test_disabled_and_enabled_again_with_the_reason_in_the_history(administrator: str) -> None:
    sid = came_in(LOGIN, added(LOGIN, "示例李录入", "clerk"))
    app = doing(administrator, "disable")
    app.text_input(key=f"people_reason_disable_{LOGIN}").input("调离")
    press(app, "停用")
    assert role_and_state(LOGIN) == ("clerk", False) and sessions.look_up(sid) is None
    app = press(doing(administrator, "enable"), "重新启用")
    assert role_and_state(LOGIN) == ("clerk", True) and len(app.code) == 1
    words = said(app)
    assert "停用　经办 示例主管：调离" in words and "本人设了密码　经办 示例李录入：凭一次性代码设定" in words


def test_signing_somebody_out_leaves_their_password(administrator: str) -> None:
    sid = came_in(LOGIN, added(LOGIN, "示例李录入", "clerk"))
    app = press(doing(administrator, "sign_out"), "让各处退出登录")
    assert "已在各处退出登录" in said(app) and sessions.look_up(sid) is None
    assert enter(LOGIN, PASSWORD, "127.0.0.1").person.login == LOGIN


def test_ones_own_account_is_left_to_another_administrator(administrator: str) -> None:
    app = doing(administrator, "disable", "admin.shili")
    assert "要由另一位管理员办理" in said(app)
    assert not [button for button in app.button if button.label == "停用"]


def test_the_last_administrator_stays_even_if_another_one_asks(administrator: str) -> None:
    came_in("two.shili", added("two.shili", "示例副管", "administrator"))
    press(doing(administrator, "disable", "two.shili"), "停用")
    with running.reader() as db:
        assert [one.kind for one in history(db, "two.shili")] == ["disable", "set_password", "add"]
    assert sessions.look_up(administrator) is not None


def test_a_choice_is_lost_when_the_order_changes_but_the_address_finds_the_person(administrator: str) -> None:
    for login, name in (("a.shili", "示例甲"), ("c.shili", "示例丙")):
        came_in(login, added(login, name, "clerk"))
    app = press(doing(administrator, "disable", "a.shili"), "停用")  # now at the list's end
    assert "示例甲 · 录入员" in said(app) and "⊘ 已停用" in said(app)


def test_roles_are_told_from_the_permissions(administrator: str) -> None:
    lists = [one.value.splitlines() for one in opened("people", administrator, view="roles").markdown]
    counts = [len(lines) for lines in lists if lines[0].startswith("- ")]
    assert counts == [sum(may(role, action) for action in ACTIONS) for role in ROLES]


def test_the_limits_of_sign_ins_are_kept(administrator: str) -> None:
    app = opened("people", administrator, view="limits")
    app.number_input(key="people_idle").set_value(15)
    press(app, "保存时限")
    assert opened("people", administrator, view="limits").number_input(key="people_idle").value == 15


def test_no_address_of_the_page_holds_a_login_or_a_name(administrator: str) -> None:
    added(LOGIN, "示例李录入", "clerk")
    assert LOGIN not in address_of(LOGIN) and address_of(LOGIN) != address_of("li.shili2")


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_nobody_but_an_administrator_has_the_page(administrator: str, role: str) -> None:
    came_in(LOGIN, added(LOGIN, "示例李", role))
    with pytest.raises(ValueError, match="people"):
        opened("people", signed_in(LOGIN))


def test_a_demonstration_shows_how_it_looks_and_changes_nothing(empty_app_test: OpenPage) -> None:
    app = empty_app_test("people", "administrator", who=address_of("demo-clerk"))
    assert "演示数据库里的人员是固定的" in app.info[0].value
    assert set(app.dataframe[0].value["state"]) == {"✔ 在用"}
    assert next(button for button in app.button if button.label == "发一次性代码").disabled
    assert next(
        b for b in empty_app_test("people", "administrator", view="add").button if b.label == "新增"
    ).disabled
