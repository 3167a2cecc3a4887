"""Every saved version of a draft: who saved it when and why; any of them can be opened again or taken along."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.rulekeeping.drafts import draft_versions
from data.store import Database
from pages.parts import looks
from pages.parts.drafts_lines import show_lines
from pages.parts.drafts_working import Working
from pages.parts.language import _, lang
from pages.parts.tables import table_height


def show_versions(db: Database, working: Working, *, locked: bool) -> None:
    """The versions of this name, the newest first."""
    versions = [one for one in reversed(draft_versions(db, working.name)) if not one.removed]
    if not versions:
        st.info(_("还没有保存过。"), icon=":material/info:")
        return
    rows = [
        {
            _("版本"): one.version,
            _("保存人"): one.recorded_by,
            _("保存时间"): looks.time_words(one.recorded_at, lang()),
            _("说明"): one.note or "",
        }
        for one in versions
    ]
    st.dataframe(
        pd.DataFrame(rows),
        key="drafts_versions",
        hide_index=True,
        width="stretch",
        height=table_height(len(rows), 8),
        column_config={_("版本"): st.column_config.NumberColumn(width="small")},
    )
    by_version = {one.version: one for one in versions}
    chosen = st.selectbox(
        _("看哪一版"),
        list(by_version),
        format_func=lambda version: _("第 {version} 版").format(version=version),
        key="drafts_version",
    )
    one = by_version[chosen]
    show_lines(one.text, working.text, _("− 是这一版，＋ 是正在改的"), height=260)
    if locked or one.text == working.text:
        return
    if st.button(_("把这一版放回编辑中"), key="drafts_put_back", icon=":material/history:"):
        working.put(one.text)
        st.rerun()
