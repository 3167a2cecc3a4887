"""Objections to a notice and their answers, its withdrawal and its end: each a calm form that keeps what was typed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.casework.public_notices import Posted, Step
from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.notices.notice_steps import Wish, state_of, take
from office.permissions import may
from office.refusal import Refused
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.standing_place import standing_place

DONE = "notices_done"


def say_done() -> None:
    """What the last step came to, once."""
    with standing_place("notices_said"):
        if done := st.session_state.pop(DONE, None):
            st.success(done, icon=":material/check:")


def objections(posted: Posted, person: Person, day: date) -> None:
    """Every objection with its answer; a form for what waits for one, and one for a new objection."""
    by_then = [step for step in posted.steps if step.done_on <= day]
    found = [step for step in by_then if step.kind == "objection"]
    answers = {step.answers: step for step in by_then if step.kind == "answer"}
    still_open = state_of(posted, date.max) in ("running", "ended") and may(person.role, "publish")
    st.markdown(_n("**异议 {n} 条**", len(found)) if found else _("**还没有人提出异议。**"))
    for step in found:
        _said(_("异议"), step)
        if answer := answers.get(step.id):
            _said(_("答复"), answer)
        elif still_open:
            _answer_form(posted, person, step)
        else:
            st.caption(_("还没有答复。"))
    if still_open:
        _objection_form(posted, person)


def closing(posted: Posted, person: Person, day: date) -> None:
    """The end of a notice whose days are over; what is still missing for it, in words."""
    if state_of(posted, day) != "ended":
        return
    waiting = len(posted.unanswered())
    if waiting:
        st.info(
            _n("还有 {n} 条异议没有答复，答复后才能结束公示。", waiting), icon=":material/pending_actions:"
        )
    elif st.button(
        _("结束公示"), key=f"notices_close_{posted.id}", type="primary", icon=":material/task_alt:"
    ):
        _take(Wish("close", posted.number), person, _("公示 {number} 已结束。"))


def withdrawing(posted: Posted, person: Person) -> None:
    """Taking a notice off the wall, with its reason."""
    with (
        st.expander(_("撤回这次公示"), icon=":material/undo:"),
        st.form(f"notices_withdraw_{posted.id}", border=False),
    ):
        reason = st.text_input(_("撤回理由 *"), key=f"notices_withdraw_text_{posted.id}", max_chars=500)
        st.caption(_("撤回后从公示中拿下，记录保留；其中的内容可以重新公示。"))
        if st.form_submit_button(_("撤回公示")):
            _take(Wish("withdraw", posted.number, reason), person, _("公示 {number} 已撤回。"))


def _objection_form(posted: Posted, person: Person) -> None:
    with (
        st.expander(_("登记一条异议"), icon=":material/feedback:"),
        st.form(f"notices_objection_{posted.id}", border=False),
    ):
        text = st.text_area(
            _("异议内容 *"),
            key=f"notices_objection_text_{posted.id}_{len(posted.steps)}",
            max_chars=500,
            help=_("只写对哪一条有什么意见；不要写提出人的电话、身份证号。"),
        )
        if st.form_submit_button(_("登记异议"), icon=":material/save:"):
            _take(
                Wish("objection", posted.number, text), person, _("已登记对公示 {number} 的异议，等待答复。")
            )


def _answer_form(posted: Posted, person: Person, objection: Step) -> None:
    with st.form(f"notices_answer_{objection.id}", border=False):
        text = st.text_area(_("答复内容 *"), key=f"notices_answer_text_{objection.id}", max_chars=500)
        if st.form_submit_button(_("答复"), icon=":material/reply:"):
            wish = Wish("answer", posted.number, text, objection.id)
            _take(wish, person, _("已答复对公示 {number} 的异议。"))


def _take(wish: Wish, person: Person, told: str) -> None:
    """Do it; a refusal is said in words and the form keeps what was typed."""
    try:
        take(running.writer(), wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = told.format(number=wish.number)
    st.rerun()


def _said(what: str, step: Step) -> None:
    st.markdown(
        _("{what}　{day}　由{who}登记").format(
            what=f"**{what}**", day=day_words(step.done_on, lang()), who=step.recorded_by
        )
    )
    st.text(step.text)
