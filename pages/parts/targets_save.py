"""Save what is being tried under a name, with the refusal in words where it cannot be."""

from __future__ import annotations

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.targets.scenario_sheet import scenarios_xlsx
from office.targets.scenarios import LONGEST_NAME, Wish, save
from office.targets.what_if import Tried
from pages.parts import address
from pages.parts.files import XLSX
from pages.parts.language import _, lang, say
from pages.parts.targets_sliders import levers_words

NOTE = "targets_save_note_to_show"


def save_form(tried: Tried, person: Person) -> None:
    """Name and remark of a scenario; nothing to save while no lever was moved."""
    if told := st.session_state.pop(NOTE, None):
        st.success(told, icon=":material/bookmark_added:")
    if not tried.values:
        st.caption(
            _(
                "移动左边任何一项，右边立即显示推算。可以存成方案，以后打开、比较；这一页的地址也可以直接发给同事。"
            )
        )
        return
    st.markdown(_("**存成方案**　{levers}").format(levers=levers_words(tried.values)))
    opened = address.text("scenario", longest=LONGEST_NAME)
    left, export = st.columns([6.4, 1.3], vertical_alignment="bottom")
    with left.form("targets_save_form", border=False):
        name, note, button = st.columns([2, 3.4, 1], vertical_alignment="bottom")
        called = name.text_input(_("方案名称"), value=opened, max_chars=LONGEST_NAME, key="targets_save_name")
        remark = note.text_input(_("说明（可不填）"), max_chars=200, key="targets_save_remark")
        pressed = button.form_submit_button(_("保存"), key="targets_save", type="primary", width="stretch")
    title, language = _("假设"), lang()  # the file is made apart from this run
    export.download_button(
        _("导出 Excel"),
        data=lambda: scenarios_xlsx(tried.points.day, {title: tried}, list(tried.ways), language),
        file_name=_("目标假设_{day}.xlsx").format(day=tried.points.day.isoformat()),
        mime=XLSX,
        key="targets_save_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    if pressed:
        _save(tried, called, remark, opened, person)


def _save(tried: Tried, called: str, remark: str, opened: str, person: Person) -> None:
    """A name that was opened is saved as its next version; another must be new."""
    seen = address.number("version", 1, 1, 10_000) if opened and called.strip() == opened else 0
    try:
        saved = save(
            running.writer(), Wish(called, tried.values, remark, seen), doer=Doer(person.name, person.role)
        )
    except Refused as refused:
        st.warning(say(refused.words), icon=":material/info:")
        return
    except StoreProblem as problem:
        st.warning(say(problem.words), icon=":material/info:")
        return
    st.session_state[NOTE] = _("已保存方案“{name}”（第 {version} 版）。").format(
        name=saved.name, version=saved.version
    )
    address.put(scenario=saved.name, version=saved.version)
    st.rerun()
