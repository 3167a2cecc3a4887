"""The values of a draft as a form: what is in force, a new value and the day from which it counts."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from office.cited import range_words, value_words
from office.rulekeeping.checking_drafts import Checked
from office.rulekeeping.drafting import LONGEST_NOTE, first_of_next_month
from pages.parts import address, looks
from pages.parts.drafts_working import Working
from pages.parts.language import _, lang, say
from pages.parts.tables import table_height
from rules.editing import CannotEdit, with_value, without_value
from rules.program import DatedValue, Parameter, Program
from rules.slip import UNITS


def show_values(working: Working, checked: Checked, before: Program, day: date, *, locked: bool) -> None:
    """Every parameter with its values, and the form that adds one."""
    program = checked.program
    if program is None:
        st.info(_("文件还不能读取，取值无法列出。请先在“文件文本”里改好。"), icon=":material/info:")
        return
    if not program.parameters:
        st.info(_("这套规则没有取值。"), icon=":material/info:")
        return
    _table(program, before, day)
    if locked:
        return
    names = tuple(program.parameters)
    chosen = address.one_of("parameter", names, names[0])
    st.selectbox(
        _("改哪一个取值"),
        names,
        key=address.follow("drafts_parameter", chosen),
        format_func=lambda name: say(program.parameters[name].title),
        on_change=address.keep,
        args=("parameter", "drafts_parameter", names[0]),
    )
    _form(working, program.parameters[chosen], day)
    _takers(working, program.parameters[chosen], before)


def _table(program: Program, before: Program, day: date) -> None:
    rows = [_row(one, before.parameters.get(name), day) for name, one in program.parameters.items()]
    st.dataframe(
        pd.DataFrame(rows),
        key="drafts_values",
        hide_index=True,
        width="stretch",
        height=table_height(len(rows), 8),
        column_config={
            _("现行值"): st.column_config.NumberColumn(width=70),
            _("单位"): st.column_config.TextColumn(width=60),
            _("允许范围"): st.column_config.TextColumn(width=90),
        },
    )


def _row(one: Parameter, before: Parameter | None, day: date) -> dict[str, object]:
    in_force = before.value_on(day) if before else None
    known = {(v.since, v.value) for v in before.values} if before else set()
    marks = ["" if (v.since, v.value) in known else "＋" for v in one.values]
    dated = [mark + _dated(one, v) for mark, v in zip(marks, one.values, strict=True)]
    return {
        _("参数"): say(one.title),
        _("现行值"): in_force,
        _("单位"): _unit(one),
        _("允许范围"): say(range_words(one)),
        _("草稿中的全部取值（＋ 为草稿新写）"): "；".join(dated),
    }


def _dated(one: Parameter, value: DatedValue) -> str:
    return _("{value}（{day}起）").format(
        value=say(value_words(one, value.value)), day=looks.day_words(value.since, lang())
    )


def _form(working: Working, one: Parameter, day: date) -> None:
    today = max(day, st.session_state["working_day"])
    start = max(first_of_next_month(day), today)
    now = one.value_on(start)
    with st.form(f"drafts_value_form_{one.name}", border=True):
        value, since, note, button = st.columns([1.6, 1.4, 3, 1.4], vertical_alignment="bottom")
        new = value.number_input(
            _("新的取值（{unit}，{range}）").format(unit=_unit(one), range=f"{one.low}–{one.high}"),
            min_value=one.low,
            max_value=one.high,
            value=min(max(now if now is not None else one.low, one.low), one.high),
            step=1,
            key=f"drafts_value_{one.name}",
        )
        begins = since.date_input(
            _("自何日起"),
            value=start,
            min_value=today,
            max_value=address.LAST_DAY,
            format="YYYY-MM-DD",
            key=f"drafts_since_{one.name}",
        )
        said = note.text_input(_("说明（可不填）"), max_chars=LONGEST_NOTE, key=f"drafts_why_{one.name}")
        pressed = button.form_submit_button(
            _("写入草稿"), key=f"drafts_put_{one.name}", type="primary", width="stretch"
        )
    if not pressed or not isinstance(begins, date):
        return
    try:
        working.put(with_value(working.text, one.name, begins, int(new), said.strip()))
    except CannotEdit as cannot:
        st.warning(say(cannot.words), icon=":material/info:")
        return
    st.rerun()


def _takers(working: Working, one: Parameter, before: Program) -> None:
    """A way to take out each value that the draft itself has added."""
    old = before.parameters.get(one.name)
    known = {(v.since, v.value) for v in old.values} if old else set()
    for value in (v for v in one.values if (v.since, v.value) not in known and len(one.values) > 1):
        label = _("去掉 {value}").format(value=_dated(one, value))
        if not st.button(
            label, key=f"drafts_take_{one.name}_{value.since.isoformat()}", icon=":material/backspace:"
        ):
            continue
        try:
            working.put(without_value(working.text, one.name, value.since))
        except CannotEdit as cannot:
            st.warning(say(cannot.words), icon=":material/info:")
            return
        st.rerun()


def _unit(one: Parameter) -> str:
    words = UNITS.get(one.unit)
    return say(words) if words else one.unit
