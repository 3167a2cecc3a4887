"""审计 → 抽样检查: the samples that were drawn and how far each is looked at; one of them, worked through; a new one."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.rulekeeping.samples import Sample, counted_findings, sample_numbered, samples
from data.store import Database
from office import running
from office.audit.findings import progress
from office.audit.sampling_words import sample_words
from office.permissions import may
from pages.parts import address
from pages.parts.audit_sample_draw import draw_form
from pages.parts.audit_sample_drawn import show_sample
from pages.parts.audit_sample_words import said
from pages.parts.door import Person
from pages.parts.language import _, say
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 10


def panel(day: date, person: Person) -> None:
    """The list with the form, or the sample that the address names."""
    with running.reader() as db:
        number = address.text("sample")
        chosen = sample_numbered(db, number) if number else None
        if number and chosen is None:
            address.put(sample=None)
            st.info(_("没有编号为“{number}”的抽样。").format(number=number), icon=":material/info:")
        said()
        if chosen is not None:
            show_sample(db, chosen, person)
            return
        st.caption(
            _(
                "从存档的判定里按种子抽取若干条，逐条核对并记录结果。抽法公开，任何人用种子都能重抽出同样的判定。"
            )
        )
        _list(db)
        if may(person.role, "audit"):
            draw_form(db, person)


def _list(db: Database) -> None:
    found = samples(db)
    if not found:
        st.info(
            _("还没有抽过样。由审计员在下面选条件抽取。存档的判定在“资格清单”里产生。"),
            icon=":material/casino:",
        )
        return
    kinds = counted_findings(db)
    st.session_state["audit_sample_numbers"] = [one.number for one in found]
    st.dataframe(
        pd.DataFrame([_row(db, one, kinds.get(one.id, {})) for one in found]),
        hide_index=True,
        height=table_height(len(found), MOST_ROWS),
        key="audit_sample_list",
        on_select=_choose,
        selection_mode="single-row",
        column_config={
            "number": st.column_config.TextColumn(_("抽样编号")),
            "asked": st.column_config.TextColumn(_("抽自"), width="large"),
            "population": st.column_config.NumberColumn(_("总体（条）"), format="localized"),
            "drawn": st.column_config.NumberColumn(_("抽取（条）"), format="localized"),
            "looked_at": st.column_config.NumberColumn(_("已看（条）"), format="localized"),
            "finding": st.column_config.NumberColumn(_("发现问题（条）"), format="localized"),
            "on": st.column_config.TextColumn(_("日期")),
            "by": st.column_config.TextColumn(_("抽样人")),
        },
    )
    st.caption(row_hint(_("打开这次抽样")))


def _row(db: Database, one: Sample, kinds: dict[str, int]) -> dict[str, str | int]:
    done = progress(one, kinds)
    return {
        "number": one.number,
        "asked": say(sample_words(db, one)),
        "population": one.population,
        "drawn": done.drawn,
        "looked_at": done.looked_at,
        "finding": done.finding,
        "on": one.done_on,
        "by": one.recorded_by,
    }


def _choose() -> None:
    rows = st.session_state["audit_sample_list"]["selection"]["rows"]
    if rows:
        address.put(sample=st.session_state["audit_sample_numbers"][rows[0]], decision=None, state=None)
