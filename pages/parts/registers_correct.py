"""Correcting a row of any register in two steps: new values and a reason, a look at what changes, then the writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.register import Register
from data.store import Database
from data.words import Words
from office.importing import Report
from office.refusal import Refused
from office.registry.entering import cells_of, changes_of, faults_by_field, prepare_correction, write
from office.registry.linking import key_text
from pages.parts.fields import Fields, Options
from pages.parts.language import _, say
from pages.parts.past_note import note_otherwise, say_otherwise


@dataclass(frozen=True)
class Correction:
    """Where a correction is made: `base` begins its keys, `rows` are its fields; `example` is one of a reason,
    `done` what is said at the end."""

    register: Register
    base: str
    rows: Sequence[Sequence[str]]
    options: Mapping[str, Options]
    example: str
    done: str

    @property
    def opened(self) -> str:
        return f"{self.base}_opened"

    @property
    def checked(self) -> str:
        return f"{self.base}_checked"


def told(base: str) -> bool:
    """Say what was corrected last, if anything was since the page ran before."""
    if done := st.session_state.pop(f"{base}_done", None):
        st.success(done, icon=":material/check:")
        say_otherwise()
    return bool(done)


def is_open(base: str) -> bool:
    """Whether somebody has begun to correct."""
    return f"{base}_opened" in st.session_state


def forget(base: str) -> None:
    """Leave what was begun."""
    st.session_state.pop(f"{base}_opened", None)
    st.session_state.pop(f"{base}_checked", None)


def correction(db: Database, person: Person, asked: Correction, row: Mapping[str, Any]) -> None:
    """The values as they were when this form was opened: what others correct meanwhile does not slip in."""
    opened = st.session_state.get(asked.opened)
    if opened is None or _key(asked, opened) != _key(asked, row):
        opened = st.session_state[asked.opened] = dict(row)
        st.session_state.pop(asked.checked, None)
    prefix = f"{asked.base}_{key_text(_key(asked, opened))}_{opened['version']}"
    with st.form(prefix, border=False):
        fields = Fields(asked.register, prefix, cells_of(opened, asked.register), asked.options)
        fields.draw(asked.rows)
        reason = st.text_input(_("更正理由 *"), key=f"{prefix}_reason", placeholder=asked.example)
        submitted = st.form_submit_button(_("核对更正"), icon=":material/fact_check:")
    if submitted:
        _check(db, asked, opened, fields, reason)
    if checked := st.session_state.get(asked.checked):
        _confirm(db, person, asked, opened, checked)
    if opened["version"] != row["version"]:
        st.button(
            _("载入新的内容"),
            key=f"{prefix}_reload",
            on_click=forget,
            args=(asked.base,),
            icon=":material/refresh:",
        )


def _check(db: Database, asked: Correction, opened: Mapping[str, Any], fields: Fields, reason: str) -> None:
    st.session_state.pop(asked.checked, None)
    try:
        report = prepare_correction(db, asked.register, _key(asked, opened), opened["version"], fields.cells)
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
        st.session_state[asked.checked] = {"cells": fields.cells, "reason": reason, "report": report}


def _confirm(
    db: Database,
    person: Person,
    asked: Correction,
    opened: Mapping[str, Any],
    checked: Mapping[str, Any],
) -> None:
    """Before and after once more, and the button that writes."""
    report: Report = checked["report"]
    rows = [
        {_("栏目"): say(column.title), _("原来"): say(before), _("更正为"): say(after)}
        for column, before, after in changes_of(report)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{asked.base}_changes", width="content")
    st.caption(
        _("{title} {number}，理由：{reason}").format(
            title=say(_called(asked.register)),
            number="/".join(map(str, _key(asked, opened))),
            reason=checked["reason"],
        )
    )
    if not st.button(_("确认更正"), key=f"{asked.base}_confirm", type="primary"):
        return
    st.session_state.pop(asked.checked, None)
    try:
        key, version = _key(asked, opened), opened["version"]
        again = prepare_correction(db, asked.register, key, version, checked["cells"])
        write(again, person, "correct", reason=checked["reason"])
        note_otherwise(asked.register.name)
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[f"{asked.base}_done"] = asked.done
    forget(asked.base)
    st.rerun()


def _called(register: Register) -> Words:
    """What a row goes by: the title of its number, or of the register where several columns make the key."""
    return register.column(register.key[0]).title if len(register.key) == 1 else register.title


def _key(asked: Correction, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in asked.register.key)
