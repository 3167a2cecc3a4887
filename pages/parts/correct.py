"""Correcting an inspection: choose the sample, give new values and a reason, look, then write; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office.importing import Report
from office.inspecting import cells_of, changes_of, faults_by_field, prepare_correction, write
from office.one_good import Sample
from office.refusal import Refused
from pages.parts.evidence import conclusion_label, title_of
from pages.parts.fields import ROWS, Fields
from pages.parts.language import _, say

OPENED, CHECKED, DONE = "good_correct_opened", "good_correct_checked", "good_correct_done"


def correction_form(db: Database, person: Person, subject: str, samples: Sequence[Sample]) -> None:
    """The whole panel, for those who may correct."""
    mine = {s.row["sample_no"]: s.row for s in samples if s.standing != "elsewhere"}
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/check:")
    if not mine:
        return
    with (
        st.container(key="good_below"),
        st.expander(_("更正一次检验"), icon=":material/edit:", expanded=_open()),
    ):
        number = st.selectbox(
            _("样品"),
            list(mine),
            index=None,
            format_func=lambda no: (
                f"{no}　{mine[no]['sampling_date']}　{conclusion_label(mine[no]['conclusion'])}"
            ),
            key=f"good_correct_sample_{subject}",
            placeholder=_("选择要更正的样品"),
        )
        if number is None:
            st.caption(_("原来的内容会保留；更正从写入那一刻起对所有日子的判定生效。"))
        else:
            _form(db, person, mine[number])


def _open() -> bool:
    return OPENED in st.session_state


def _form(db: Database, person: Person, row: Mapping[str, Any]) -> None:
    """The values as they were when this form was opened: what others correct meanwhile does not slip in."""
    opened = st.session_state.get(OPENED)
    if opened is None or opened["sample_no"] != row["sample_no"]:
        opened = st.session_state[OPENED] = dict(row)
        st.session_state.pop(CHECKED, None)
    prefix = f"good_correct_{opened['sample_no']}_{opened['version']}"
    with st.form(prefix, border=False):
        fields = Fields(prefix, cells_of(opened))
        fields.draw((("household_no", "product_code"), *ROWS))
        reason = st.text_input(
            _("更正理由 *"), key=f"{prefix}_reason", placeholder=_("例如：结论录入错误，按检验报告更正")
        )
        asked = st.form_submit_button(_("核对更正"), icon=":material/fact_check:")
    if asked:
        _check(db, opened, fields, reason)
    if checked := st.session_state.get(CHECKED):
        _confirm(db, person, opened, checked)
    if opened["version"] != row["version"]:
        st.button(_("载入新的内容"), key=f"{prefix}_reload", on_click=_forget, icon=":material/refresh:")


def _check(db: Database, opened: Mapping[str, Any], fields: Fields, reason: str) -> None:
    st.session_state.pop(CHECKED, None)
    try:
        report = prepare_correction(db, opened["sample_no"], opened["version"], fields.cells)
    except Refused as refused:
        st.warning(say(refused.words), icon=":material/sync_problem:")
        return
    if not report.good:
        fields.say_faults(faults_by_field(report))
    elif not changes_of(report):
        st.info(_("填写的内容与登记的相同，没有需要更正的。"), icon=":material/info:")
    elif not reason.strip():
        st.error(_("请写明更正的理由。没有写入任何内容。"), icon=":material/error:")
    else:
        st.session_state[CHECKED] = {"cells": fields.cells, "reason": reason, "report": report}


def _confirm(db: Database, person: Person, opened: Mapping[str, Any], checked: Mapping[str, Any]) -> None:
    """Before and after once more, and the button that writes."""
    report: Report = checked["report"]
    rows = [
        {_("栏目"): say(column.title), _("原来"): say(before), _("更正为"): say(after)}
        for column, before, after in changes_of(report)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="good_correct_changes", width="content")
    st.caption(
        _("{title} {number}，理由：{reason}").format(
            title=title_of("sample_no"), number=opened["sample_no"], reason=checked["reason"]
        )
    )
    if not st.button(_("确认更正"), key="good_correct_confirm", type="primary"):
        return
    st.session_state.pop(CHECKED, None)
    try:
        again = prepare_correction(db, opened["sample_no"], opened["version"], checked["cells"])
        write(again, person, "correct", reason=checked["reason"])
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _("样品 {number} 已更正，原来的内容仍保留，见“更正记录”。").format(
        number=opened["sample_no"]
    )
    _forget()
    st.rerun()


def _forget() -> None:
    st.session_state.pop(OPENED, None)
    st.session_state.pop(CHECKED, None)
