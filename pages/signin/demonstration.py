"""The sign-in page of a demonstration: its invented people to choose from, on this machine only."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from data.people import DEMONSTRATION_PEOPLE, Person, active_people
from data.store import Busy
from office import running, sessions
from pages.parts.language import OTHER
from pages.signin import where
from pages.signin.answers import heading, language_link, page
from pages.signin.entry import SIGN_IN, Entry, come_in, shown


def picker(entry: Entry, said: str = "", status: int = 200) -> Response:
    """The people as buttons, or why there are none."""
    _ = entry.speak
    offered = _offered(entry)
    body = (
        heading(entry.language, demonstration=True, said=said)
        + (
            _people(entry, offered)
            if offered
            else f"<p>{_('演示数据库只能在运行它的这台机器上打开，地址为 localhost。')}</p>"
        )
        + language_link(entry.language, entry.address(SIGN_IN, OTHER[entry.language][0]))
    )
    return shown(entry, page(_("登录"), entry.language, body, status))


def pick(entry: Entry) -> Response:
    """Begin a session for one of the people that the form offers."""
    _ = entry.speak
    if not entry.is_ours:
        return picker(entry, _("这张登录表已经过期，请再选一次。"), 403)
    login = entry.typed.get("login", "")
    if login not in [person.login for person in _offered(entry)]:
        return picker(entry, _("不能以这个身份登录。"), 403)
    try:
        return come_in(entry.request, sessions.begin(login, "demonstration"), entry.back)
    except Busy:
        return picker(entry, _("数据库正忙，请稍后再试。"), 503)
    except sessions.NotAllowed:
        return picker(entry, _("不能以这个身份登录。"), 403)


def _offered(entry: Entry) -> tuple[Person, ...]:
    """The invented people, in a demonstration database and on this machine only."""
    if not where.from_this_machine(entry.request) or not running.is_demonstration():
        return ()
    with running.reader() as db:
        people = {person.login: person for person in active_people(db)}
    return tuple(people[login] for login, _name, _role in DEMONSTRATION_PEOPLE if login in people)


def _people(entry: Entry, offered: tuple[Person, ...]) -> str:
    _ = entry.speak
    roles = {
        "clerk": _("录入员"),
        "reviewer": _("审核员"),
        "auditor": _("审计员"),
        "administrator": _("管理员"),
    }
    buttons = "".join(
        f'<button name="login" value="{escape(person.login)}"><span>{escape(person.name)}</span>'
        f"<span>{roles[person.role]}</span></button>"
        for person in offered
    )
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in entry.hidden
    )
    return (
        f"<p>{_('这是演示数据库，人员都是虚构的，不需要密码。请选择以谁的身份进入：')}</p>"
        f'<form method="post" action="{SIGN_IN}">{fields}{buttons}</form>'
    )
