"""Where people reach the application: the address they type, who else may call it what, who is calling.

OFFICE_ADDRESS is the address that people type, such as https://office.example ; without it the
application answers to loopback names only.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
# What a reverse proxy adds. A request that carries one of these did not begin on this machine.
FORWARDED = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
)
DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:\d{1,5})?")


@dataclass(frozen=True)
class Address:
    """The office's own address: scheme, host in small letters, and the origin as browsers write it."""

    secure: bool
    host: str
    origin: str


def office_address() -> Address | None:
    """What OFFICE_ADDRESS says; None where it says nothing, or nothing that is an address."""
    return _address(os.environ.get("OFFICE_ADDRESS", "").strip())


def is_wrong() -> bool:
    """Whether OFFICE_ADDRESS says something that is not an address; the launcher says so and stops."""
    given = os.environ.get("OFFICE_ADDRESS", "").strip()
    return bool(given) and _address(given) is None


@cache
def _address(given: str) -> Address | None:
    parts = urlsplit(given)
    if parts.scheme not in DEFAULT_PORTS or parts.path not in ("", "/") or parts.query or parts.fragment:
        return None
    host = _host_of(parts.netloc)
    if host is None:
        return None
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == DEFAULT_PORTS[parts.scheme] else f"{shown}:{port}"
    return Address(parts.scheme == "https", host, f"{parts.scheme}://{netloc}")


def is_answered(request: HTTPConnection) -> bool:
    """Whether the request calls us by a name of ours: a foreign name may point at this machine, too."""
    host, address = _called(request), office_address()
    return host is not None and (host in LOOPBACK_NAMES or (address is not None and host == address.host))


def from_this_machine(request: HTTPConnection) -> bool:
    """True only for a caller on the loopback address, under a loopback name, with no proxy between."""
    if request.client is None or is_forwarded(request):
        return False
    try:
        loopback = ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return loopback and _called(request) in LOOPBACK_NAMES


def is_forwarded(request: HTTPConnection) -> bool:
    """Whether a proxy stands between, or the caller says so."""
    return any(name in request.headers for name in FORWARDED)


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser speaks HTTPS with us: then cookies are for HTTPS only."""
    address = office_address()
    if address is None or not address.secure:
        return request.url.scheme in ("https", "wss") and not is_forwarded(request)
    return _called(request) == address.host or is_forwarded(request)


def origin_of(request: HTTPConnection) -> str:
    """The origin under which the caller sees us."""
    address = office_address()
    if address is not None and (_called(request) == address.host or is_forwarded(request)):
        return address.origin
    return f"{'https' if is_secure(request) else 'http'}://{request.headers.get('host', '')}"


def same_origin(request: HTTPConnection) -> bool:
    """True if the browser says that one of our own pages sent this."""
    given = request.headers.getlist("origin")
    return len(given) == 1 and given[0] == origin_of(request)


def caller(request: HTTPConnection) -> str:
    """Whose address to count tries by.

    uvicorn puts in what a proxy on this machine forwards; that is believed only where the office has
    said that there is one. Otherwise all that claim to be forwarded are counted as one.
    """
    if is_forwarded(request) and office_address() is None:
        return "forwarded"
    return request.client.host if request.client else "unknown"


def _called(request: HTTPConnection) -> str | None:
    hosts = request.headers.getlist("host")
    return _host_of(hosts[0]) if len(hosts) == 1 else None


def _host_of(netloc: str) -> str | None:
    if not _HOST.fullmatch(netloc):
        return None
    try:
        parts = urlsplit(f"//{netloc}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname
