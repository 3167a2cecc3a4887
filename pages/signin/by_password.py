"""The sign-in page of an office's own database: login and password, and the other ways in."""

from __future__ import annotations

from starlette.responses import Response

from data.store import Busy
from office.accounts import entering
from office.refusal import InWords, Refused
from pages.signin import identity_settings, where
from pages.signin.entry import CODE_PAGE, IDENTITY, SIGN_IN, Entry, come_in, shown
from pages.signin.forms import Field, Form, Link, form_page


def password_form(  # nosec B107 # `password_fault` is what is said of one
    entry: Entry, said: str = "", status: int = 200, login_fault: str = "", password_fault: str = ""
) -> Response:
    """The form; what was typed stands in it again, but for the password."""
    _ = entry.speak
    links = [Link(entry.address(CODE_PAGE), _("我有一次性代码（新账号或忘记密码）"))]
    if identity_settings.given() is not None:
        links.insert(0, Link(entry.address(IDENTITY), _("用单位统一账号登录"), is_button=True))
    form = Form(
        language=entry.language,
        title=_("登录"),
        action=SIGN_IN,
        button=_("登录"),
        fields=(
            Field(
                "login", _("登录名"), "username", value=entry.typed.get("login", "")[:200], fault=login_fault
            ),
            Field("password", _("密码"), "current-password", secret=True, fault=password_fault),
        ),
        hidden=entry.hidden,
        links=tuple(links),
        said=said,
        status=status,
    )
    return shown(entry, form_page(form))


def sign_in(entry: Entry) -> Response:
    """Begin a session for who gives the right password."""
    _ = entry.speak
    if entry.typed.get("other"):
        return password_form(entry)
    if not entry.is_ours:
        return password_form(entry, _("这张表已经过期。请再填一次密码并提交。"), 403)
    login, password = entry.typed.get("login", "").strip(), entry.typed.get("password", "")
    if not login or not password:
        return password_form(
            entry,
            status=422,
            login_fault="" if login else _("请填写登录名。"),
            password_fault="" if password else _("请填写密码。"),
        )
    try:
        begun = entering.enter(login, password, where.caller(entry.request))
        return come_in(entry.request, begun, entry.back)
    except Busy:
        return password_form(entry, _("数据库正忙，请稍后再试。"), 503)
    except entering.NotEntered as refused:
        return waiting(password_form(entry, in_words(entry, refused), status_of(refused)), refused)
    except Refused as refused:
        return password_form(entry, in_words(entry, refused), 503)


def in_words(entry: Entry, refused: Refused) -> str:
    """What a refusal says, with every fault, as sentences in the language of the request."""
    return " ".join(as_sentence(entry, words) for words in (refused.words, *refused.faults))


def as_sentence(entry: Entry, words: InWords) -> str:
    """Words of the office's, which begin small and end open, to stand alone on a page."""
    said, stop = (words.zh, "。") if entry.language == "zh" else (words.en, ".")
    return said[:1].upper() + said[1:] + ("" if said.endswith(stop) else stop)


def status_of(refused: entering.NotEntered) -> int:
    """429 where trying again before some time is no use, else a plain no."""
    return 401 if refused.wait_seconds is None else 429


def waiting(answer: Response, refused: entering.NotEntered) -> Response:
    """The answer with the time to wait, for programs."""
    if refused.wait_seconds is not None:
        answer.headers["retry-after"] = str(max(1, refused.wait_seconds))
    return answer
