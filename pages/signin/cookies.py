"""The door's cookies: out of reach of scripts and foreign pages, and under HTTPS for HTTPS alone."""

from __future__ import annotations

from typing import Final, Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from pages.signin.where import is_secure

SESSION: Final = "office_session"
CSRF: Final = "office_csrf"
YEAR_SECONDS: Final = 365 * 24 * 3600


def name_of(name: str, request: HTTPConnection) -> str:
    """`__Host-` keeps neighbours under the same domain, and plain HTTP, from setting it."""
    return f"__Host-{name}" if is_secure(request) else name


def read(request: HTTPConnection, name: str) -> str:
    """The cookie's value; empty where there is none, or several that differ (one of them is not ours)."""
    wanted = name_of(name, request)
    pairs = (pair.partition("=") for line in request.headers.getlist("cookie") for pair in line.split(";"))
    found = {value.strip() for key, _, value in pairs if key.strip() == wanted}
    return found.pop() if len(found) == 1 else ""


def put(
    answer: Response,
    request: HTTPConnection,
    name: str,
    value: str,
    *,
    same_site: Literal["lax", "strict"],
    max_age: int | None = None,
) -> None:
    """Set a cookie."""
    answer.set_cookie(
        name_of(name, request),
        value,
        max_age=max_age,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite=same_site,
    )


def forget(answer: Response, request: HTTPConnection, name: str) -> None:
    """Have the browser drop a cookie."""
    put(answer, request, name, "", same_site="lax", max_age=0)
