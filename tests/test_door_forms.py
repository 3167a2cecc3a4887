"""The forms of the door: by password, by one-time code, the first administrator; both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import open_writer
from office import running, sessions
from office.accounts import first, managing
from office.accounts.origins import ATTEMPTS
from tests.at_the_door import (
    ADMINISTRATOR,
    CLERK,
    HERE,
    OTHER_PASSWORD,
    OUTSIDE,
    PASSWORD,
    add_clerk,
    administrator,
    fault_beside,
    front,
    hidden_fields,
    make_office,
    said,
    send,
    sign_in,
)

CODE, FIRST = "/sign-in/code", "/sign-in/first"
NEW = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}


@pytest.fixture(scope="module")
def office_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_office(path)
    return path


@pytest.fixture
def office(office_as_made: Path, tmp_path: Path) -> Iterator[Path]:
    path = Path(shutil.copy(office_as_made, tmp_path / "office.db"))
    running.start(path)
    ATTEMPTS.forget()
    yield path
    running.stop()


@pytest.fixture
def empty_office(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "empty.db"
    with open_writer(path, migrate=True):
        pass
    running.start(path)
    ATTEMPTS.forget()
    yield path
    running.stop()


def test_the_right_password_opens_the_page_that_was_asked_for(office: Path) -> None:
    visitor = front()
    shown = visitor.get("/goods?day=2021-08-01", headers={"accept": "text/html"})
    came = sign_in(visitor, path=shown.headers["location"])
    assert (came.status_code, came.headers["location"]) == (303, "/goods?day=2021-08-01")
    assert visitor.get("/_stcore/health").text == sessions.hash_of(visitor.cookies["office_session"])


def test_a_wrong_password_is_refused_and_the_login_stays_in_the_form(office: Path) -> None:
    came = sign_in(front(), password=PASSWORD + "x")
    assert came.status_code == 401 and "登录名或密码不对" in said(came.text)
    assert f'value="{CLERK}"' in came.text and PASSWORD not in came.text
    assert "office_session" not in came.cookies


def test_an_unknown_login_and_a_wrong_password_read_the_same(office: Path) -> None:
    wrong = sign_in(front(), password="wrong " + PASSWORD)
    unknown = sign_in(front(), login="nobody.shili")
    assert (wrong.status_code, said(wrong.text)) == (unknown.status_code, said(unknown.text))


@pytest.mark.parametrize(("missing", "words"), [("login", "请填写登录名。"), ("password", "请填写密码。")])
def test_an_empty_field_is_named_beside_it(office: Path, missing: str, words: str) -> None:
    typed = {"login": CLERK, "password": PASSWORD} | {missing: ""}
    came = send(front(), "/sign-in", typed)
    assert came.status_code == 422 and fault_beside(came.text, missing) == words
    assert re.search(
        rf'id="{missing}"[^>]*aria-invalid="true"[^>]*aria-describedby="{missing}-fault"', came.text
    )
    assert re.search(rf'id="{missing}"[^>]*autofocus', came.text)


def test_after_five_failures_one_waits_and_is_told_how_long(office: Path) -> None:
    for _attempt in range(5):
        came = sign_in(front(), password="wrong " + PASSWORD)
    assert came.status_code == 429 and 1 <= int(came.headers["retry-after"]) <= 60
    came = sign_in(front())
    assert came.status_code == 429 and "后再试" in said(came.text), "not even with the right one"
    shown = send(front(), "/sign-in?lang=en", {"login": CLERK, "password": PASSWORD})
    assert "try again in" in said(shown.text)


def test_a_new_sign_in_has_a_new_cookie_and_ends_the_one_before(office: Path) -> None:
    visitor = front()
    sign_in(visitor)
    before = visitor.cookies["office_session"]
    sign_in(visitor)
    assert visitor.cookies["office_session"] != before
    assert sessions.look_up(sessions.hash_of(before)) is None


def test_a_cookie_that_somebody_planted_is_never_taken_over(office: Path) -> None:
    visitor = front()
    visitor.cookies.set("office_session", "planted" * 8)
    sign_in(visitor)
    assert sessions.look_up(sessions.hash_of("planted" * 8)) is None


def test_a_one_time_code_sets_the_password_and_works_once(office: Path) -> None:
    code = add_clerk("other.shili", "示例录入员丙")
    typed = {"login": "other.shili", "code": code, **NEW}
    assert send(front(), CODE, typed).status_code == 303
    again = send(front(), CODE, typed)
    assert again.status_code == 401 and "代码" in said(again.text)
    assert sign_in(front(), "other.shili", OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"password": "short", "again": "short"}, "password", "至少 12 个字符"),
        ({"again": OTHER_PASSWORD + "x"}, "again", "两次输入的密码不一样。"),
        ({"password": ""}, "password", "请填写新密码。"),
        ({"code": ""}, "code", "请填写一次性代码。"),
        ({"login": ""}, "login", "请填写登录名。"),
        ({"password": "other.shili 2026 abc", "again": "other.shili 2026 abc"}, "password", "登录名或姓名"),
        (
            {"password": "示例录入员丙与七座石桥相望", "again": "示例录入员丙与七座石桥相望"},
            "password",
            "登录名或姓名",
        ),
    ],
)
def test_a_code_form_names_each_fault_beside_its_field_and_the_code_stays_good(
    office: Path, typed: dict[str, str], field: str, words: str
) -> None:
    good = {"login": "other.shili", "code": add_clerk("other.shili", "示例录入员丙"), **NEW}
    came = send(front(), CODE, good | typed)
    assert came.status_code == 422 and words in fault_beside(came.text, field)
    assert OTHER_PASSWORD not in came.text and good["code"] not in came.text
    assert send(front(), CODE, good).status_code == 303


def test_without_an_administrator_the_machine_itself_makes_the_first(empty_office: Path) -> None:
    visitor = front()
    assert "设立第一位管理员" in visitor.get("/sign-in").text
    typed = {"code": first.setup_code(), "login": ADMINISTRATOR, "name": "示例管理员甲", **NEW}
    came = send(visitor, f"{FIRST}?next=%2Fpeople", typed)
    assert (came.status_code, came.headers["location"]) == (303, "/people")
    assert visitor.get("/people").status_code == 200
    assert not first.needed() and send(front(), FIRST, typed).headers["location"].startswith("/sign-in?")
    assert visitor.get(FIRST).headers["location"].startswith("/sign-in?")


def test_a_wrong_set_up_code_makes_nobody(empty_office: Path) -> None:
    typed = {"code": "wrong", "login": ADMINISTRATOR, "name": "示例管理员甲", **NEW}
    came = send(front(), FIRST, typed)
    assert came.status_code == 401 and "设立代码不对" in fault_beside(came.text, "code")
    assert 'value="示例管理员甲"' in came.text and first.needed()


@pytest.mark.parametrize("field", ["code", "login", "name", "password", "again"])
def test_every_field_of_the_first_administrator_is_needed(empty_office: Path, field: str) -> None:
    typed = {"code": first.setup_code(), "login": ADMINISTRATOR, "name": "示例管理员甲", **NEW}
    came = send(front(), FIRST, typed | {field: ""})
    assert came.status_code == 422 and fault_beside(came.text, field) and first.needed()


@pytest.mark.parametrize("also", [{}, {"x-forwarded-for": OUTSIDE}, {"via": "1.1 proxy"}])
def test_elsewhere_the_first_administrator_is_not_made_not_even_with_the_code(
    empty_office: Path, also: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_ADDRESS", "http://office.example")
    address = HERE if also else "http://office.example"
    visitor = front("127.0.0.1" if also else OUTSIDE, address)
    visitor.headers.update(also)
    shown = visitor.get("/sign-in")
    assert "只能在运行本软件的那台机器上设立" in shown.text and "<form" not in shown.text
    assert "http://localhost:" in shown.text
    typed = {"code": first.setup_code(), "login": ADMINISTRATOR, "name": "示例管理员甲", **NEW}
    assert visitor.post(FIRST, data=typed, headers={"origin": address}).status_code == 403
    assert first.needed()


@pytest.mark.parametrize("path", ["/sign-in", CODE])
def test_until_there_is_an_administrator_no_other_form_does_anything(empty_office: Path, path: str) -> None:
    came = front().post(path, data={"login": CLERK, "password": PASSWORD}, headers={"origin": HERE})
    assert came.status_code == 303 and came.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/sign-in", CODE])
def test_the_language_changes_without_losing_what_was_typed(office: Path, path: str) -> None:
    visitor = front()
    came = send(visitor, path, {"login": "half.typed", "password": PASSWORD, "other": "en"})
    assert came.status_code == 200 and '<html lang="en">' in came.text and 'value="half.typed"' in came.text
    assert PASSWORD not in came.text and visitor.cookies["office_lang"] == "en"
    assert 'lang="zh"' in came.text and hidden_fields(came.text)["lang"] == "en"


@pytest.mark.parametrize("path", ["/sign-in", CODE])
def test_every_input_has_a_label_and_says_what_a_browser_may_fill_in(office: Path, path: str) -> None:
    text = front().get(path).text
    inputs = re.findall(
        r'<input type="(?:text|password)" id="(\w+)" name="(\w+)"\s+autocomplete="([\w-]+)"', text
    )
    assert len(inputs) == (2 if path == "/sign-in" else 4)
    assert all(f'<label for="{name}">' in text for name, _name, _fill in inputs)
    assert [fill for *_names, fill in inputs] == (
        ["username", "current-password"]
        if path == "/sign-in"
        else ["username", "one-time-code", "new-password", "new-password"]
    )
    assert text.count("autofocus") == 1


@pytest.mark.parametrize("path", ["/sign-in", CODE, FIRST])
def test_what_was_typed_comes_back_as_text_and_not_as_html(office: Path, path: str) -> None:
    came = send(front(), "/sign-in", {"login": '"><script>alert(1)</script>', "password": ""})
    assert "<script>alert" not in came.text and "&lt;script&gt;" in came.text


def test_a_form_page_allows_one_script_by_its_digest_and_no_other(office: Path) -> None:
    policy = front().get("/sign-in").headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts and re.fullmatch(r"'sha256-[\w+/=]+'", scripts[1])


@pytest.mark.parametrize("path", ["/sign-in", CODE])
@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "https://localhost:8501", "http://localhost"]
)
def test_no_form_is_taken_from_a_foreign_page(office: Path, path: str, origin: str) -> None:
    typed = {"login": CLERK, "password": PASSWORD, "code": "x", "again": PASSWORD}
    came = send(front(), path, typed, origin=origin)
    assert came.status_code == 403 and "office_session" not in came.cookies
    assert f'value="{CLERK}"' in came.text


def test_a_form_is_not_taken_with_anothers_token(office: Path) -> None:
    """Signing somebody in as oneself: the token of one's own form does not fit the other's cookie."""
    mine, theirs = front(), front()
    token = hidden_fields(mine.get("/sign-in").text)["csrf"]
    theirs.get("/sign-in")
    typed = {"login": CLERK, "password": PASSWORD, "csrf": token}
    assert theirs.post("/sign-in", data=typed, headers={"origin": HERE}).status_code == 403


def test_a_disabled_person_is_told_what_everybody_is_told(office: Path) -> None:
    visitor = front()
    sign_in(visitor)
    managing.disable(running.writer(), administrator(), CLERK)
    assert visitor.get("/goods").status_code == 401, "at once"
    came = sign_in(front())
    assert came.status_code == 401 and "登录名或密码不对" in said(came.text)


def test_a_busy_database_is_said_in_words(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.problems import Busy
    from office.accounts import entering

    def busy(*_given: str) -> None:
        raise Busy.writing()

    monkeypatch.setattr(entering, "enter", busy)
    came = sign_in(front())
    assert came.status_code == 503 and "数据库正忙" in said(came.text)
