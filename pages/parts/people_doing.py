"""人员与账号: what is done to an account, said afterwards, or refused in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.people import Person
from data.store import StoreProblem, Writer
from office import running
from office.accounts.managing import Code
from office.casework.asked import Doer
from office.refusal import Refused
from pages.parts.language import _, say
from pages.parts.people_code import hand_over

_SAID = "people_said"


def said() -> None:
    """What was just done, once."""
    if words := st.session_state.pop(_SAID, None):
        st.success(words, icon=":material/check_circle:")


def do(
    doing: Callable[[Writer, Doer], Code | int | None],
    words: str,
    *,
    person: Person,
    name: str = "",
    login: str = "",
) -> None:
    """Do it as `person`; then `words` (and the code, where one was made for `name`) stand on the page, which runs again."""
    try:
        came = doing(running.writer(), Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    if isinstance(came, Code):
        hand_over(name, login, came)
    st.session_state[_SAID] = words
    st.rerun()


def not_here(demonstration: bool) -> bool:
    """In a demonstration nothing is managed; says so."""
    if demonstration:
        st.info(
            _("演示数据库里的人员是固定的，不需要密码。这里只看样子，不能新增、改岗位或停用。"),
            icon=":material/info:",
        )
    return demonstration
