"""Re-checks that were recorded: when, by whom, up to which entry of the chain, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.rulekeeping.rechecks import Recheck
from pages.parts.language import _, lang
from pages.parts.tables import table_height

SHOWN = 16  # characters of a hash, as on paper


def show_earlier(earlier: Sequence[Recheck]) -> None:
    """The newest first; how to make one where there is none."""
    st.subheader(_("登记过的复核"), anchor=False)
    if not earlier:
        st.info(
            _("还没有登记过复核。复核完成后点“登记这次复核”，以后就能看到谁在哪天复核过。"),
            icon=":material/history:",
        )
        return
    language = lang()
    rows = pd.DataFrame(
        {
            "day": [one.done_on for one in earlier],
            "by": [one.recorded_by for one in earlier],
            "entry": [one.head_seq for one in earlier],
            "hash": [one.head_hash[:SHOWN] for one in earlier],
            "decisions": [one.decisions for one in earlier],
            "differences": [one.differences for one in earlier],
            "first": [f"{one.first['place']}: {one.first[language]}" if one.first else "" for one in earlier],
            "seconds": [one.seconds for one in earlier],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        height=table_height(len(rows), 8),
        key="audit_recheck_earlier",
        column_config={
            "day": st.column_config.TextColumn(_("复核日")),
            "by": st.column_config.TextColumn(_("复核人")),
            "entry": st.column_config.NumberColumn(_("链首（第几条）")),
            "hash": st.column_config.TextColumn(_("链首散列")),
            "decisions": st.column_config.NumberColumn(_("重新判定（条）"), format="localized"),
            "differences": st.column_config.NumberColumn(_("不符（处）"), format="localized"),
            "first": st.column_config.TextColumn(_("第一处不符")),
            "seconds": st.column_config.NumberColumn(_("用时（秒）")),
        },
    )
