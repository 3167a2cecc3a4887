"""Issuing: what the person writes beside the figures, and only with a tick that it was looked at, the button."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.months import month_words
from office.refusal import Refused
from office.reports import assessment, bulletin
from office.signing import LONGEST_TEXT
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.letterhead import say_missing
from pages.parts.standing_place import standing_place

DONE, PRESSED = "reports_done", "reports_pressed"


def said() -> None:
    """What was just done, once."""
    with standing_place("reports_said"):
        if words := st.session_state.pop(DONE, None):
            st.success(words, icon=":material/check_circle:")


def issue_bulletin(person: Person, ready: bulletin.Ready) -> None:
    """Problems and requirements, and the button. A new edition begins with the texts of the last."""
    st.subheader(_("存在问题和工作要求"), anchor=False)
    say_missing()
    month = ready.figures.month
    last = ready.previous.context["figures"]["text"] if ready.previous else {}
    left, right = st.columns(2)
    problems = left.text_area(
        _("存在问题（可以空白）"),
        value=last.get("problems", ""),
        key=f"reports_problems_{month}",
        max_chars=LONGEST_TEXT,
        height=140,
        help=_("不写农户姓名和个人情况。"),
    )
    requirements = right.text_area(
        _("工作要求（可以空白）"),
        value=last.get("requirements", ""),
        key=f"reports_requirements_{month}",
        max_chars=LONGEST_TEXT,
        height=140,
    )
    sure = st.checkbox(
        _("我已看过以上数据，确认印发"),
        key=f"reports_sure_{month}",
        help=_("印发后不能修改，只能另发新的一版。"),
    )
    label = _("印发{month}通报（第{edition}版）").format(month=say(month_words(month)), edition=ready.edition)
    _button(label, "reports_issue", ready.digest, not sure)
    if seen := st.session_state.pop(PRESSED, None):
        _do(
            lambda: (
                bulletin.issue(
                    running.writer(),
                    month,
                    doer=Doer(person.name, person.role),
                    problems=problems,
                    requirements=requirements,
                    seen=seen,
                ).number
            ),
            "issued",
        )


def issue_assessment(person: Person, ready: assessment.Ready) -> None:
    """A remark and the button."""
    say_missing()
    until = ready.scored.period.until
    remark = st.text_area(
        _("备注（可以空白）"),
        value=ready.previous.remark or "" if ready.previous else "",
        key=f"reports_remark_{until}",
        max_chars=LONGEST_TEXT,
        height=80,
        help=_("不写农户姓名和个人情况。"),
    )
    sure = st.checkbox(
        _("我已看过以上得分，确认印发"),
        key=f"reports_scores_sure_{until}",
        help=_("印发后不能修改，只能另发新的一版。"),
    )
    label = _("印发考核结果（第{edition}版）").format(edition=ready.edition)
    _button(label, "reports_issue_scores", ready.digest, not sure)
    if seen := st.session_state.pop(PRESSED, None):
        _do(
            lambda: (
                assessment.issue(
                    running.writer(), until, doer=Doer(person.name, person.role), remark=remark, seen=seen
                ).number
            ),
            "assessed",
        )


def _button(label: str, key: str, digest: str, disabled: bool) -> None:
    st.button(
        label,
        key=key,
        type="primary",
        icon=":material/campaign:",
        disabled=disabled,
        on_click=_pressed,
        args=(digest,),
    )


def _pressed(digest: str) -> None:
    st.session_state[PRESSED] = digest


def _do(issue: Callable[[], str], view: str) -> None:
    try:
        number = issue()
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _("{number} 已印发。").format(number=number)
    address.go("reports", view=view, number=number)
