"""What the door checks about a form before it believes it: its token, its language, its way back."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import HTTPConnection

from pages.parts.language import LANGUAGE_COOKIE, Lang, as_language

OWN_PATHS = ("/sign-in", "/auth/", "/language/", "/health", "/_stcore/", "/media/", "/static/", "/component/")


def tokens_agree(cookie: str, field: str) -> bool:
    """The form's token is the one the browser was given with it."""
    return len(cookie) >= 32 and secrets.compare_digest(cookie.encode(), field.encode())


def way_back(wish: str) -> str:
    """Where to go after signing in: an address of ours, else the first page."""
    plain = wish.isprintable() and "\\" not in wish and " " not in wish and len(wish) <= 2000
    if not plain or not wish.startswith("/") or wish.startswith("//"):
        return "/"
    try:
        parts = urlsplit(wish)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or any(parts.path.startswith(own) for own in OWN_PATHS):
        return "/"
    return wish


def in_language(address: str, language: Lang) -> str:
    """The same address of ours with its language set."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "lang"]
    return f"{parts.path or '/'}?{urlencode([*query, ('lang', language)])}"


def language_of(request: HTTPConnection) -> Lang:
    """The language of a request to the door: its address, then its cookie."""
    wishes = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    return next((found for found in map(as_language, wishes) if found), "zh")
