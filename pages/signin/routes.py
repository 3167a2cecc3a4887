"""The door's own addresses: sign-in, sign-out, language, and a bare word that the service lives."""

from __future__ import annotations

import secrets
from typing import Literal
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.people import DEMONSTRATION_PEOPLE, Person, active_people
from data.store import Busy
from office import running, sessions
from pages.parts.language import LANGUAGE_COOKIE, OTHER, Lang, as_language, translate
from pages.signin import checks
from pages.signin.answers import Form, refusal, sign_in_page
from pages.signin.gate import SESSION_COOKIE, SIGN_IN, session_of
from pages.signin.open_pages import tell

CSRF_COOKIE = "office_csrf"
YEAR_SECONDS = 365 * 24 * 3600


def show_form(request: Request) -> Response:
    """GET: the form."""
    return _form(request, checks.way_back(request.query_params.get("next", "/")))


async def sign_in(request: Request) -> Response:
    """POST: begin a session for one of the people that the form offers."""
    fields = {name: str(value) for name, value in (await request.form(max_files=0, max_fields=10)).items()}
    return await run_in_threadpool(_sign_in, request, fields)


def _sign_in(request: Request, fields: dict[str, str]) -> Response:
    language = as_language(fields.get("lang")) or checks.language_of(request)
    back = checks.way_back(fields.get("next", "/"))

    def _(words: str) -> str:
        return translate(words, language)

    token = request.cookies.get(CSRF_COOKIE, "")
    if not checks.same_origin(request) or not checks.tokens_agree(token, fields.get("csrf", "")):
        return _form(request, back, _("这张登录表已经过期，请再选一次。"), 403, language)
    login = fields.get("login", "")
    if login not in [person.login for person in _offered(request)]:
        return _form(request, back, _("不能以这个身份登录。"), 403, language)
    try:
        begun = sessions.begin(login, "demonstration")
    except Busy:
        return _form(request, back, _("数据库正忙，请稍后再试。"), 503, language)
    except sessions.NotAllowed:
        return _form(request, back, _("不能以这个身份登录。"), 403, language)
    _leave(request)
    answer = RedirectResponse(back, status_code=303)
    _set_cookie(answer, request, SESSION_COOKIE, begun.token, same_site="lax")
    answer.delete_cookie(CSRF_COOKIE, path=SIGN_IN)
    return answer


def sign_out(request: Request) -> Response:
    """End the session; Streamlit's own sign-out sends the browser here. Not for foreign pages' links."""
    language = checks.language_of(request)

    def _(words: str) -> str:
        return translate(words, language)

    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return refusal(language, 403, _("请在页面里点“退出登录”。"))
    try:
        _leave(request)
    except Busy:
        return refusal(language, 503, _("数据库正忙，请稍后再试。"))
    answer = RedirectResponse(SIGN_IN, status_code=303)
    answer.delete_cookie(SESSION_COOKIE, path="/")
    return answer


def switch_language(request: Request) -> Response:
    """Keep the choice in a cookie and go back to the same address in that language."""
    language = as_language(request.path_params["language"]) or "zh"
    came_from = urlsplit(request.headers.get("referer", ""))
    here = came_from.netloc == request.headers.get("host", "-")
    back = checks.way_back(f"{came_from.path}?{came_from.query}" if here else "/")
    answer = RedirectResponse(checks.in_language(back, language), status_code=303)
    _set_cookie(answer, request, LANGUAGE_COOKIE, language, same_site="lax", max_age=YEAR_SECONDS)
    return answer


def health(_request: Request) -> Response:
    """One word for whoever watches the service; nothing about it."""
    return PlainTextResponse("ok")


def _form(
    request: Request, back: str, said: str = "", status: int = 200, language: Lang | None = None
) -> Response:
    language = language or checks.language_of(request)
    other = OTHER[language][0]
    csrf = request.cookies.get(CSRF_COOKIE, "")
    csrf = csrf if len(csrf) >= 32 else secrets.token_urlsafe(32)
    answer = sign_in_page(
        Form(
            language=language,
            csrf=csrf,
            next=back,
            demonstration=running.is_demonstration(),
            offered=_offered(request),
            said=said,
            status=status,
            other_address=f"{SIGN_IN}?lang={other}&next={quote(back, safe='')}",
        )
    )
    _set_cookie(answer, request, CSRF_COOKIE, csrf, same_site="strict", path=SIGN_IN)
    if as_language(request.query_params.get("lang")):
        _set_cookie(answer, request, LANGUAGE_COOKIE, language, same_site="lax", max_age=YEAR_SECONDS)
    return answer


def _offered(request: Request) -> tuple[Person, ...]:
    """The invented people, in a demonstration database and on this machine only."""
    if not checks.from_this_machine(request) or not running.is_demonstration():
        return ()
    with running.reader() as db:
        people = {person.login: person for person in active_people(db)}
    return tuple(people[login] for login, _name, _role in DEMONSTRATION_PEOPLE if login in people)


def _leave(request: Request) -> None:
    sid = session_of(request.scope)
    if sid is not None:
        sessions.end(sid)
        tell([sid])


def _set_cookie(
    answer: Response,
    request: Request,
    name: str,
    value: str,
    *,
    same_site: Literal["lax", "strict"],
    path: str = "/",
    max_age: int | None = None,
) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(
        name, value, max_age=max_age, path=path, secure=secure, httponly=True, samesite=same_site
    )


ROUTES = [
    Route(SIGN_IN, show_form, methods=["GET"]),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route("/auth/logout", sign_out, methods=["GET"]),
    Route("/language/{language}", switch_language, methods=["GET"]),
    Route("/health", health, methods=["GET"]),
]
