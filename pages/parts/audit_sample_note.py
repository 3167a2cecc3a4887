"""抽样检查: what was noted about a drawn decision, the newest first, and the form for the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.problems import StoreProblem
from data.rulekeeping.samples import Finding, Sample
from office import running
from office.audit.findings import KINDS, Note, note
from office.casework.asked import Doer
from office.permissions import may
from office.refusal import Refused
from office.signing import LONGEST_TEXT
from pages.parts.audit_sample_words import DONE, state_label
from pages.parts.door import Person
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words


def show_notes(sample: Sample, decision: int, noted: Sequence[Finding], person: Person) -> None:
    """Everything noted about the decision in this sample, and the form."""
    st.markdown(f"**{_('检查结果')}**")
    if not noted:
        st.caption(_("还没有看。"))
    for at, one in enumerate(reversed(noted)):
        earlier = "" if at == 0 else f"　{_('（以前的记录）')}"
        st.text(
            f"{state_label(one.kind)}　{one.recorded_by}　{day_words(date.fromisoformat(one.done_on), lang())}{earlier}"
            + (f"\n{one.text}" if one.text else "")
        )
    if may(person.role, "audit"):
        _form(sample, decision, noted, person)


def _form(sample: Sample, decision: int, noted: Sequence[Finding], person: Person) -> None:
    """Begins blank for every decision and after every note."""
    seen = noted[-1].id if noted else 0
    with st.form("audit_sample_note", border=True):
        kind = st.radio(
            _("检查结果"),
            list(KINDS),
            format_func=state_label,
            key=f"audit_sample_kind_{decision}_{seen}",
            horizontal=True,
            index=None,
        )
        text = st.text_area(
            _("问题或说明（发现问题的必须写）"),
            key=f"audit_sample_text_{decision}_{seen}",
            max_chars=LONGEST_TEXT,
            height=80,
            help=_("不写农户姓名和个人情况。"),
        )
        pressed = st.form_submit_button(
            _("记录结果") if not noted else _("再记一次（以这次为准）"), icon=":material/edit_note:"
        )
    if pressed and kind is None:
        st.warning(_("请先选结果：无问题，或发现问题。"), icon=":material/info:")
    elif pressed:
        _do(sample, Note(sample.number, decision, str(kind), text, seen), person)


def _do(sample: Sample, wish: Note, person: Person) -> None:
    try:
        done = note(running.writer(), wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _("判定 {id}：已记录“{kind}”。").format(
        id=done.decision_id, kind=say(KINDS[done.kind])
    )
    st.rerun()
