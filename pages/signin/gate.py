"""The gate: every request and every message of an open page needs a live session, or goes no further."""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from office import sessions
from pages.signin.headers import guarded
from pages.signin.open_pages import opened

SESSION_COOKIE: Final = "office_session"
SESSION_HEADER: Final = b"x-office-session"  # the name that .streamlit/config.toml trusts
SIGN_IN: Final = "/sign-in"
PUBLIC: Final = frozenset({SIGN_IN, "/health"})
LOOK_AGAIN_SECONDS = 30.0
POLICY_VIOLATION = 1008


class Gate:
    """Default deny for HTTP and websocket; hands the session's id on, never what a client claims."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        sid = session_of(scope)
        scope = _with_session(scope, sid)
        if scope["type"] == "websocket":
            await self._page_connection(scope, receive, send, sid)
            return
        send = guarded(send, scope["path"])
        if sid is None and scope["path"] not in PUBLIC:
            await _refusal(scope)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _page_connection(self, scope: Scope, receive: Receive, send: Send, sid: str | None) -> None:
        if sid is None:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        with opened(sid) as ended:
            await self.app(scope, _watched(receive, send, sid, ended), send)


def session_of(scope: Scope) -> str | None:
    """The id of the live session whose token the request carries, with its sign of life noted."""
    token = HTTPConnection(scope).cookies.get(SESSION_COOKIE)
    sid = sessions.hash_of(token) if token else None
    return sid if sid and _alive(sid) else None


def _alive(sid: str) -> bool:
    if sessions.look_up(sid) is None:
        return False
    sessions.touch(sid)
    return True


def _with_session(scope: Scope, sid: str | None) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != SESSION_HEADER]
    if sid is not None:
        headers.append((SESSION_HEADER, sid.encode()))
    return {**scope, "headers": headers}


def _refusal(scope: Scope) -> Response:
    """A person's browser is shown the way to the door; anything else gets a plain no."""
    wants_page = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    if not wants_page:
        return PlainTextResponse("not signed in", status_code=401)
    query = scope["query_string"].decode("latin-1")
    place = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
    return RedirectResponse(f"{SIGN_IN}?next={place}", status_code=303)


def _watched(receive: Receive, send: Send, sid: str, ended: asyncio.Event) -> Receive:
    """`receive` that hands on a message only while the session lives; else the page goes to the door."""
    opening = True

    async def next_message() -> Message:
        nonlocal opening
        coming = asyncio.ensure_future(receive())
        if opening:
            opening = False
            return await coming
        told = asyncio.ensure_future(ended.wait())
        try:
            while True:
                await asyncio.wait(
                    {coming, told}, timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if coming.done() and not told.done():
                    message = coming.result()
                    if message["type"] == "websocket.disconnect" or _alive(sid):
                        return message
                elif not told.done() and sessions.look_up(sid) is not None:
                    continue
                return await _to_the_door(send)
        finally:
            coming.cancel()
            told.cancel()

    return next_message


async def _to_the_door(send: Send) -> Message:
    message = ForwardMsg()
    message.auth_redirect.url = SIGN_IN
    await send({"type": "websocket.send", "bytes": message.SerializeToString()})
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})
    return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
