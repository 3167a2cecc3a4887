"""What every form of the door has in common: its token, its language, its way back, and coming in."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from office import sessions
from pages.parts.language import LANGUAGE_COOKIE, Lang, as_language
from pages.signin import checks, cookies, where
from pages.signin.answers import speaker
from pages.signin.gate import session_of

SIGN_IN, CODE_PAGE, FIRST_PAGE = "/sign-in", "/sign-in/code", "/sign-in/first"
IDENTITY, IDENTITY_BACK = "/sign-in/identity", "/sign-in/identity/back"
HASHES_AT_ONCE = 2  # each takes tens of megabytes and a tenth of a second of a processor
_HASHING: list[anyio.CapacityLimiter] = []


@dataclass(frozen=True)
class Entry:
    """One request to a form: `typed` is empty where it is only looked at."""

    request: Request
    language: Lang
    back: str
    typed: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    @property
    def speak(self) -> Callable[[str], str]:
        """`_` in the language of this request."""
        return speaker(self.language)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The fields that nobody sees."""
        return ("csrf", self.csrf), ("next", self.back), ("lang", self.language)

    @property
    def is_ours(self) -> bool:
        """Whether one of our own pages sent the form to this very browser."""
        token = cookies.read(self.request, cookies.CSRF)
        return where.same_origin(self.request) and checks.tokens_agree(token, self.typed.get("csrf", ""))

    def address(self, path: str, language: Lang | None = None) -> str:
        """A page of the door with language and way back."""
        return f"{path}?{urlencode({'lang': language or self.language, 'next': self.back})}"


def looked_at(request: Request) -> Entry:
    """The request of somebody who opens a form."""
    return _with_token(
        Entry(request, checks.language_of(request), checks.way_back(request.query_params.get("next", "/")))
    )


async def typed_in(request: Request) -> Entry:
    """The request of somebody who sends a form."""
    form = await request.form(max_files=0, max_fields=12, max_part_size=8 * 1024)
    typed = {name: str(value) for name, value in form.items()}
    language = (
        as_language(typed.get("other")) or as_language(typed.get("lang")) or checks.language_of(request)
    )
    return _with_token(Entry(request, language, checks.way_back(typed.get("next", "/")), typed))


def form_handler(answer: Callable[[Entry], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A route's function that answers a sent form on a thread, few at a time."""

    async def handle(request: Request) -> Response:
        if not _HASHING:
            _HASHING.append(anyio.CapacityLimiter(HASHES_AT_ONCE))
        entry = await typed_in(request)
        return await anyio.to_thread.run_sync(answer, entry, limiter=_HASHING[0])

    return handle


def shown(entry: Entry, answer: Response) -> Response:
    """The form's page with the token that belongs to it."""
    cookies.put(answer, entry.request, cookies.CSRF, entry.csrf, same_site="strict")
    if as_language(entry.request.query_params.get("lang")) or entry.typed.get("other"):
        keep_language(answer, entry.request, entry.language)
    return answer


def keep_language(answer: Response, request: Request, language: Lang) -> None:
    """Remember the choice in this browser."""
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=cookies.YEAR_SECONDS,
        path="/",
        secure=where.is_secure(request),
        httponly=True,
        samesite="lax",
    )


def come_in(request: Request, begun: sessions.SignIn, back: str) -> Response:
    """A new session in a new cookie; one that this browser had before ends."""
    leave(request)
    answer = RedirectResponse(back, status_code=303)
    cookies.put(answer, request, cookies.SESSION, begun.token, same_site="lax")
    cookies.forget(answer, request, cookies.CSRF)
    return answer


def leave(request: Request) -> None:
    """End this browser's session, if it has one. Raises Busy."""
    sid = session_of(request)
    if sid is not None:
        sessions.end(sid)


def _with_token(entry: Entry) -> Entry:
    csrf = cookies.read(entry.request, cookies.CSRF)
    csrf = csrf if len(csrf) >= 32 else secrets.token_urlsafe(32)
    return Entry(entry.request, entry.language, entry.back, entry.typed, csrf)
