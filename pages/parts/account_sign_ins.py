"""我的账号: where one is signed in, and signing out elsewhere or everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.canonical import instant_text
from data.people import Person
from data.store import StoreProblem
from office import running, sessions
from office.accounts.managing import sign_out_everywhere
from office.casework.asked import Doer
from office.refusal import Refused
from office.sessions import OpenSession
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import time_words
from pages.parts.tables import table_height

MOST_ROWS = 6
_SAID = "account_said"


def tell_next(words: str) -> None:
    """Have this said above the page when it runs again."""
    st.session_state[_SAID] = words


def own_sid() -> str | None:
    """The id of the sign-in that looks at this page."""
    sid = st.user.get("sid")
    return sid if isinstance(sid, str) else None


def said() -> None:
    """What was just done, once."""
    if words := st.session_state.pop(_SAID, None):
        st.success(words, icon=":material/check_circle:")


def show_sign_ins(person: Person) -> None:
    """The list, newest first, this one marked, and the two ways out."""
    st.subheader(_("我的登录"), anchor=False)
    mine, found = own_sid(), sessions.open_of(person.login)
    st.dataframe(
        pd.DataFrame([_row(one, mine) for one in found]),
        hide_index=True,
        height=table_height(len(found), MOST_ROWS),
        key="account_sign_ins",
        column_config=_config(),
        placeholder="",
    )
    st.caption(_("有不认识的，先退出其他各处，再改密码，并告诉管理员。离开电脑时请退出登录。"))
    with st.container(horizontal=True):
        others = [one for one in found if one.sid != mine]
        if st.button(
            _n("退出其他 {n} 处", len(others)) if others else _("退出其他各处"),
            key="account_others",
            icon=":material/logout:",
            disabled=not others,
        ):
            _end(others)
        if st.button(_("在各处退出登录（包括这里）"), key="account_everywhere", type="tertiary"):
            _end_everywhere(person)


def _row(one: OpenSession, mine: str | None) -> dict[str, Any]:
    means = {"demonstration": _("演示身份"), "password": _("密码"), "oidc": _("单位统一认证")}
    return {
        "which": f"● {_('这一处')}" if one.sid == mine else f"○ {_('别处')}",
        "begun": time_words(instant_text(one.begun), lang()),
        "seen": time_words(instant_text(one.seen), lang()),
        "means": means[one.means],
    }


def _config() -> dict[str, Any]:
    config = st.column_config
    return {
        "which": config.TextColumn(_("哪一处"), width=110),
        "begun": config.TextColumn(_("登录时间"), width=150),
        "seen": config.TextColumn(_("最近使用"), width=150),
        "means": config.TextColumn(_("登录方式"), width=130),
    }


def _end(others: Sequence[OpenSession]) -> None:
    try:
        for one in others:
            sessions.end(one.sid)
    except StoreProblem as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    tell_next(_n("已退出其他 {n} 处。", len(others)))
    st.rerun()


def _end_everywhere(person: Person) -> None:
    try:
        sign_out_everywhere(running.writer(), Doer(person.name, person.role), person.login)
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.rerun()
