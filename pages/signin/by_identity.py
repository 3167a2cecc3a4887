"""Coming in by the office's own identity service (OpenID Connect): it ends in the same kind of session.

Authlib does state, nonce and PKCE. What it remembers between going and coming back lies here, under a
cookie of a few minutes, and is taken out at the first return: a second one finds nothing.
"""

from __future__ import annotations

import secrets
import threading
import time
import warnings
from collections import OrderedDict
from functools import cache
from typing import Any

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from data.store import Busy
from office import log
from office.accounts import entering
from pages.signin import cookies, identity_settings, where
from pages.signin.by_password import in_words, password_form
from pages.signin.entry import IDENTITY_BACK, SIGN_IN, Entry, come_in, looked_at
from pages.signin.identity_settings import IdentitySettings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Authlib would have another HTTP library than the pinned one
    from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
    from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]
    from joserfc.errors import JoseError

PENDING = "office_identity"
PENDING_SECONDS, PENDING_MOST = 600, 1_000
# No shared secret and no "none": the identity service alone can sign.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)

_LOCK = threading.Lock()
_PENDING: OrderedDict[str, tuple[float, str, dict[str, Any]]] = OrderedDict()


async def go(request: Request) -> Response:
    """Send the browser to the identity service."""
    entry = looked_at(request)
    settings = identity_settings.given()
    if settings is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    request.scope["session"] = {}
    try:
        client = await _client(settings)
        answer = await client.authorize_redirect(request, where.origin_of(request) + IDENTITY_BACK)
    except (AuthlibBaseError, httpx.HTTPError, ValueError, RuntimeError, KeyError) as problem:
        return _unreachable(entry, problem)
    ticket = secrets.token_urlsafe(32)
    _keep(ticket, entry.address(SIGN_IN), request.scope.pop("session"))
    gone: Response = RedirectResponse(answer.headers["location"], status_code=303)
    cookies.put(gone, request, PENDING, ticket, same_site="lax", max_age=PENDING_SECONDS)
    return gone


async def come_back(request: Request) -> Response:
    """The browser comes back with a code; the identity behind it must be the login of an active person."""
    settings, kept = identity_settings.given(), _take(cookies.read(request, PENDING))
    entry = looked_at(request)
    _ = entry.speak
    if settings is None or kept is None:
        return _ended(entry, _("这次登录已经过期，或者不是在这里开始的。请再试一次。"), 403)
    entry = looked_at(_as_it_began(request, kept[0]))
    request.scope["session"] = kept[1]
    try:
        claims = await _claims(settings, request)
    except httpx.HTTPError as problem:
        return _unreachable(entry, problem)
    except (AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError, TypeError) as problem:
        log.warning("identity_refused", error_kind=type(problem).__name__)
        return _ended(entry, _("统一账号登录没有成功。请再试一次。"), 403)
    login = claims.get(settings.claim)
    if not isinstance(login, str) or not login or len(login) > 200:
        return _ended(entry, _("统一账号没有给出登录名。请联系管理员。"), 403)
    return await run_in_threadpool(_enter, entry, login)


def _enter(entry: Entry, login: str) -> Response:
    _ = entry.speak
    try:
        answer = come_in(entry.request, entering.enter_by_identity(login), entry.back)
    except Busy:
        return _ended(entry, _("数据库正忙，请稍后再试。"), 503)
    except entering.NotEntered as refused:
        return _ended(entry, in_words(entry, refused), 403)
    cookies.forget(answer, entry.request, PENDING)
    return answer


async def _claims(settings: IdentitySettings, request: Request) -> dict[str, Any]:
    """The checked identity. Raises what Authlib, joserfc and httpx raise, ValueError for none at all."""
    said = request.query_params.get("iss")
    if said is not None and said != settings.issuer:
        raise ValueError("another issuer answered")
    client = await _client(settings)
    token = await client.authorize_access_token(
        request,
        claims_options={
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        },
    )
    claims = token.get("userinfo")
    if not claims:
        raise ValueError("no identity came")
    if settings.claim not in claims and client.server_metadata.get("userinfo_endpoint"):
        more = await client.userinfo(token=token)
        if more.get("sub") != claims["sub"]:
            raise ValueError("the identity is somebody else's")
        claims = {**more, **claims}
    return dict(claims)


async def _client(settings: IdentitySettings) -> Any:
    """Authlib's client, with what the issuer says of itself. Raises ValueError if it is another one."""
    client = _registered(settings)
    metadata = await client.load_server_metadata()
    if metadata.get("issuer") != settings.issuer:
        raise ValueError("the issuer calls itself otherwise")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return client


@cache
def _registered(settings: IdentitySettings) -> Any:
    return OAuth().register(
        "office",
        client_id=settings.client_id,
        client_secret=settings.secret,
        server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10.0},
    )


def _keep(ticket: str, address: str, session: dict[str, Any]) -> None:
    with _LOCK:
        _PENDING[ticket] = (time.monotonic() + PENDING_SECONDS, address, session)
        while len(_PENDING) > PENDING_MOST:
            _PENDING.popitem(last=False)


def _take(ticket: str) -> tuple[str, dict[str, Any]] | None:
    with _LOCK:
        until, address, session = _PENDING.pop(ticket, (0.0, "", {}))
    return (address, session) if time.monotonic() < until else None


def _as_it_began(request: Request, address: str) -> Request:
    """The same browser's request, with the language and way back that it left with."""
    return Request({**request.scope, "query_string": address.partition("?")[2].encode()})


def _unreachable(entry: Entry, problem: Exception) -> Response:
    log.warning("identity_service_unreachable", error_kind=type(problem).__name__)
    _ = entry.speak
    return _ended(entry, _("统一账号服务目前连不上。请稍后再试，或用密码登录。"), 503)


def _ended(entry: Entry, said: str, status: int) -> Response:
    answer = password_form(entry, said, status)
    cookies.forget(answer, entry.request, PENDING)
    return answer
