"""Decide and record: asked once more, done with its steps shown, and what came of it said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from office import running
from office.archiving import Archived, archive
from office.deciding import Answers
from office.permissions import may
from office.refusal import Refused
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words

ASKED, DONE = "goods_asked_to_record", "goods_archived"


def record_button(person: Person) -> None:
    """The way in for a role that may record; nothing for the others."""
    if may(person.role, "record"):
        st.button(
            _("判定并存档"),
            key="goods_record",
            icon=":material/inventory:",
            type="primary",
            width="stretch",
            on_click=_ask,
            args=(True,),
        )


def confirmation(answers: Answers, person: Person) -> None:
    """Once the button was pressed: what would be recorded, and the second step that does it."""
    if not st.session_state.get(ASKED) or not may(person.role, "record"):
        return
    day = answers.gathered.as_of
    with st.container(border=True, key="goods_record_panel"):
        st.markdown(_sentence(answers, day, person.name))
        st.caption(_("存档后不能修改或删除，以后可随时查证。登记和规则都没有变动时，再存一次不会新增。"))
        sure, cancel, _rest = st.columns([1, 1, 4])
        cancel.button(_("取消"), key="goods_record_cancel", on_click=_ask, args=(False,), width="stretch")
        if sure.button(_("确认存档"), key="goods_record_sure", type="primary", width="stretch"):
            _do(day, person)


def _ask(asked: bool) -> None:
    st.session_state[ASKED] = asked


def show_result() -> None:
    """What the last recording came to, once."""
    archived: Archived | None = st.session_state.pop(DONE, None)
    if archived is None:
        return
    run = archived.run
    words = {
        "number": run.id,
        "day": day_words(run.as_of, lang()),
        "n": f"{run.decisions:,}",
        "who": run.recorded_by,
        "time": time_words(run.recorded_at, lang()),
    }
    if archived.added:
        st.success(_("已存档：第 {number} 次，判定日 {day}，{n} 条判定，{who}。").format(**words))
    else:
        st.info(
            _("没有新增：同样的输入已在 {time} 由 {who} 存为第 {number} 次（{n} 条判定）。").format(**words)
        )


def _sentence(answers: Answers, day: date, name: str) -> str:
    benefits = len(answers.program.benefits)
    return _(
        "把 **{day}** 的 **{n}** 条判定（{goods} 个农产品，{benefits} 项帮扶）存档，署名 **{who}**。"
    ).format(
        day=day_words(day, lang()),
        n=f"{answers.subjects.size * benefits:,}",
        goods=f"{answers.subjects.size:,}",
        benefits=benefits,
        who=name,
    )


def _do(day: date, person: Person) -> None:
    with st.status(_("正在判定并存档……"), expanded=True) as status:
        st.write(_("判定全部农产品，核对两套算法，收集依据，写入存档。"))
        try:
            with running.reader() as db:
                archived = archive(db, running.writer(), day, person, running.working_day())
        except Refused as refused:
            status.update(label=_("没有存档"), state="error")
            st.warning(say(refused.words))
            return
        status.update(label=_("已完成"), state="complete")
    st.session_state[DONE] = archived
    st.session_state[ASKED] = False
    st.rerun()
