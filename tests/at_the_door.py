"""An office with accounts, and people at its door: in this process, without Streamlit and without a browser."""

from __future__ import annotations

import re
import warnings
from html import unescape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.store import open_writer
from office import running
from office.accounts import entering, first, managing
from office.accounts.origins import ATTEMPTS
from office.casework.asked import Doer
from pages.signin.gate import SESSION_HEADER, Gate
from pages.signin.routes import ROUTES

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another HTTP library than the pinned one
    from starlette.testclient import TestClient

HERE = "http://localhost:8501"
ADMINISTRATOR, CLERK = "head.shili", "clerk.shili"
PASSWORD = "纸船 漂过了 七座石桥呀"  # anybody's, in tests
OTHER_PASSWORD = "井台边的老槐树 还记得雨声"
OUTSIDE = "192.168.1.20"


def make_office(path: Path) -> None:
    """An office's own database with an administrator and a clerk, both with PASSWORD."""
    with open_writer(path, migrate=True):
        pass
    running.start(path)
    try:
        ATTEMPTS.forget()
        first.make_first(ADMINISTRATOR, "示例管理员甲", PASSWORD, first.setup_code())
        entering.enter_with_code(CLERK, add_clerk(), PASSWORD, "127.0.0.1")
    finally:
        running.stop()


def add_clerk(login: str = CLERK, name: str = "示例录入员乙") -> str:
    """Another clerk; gives the one-time code."""
    return managing.add(running.writer(), administrator(), login, name, "clerk").text


def administrator() -> Doer:
    return Doer("示例管理员甲", "administrator")


def front(caller: str = "127.0.0.1", address: str = HERE) -> TestClient:
    """Somebody new at the door, calling from that machine under that address."""

    async def inside(request: Request) -> Response:
        answer = PlainTextResponse(request.headers.get(SESSION_HEADER.decode(), "nobody"))
        answer.set_cookie("somebody_elses", "1", httponly=False)  # as Streamlit sets its own
        return answer

    app = Starlette(
        routes=[*ROUTES, Route("/{path:path}", inside, methods=["GET", "POST", "PUT"])],
        middleware=[Middleware(Gate)],
    )
    return TestClient(app, base_url=address, client=(caller, 40000), follow_redirects=False)


def hidden_fields(text: str) -> dict[str, str]:
    """The fields of a form that nobody sees."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    }


def send(visitor: TestClient, path: str, typed: dict[str, str], **headers: str) -> Any:
    """Open the form, fill it in and send it, as a browser would."""
    shown = visitor.get(path, headers={"accept": "text/html"})
    origin = str(visitor.base_url).rstrip("/")
    sent = {"origin": origin, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return visitor.post(path.split("?")[0], data={**hidden_fields(shown.text), **typed}, headers=sent)


def sign_in(visitor: TestClient, login: str = CLERK, password: str = PASSWORD, path: str = "/sign-in") -> Any:
    """Come in by password."""
    return send(visitor, path, {"login": login, "password": password})


def fault_beside(text: str, field: str) -> str:
    """What the page says beside a field."""
    found = re.search(rf'<p class="fault" id="{field}-fault">(.*?)</p>', text)
    return unescape(found[1]) if found else ""


def said(text: str) -> str:
    """What the page says above its form."""
    found = re.search(r'<p class="said" role="alert">(.*?)</p>', text)
    return unescape(found[1]) if found else ""
