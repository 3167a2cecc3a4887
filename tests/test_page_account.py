"""我的账号: what one may do, the password changed by who knows it, and signing out elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from office import sessions
from office.accounts.entering import NotEntered, enter
from office.duties import duties
from tests.conftest import OpenPage
from tests.managed import PASSWORD, added, came_in, first_administrator, opened, said, signed_in

LOGIN = "li.shili"
OTHER = "nine slow otters by noon"


@pytest.fixture
def clerk(office_db: Path, run_on: Callable[[Path], None]) -> str:
    """The sign-in of a clerk of an office's own database, which runs."""
    run_on(office_db)
    first_administrator()
    return came_in(LOGIN, added(LOGIN, "示例李录入", "clerk"))


def change(sid: str, old: str, new: str, again: str) -> AppTest:
    app = opened("account", sid)
    for key, words in (("account_old", old), ("account_new", new), ("account_again", again)):
        app.text_input(key=key).input(words)
    return next(button for button in app.button if button.label == "改密码").click().run()


def test_one_sees_who_one_is_and_what_one_may_do(clerk: str) -> None:
    words = said(opened("account", clerk))
    assert "示例李录入" in words and "录入员可以" in words
    assert all(f"- {duty.zh}" in words for duty in duties("clerk"))


def test_a_new_password_counts_at_once_and_ends_the_other_sign_ins(clerk: str) -> None:
    elsewhere = signed_in(LOGIN)
    app = change(clerk, PASSWORD, OTHER, OTHER)
    assert "密码已改" in app.success[0].value
    assert sessions.look_up(elsewhere) is None and sessions.look_up(clerk) is not None
    assert enter(LOGIN, OTHER, "127.0.0.1").person.login == LOGIN
    with pytest.raises(NotEntered):
        enter(LOGIN, PASSWORD, "127.0.0.1")


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (PASSWORD, OTHER, OTHER + "s", "两次输入的新密码不一样"),
        ("not this one at all", OTHER, OTHER, "现在的密码不对"),
        (PASSWORD, "short", "short", "12"),
        (PASSWORD, "password1234", "password1234", "很多人用过"),
    ],
)
def test_a_password_that_may_not_be_is_refused_and_the_old_one_stays(
    clerk: str, old: str, new: str, again: str, words: str
) -> None:
    app = change(clerk, old, new, again)
    assert words in app.warning[0].value
    assert enter(LOGIN, PASSWORD, "127.0.0.1").person.login == LOGIN


def test_what_was_typed_does_not_stay_on_the_page(clerk: str) -> None:
    app = change(clerk, PASSWORD, "short", "short")
    assert [field.value for field in app.text_input if (field.key or "").startswith("account_")] == [
        "",
        "",
        "",
    ]


def test_ones_sign_ins_are_listed_with_this_one_marked(clerk: str) -> None:
    signed_in(LOGIN)
    table = opened("account", clerk).dataframe[0].value
    assert list(table["which"]) == ["○ 别处", "● 这一处"]


def test_the_other_places_are_signed_out_and_this_one_stays(clerk: str) -> None:
    elsewhere = signed_in(LOGIN)
    app = opened("account", clerk)
    assert app.button(key="account_others").label == "退出其他 1 处"
    app.button(key="account_others").click().run()
    assert "已退出其他 1 处" in app.success[0].value
    assert sessions.look_up(elsewhere) is None and sessions.look_up(clerk) is not None
    assert app.button(key="account_others").disabled


def test_signing_out_everywhere_ends_this_one_too(clerk: str) -> None:
    elsewhere = signed_in(LOGIN)
    app = opened("account", clerk).button(key="account_everywhere").click().run()
    assert "您的登录已经结束" in app.info[0].value
    assert sessions.look_up(elsewhere) is None and sessions.look_up(clerk) is None


def test_a_demonstration_has_no_passwords(empty_app_test: OpenPage) -> None:
    app = empty_app_test("account", "clerk")
    assert "演示数据库不用密码" in said(app)
    assert next(button for button in app.button if button.label == "改密码").disabled
    assert list(app.dataframe[0].value["means"]) == ["演示身份"]
