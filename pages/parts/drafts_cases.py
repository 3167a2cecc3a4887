"""Saved test cases on the draft as it stands: which hold, what came instead; to take along, or to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.rulekeeping.cases import as_file, remove
from office.rulekeeping.checking_drafts import Checked
from office.rulekeeping.trying_cases import MOVES, Tried
from pages.parts import looks
from pages.parts.drafts_checks import facts_table
from pages.parts.drafts_working import Working
from pages.parts.language import _, _n, lang, say
from pages.parts.tables import table_height


def show_cases(
    working: Working, cases: Sequence[Tried], checked: Checked, person: Person, *, locked: bool
) -> None:
    """Every saved case of the programme with what the draft answers."""
    if checked.program is None:
        st.info(_("文件还不能读取，测试案例没有试。请先在“文件文本”里改好。"), icon=":material/info:")
        return
    if not cases:
        st.info(
            _("这套规则还没有保存测试案例。证明发现问题时，可以在“检查结果”里把那个情形存为案例。"),
            icon=":material/bookmark:",
        )
        return
    held = sum(one.answer == "holds" for one in cases)
    st.markdown(_n("**{n} 个案例**", len(cases)) + _("，{n} 个相符").format(n=held))
    rows = [_row(one) for one in cases]
    st.dataframe(
        pd.DataFrame(rows),
        key="drafts_cases",
        hide_index=True,
        width="stretch",
        height=table_height(len(rows), 10),
    )
    st.download_button(
        _("下载全部案例（.toml）"),
        data=as_file(tuple(one.case for one in cases), working.program).encode("utf-8"),
        file_name=f"{working.program}_cases.toml",
        mime="application/toml",
        key="drafts_cases_download",
        on_click="ignore",
        icon=":material/download:",
    )
    _one(working, cases, checked, person, locked=locked)


def _one(working: Working, cases: Sequence[Tried], checked: Checked, person: Person, *, locked: bool) -> None:
    """One case with its facts."""
    assert checked.program is not None
    by_name: Mapping[str, Tried] = {one.case.name: one for one in cases}
    name = st.selectbox(_("看一个案例的事实"), list(by_name), key="drafts_case")
    case = by_name[name].case
    st.caption(_("按 {day} 的取值判定").format(day=looks.day_words(case.as_of, lang())))
    facts_table(checked.program, case.facts, of_event=case.of_event)
    if locked or not st.button(_("删除这个案例"), key="drafts_case_remove", icon=":material/delete:"):
        return
    try:
        remove(running.writer(), working.program, name, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return
    st.rerun()


def _row(one: Tried) -> dict[str, str]:
    answers = {"holds": _("✔ 相符"), "fails": _("✕ 不符"), "cannot": _("？不能试")}
    return {
        _("结果"): answers[one.answer],
        _("案例"): one.case.name,
        _("应当得出"): _said(one, one.case.expected),
        _("草稿得出"): say(one.why) if one.why else _said(one, one.came),
    }


def _said(one: Tried, word: str) -> str:
    if not word:
        return _("没有结论")
    if not one.case.of_event:
        return looks.verdict_label(word)
    return say(MOVES[word]) if word in MOVES else _("既成立又解除")
