"""备份与体检 → 设置: the hour of the daily backup, and the office's own lines on its papers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.people import Person
from data.store import Database, StoreProblem
from office import running
from office.backup.hour import LAST, backup_hour, change_backup_hour
from office.casework.asked import Doer
from office.paperwork.letterhead import LINES, LONGEST, change_letterhead, letterhead, missing
from office.refusal import Refused
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.standing_place import standing_place

SAID = "system_settings_said"


def panel(person: Person) -> None:
    """Two forms; every change is an entry of the chain."""
    with standing_place("system_settings_above"):
        if (words := st.session_state.pop(SAID, None)) is not None:
            st.success(words, icon=":material/check_circle:")
    with running.reader() as db:
        st.subheader(_("每天的备份"), anchor=False)
        _hour(db, person)
        st.subheader(_("文书上的单位和电话"), anchor=False)
        _lines(db, person)
    st.caption(_("改动都记入记录链。登录时限在“人员与账号”里。"))
    address.link("people", _("去改登录时限"), icon=":material/timer:", view="limits")


def _hour(db: Database, person: Person) -> None:
    with st.form("system_hour", border=True, width=520):
        hour = st.number_input(
            _("每天几点备份（0–{last} 点）").format(last=LAST),
            value=backup_hour(db),
            min_value=0,
            max_value=LAST,
            key="system_hour_value",
        )
        pressed = st.form_submit_button(_("保存"), type="primary", key="system_hour_save")
    if pressed:
        _do(
            lambda: change_backup_hour(running.writer(), int(hour), doer=_doer(person)), _("备份时间已保存。")
        )


def _lines(db: Database, person: Person) -> None:
    now = letterhead(db)
    if missing(db):
        st.info(_("还有没填的：文书上那里是空白。"), icon=":material/edit_note:")
    with st.form("system_letterhead", border=True, width=520):
        given = {
            line: st.text_input(
                _title(say(words)),
                value=getattr(now, line) or "",
                max_chars=LONGEST,
                key=f"system_letterhead_{line}",
            )
            for line, words in LINES.items()
        }
        st.caption(_("以后的文书照此；已编号的文书不变。留空的一项不改。"))
        pressed = st.form_submit_button(_("保存"), type="primary", key="system_letterhead_save")
    if pressed:
        changed = {
            line: text for line, text in given.items() if text.strip() and text != (getattr(now, line) or "")
        }
        if not changed:
            st.info(_("没有改动。"), icon=":material/info:")
            return
        _do(
            lambda: change_letterhead(running.writer(), changed, doer=_doer(person)),
            _("已保存，以后的文书照此。"),
        )


def _do(doing: Callable[[], None], words: str) -> None:
    try:
        doing()
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[SAID] = words
    st.rerun()


def _doer(person: Person) -> Doer:
    return Doer(person.name, person.role)


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]
