"""Under which names the application answers, when cookies are for HTTPS only, and whom it believes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from office import running, sessions
from office.accounts.origins import ATTEMPTS
from pages.signin import where
from pages.signin.doors import DOORS, NO_DOOR, door_of, is_tidy
from tests.at_the_door import CLERK, HERE, OUTSIDE, PASSWORD, front, make_office, sign_in

SECURE = "https://office.example"


@pytest.fixture(scope="module")
def office_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_office(path)
    return path


@pytest.fixture
def office(office_as_made: Path, tmp_path: Path) -> Iterator[Path]:
    path = Path(shutil.copy(office_as_made, tmp_path / "office.db"))
    ATTEMPTS.forget()
    running.start(path)
    yield path
    running.stop()


@pytest.fixture
def behind_proxy(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OFFICE_ADDRESS", SECURE)
    return office


def test_under_https_every_cookie_is_for_https_and_for_this_host_alone(behind_proxy: Path) -> None:
    visitor = front(OUTSIDE, SECURE)
    came = sign_in(visitor)
    cookies = [value for name, value in came.headers.multi_items() if name == "set-cookie"]
    session = next(cookie for cookie in cookies if cookie.startswith("__Host-office_session="))
    assert all(mark in session for mark in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=lax"))
    assert "Domain" not in session
    assert all("; secure" in cookie.lower() for cookie in cookies)
    assert came.headers["strict-transport-security"].startswith("max-age=")
    inside = visitor.get("/_stcore/health")
    assert inside.status_code == 200 and "; Secure" in inside.headers["set-cookie"], "of others, too"


def test_without_https_no_cookie_says_so_and_no_header_promises_it(office: Path) -> None:
    came = sign_in(front())
    assert "secure" not in came.headers["set-cookie"].lower()
    assert "strict-transport-security" not in came.headers


def test_a_cookie_set_over_plain_http_is_not_taken_under_https(behind_proxy: Path) -> None:
    """A neighbour under the same domain can set the plain name, never the one with the prefix."""
    visitor = front(OUTSIDE, SECURE)
    sign_in(visitor)
    token = visitor.cookies["__Host-office_session"]
    plain = front(OUTSIDE, SECURE)
    assert plain.get("/goods", headers={"cookie": f"office_session={token}"}).status_code == 401
    right = front(OUTSIDE, SECURE)
    assert right.get("/goods", headers={"cookie": f"__Host-office_session={token}"}).status_code == 200


def test_two_cookies_that_differ_are_none_and_two_that_agree_are_one(office: Path) -> None:
    visitor = front()
    sign_in(visitor)
    token = visitor.cookies["office_session"]
    mine = f"office_session={token}"
    assert front().get("/goods", headers={"cookie": f"{mine}; {mine}"}).status_code == 200
    for other in range(8):
        foreign = f"office_session=x{other}"
        for both in (f"{mine}; {foreign}", f"{foreign}; {mine}"):
            assert front().get("/goods", headers={"cookie": both}).status_code == 401


def test_after_signing_out_the_cookie_is_dropped_and_worth_nothing(behind_proxy: Path) -> None:
    visitor = front(OUTSIDE, SECURE)
    sign_in(visitor)
    token = visitor.cookies["__Host-office_session"]
    visitor.get("/auth/logout")
    assert "__Host-office_session" not in visitor.cookies
    assert sessions.look_up(sessions.hash_of(token)) is None


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("office.example", 200),
        ("OFFICE.EXAMPLE", 200),
        ("office.example:443", 200),
        ("localhost:8501", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("other.example.local", 400),
        ("office.example.elsewhere.example", 400),
        ("elsewhere.example@office.example", 400),
        ("office.example,elsewhere.example", 400),
        ("office.example/", 400),
        ("office.example:notaport", 400),
        ("192.168.1.5:8501", 400),
        ("", 400),
    ],
)
def test_only_the_offices_name_and_loopback_names_are_answered(
    behind_proxy: Path, host: str, status: int
) -> None:
    assert front(OUTSIDE, SECURE).get("/health", headers={"host": host}).status_code == status


def test_a_foreign_name_is_told_in_both_languages_what_to_do(office: Path) -> None:
    came = front(OUTSIDE, "http://192.168.1.5:8501").get("/sign-in")
    assert came.status_code == 400 and "OFFICE_ADDRESS" in came.text and "<form" not in came.text


@pytest.mark.parametrize(
    ("address", "origin", "status"),
    [
        (SECURE, SECURE, 303),
        (SECURE, "http://office.example", 403),
        (SECURE, f"{SECURE}:8443", 403),
        (SECURE, f"{SECURE}.elsewhere.example", 403),
        (HERE, HERE, 303),
        (HERE, SECURE, 403),
    ],
)
def test_a_form_comes_from_the_origin_under_which_it_was_shown(
    behind_proxy: Path, address: str, origin: str, status: int
) -> None:
    from tests.at_the_door import send

    caller = OUTSIDE if address == SECURE else "127.0.0.1"
    came = send(front(caller, address), "/sign-in", {"login": CLERK, "password": PASSWORD}, origin=origin)
    assert came.status_code == status


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://office.example", "https://office.example"),
        ("https://Office.Example/", "https://office.example"),
        ("https://office.example:443", "https://office.example"),
        ("https://office.example:8443", "https://office.example:8443"),
        ("http://192.168.1.5:8501", "http://192.168.1.5:8501"),
        ("http://[fd00::1]:8501", "http://[fd00::1]:8501"),
    ],
)
def test_the_offices_address_is_read(monkeypatch: pytest.MonkeyPatch, given: str, origin: str) -> None:
    monkeypatch.setenv("OFFICE_ADDRESS", given)
    address = where.office_address()
    assert address is not None and address.origin == origin and not where.is_wrong()


@pytest.mark.parametrize(
    "given",
    ["office.example", "ftp://x", "https://", "https://a b", "https://x/path", "https://x?y", "https://u@x",
     "https://x:99999", "https://x:abc", "*"],
)  # fmt: skip
def test_an_address_that_is_none_opens_nothing_and_is_called_wrong(
    office: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("OFFICE_ADDRESS", given)
    assert where.office_address() is None and where.is_wrong()
    assert front(OUTSIDE, SECURE).get("/health").status_code == 400
    assert front().get("/health").status_code == 200


@pytest.mark.parametrize(
    ("address", "forwarded", "counted"),
    [
        ("", {}, "127.0.0.1"),
        ("", {"x-forwarded-for": OUTSIDE}, "forwarded"),
        (SECURE, {"x-forwarded-for": "any"}, "127.0.0.1"),
    ],
)
def test_what_a_proxy_forwards_is_believed_only_where_the_office_has_one(
    monkeypatch: pytest.MonkeyPatch, address: str, forwarded: dict[str, str], counted: str
) -> None:
    """uvicorn has put the forwarded address in place of a proxy's on this machine; here it is the caller's own."""
    monkeypatch.setenv("OFFICE_ADDRESS", address)
    headers = {"host": "localhost"} | forwarded
    scope = {
        "type": "http",
        "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    assert where.caller(HTTPConnection(scope)) == counted


def test_a_door_that_anybody_may_use_is_one_of_the_doors_own(office: Path) -> None:
    assert {door.who for door in DOORS} == {"anybody", "signed_in", "owner"}
    open_ones = [path for path in ("/", "/goods", "/media/x", "/static/x", "/_stcore/health", "/sign-in", "/health")
                 if door_of(path).who == "anybody"]  # fmt: skip
    assert open_ones == ["/sign-in", "/health"]
    for path in ("/nowhere/else", "/_stcore/metrics", "/a.b", "/sign-in/", "/HEALTH", "", "x"):
        assert door_of(path) is NO_DOOR


@pytest.mark.parametrize(
    ("path", "query", "tidy"),
    [
        ("/goods", b"day=2021-08-01", True),
        ("/static/js/index.BX-1a.js", b"", True),
        ("/" + "a" * 1999, b"", True),
        ("/" + "a" * 2000, b"", False),
        ("/goods", b"a" * 8000, True),
        ("/goods", b"a" * 8001, False),
        ("/a/../b", b"", False),
        ("/a..b", b"", True),
        ("/a//b", b"", False),
        ("/a\\b", b"", False),
        ("/%2e", b"", False),
        ("/a\x00", b"", False),
        ("/a\r\nb", b"", False),
    ],
)
def test_an_address_is_tidy_or_it_is_not(path: str, query: bytes, tidy: bool) -> None:
    assert is_tidy(path, query) is tidy
