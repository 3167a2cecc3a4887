"""Coming in with a one-time code from an administrator, and setting one's password by it."""

from __future__ import annotations

from starlette.responses import Response

from data.store import Busy
from office.accounts import entering, passwords
from office.refusal import Refused
from pages.signin import where
from pages.signin.by_password import as_sentence, in_words, status_of, waiting
from pages.signin.entry import CODE_PAGE, SIGN_IN, Entry, come_in, shown
from pages.signin.forms import Field, Form, Link, form_page


def code_form(
    entry: Entry, said: str = "", status: int = 200, faults: dict[str, str] | None = None
) -> Response:
    """The form; login and nothing secret stand in it again."""
    _ = entry.speak
    faults = faults or {}
    form = Form(
        language=entry.language,
        title=_("用一次性代码登录"),
        action=CODE_PAGE,
        button=_("设定密码并登录"),
        intro=_("代码由管理员给出，24 小时内有效，只能用一次。登录时请设定自己的新密码。"),
        fields=(
            Field(
                "login",
                _("登录名"),
                "username",
                value=entry.typed.get("login", "")[:200],
                fault=faults.get("login", ""),
            ),
            Field("code", _("一次性代码"), "one-time-code", secret=True, fault=faults.get("code", "")),
            *new_password_fields(entry, faults),
        ),
        hidden=entry.hidden,
        links=(Link(entry.address(SIGN_IN), _("返回登录")),),
        said=said,
        status=status,
    )
    return shown(entry, form_page(form))


def use_code(entry: Entry) -> Response:
    """Set the password and begin a session for who gives the right code."""
    _ = entry.speak
    if entry.typed.get("other"):
        return code_form(entry)
    if not entry.is_ours:
        return code_form(entry, _("这张表已经过期。请再填一次并提交。"), 403)
    login, code = entry.typed.get("login", "").strip(), entry.typed.get("code", "").strip()
    faults = new_password_faults(entry, login, "")
    if not login:
        faults["login"] = _("请填写登录名。")
    if not code:
        faults["code"] = _("请填写一次性代码。")
    if faults:
        return code_form(entry, status=422, faults=faults)
    try:
        password = entry.typed["password"]
        begun = entering.enter_with_code(login, code, password, where.caller(entry.request))
    except Busy:
        return code_form(entry, _("数据库正忙，请稍后再试。"), 503)
    except entering.NotEntered as refused:
        return waiting(code_form(entry, in_words(entry, refused), status_of(refused)), refused)
    except Refused as refused:
        return code_form(entry, status=422, faults={"password": in_words(entry, refused)})
    return come_in(entry.request, begun, entry.back)


def new_password_fields(entry: Entry, faults: dict[str, str]) -> tuple[Field, Field]:
    """A new password, twice."""
    _ = entry.speak
    hint = _("至少 12 个字符，越长越好；可以是一句自己记得住的话。")
    return (
        Field(
            "password",
            _("新密码"),
            "new-password",
            secret=True,
            hint=hint,
            fault=faults.get("password", ""),
        ),
        Field("again", _("再输一次新密码"), "new-password", secret=True, fault=faults.get("again", "")),
    )


def new_password_faults(entry: Entry, login: str, name: str) -> dict[str, str]:
    """What is wrong with the new password that was typed, by field."""
    _ = entry.speak
    password, again = entry.typed.get("password", ""), entry.typed.get("again", "")
    if not password:
        return {"password": _("请填写新密码。")}
    fault = passwords.fault_of(password, login=login, name=name)
    if fault is not None:
        return {"password": as_sentence(entry, fault)}
    return {} if password == again else {"again": _("两次输入的密码不一样。")}
