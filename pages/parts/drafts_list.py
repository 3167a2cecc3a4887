"""The drafts there are, and the form that begins a new one: from what is in force, the software's file, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.rulekeeping.drafts import SavedDraft
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.programs import program_in_force, program_titles
from office.refusal import Refused
from office.rulekeeping.drafting import LONGEST_NAME, Wish, save, text_to_begin
from pages.parts import address, looks
from pages.parts.language import _, _n, lang, say
from pages.parts.tables import row_hint, table_height


def show_drafts(db: Database, drafts: Sequence[SavedDraft], day: date, person: Person) -> None:
    """All drafts in a table whose rows open them; then the form."""
    titles = {name: say(title) for name, title in program_titles(db, day).items()}
    if drafts:
        st.markdown(_n("**草稿 {n} 份**", len(drafts)))
        _table(drafts, titles)
    else:
        st.info(
            _("还没有草稿。规则不直接改：先起草，证明和对比以后再提出，由另一位审核员公布。"),
            icon=":material/edit_note:",
        )
    if may(person.role, "draft_rules"):
        _new(db, titles, day, person)
    else:
        st.caption(_("您的岗位可以查看草稿，不能起草。"))


def _table(drafts: Sequence[SavedDraft], titles: dict[str, str]) -> None:
    rows = [
        {
            _("草稿"): one.name,
            _("规则"): titles.get(one.program, one.program),
            _("版本"): one.version,
            _("保存人"): one.recorded_by,
            _("保存时间"): looks.time_words(one.recorded_at, lang()),
            _("说明"): one.note or "",
        }
        for one in drafts
    ]
    chosen: Any = st.dataframe(
        pd.DataFrame(rows),
        key="drafts_table",
        hide_index=True,
        width="stretch",
        height=table_height(len(rows), 8),
        on_select="rerun",
        selection_mode="single-row",
        column_config={_("版本"): st.column_config.NumberColumn(width="small")},
    )
    st.caption(row_hint(_("打开这份草稿")))
    if chosen.selection.rows:
        address.put(draft=drafts[chosen.selection.rows[0]].name)
        st.rerun()


def _new(db: Database, titles: dict[str, str], day: date, person: Person) -> None:
    st.subheader(_("起草"), anchor=False)
    sources = {
        "in_force": _("现行规则"),
        "disk": _("软件自带的规则文件"),
        "upload": _("上传一份规则文件（.toml）"),
    }
    which, start, called = st.columns([2.2, 2, 2])
    program = which.selectbox(
        _("哪一套规则"), list(titles), format_func=lambda name: titles[name], key="drafts_new_program"
    )
    source = start.selectbox(
        _("从什么开始"), list(sources), format_func=lambda s: sources[s], key="drafts_new_source"
    )
    name = called.text_input(
        _("草稿名称"), max_chars=LONGEST_NAME, key="drafts_new_name", placeholder=_("例如：有效期改为一年")
    )
    file = None
    if source == "upload":
        file = st.file_uploader(_("规则文件（.toml，最大 1 MB）"), type=["toml"], key="drafts_new_file")
    if not st.button(_("开始起草"), key="drafts_new", type="primary", icon=":material/edit_document:"):
        return
    try:
        text = text_to_begin(db, program, source, day, file.getvalue() if file else None)
        based_on = program_in_force(db, day, program).digest
        saved = save(
            running.writer(), Wish(name, program, based_on, text, seen=0), doer=Doer(person.name, person.role)
        )
    except (Refused, StoreProblem) as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return
    address.put(draft=saved.name)
    st.rerun()
