"""Nobody gets in but by the door, and nobody stays after leaving it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from starlette.requests import Request
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bench.visitor import OpenPage, Visitor, texts
from data.people import DEMONSTRATION_PEOPLE
from data.store import utc_now
from office import sessions
from pages.signin import checks, routes
from tests.registered import disable

ROLES = list(dict.fromkeys(role for _login, _name, role in DEMONSTRATION_PEOPLE))
PATHS = [
    "/",
    "/goods",
    "/goods?day=2021-09-30",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/media/x.csv",
    "/static/js/index.js",
    "/component/x/index.html",
    "/language/en",
    "/auth/logout",
    "/sign-in/",
    "/sign-in/../goods",
    "//sign-in",
    "/SIGN-IN",
    "/health/x",
]


@pytest.fixture
def visitor(server: Visitor) -> Visitor:
    """Somebody new at the shared application."""
    return Visitor(server.host, server.port)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_session_every_address_says_no(visitor: Visitor, path: str) -> None:
    assert visitor.ask("GET", path).status == 401
    shown = visitor.page(path)
    assert shown.status == 303
    assert shown.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_without_a_session_no_other_method_passes_either(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, "/_stcore/upload_file/a/b", accept="text/html").status == 401


def test_the_health_word_is_open_and_says_nothing_more(visitor: Visitor) -> None:
    assert (visitor.ask("GET", "/health").status, visitor.ask("GET", "/health").text) == (200, "ok")


@pytest.mark.parametrize(
    "attempt",
    [{}, {"Cookie": "office_session=forged"}, {"X-Office-Session": "0" * 64}, {"Cookie": "office_session="}],
)
def test_no_page_opens_without_a_session_whatever_the_client_claims(
    visitor: Visitor, attempt: dict[str, str]
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        OpenPage(visitor, **attempt)
    assert refused.value.response.status_code == 403


def test_a_claimed_session_id_is_dropped_also_for_somebody_signed_in(visitor: Visitor) -> None:
    clerk, administrator = visitor, Visitor(visitor.host, visitor.port)
    clerk.sign_in("clerk")
    administrator.sign_in("administrator")
    claimed = sessions.hash_of(administrator.cookies["office_session"])
    page = OpenPage(clerk, **{"X-Office-Session": claimed})
    shown = texts(page.run())
    page.close()
    assert "示例录入员" in shown and "示例管理员" not in shown


def test_the_form_offers_the_invented_people_two_of_them_reviewers(visitor: Visitor) -> None:
    shown = visitor.page("/sign-in").text
    places = [shown.find(name) for _login, name, _role in DEMONSTRATION_PEOPLE]
    assert -1 not in places and places == sorted(places)
    assert [role for _login, _name, role in DEMONSTRATION_PEOPLE].count("reviewer") == 2
    assert "演示数据" in shown and 'type="password"' not in shown


@pytest.mark.parametrize("role", ROLES)
def test_signing_in_opens_the_pages(visitor: Visitor, role: str) -> None:
    came = visitor.sign_in(role, back="/rules?day=2021-08-01")
    assert came.headers["location"] == "/rules?day=2021-08-01"
    assert visitor.page("/rules").status == 200


def test_the_cookie_is_kept_from_scripts_and_foreign_pages(visitor: Visitor) -> None:
    form = visitor.form()
    came = _raw_cookies(visitor, form | {"login": "demo-clerk"})
    session = next(cookie for cookie in came if cookie.startswith("office_session="))
    assert "HttpOnly" in session and "SameSite=lax" in session and "Path=/" in session
    assert len(session.split(";")[0]) >= len("office_session=") + 43  # 256 bits


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    form = visitor.form() | {"login": "demo-clerk"}
    assert visitor.send_form(form | {"csrf": "x" * 43}).status == 403
    assert visitor.send_form(form, cookie="other=1").status == 403
    assert "office_session" not in visitor.cookies


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_a_form_from_a_foreign_page_is_refused(visitor: Visitor, origin: str) -> None:
    form = visitor.form() | {"login": "demo-clerk"}
    assert visitor.send_form(form, origin=origin).status == 403
    assert visitor.send_form(form).status == 303


@pytest.mark.parametrize("login", ["", "root", "demo-clerk' OR 1=1 --"])
def test_only_the_people_on_the_form_come_in(visitor: Visitor, login: str) -> None:
    assert visitor.send_form(visitor.form() | {"login": login}).status == 403


@pytest.mark.parametrize(
    "wish",
    [
        "//evil.example/x",
        "/\\evil.example",
        "http://evil.example",
        "/\tevil",
        "/a\nb",
        "goods",
        "javascript:alert(1)",
        "/auth/logout",
        "/language/en",
        "/sign-in?next=/x",
        "",
    ],
)
def test_the_way_back_never_leads_elsewhere(wish: str) -> None:
    assert checks.way_back(wish) == "/"


def test_the_way_back_keeps_day_and_filters() -> None:
    assert checks.way_back("/goods?day=2021-08-01&township=100") == "/goods?day=2021-08-01&township=100"


def test_every_answer_forbids_everything_from_outside(visitor: Visitor) -> None:
    visitor.sign_in("auditor")
    for path in ("/", "/sign-in", "/health", "/_stcore/health", "/static/none.js", "/nowhere"):
        came = visitor.ask("GET", path, accept="text/html")
        policy = came.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "http" not in policy
        assert came.headers["x-content-type-options"] == "nosniff"
        assert came.headers["referrer-policy"] == "same-origin"
        if not path.startswith("/static/"):
            assert came.headers["cache-control"] == "no-store"


def test_signing_out_ends_the_session_at_once_and_for_good(visitor: Visitor) -> None:
    visitor.sign_in("clerk")
    old = dict(visitor.cookies)
    page = OpenPage(visitor)
    page.run()
    assert visitor.page("/auth/logout").headers["location"] == "/sign-in"
    replay = Visitor(visitor.host, visitor.port, old)
    assert replay.ask("GET", "/").status == 401
    assert page.until("auth_redirect")[-1].auth_redirect.url == "/sign-in"
    with pytest.raises(ConnectionClosed):
        page.next(10.0)


def test_an_open_page_does_nothing_more_once_its_session_is_gone(own_server: Visitor, demo_db: Path) -> None:
    own_server.sign_in("clerk")
    page = OpenPage(own_server)
    assert _kinds(page.run()) >= {"navigation", "delta"}
    with sqlite3.connect(demo_db, timeout=10) as db:
        disable(Database(db), "demo-clerk", at=utc_now())
    after = _kinds(page.run("rules"))
    assert "auth_redirect" in after and "delta" not in after


def test_a_foreign_page_cannot_sign_anybody_out(visitor: Visitor) -> None:
    visitor.sign_in("clerk")
    assert visitor.page("/auth/logout", sec_fetch_site="cross-site").status == 403
    assert visitor.ask("GET", "/_stcore/health").status == 200


@pytest.mark.parametrize(
    ("client", "headers", "here"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, True),
        ("127.0.0.1", {"host": "localhost:8501"}, True),
        ("::1", {"host": "[::1]:8501"}, True),
        ("192.168.1.20", {"host": "192.168.1.5:8501"}, False),
        ("192.168.1.20", {"host": "localhost:8501"}, False),
        ("127.0.0.1", {"host": "rebound.example:8501"}, False),
        ("127.0.0.1", {"host": "localhost:8501", "x-forwarded-for": "192.168.1.20"}, False),
        ("127.0.0.1", {}, False),
    ],
)
def test_a_demonstration_is_open_only_on_its_own_machine(
    inside: Path, client: str, headers: dict[str, str], here: bool
) -> None:
    shown = bytes(routes.show_form(_request(client, headers)).body).decode()
    assert ("demo-clerk" in shown) is here
    assert ("只能在运行它的这台机器上打开" in shown) is not here


def _request(client: str, headers: dict[str, str], query: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/sign-in",
            "scheme": "http",
            "query_string": query.encode(),
            "client": (client, 40000),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
    )


def _raw_cookies(visitor: Visitor, fields: dict[str, str]) -> list[str]:
    import http.client
    from urllib.parse import urlencode

    connection = http.client.HTTPConnection(visitor.host, visitor.port, timeout=20)
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    sent = {"Cookie": cookie, "Origin": visitor.origin, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", urlencode(fields), sent)
    came = [value for name, value in connection.getresponse().getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return came


def _kinds(messages: list[Any]) -> set[str]:
    return {message.WhichOneof("type") for message in messages}
