"""The gate: every request and every message of an open page needs a live session, or goes no further."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from office import log, sessions
from pages.signin import cookies, where
from pages.signin.answers import wrong_address
from pages.signin.belongings import is_owner
from pages.signin.bodies import announces_too_much, limited
from pages.signin.doors import READ, STREAM, Door, door_of, is_tidy
from pages.signin.headers import guarded
from pages.signin.open_pages import tell
from pages.signin.watching import POLICY_VIOLATION, watched

SESSION_HEADER: Final = b"x-office-session"  # the name that .streamlit/config.toml trusts
SIGN_IN: Final = "/sign-in"


class Gate:
    """Default deny for HTTP and websocket; hands the session's id on, never what a client claims."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        sessions.when_ended(tell)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        ours = where.is_answered(request)
        sid = session_of(request) if ours else None
        inner = _with_session(scope, sid)
        if scope["type"] == "websocket":
            await self._page_connection(inner, receive, send, sid)
            return
        send = guarded(send, scope["path"], secure=ours and where.is_secure(request))
        door = door_of(scope["path"])
        refused = (_refusal(scope, door, sid) or _fault(request, door, sid)) if ours else wrong_address()
        if refused is not None:
            log.warning("refused", where="http", status=refused.status_code)
            await refused(scope, receive, send)
            return
        if sid is not None and door.is_life:
            sessions.touch(sid)
        await self.app(inner, limited(receive, door.most_bytes), send)

    async def _page_connection(self, scope: Scope, receive: Receive, send: Send, sid: str | None) -> None:
        """A page's connection, from one of our own pages and for somebody signed in."""
        if sid is None or scope["path"] != STREAM or not where.same_origin(HTTPConnection(scope)):
            log.warning("refused", where="websocket", status=403)
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        with watched(sid, receive, send) as (inward, outward):
            await self.app(scope, inward, outward)


def session_of(request: HTTPConnection) -> str | None:
    """The id of the live session whose token the request carries."""
    token = cookies.read(request, cookies.SESSION)
    sid = sessions.hash_of(token) if token else None
    return sid if sid and sessions.look_up(sid) is not None else None


def _with_session(scope: Scope, sid: str | None) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != SESSION_HEADER]
    if sid is not None:
        headers.append((SESSION_HEADER, sid.encode()))
    return {**scope, "headers": headers}


def _refusal(scope: Scope, door: Door, sid: str | None) -> Response | None:
    """For somebody not signed in: a person's browser is shown the way to the door, all else gets a plain no."""
    if sid is not None or door.who == "anybody":
        return None
    wants_page = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    if not wants_page:
        return PlainTextResponse("not signed in", status_code=401)
    query = scope["query_string"].decode("latin-1")
    place = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
    return RedirectResponse(f"{SIGN_IN}?next={place}", status_code=303)


def _fault(request: HTTPConnection, door: Door, sid: str | None) -> Response | None:
    """What is wrong with a request that came through the door, if anything is."""
    scope = request.scope
    if door.who == "nobody":
        return PlainTextResponse("not found", status_code=404)
    if not is_tidy(scope["path"], scope["query_string"]):
        return PlainTextResponse("not an address of ours", status_code=400)
    if scope["method"] not in door.methods:
        return PlainTextResponse("not allowed", status_code=405, headers={"allow": ", ".join(door.methods)})
    if announces_too_much(request.headers, door.most_bytes):
        return PlainTextResponse("too large", status_code=413)
    if door.who == "anybody":
        return None  # the forms check their origin themselves and answer in words
    if scope["method"] not in READ and not where.same_origin(request):
        return PlainTextResponse("not from a page of ours", status_code=403)
    if door.who == "owner" and not (sid and is_owner(sid, scope["path"])):
        return PlainTextResponse("not found", status_code=404)
    return None
