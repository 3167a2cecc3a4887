"""Coming in by the office's identity service, against one in this process: what it must refuse."""

from __future__ import annotations

import http.client
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from oidc_provider_mock import User, run_server_in_thread  # type: ignore[import-untyped]

from office import running, sessions
from office.accounts import managing
from office.accounts.origins import ATTEMPTS
from pages.signin import by_identity
from tests.at_the_door import CLERK, administrator, front, make_office, said

START, BACK = "/sign-in/identity", "/sign-in/identity/back"
PEOPLE = (
    User(sub="1", claims={"preferred_username": CLERK}),
    User(sub="2", claims={"preferred_username": "nobody.shili"}),
    User(sub="3", claims={"email": "no-login@office.example"}),
    User(sub="4", claims={"preferred_username": ["clerk.shili"]}),
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def office_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_office(path)
    return path


@pytest.fixture
def office(
    office_as_made: Path, tmp_path: Path, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    path = Path(shutil.copy(office_as_made, tmp_path / "office.db"))
    monkeypatch.setenv("OFFICE_OIDC_ISSUER", issuer)
    monkeypatch.setenv("OFFICE_OIDC_CLIENT_ID", "office")
    monkeypatch.setenv("OFFICE_OIDC_SECRET", "a secret")
    monkeypatch.setenv("OFFICE_OIDC_CLAIM", "")
    by_identity._registered.cache_clear()
    ATTEMPTS.forget()
    running.start(path)
    yield path
    running.stop()


def gone(visitor: Any, path: str = START) -> str:
    """Where the browser is sent."""
    came = visitor.get(path)
    assert came.status_code == 303, came.text
    return str(came.headers["location"])


def confirmed(address: str, sub: str) -> str:
    """The identity service is told who one is; gives the way back with the code, without our host."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.netloc, timeout=10)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    line.request("POST", f"{parts.path}?{parts.query}", urlencode({"sub": sub}), kind)
    came = line.getresponse()
    assert came.status == 302, came.read()
    back = urlsplit(came.getheader("location") or "")
    line.close()
    return f"{back.path}?{back.query}"


def test_an_identity_ends_in_the_same_kind_of_session(office: Path) -> None:
    visitor = front()
    assert "用单位统一账号登录" in visitor.get("/sign-in").text
    address = gone(visitor, f"{START}?next=%2Fgoods%3Fday%3D2021-08-01")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["nonce"] and asked["state"]
    assert asked["redirect_uri"] == [f"http://localhost:8501{BACK}"]
    came = visitor.get(confirmed(address, "1"))
    assert (came.status_code, came.headers["location"]) == (303, "/goods?day=2021-08-01")
    sid = sessions.hash_of(visitor.cookies["office_session"])
    person = sessions.look_up(sid)
    assert person is not None and person.login == CLERK
    assert [one.means for one in sessions.open_of(CLERK) if one.sid == sid] == ["oidc"]
    assert "office_identity" not in visitor.cookies
    visitor.get("/auth/logout")
    assert sessions.look_up(sid) is None


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("2", "没有您的账号"),
        ("3", "没有给出登录名"),
        ("4", "没有给出登录名"),
        ("unheard-of", "没有给出登录名"),
    ],
)
def test_an_identity_without_an_account_here_is_told_so(office: Path, sub: str, words: str) -> None:
    visitor = front()
    came = visitor.get(confirmed(gone(visitor), sub))
    assert came.status_code == 403 and words in said(came.text)
    assert "office_session" not in visitor.cookies


def test_a_disabled_account_does_not_come_in_by_its_identity(office: Path) -> None:
    managing.disable(running.writer(), administrator(), CLERK)
    visitor = front()
    came = visitor.get(confirmed(gone(visitor), "1"))
    assert came.status_code == 403 and "已停用" in said(came.text)


def test_the_same_return_works_once(office: Path) -> None:
    visitor = front()
    back, before = confirmed(gone(visitor), "1"), dict(visitor.cookies)
    assert visitor.get(back).status_code == 303
    again = front()
    for name, value in before.items():
        again.cookies.set(name, value)
    came = again.get(back)
    assert came.status_code == 403 and "已经过期" in said(came.text)
    assert "office_session" not in again.cookies


def test_a_return_that_began_in_another_browser_is_refused(office: Path) -> None:
    """Somebody has a victim's browser come back with the attacker's identity."""
    attacker, victim = front(), front()
    back = confirmed(gone(attacker), "1")
    assert victim.get(back).status_code == 403
    gone(victim)
    assert victim.get(back).status_code == 403, "nor with a state of its own at hand"
    assert "office_session" not in victim.cookies


@pytest.mark.parametrize("change", ["state", "code", "iss", "error", "nothing", "no state"])
def test_a_changed_return_is_refused(office: Path, change: str, issuer: str) -> None:
    visitor = front()
    back = confirmed(gone(visitor), "1")
    given = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    changed = {
        "state": {**given, "state": given["state"][::-1]},
        "code": {**given, "code": "x" + given["code"]},
        "iss": {**given, "iss": "https://elsewhere.example"},
        "error": {"error": "access_denied", "state": given["state"], "error_description": "<b>x</b>"},
        "nothing": {},
        "no state": {"code": given["code"]},
    }[change]
    came = visitor.get(f"{BACK}?{urlencode(changed)}")
    assert came.status_code == 403 and said(came.text) and "<b>" not in came.text
    assert "office_session" not in visitor.cookies


def test_an_issuer_that_calls_itself_otherwise_is_refused(
    office: Path, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_OIDC_ISSUER", issuer.replace("localhost", "127.0.0.1") + "/")
    came = front().get(START)
    assert came.status_code == 503 and "连不上" in said(came.text)


def test_a_service_that_does_not_answer_is_said_in_words_and_the_password_form_stays(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_OIDC_ISSUER", "http://localhost:9")
    came = front().get(START)
    assert came.status_code == 503 and "连不上" in said(came.text) and 'name="password"' in came.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OFFICE_OIDC_ISSUER", "http://identity.example"),
        ("OFFICE_OIDC_ISSUER", ""),
        ("OFFICE_OIDC_SECRET", ""),
    ],
)
def test_half_a_setting_offers_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """And neither does an identity service without HTTPS elsewhere than on this machine."""
    monkeypatch.setenv(name, value)
    visitor = front()
    assert "统一账号" not in visitor.get("/sign-in").text
    assert visitor.get(START).headers["location"].startswith("/sign-in?")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://elsewhere.example"}, "another issuer"),
        ({"aud": "another-client"}, "for another client"),
        ({"aud": ["another-client", "third"], "azp": "office"}, "not for us, though passed on to us"),
        ({"nonce": "another"}, "of another sign-in"),
        ({"exp": 1}, "long past"),
    ],
)
def test_an_identity_that_is_not_meant_for_this_sign_in_is_refused(
    office: Path, issuer: str, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any], why: str
) -> None:
    """The service signs it, and yet it is wrong."""
    from joserfc import jwt

    signed = jwt.encode
    lock = threading.Lock()

    def wrong(header: Any, given: dict[str, Any], *rest: Any, **more: Any) -> Any:
        with lock:
            return signed(header, {**given, **claims} if "nonce" in given else given, *rest, **more)

    visitor = front()
    back = confirmed(gone(visitor), "1")
    monkeypatch.setattr(jwt, "encode", wrong)
    came = visitor.get(back)
    assert came.status_code == 403, why
    assert "office_session" not in visitor.cookies
