"""Entering what the leading group said of the readings that are chosen: confirm, looked at, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.rulekeeping.confirming import KINDS, LONGEST_NUMBER, Asked, Wish, enter
from office.rulekeeping.readings import Reading
from office.signing import LONGEST, LONGEST_TEXT
from pages.parts.choices import one_of_few
from pages.parts.language import _, _n, say

DONE, COUNT = "rules_readings_done", "rules_readings_count"


def said() -> None:
    """What was just done, once."""
    if words := st.session_state.pop(DONE, None):
        st.success(words, icon=":material/check_circle:")


def show_form(person: Person, chosen: Sequence[Reading], day: date) -> None:
    """The form for what is chosen; only on the office's own day, for an entry is of the day on which it is made."""
    if day != running.working_day():
        st.caption(_("登记确认只能在今天的页面上办理。"))
        return
    if not chosen:
        return
    kind = one_of_few(
        "act", "rules_readings_kind", _("办理什么"), {k: say(words) for k, words in KINDS.items()}, "confirm"
    )
    blank = f"{kind}_{st.session_state.get(COUNT, 0)}"
    with st.form("rules_readings_form", border=True):
        st.markdown(
            _n("选中 {n} 项", len(chosen)) + _("：") + _("、").join(say(o.part.words) for o in chosen[:5])
        )
        by, on, number = "", None, ""
        if kind == "confirm":
            left, middle, right = st.columns([2, 1, 2])
            by = left.text_input(_("领导小组谁确认 *"), key=f"rules_readings_by_{blank}", max_chars=LONGEST)
            on = middle.date_input(
                _("确认日期 *"),
                value=day,
                max_value=day,
                key=f"rules_readings_on_{blank}",
                format="YYYY-MM-DD",
            )
            number = right.text_input(
                _("文号 *"), key=f"rules_readings_number_{blank}", max_chars=LONGEST_NUMBER
            )
        label = _("撤销的理由 *") if kind == "withdraw" else _("备注（可以空白）")
        remark = st.text_input(label, key=f"rules_readings_remark_{blank}", max_chars=LONGEST_TEXT)
        pressed = st.form_submit_button(
            _n("登记 {n} 项", len(chosen)) + _("：") + say(KINDS[kind]),
            type="primary",
            icon=":material/verified:",
        )
    if pressed:
        parts = tuple(Asked(one.file, one.key, one.stated) for one in chosen)
        _do(person, Wish(kind, parts, by, on, number, remark), chosen)


def _do(person: Person, wish: Wish, chosen: Sequence[Reading]) -> None:
    book = tuple({one.file: one.chapter for one in chosen}.values())
    try:
        done = enter(running.writer(), wish, book, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _n("已登记 {n} 项", len(done)) + _("：") + say(KINDS[wish.kind])
    st.session_state[COUNT] = st.session_state.get(COUNT, 0) + 1
    st.rerun()
