"""What a settlement comes to by township, household or good."""

from __future__ import annotations

import streamlit as st

from office.subsidy.settlement_summary import sums_by
from office.subsidy.settlement_views import Shown
from pages.parts.choices import one_of_few
from pages.parts.language import _
from pages.parts.logistics_lines import in_yuan, money_column
from pages.parts.tables import table_height

MOST_ROWS = 10


def sums_table(shown: Shown, name: str) -> None:
    """The sums by what is chosen; they always add up to the figures above."""
    with st.expander(_("分乡镇、户、产品的合计"), icon=":material/functions:"):
        words = {"township": _("乡镇"), "household": _("户"), "good": _("产品")}
        by = one_of_few("by", f"logistics_{name}_by", _("按什么合计"), words, "township")
        sums = sums_by(shown.lines, by)
        for column in ("due", "paid"):
            sums[column] = sums[column].map(in_yuan)
        sums = sums.drop(columns=["township_code", "head_name"], errors="ignore")
        st.dataframe(
            sums,
            hide_index=True,
            height=table_height(len(sums), MOST_ROWS),
            key=f"logistics_{name}_sums",
            column_config={
                "township_name": st.column_config.TextColumn(_("乡镇")),
                "household_no": st.column_config.TextColumn(_("户编号")),
                "village_name": st.column_config.TextColumn(_("村")),
                "subject": st.column_config.TextColumn(_("户/产品")),
                "product_name": st.column_config.TextColumn(_("产品")),
                "claims": st.column_config.NumberColumn(_("申报(件)")),
                "payable": st.column_config.NumberColumn(_("应付(件)")),
                "adjustments": st.column_config.NumberColumn(_("调整(件)")),
                "due": money_column(_("应付(元)")),
                "paid": money_column(_("实付(元)")),
            },
        )
