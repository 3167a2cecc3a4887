"""What the door checks about a request before it believes it: address, origin, form token, way back."""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import HTTPConnection

from pages.parts.language import LANGUAGE_COOKIE, Lang, as_language

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
OWN_PATHS = ("/sign-in", "/auth/", "/language/", "/health", "/_stcore/")


def from_this_machine(request: HTTPConnection) -> bool:
    """True only for a caller on the loopback address, under a loopback name, with no proxy between.

    The name is checked too: a foreign page may point its own host name at 127.0.0.1.
    """
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        loopback = ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return loopback and urlsplit(f"//{request.headers.get('host', '')}").hostname in LOOPBACK_NAMES


def same_origin(request: HTTPConnection) -> bool:
    """True if the browser says that one of our own pages sent this form."""
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", "-")


def tokens_agree(cookie: str, field: str) -> bool:
    """The form's token is the one the browser was given with it."""
    return len(cookie) >= 32 and secrets.compare_digest(cookie.encode(), field.encode())


def way_back(wish: str) -> str:
    """Where to go after signing in: an address of ours, else the first page."""
    plain = wish.isprintable() and "\\" not in wish and " " not in wish and len(wish) <= 2000
    if not plain or not wish.startswith("/") or wish.startswith("//"):
        return "/"
    parts = urlsplit(wish)
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
