"""我的账号: the password changed by who knows it."""

from __future__ import annotations

import streamlit as st

from data.people import Person
from data.store import StoreProblem
from office import running
from office.accounts.changing import TWO_DIFFER, set_own_password
from office.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from office.refusal import Refused
from pages.parts.account_sign_ins import own_sid, tell_next
from pages.parts.language import _, say
from pages.parts.standing_place import standing_place

KEYS = ("account_old", "account_new", "account_again")
_REFUSED = "account_refused"


def show_password(person: Person, demonstration: bool) -> None:
    """The form. What was typed is gone from the page, and from its memory here, whatever comes of it."""
    st.subheader(_("改密码"), anchor=False)
    with standing_place("account_password_above"):
        if demonstration:
            st.caption(_("演示数据库不用密码。"))
        if words := st.session_state.pop(_REFUSED, None):
            st.warning(say(words), icon=":material/info:")
    with st.form("account_password", border=True):
        for key, label, kind in zip(
            KEYS,
            (_("现在的密码 *"), _("新密码 *"), _("再输一次新密码 *")),
            ("current-password", "new-password", "new-password"),
            strict=True,
        ):
            st.text_input(label, type="password", key=key, autocomplete=kind, max_chars=MAX_LENGTH)
        st.caption(
            _(
                "至少 {n} 个字，长比花样重要：几个不相干的词连起来，好记也难猜。不要用常见密码、姓名、登录名。"
                "改好以后，别处开着的页面会退出，这一处不变。"
            ).format(n=MIN_LENGTH)
        )
        st.form_submit_button(
            _("改密码"), type="primary", disabled=demonstration, on_click=_change, args=(person, own_sid())
        )


def _change(person: Person, keep: str | None) -> None:
    """Before the page runs again: only then may its fields be emptied."""
    old, new, again = (str(st.session_state.get(key, "")) for key in KEYS)
    st.session_state.update(dict.fromkeys(KEYS, ""))
    if new != again:
        st.session_state[_REFUSED] = TWO_DIFFER
        return
    try:
        set_own_password(running.writer(), person, old, new, keep=keep)
    except (Refused, StoreProblem) as problem:
        st.session_state[_REFUSED] = problem.words
        return
    tell_next(_("密码已改。别处的登录已经退出。"))
