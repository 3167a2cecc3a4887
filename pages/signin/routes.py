"""The door's own addresses: ways in, sign-out, language, and a bare word that the service lives."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.store import Busy
from office import running
from office.accounts import first
from pages.parts.language import as_language
from pages.signin import checks, cookies, identity_settings, where
from pages.signin.answers import refusal, speaker
from pages.signin.by_code import code_form, use_code
from pages.signin.by_password import password_form, sign_in
from pages.signin.demonstration import pick, picker
from pages.signin.doors import PAGE_NAME
from pages.signin.entry import (
    CODE_PAGE,
    FIRST_PAGE,
    IDENTITY,
    IDENTITY_BACK,
    SIGN_IN,
    Entry,
    form_handler,
    keep_language,
    leave,
    looked_at,
)
from pages.signin.first_one import first_page, make_first
from pages.signin.shell import show_shell


def show_form(request: Request) -> Response:
    """GET: the way in that this database has."""
    entry = looked_at(request)
    if running.is_demonstration():
        return picker(entry)
    return first_page(entry) if first.needed() else password_form(entry)


def _sign_in(entry: Entry) -> Response:
    if running.is_demonstration():
        return pick(entry)
    return _to_the_first(entry) if first.needed() else sign_in(entry)


def show_code_form(request: Request) -> Response:
    """GET: the form for a one-time code."""
    entry = looked_at(request)
    return code_form(entry) if _has_accounts() else _to_sign_in(entry)


def _use_code(entry: Entry) -> Response:
    return use_code(entry) if _has_accounts() else _to_sign_in(entry)


def show_first(request: Request) -> Response:
    """GET: the form for the first administrator, while there is none."""
    entry = looked_at(request)
    return first_page(entry) if first.needed() else _to_sign_in(entry)


def _make_first(entry: Entry) -> Response:
    return make_first(entry) if first.needed() else _to_sign_in(entry)


def sign_out(request: Request) -> Response:
    """End the session; Streamlit's own sign-out sends the browser here. Not for foreign pages' links."""
    language = checks.language_of(request)
    _ = speaker(language)
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return refusal(language, 403, _("请在页面里点“退出登录”。"))
    try:
        leave(request)
    except Busy:
        return refusal(language, 503, _("数据库正忙，请稍后再试。"))
    answer = RedirectResponse(SIGN_IN, status_code=303)
    cookies.forget(answer, request, cookies.SESSION)
    return answer


def switch_language(request: Request) -> Response:
    """Keep the choice in a cookie and go back to the same address in that language."""
    language = as_language(request.path_params["language"]) or "zh"
    came_from = urlsplit(request.headers.get("referer", ""))
    here = f"{came_from.scheme}://{came_from.netloc}" == where.origin_of(request)
    back = checks.way_back(f"{came_from.path}?{came_from.query}" if here else "/")
    answer = RedirectResponse(checks.in_language(back, language), status_code=303)
    keep_language(answer, request, language)
    return answer


def health(_request: Request) -> Response:
    """One word for whoever watches the service; nothing about it."""
    return PlainTextResponse("ok")


def _has_accounts() -> bool:
    return not running.is_demonstration() and not first.needed()


def _to_sign_in(entry: Entry) -> Response:
    return RedirectResponse(entry.address(SIGN_IN), status_code=303)


def _to_the_first(entry: Entry) -> Response:
    return RedirectResponse(entry.address(FIRST_PAGE), status_code=303)


async def _go(request: Request) -> Response:
    if not _has_identities():
        return _to_sign_in(looked_at(request))
    from pages.signin import by_identity  # with Authlib, which few offices need

    return await by_identity.go(request)


async def _come_back(request: Request) -> Response:
    if not _has_identities():
        return _to_sign_in(looked_at(request))
    from pages.signin import by_identity

    return await by_identity.come_back(request)


def _has_identities() -> bool:
    return identity_settings.given() is not None and _has_accounts()


class _PageName(StringConvertor):
    """What may be the name of a page; a name that is none gets the same shell, and is said to be none there."""

    regex = PAGE_NAME


register_url_convertor("page", _PageName())
ROUTES = [
    Route(SIGN_IN, show_form, methods=["GET"]),
    Route(SIGN_IN, form_handler(_sign_in), methods=["POST"]),
    Route(CODE_PAGE, show_code_form, methods=["GET"]),
    Route(CODE_PAGE, form_handler(_use_code), methods=["POST"]),
    Route(FIRST_PAGE, show_first, methods=["GET"]),
    Route(FIRST_PAGE, form_handler(_make_first), methods=["POST"]),
    Route(IDENTITY, _go, methods=["GET"]),
    Route(IDENTITY_BACK, _come_back, methods=["GET"]),
    Route("/auth/logout", sign_out, methods=["GET"]),
    Route("/language/{language}", switch_language, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
    Route("/", show_shell, methods=["GET"]),
    Route("/{page:page}", show_shell, methods=["GET"]),
]
