"""个人信息 → 更正要求: what households wish to have corrected, the way to the form that mends it, and the answer."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.protection.personal_steps import ANSWERS, PersonalStep, StepsAsked, answer_to, open_wishes, steps
from data.register import REGISTERS
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.personal.correcting import LONGEST_WISH, answer
from office.personal.noting import STEP_WORDS
from office.refusal import Refused
from pages.parts import address
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.registers_table import as_plain
from pages.parts.standing_place import standing_place
from pages.parts.today_lines import line

MOST_ANSWERED = 20


def show_wishes(db: Database, person: Person, day: date) -> None:
    """Those that wait, the oldest first, then the answered ones."""
    with standing_place("personal_wishes_told"):
        _told()
    waiting = open_wishes(db)
    if not waiting:
        st.info(
            _("没有等待答复的更正要求。本户提出要求时，在“本户信息”里找到这一户，记下来。"),
            icon=":material/task_alt:",
        )
    for wish in waiting:
        with st.container(border=True):
            _one(wish, person)
    answered = [one for one in steps(db, StepsAsked(kind="ask")) if one not in waiting]
    if answered:
        st.markdown(f"**{_n('已答复的 {n} 项', len(answered))}**")
    for wish in answered[:MOST_ANSWERED]:
        _answered(wish, answer_to(db, wish.id))


def wishes_waiting(db: Database, person: Person) -> list[str]:
    """For Today and To do: one line where wishes wait and this person may answer them."""
    if may(person.role, "answer_correction") and (waiting := open_wishes(db)):
        words = _n("{n} 户次要求更正本户信息，等待答复", len(waiting))
        return [line(words, ":material/shield_person:", "personal", {"view": "wishes"})]
    return []


def _head(wish: PersonalStep) -> str:
    what = f"{say(REGISTERS[wish.register].title)} {wish.fields.replace('~', '/')}"
    day = day_words(date.fromisoformat(wish.done_on), lang())
    told = _("第 {n} 号　户 {household}　{what}　{day} {by} 记").format(
        n=wish.id, household=wish.household_no, what=what, day=day, by=wish.recorded_by
    )
    return as_plain(told)


def _one(wish: PersonalStep, person: Person) -> None:
    st.markdown(f"**{_head(wish)}**")
    st.text(wish.reason)
    with st.container(horizontal=True, vertical_alignment="center"):
        address.link(
            "registers",
            _("去更正这一行"),
            icon=":material/edit:",
            register=wish.register,
            key=wish.fields,
            edit=1,
        )
        for kind in ANSWERS:
            with st.popover(say(STEP_WORDS[kind]), key=f"personal_{kind}_{wish.id}"):
                _answer_form(wish, kind, person)


def _answer_form(wish: PersonalStep, kind: str, person: Person) -> None:
    label = _("怎样更正的 *") if kind == "correct" else _("为什么不更正 *")
    with st.form(f"personal_{kind}_form_{wish.id}", border=False):
        st.text_area(label, key=f"personal_{kind}_why_{wish.id}", max_chars=LONGEST_WISH, height=80)
        st.form_submit_button(
            _("答复"), key=f"personal_{kind}_do_{wish.id}", on_click=_answer, args=(wish.id, kind, person)
        )


def _answer(wish: int, kind: str, person: Person) -> None:
    reason = st.session_state.get(f"personal_{kind}_why_{wish}", "")
    try:
        answer(running.writer(), wish, kind, reason, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.session_state["personal_refused"] = say(problem.words)
        return
    st.session_state["personal_done"] = _("第 {n} 号要求已答复。").format(n=wish)


def _answered(wish: PersonalStep, given: PersonalStep | None) -> None:
    if given is None:
        return
    day = day_words(date.fromisoformat(given.done_on), lang())
    st.text(
        f"{_head(wish)}\n{wish.reason}\n→ {say(STEP_WORDS[given.kind])}　{day} {given.recorded_by}　{given.reason}"
    )


def _told() -> None:
    if said := st.session_state.pop("personal_done", None):
        st.success(said, icon=":material/check_circle:")
    if said := st.session_state.pop("personal_refused", None):
        st.warning(said, icon=":material/sync_problem:")
