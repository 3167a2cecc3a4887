"""Every route and method there is, collected from the application itself: none without a live session."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from sqlite_utils import Database
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from bench.visitor import OpenPage, Visitor
from data.store import utc_now
from office import sessions
from tests.registered import disable
from tests.serving import ROOT

# Each route that the application has must stand here, or the first test fails: a new one has to be placed.
OPEN = {
    "/health": {"GET", "HEAD"},
    "/sign-in": {"GET", "HEAD", "POST"},
    "/sign-in/code": {"GET", "HEAD", "POST"},
    "/sign-in/first": {"GET", "HEAD", "POST"},
    "/sign-in/identity": {"GET", "HEAD"},
    "/sign-in/identity/back": {"GET", "HEAD"},
}
FOR_THOSE_SIGNED_IN = {
    "/auth/logout": {"GET", "HEAD"},
    "/language/en": {"GET", "HEAD"},
    "/_stcore/health": {"GET", "HEAD"},
    "/_stcore/host-config": {"GET", "HEAD"},
    "/goods": {"GET", "HEAD"},  # and every page: one route
    "/": {"GET", "HEAD"},
    "/static/index.js": {"GET", "HEAD"},
}
FOR_ONE_OWNER = {
    "/media/0123456789.xlsx": {"GET", "HEAD"},
    "/_stcore/upload_file/a-session/a-file": {"GET", "HEAD", "PUT", "DELETE"},
}
FOR_NOBODY: dict[str, set[str]] = {
    "/_stcore/metrics": set(),
    "/_stcore/agent/interact": set(),
    "/_stcore/agent/openapi.json": set(),
    "/_stcore/agent/mcp": set(),
    "/_stcore/bidi-components/a-path": set(),
    "/_stcore/script-health-check": set(),
    "/_stcore/stream": set(),  # of HTTP; the websocket below
    "/component/a-path": set(),
    "/auth/login": set(),
    "/oauth2callback": set(),
    "/app/static/a-path": set(),
}
SAMPLES = {
    "{language}": "en",
    "{page:page}": "goods",
    "{session_id}": "a-session",
    "{file_id}": "a-file",
    "/media/{file_id:path}": "/media/0123456789.xlsx",
    "{path:path}": "a-path",
}
PLACED = {**OPEN, **FOR_THOSE_SIGNED_IN, **FOR_ONE_OWNER, **FOR_NOBODY}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
LISTING = """
import json, app
for route in app.app._build_starlette_app().routes:
    print("route", json.dumps([type(route).__name__, route.path]))
