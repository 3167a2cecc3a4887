"""个人信息 → 本户信息: the form in which a household's wish for correction is noted, about one of its rows."""

from __future__ import annotations

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.protection.personal_rows import kept_of
from data.register import REGISTERS
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.personal.correcting import LONGEST_WISH, ask
from office.refusal import Refused
from office.registry.linking import key_text
from pages.parts.language import _, say


def wish_form(db: Database, number: str, person: Person) -> None:
    """Which row, and what is wrong in it; the answer comes later, under 更正要求."""
    kept = kept_of(db, number)
    rows = {} if kept is None else {name: _keys(name, found) for name, found in kept.registers.items()}
    st.markdown(f"**{_('本户要求更正')}**")
    with st.container(border=True):
        name = st.selectbox(
            _("哪一种台账"),
            list(rows),
            format_func=lambda one: say(REGISTERS[one].title),
            key="personal_wish_register",
        )
        key = st.selectbox(
            _("哪一行"),
            rows.get(name, []),
            format_func=lambda one: one.replace("~", "/"),
            key=f"personal_wish_key_{name}",
        )
        st.text_area(
            _("要求更正什么 *"),
            key="personal_wish",
            max_chars=LONGEST_WISH,
            height=80,
            placeholder=_("例如：产品登记成了核桃，实际是红枣"),
            help=_("只写要更正的内容，不写身份证号、电话和健康情况。"),
        )
        st.button(
            _("记下要求"),
            key="personal_wish_do",
            on_click=_ask,
            args=(number, name, key, person),
            icon=":material/edit_note:",
        )


def _keys(name: str, rows: list[dict[str, object]]) -> list[str]:
    """The rows' keys as an address has them, each once."""
    keys = [key_text([str(row[part]) for part in REGISTERS[name].key]) for row in rows]
    return list(dict.fromkeys(keys))


def _ask(number: str, name: str, key: str, person: Person) -> None:
    wish = st.session_state.get("personal_wish", "")
    try:
        step = ask(running.writer(), number, name, key, wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.session_state["personal_refused"] = say(problem.words)
        return
    st.session_state["personal_wish"] = ""
    st.session_state["personal_done"] = _("已记下第 {n} 号要求，在“更正要求”里办理。").format(n=step.id)
