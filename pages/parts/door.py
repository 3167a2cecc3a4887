"""Who is looking: every page asks for its role itself, on every run, from the database."""

from __future__ import annotations

import streamlit as st

from data.people import SOFTWARE, Person
from office import log, sessions
from pages.parts.language import _

__all__ = ["Person", "need", "role_words", "who"]


def who() -> Person | None:
    """The person whose session this is; None where there is no live one."""
    sid = st.user.get("sid")
    return sessions.look_up(sid) if isinstance(sid, str) else None


def need(*roles: str) -> Person:
    """The signed-in person, if they have one of `roles`; a calm refusal, and an end of the run, if not."""
    person = who()
    if person is None:
        st.info(_("您的登录已经结束。请重新登录，再继续刚才的工作。"), icon=":material/key:")
        st.html(f'<a href="/sign-in" target="_self">{_("去登录")}</a>')
        st.stop()
    if person.role not in roles:
        log.warning("refused", where="page", role=person.role)
        allowed = _("、").join(role_words(role) for role in roles)
        st.info(
            _("这一页不归您的岗位。可以查看的岗位：{roles}。").format(roles=allowed), icon=":material/block:"
        )
        st.stop()
    return person


def who_words(name: str) -> str:
    """Who did something: a person's name, or the software where no person acted."""
    return _("系统") if name in SOFTWARE else name


def role_words(role: str) -> str:
    """A role as people call it."""
    return {
        "clerk": _("录入员"),
        "reviewer": _("审核员"),
        "auditor": _("审计员"),
        "administrator": _("管理员"),
    }[role]
