"""The first administrator of an office's own database: made on the machine itself, with the terminal's code."""

from __future__ import annotations

from html import escape

import streamlit as st
from starlette.responses import Response

from data.store import Busy
from office.accounts import entering, first
from office.refusal import Refused
from pages.parts.language import OTHER
from pages.signin import where
from pages.signin.answers import heading, language_link, page
from pages.signin.by_code import new_password_faults, new_password_fields
from pages.signin.by_password import in_words, waiting
from pages.signin.entry import FIRST_PAGE, Entry, come_in, shown
from pages.signin.forms import Field, Form, form_page


def first_page(
    entry: Entry, said: str = "", status: int = 200, faults: dict[str, str] | None = None
) -> Response:
    """The form on the machine itself; elsewhere the words where it is."""
    if not where.from_this_machine(entry.request):
        return _elsewhere(entry)
    _ = entry.speak
    faults = faults or {}

    def typed(name: str) -> str:
        return entry.typed.get(name, "")[:200]

    form = Form(
        language=entry.language,
        title=_("设立第一位管理员"),
        action=FIRST_PAGE,
        button=_("设立并登录"),
        intro=_("这个数据库还没有管理员。运行本软件的终端窗口里显示着一个设立代码，请把它填在下面。"),
        fields=(
            Field("code", _("设立代码"), "off", secret=True, fault=faults.get("code", "")),
            Field(
                "login",
                _("登录名"),
                "username",
                value=typed("login"),
                hint=_("2 到 64 个小写字母、数字或 . _ @ -，以字母或数字开头；以后不能再改。"),
                fault=faults.get("login", ""),
            ),
            Field(
                "name",
                _("姓名"),
                "name",
                value=typed("name"),
                hint=_("写在每一项经办记录里，以后不能再改。"),
                fault=faults.get("name", ""),
            ),
            *new_password_fields(entry, faults),
        ),
        hidden=entry.hidden,
        said=said,
        status=status,
    )
    return shown(entry, form_page(form))


def make_first(entry: Entry) -> Response:
    """Make the first administrator and begin their session."""
    _ = entry.speak
    if not where.from_this_machine(entry.request):
        return _elsewhere(entry, 403)
    if entry.typed.get("other"):
        return first_page(entry)
    if not entry.is_ours:
        return first_page(entry, _("这张表已经过期。请再填一次并提交。"), 403)
    login, name, code = (entry.typed.get(part, "").strip() for part in ("login", "name", "code"))
    faults = new_password_faults(entry, login, name)
    empty = {"code": _("请填写设立代码。"), "login": _("请填写登录名。"), "name": _("请填写姓名。")}
    faults |= {part: words for part, words in empty.items() if not entry.typed.get(part, "").strip()}
    if faults:
        return first_page(entry, status=422, faults=faults)
    try:
        begun = first.make_first(login, name, entry.typed["password"], code)
    except Busy:
        return first_page(entry, _("数据库正忙，请稍后再试。"), 503)
    except entering.NotEntered as refused:
        if refused.wait_seconds is None:
            return first_page(entry, status=401, faults={"code": in_words(entry, refused)})
        return waiting(first_page(entry, in_words(entry, refused), 429), refused)
    except Refused as refused:
        return first_page(entry, in_words(entry, refused), 422)
    return come_in(entry.request, begun, entry.back)


def _elsewhere(entry: Entry, status: int = 200) -> Response:
    _ = entry.speak
    address = f"http://localhost:{st.get_option('server.port')}{FIRST_PAGE}"
    words = _(
        "这个数据库还没有管理员。第一位管理员只能在运行本软件的那台机器上设立：在那里打开下面的地址，填写终端窗口里显示的设立代码。"
    )
    body = (
        heading(entry.language, title=_("设立第一位管理员"))
        + f"<p>{words}</p><p><code>{escape(address)}</code></p>"
        + language_link(entry.language, entry.address(FIRST_PAGE, OTHER[entry.language][0]))
    )
    return shown(entry, page(_("设立第一位管理员"), entry.language, body, status))