"""


@cache
def routes_of_the_application() -> list[tuple[str, str]]:
    made = subprocess.run(
        [sys.executable, "-c", LISTING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    lines = [line.removeprefix("route ") for line in made.stdout.splitlines() if line.startswith("route ")]
    assert lines, made.stderr
    return [(kind, path) for kind, path in map(json.loads, lines)]


def test_every_route_of_the_application_has_its_place_here() -> None:
    strangers = []
    for kind, path in routes_of_the_application():
        for pattern, sample in SAMPLES.items():
            path = path.replace(pattern, sample)
        known = path in PLACED or (kind == "Mount" and path == "")
        if not known or (kind == "WebSocketRoute" and path != "/_stcore/stream"):
            strangers.append(f"{kind} {path}")
    assert strangers == []
    assert len(routes_of_the_application()) > 25


@pytest.mark.parametrize("path", sorted(PLACED))
def test_without_a_session_only_the_door_itself_answers(server: Visitor, path: str) -> None:
    for method in METHODS:
        came = Visitor(server.host, server.port).ask(method, path)
        if path not in OPEN:
            assert came.status == 401, (method, path)
            assert came.text in ("not signed in", "")
        elif method not in OPEN[path]:
            assert came.status == 405, (method, path)
        else:
            assert came.status in (200, 303, 403), (method, path)


@pytest.mark.parametrize("path", sorted(PLACED))
def test_with_a_session_each_address_takes_its_own_methods_and_no_other(server: Visitor, path: str) -> None:
    clerk = Visitor(server.host, server.port)
    clerk.sign_in("clerk")
    for method in METHODS:
        if path == "/auth/logout":
            continue  # signs out; its tests are in test_door.py
        came = clerk.ask(method, path, origin=server.origin)
        if path in FOR_NOBODY:
            assert came.status == 404, (method, path)
        elif method not in PLACED[path]:
            assert came.status == 405, (method, path)
        elif path in FOR_ONE_OWNER:
            assert came.status == 404, (method, path)
        else:
            assert came.status in (200, 303, 403, 404), (method, path)


def test_no_bad_session_opens_anything(own_server: Visitor, demo_db: Path) -> None:
    """Signed out, disabled, away too long, there too long, forged, tampered, the stored form itself."""
    bad = _bad_cookies(own_server, demo_db)
    for why, token in bad.items():
        stranger = Visitor(own_server.host, own_server.port, {"office_session": token})
        for path in sorted(set(PLACED) - set(OPEN)):
            for method in ("GET", "PUT", "POST", "DELETE"):
                assert stranger.ask(method, path, origin=own_server.origin).status == 401, (why, method, path)
        with pytest.raises(InvalidStatus) as refused:
            OpenPage(stranger)
        assert refused.value.response.status_code == 403, why
    assert len(bad) == 12


def _bad_cookies(server: Visitor, path: Path) -> dict[str, str]:
    tokens = {}
    for why in ("signed out", "disabled", "away too long", "there too long", "replaced", "living"):
        visitor = Visitor(server.host, server.port)
        visitor.sign_in({"disabled": "auditor", "there too long": "reviewer"}.get(why, "clerk"))
        tokens[why] = visitor.cookies["office_session"]
        if why == "signed out":
            visitor.page("/auth/logout")
        if why == "replaced":
            visitor.sign_in("clerk")
    with sqlite3.connect(path, timeout=10) as db:
        disable(Database(db), "demo-auditor", at=utc_now())
        old = "UPDATE web_sessions SET seen_at = '2021-01-01T00:00:00.000000Z' WHERE token_hash = ?"
        long = "UPDATE web_sessions SET created_at = '2021-01-01T00:00:00.000000Z' WHERE token_hash = ?"
        db.execute(long, [sessions.hash_of(tokens["there too long"])])
        # seen long ago: nobody used this one since it was begun, so no process remembers better
        db.execute(old, [sessions.hash_of(tokens["away too long"])])
    living = tokens.pop("living")
    return tokens | {
        "forged": "x" * 43,
        "tampered": living[:-2] + ("AA" if living[-2:] != "AA" else "BB"),
        "cut": living[:-1],
        "lengthened": living + "A",
        "the stored form": sessions.hash_of(living),
        "another's beside it": f"{living}; office_session={'y' * 43}",
        "quoted": f'"{living}"',
    }


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "https://127.0.0.1", "http://localhost", None]
)
def test_a_page_opens_only_from_a_page_of_ours(server: Visitor, origin: str | None) -> None:
    """Also a foreign page on this machine, and a program that names no page at all."""
    clerk = Visitor(server.host, server.port)
    clerk.sign_in("clerk")
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            f"ws://{server.host}:{server.port}/_stcore/stream",
            additional_headers={"Cookie": f"office_session={clerk.cookies['office_session']}"},
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(origin) if origin else None,
        ),
    ):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/goods", "/_stcore/stream/", "/_stcore/agent/mcp", "/sign-in", "/media/x"]
)
def test_there_is_one_websocket_and_no_other(server: Visitor, path: str) -> None:
    clerk = Visitor(server.host, server.port)
    clerk.sign_in("clerk")
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            f"ws://{server.host}:{server.port}{path}",
            additional_headers={"Cookie": f"office_session={clerk.cookies['office_session']}"},
            origin=Origin(server.origin),
        ),
    ):
        pass
    assert refused.value.response.status_code == 403
