"""The office's own identity service (OpenID Connect), where it has one: what the environment says of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from pages.signin.where import LOOPBACK_NAMES

NAMES = ("OFFICE_OIDC_ISSUER", "OFFICE_OIDC_CLIENT_ID", "OFFICE_OIDC_SECRET", "OFFICE_OIDC_CLAIM")
CLAIM = "preferred_username"


@dataclass(frozen=True)
class IdentitySettings:
    """`claim` is the part of the identity whose value is a login here."""

    issuer: str
    client_id: str
    secret: str
    claim: str


def given() -> IdentitySettings | None:
    """The settings; None where they are not given, or not all of them, or not over HTTPS."""
    return _settings(*(os.environ.get(name, "").strip() for name in NAMES))


def is_half_given() -> bool:
    """Whether something of it is set and yet it cannot be used; the launcher says so."""
    return given() is None and any(os.environ.get(name, "").strip() for name in NAMES)


@cache
def _settings(issuer: str, client_id: str, secret: str, claim: str) -> IdentitySettings | None:
    if not issuer or not client_id or not secret:
        return None
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES)
    if not safe or not parts.hostname or parts.query or parts.fragment:
        return None
    return IdentitySettings(issuer, client_id, secret, claim or CLAIM)
