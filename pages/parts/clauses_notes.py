"""What the plan leaves open, contradicts or repeats, in one list: shown to everybody, never hidden in a value."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from office.plan_coverage import Coverage
from pages.parts import address
from pages.parts.language import _, _n, say


def left_open(found: Coverage) -> None:
    """Every note with its clause and the plan's own words."""
    noted = [one.part for one in found.parts if one.part.note is not None]
    st.write(
        _n("方案没有写明、前后不一致或有笔误的有 {n} 处，都照原文保留。", len(noted))
        + _("办公室暂时怎样掌握，写在旁边；取值和条件由领导小组确认。")
    )
    address.link("rules", _("待领导小组确认的口径清单"), icon=":material/fact_check:", view="readings")
    rows = [
        {_("条款"): part.clause, _("方案原文"): part.quote, _("没有说清的，和现在的做法"): say(part.note)}
        for part in noted
        if part.note is not None
    ]
    st.table(pd.DataFrame(rows).set_index(_("条款")), border="horizontal")
