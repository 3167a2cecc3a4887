"""In what the draft differs from what is in force: part by part in words, and line by line on demand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from office.refusal import Refused
from office.rulekeeping.checking_drafts import Checked
from office.rulekeeping.differences import KINDS, Difference, differences
from office.rulekeeping.keeping_values import must_keep_values
from pages.parts.drafts_lines import show_lines
from pages.parts.drafts_working import Working
from pages.parts.language import _, _n, say
from rules.program import Program


def show_differences(before: Program, working: Working, checked: Checked, day: date) -> None:
    """A table of what is said otherwise; a warning where a value of the past was changed."""
    if checked.program is None:
        st.info(_("文件还不能读取，只能逐行比较文本。"), icon=":material/info:")
    else:
        found = differences(before, checked.program)
        if found:
            st.markdown(_n("**与现行规则有 {n} 处不同**", len(found)))
            rows = [_row(one) for one in found]
            st.table(pd.DataFrame(rows).set_index(_("变化")), border="horizontal")
        else:
            st.info(_("与现行规则说的完全一样。"), icon=":material/info:")
        try:
            must_keep_values(before, checked.program, day)
        except Refused as refused:
            st.warning(
                _("改动了以前的取值，不能公布。新的取值请另写一条，从以后的某一天起：")
                + "\n\n"
                + "\n".join(f"- {say(fault)}" for fault in refused.faults),
                icon=":material/warning:",
            )
    with st.expander(_("逐行比较文本"), expanded=False):
        show_lines(before.text, working.text, _("− 是现行的，＋ 是草稿的"))


def _row(one: Difference) -> dict[str, str]:
    marks = {"added": _("＋ 新增"), "removed": _("－ 去掉"), "changed": _("≠ 改动")}
    title = say(one.title)
    if one.aspect:
        title = _("{title}：{aspect}").format(title=title, aspect=say(one.aspect))
    return {
        _("变化"): marks[one.mark],
        _("类别"): say(KINDS[one.kind]),
        _("内容"): title,
        _("现行规则"): say(one.before) if one.before else _("（无）"),
        _("草稿"): say(one.after) if one.after else _("（无）"),
    }
