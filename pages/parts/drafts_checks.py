"""What the check of a draft found: each fault in words, with its case as a table, to be kept as a test case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.rulekeeping.cases import LONGEST_NAME, expectable, from_fault, save
from office.rulekeeping.checking_drafts import Checked, Found
from office.rulekeeping.trying_cases import Case
from pages.parts import address, looks
from pages.parts.drafts_status import faults_list
from pages.parts.drafts_working import Working
from pages.parts.language import _, say
from pages.parts.tables import table_height
from rules.program import Program, Scalar
from rules.proof_words import title_of
from rules.slip import value_words

NOTE = "drafts_case_note"


def show_checks(working: Working, checked: Checked, person: Person, day: date, *, locked: bool) -> None:
    """Faults of the file, or of the proof one by one; without any, what was proved."""
    if told := st.session_state.pop(NOTE, None):
        st.success(told, icon=":material/check:")
    if checked.faults or checked.unchecked is not None:
        faults_list(checked)
        address.here(_("到文件文本里改"), "drafts_to_text", {"part": "text"}, icon=":material/edit:")
        return
    program = checked.program
    assert program is not None
    if not checked.found:
        _sound(program)
        return
    for kind, words in _kinds().items():
        some = [found for found in checked.found if found.kind == kind]
        if some:
            st.subheader(f"{words}（{len(some)}）", anchor=False)
            _of_one_kind(working, program, some, person, day, locked=locked)


def _of_one_kind(
    working: Working, program: Program, some: Sequence[Found], person: Person, day: date, *, locked: bool
) -> None:
    """Faults of one kind: gaps side by side in a table, and one of them with its case."""
    kind = some[0].kind
    if kind == "gap" and len(some) > 1:
        _gaps_table(program, some)
    chosen = 0
    if len(some) > 1:
        chosen = st.selectbox(
            _("看哪一处"),
            range(len(some)),
            format_func=lambda at: f"{at + 1}. {say(some[at].words)}",
            key=f"drafts_fault_of_{kind}",
        )
    _fault(working, program, some[chosen], f"{kind}_{chosen}", person, day, locked=locked)


def _gaps_table(program: Program, some: Sequence[Found]) -> None:
    """Cases without a verdict, one a line, their facts as columns."""
    rows = [
        {
            _("事项"): say(program.benefits[found.where.partition(".")[2]].title),
            **{
                say(title_of(program, name)): say(value_words(value)) for name, value in found.example.items()
            },
        }
        for found in some
    ]
    st.dataframe(
        pd.DataFrame(rows).fillna(""),
        key="drafts_gaps",
        hide_index=True,
        width="stretch",
        height=table_height(len(rows), 6),
    )


def _kinds() -> dict[str, str]:
    """The kinds of faults, worst first, as the office calls them."""
    return {
        "not_exhausted": _("没有查完"),
        "gap": _("判不出的情形"),
        "not_monotone": _("情况更差、结果反而更好"),
        "set_and_cleared": _("同一次检验既触发又解除"),
        "never_set": _("永远不会出现"),
        "never_cleared": _("永远不能解除"),
        "unreachable": _("永远轮不到的判定行"),
        "unused": _("用不上的条件"),
    }


def _sound(program: Program) -> None:
    st.markdown(
        "\n".join(
            f"- {line}"
            for line in (
                _("没有判不出的情形，也没有永远轮不到的判定行。"),
                _("没有用不上的条件。"),
                _("没有“情况更差、结果反而更好”。"),
            )
        )
    )
    titles = _("、").join(say(benefit.title) for benefit in program.benefits.values())
    st.caption(_("逐一核对了这些事项的全部情形：{titles}。").format(titles=titles))


def _fault(
    working: Working,
    program: Program,
    found: Found,
    key: str,
    person: Person,
    day: date,
    *,
    locked: bool,
) -> None:
    with st.container(border=True):
        st.text(say(found.words))
        case = from_fault(program, working.program, found, day)
        if found.example:
            table, form = st.columns([3, 2], gap="medium")
            with table:
                facts_table(program, found.example, of_event=found.where.startswith("latches."))
            if case is not None and not locked:
                with form:
                    _keep(program, case, f"{key}_{working.revision}", person)


def facts_table(program: Program, facts: Mapping[str, Scalar], *, of_event: bool = False) -> None:
    """A case as a small table: each fact by its title, with its value."""
    rows = [
        {_("事实"): say(title_of(program, name, of_event=of_event)), _("取值"): say(value_words(value))}
        for name, value in facts.items()
    ]
    st.table(pd.DataFrame(rows).set_index(_("事实")), border="horizontal")


def _keep(program: Program, case: Case, key: str, person: Person) -> None:
    words = expectable(program, case)
    with st.form(f"drafts_case_form_{key}", border=False):
        st.caption(_("存为测试案例：以后每份草稿都会试它。"))
        name = st.text_input(
            _("案例名称"),
            max_chars=LONGEST_NAME,
            key=f"drafts_case_name_{key}",
            placeholder=_("用一句话说明应当怎样"),
        )
        expected = st.selectbox(
            _("应当得出"),
            list(words),
            index=None,
            placeholder=_("请选择"),
            format_func=lambda one: looks.verdict_label(one) if not case.of_event else say(words[one]),
            key=f"drafts_case_expect_{key}",
        )
        pressed = st.form_submit_button(
            _("存为测试案例"), key=f"drafts_case_save_{key}", icon=":material/bookmark_add:"
        )
    if not pressed:
        return
    if expected is None:
        st.warning(_("请选择应当得出的结果。没有保存。"), icon=":material/info:")
        return
    try:
        saved = save(
            running.writer(), replace(case, name=name, expected=expected), doer=Doer(person.name, person.role)
        )
    except (Refused, StoreProblem) as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return
    st.session_state[NOTE] = _("已存为测试案例“{name}”。").format(name=saved.name)
    st.rerun()
