"""以前的判定现在看: one decision with what was recorded since, the ways to its good, and the form to say it was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data.one_good import Recorded
from data.problems import StoreProblem
from data.rulekeeping.past import Look
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.signing import LONGEST_TEXT
from office.then_and_now.looking import Wish, look
from office.then_and_now.past_words import Told, later_words, recorded_later
from pages.parts import address
from pages.parts.door import Person
from pages.parts.evidence import conclusion_label
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, time_words, verdict_label
from pages.parts.states import kind_words

DONE = "audit_past_done"


def said() -> None:
    """What was just noted, once."""
    if words := st.session_state.pop(DONE, None):
        st.success(words, icon=":material/check:")


def show_one(db: Database, one: Told, noted: Look | None, titles: Mapping[str, str]) -> None:
    """What was decided when, what was recorded since, and where to go from here."""
    past = one.past
    with st.container(border=True):
        st.markdown(
            f"**{past.subject}　{one.product}　{one.township}{one.village}**　"
            f"{titles.get(past.benefit, past.benefit)}"
        )
        st.markdown(
            _("{day}的判定（第 {run} 次存档，判定 {id}）：当时 {then}，现在看 {now}。").format(
                day=day_words(past.as_of, lang()),
                run=past.run,
                id=past.decision,
                then=verdict_label(past.then),
                now=verdict_label(past.now) if past.now else _("那一天还没有登记"),
            )
        )
        st.caption(_("变了的事实：{why}").format(why=say(one.why)))
        later_list(recorded_later(db, past.subject, past.known_at, past.as_of), past.known_at)
        if one.acts:
            kinds = _("、").join(kind_words(kind) for kind in one.acts)
            st.markdown(
                _("依据它的处理：{kinds}。是否要变更，由人决定，在“一户一品”办理。").format(kinds=kinds)
            )
        if noted is not None:
            when = time_words(noted.at, lang())
            st.text(_("{who}于 {when} 看过：{text}").format(who=noted.by, when=when, text=noted.text))
        _ways(one)


def later_list(rows: Sequence[Recorded], known_at: str) -> None:
    """What was recorded about the good after an instant."""
    st.markdown(
        f"**{_('{when} 以后录入或更正的').format(when=time_words(known_at, lang()))}**"
        + ("" if rows else f"　{_('没有')}")
    )
    lines = []
    for row in rows:
        result = ""
        if row.conclusion is not None and row.result_date is not None:
            result = _("，结论 {conclusion}，结果日期 {day}").format(
                conclusion=conclusion_label(row.conclusion), day=row.result_date
            )
        lines.append(f"- {time_words(row.at, lang())}　{say(later_words(row))}{result}")
    st.markdown("\n".join(lines))


def _ways(one: Told) -> None:
    past = one.past
    with st.container(horizontal=True, vertical_alignment="center"):
        same = {"subject": past.subject, "benefit": past.benefit}
        address.link("good", _("按现在所知看那一天"), icon=":material/manage_search:", **same, day=past.as_of)
        address.link(
            "good",
            _("按当时所知看"),
            icon=":material/history:",
            **same,
            day=past.as_of,
            known=past.known_at,
        )
        address.link(
            "good", _("到今天办理"), icon=":material/gavel:", **same, day=st.session_state["working_day"]
        )


def look_form(decisions: Sequence[int], person: Person) -> None:
    """Say what came of looking at the chosen decisions; what is typed begins blank for another choice."""
    key = "_".join(map(str, decisions[:20]))
    with st.form("audit_past_look", border=True):
        text = st.text_area(
            _("看过后的说明 *"),
            key=f"audit_past_text_{key}",
            max_chars=LONGEST_TEXT,
            height=80,
            placeholder=_("例如：已告知本人，状态已按新的结果另行办理；或不影响已办事项"),
            help=_("不写农户姓名和个人情况。"),
        )
        pressed = st.form_submit_button(
            _n("记为看过：{n} 条", len(decisions)), type="primary", icon=":material/done_all:"
        )
    if not pressed:
        return
    try:
        number = look(running.writer(), Wish(decisions, text), doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _n("已记为看过：{n} 条。存档的判定没有改动。", number)
    st.session_state.pop("audit_past_table", None)
    st.rerun()
