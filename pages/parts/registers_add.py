"""Adding one row to a register by hand: its fields, every fault beside its field, and what was written last."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.register import Register
from data.register_lists import candidates, named_by
from data.store import Database
from office.importing import Report
from office.refusal import Refused
from office.registry.entering import faults_by_field, prepare_entry, write
from office.registry.linking import row_address
from pages.parts.fields import Fields, Options, in_rows, required_note
from pages.parts.language import _, say
from pages.parts.past_note import note_otherwise, say_otherwise
from pages.parts.registers_choose import here
from pages.parts.standing_place import standing_place

DONE, ROUND = "registers_add_done", "registers_add_round"
MOST_CHOICES = 2_000  # codes in a list to choose from; more of them are typed


def add_form(db: Database, person: Person, register: Register) -> None:
    """The whole panel, for those who may enter."""
    with standing_place("registers_add_told"):
        _told(register)
    prefix = f"registers_add_{register.name}_{st.session_state.get(ROUND, 0)}"
    with st.form(prefix):
        fields = Fields(register, prefix, {}, choices_of_codes(db, register))
        fields.draw(in_rows([column.name for column in register.columns]))
        required_note(register)
        asked = st.form_submit_button(_("核对并登记"), type="primary", icon=":material/save:")
    if asked and (report := entered(db, person, register, fields, fields.cells)) is not None:
        row = report.plan.new[0] if report.plan else ()
        names = [column.name for column in register.columns]
        key = [str(row[names.index(name)]) for name in register.key]
        st.session_state[DONE] = (register.name, key)
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.rerun()


def choices_of_codes(db: Database, register: Register) -> dict[str, Options]:
    """For each column that names a row elsewhere, what may be chosen; none where there is too much to choose from."""
    found: dict[str, Options] = {}
    for column in register.columns:
        other = named_by(register, column.name)
        known = None if other is None else candidates(db, other, MOST_CHOICES)
        if known:
            words = {code: f"{code}　{name}".strip() for code, name in known.items()}
            found[column.name] = Options(words, _("请选择") if column.required else _("未填"))
    return found


def entered(
    db: Database, person: Person, register: Register, fields: Fields, cells: Mapping[str, str]
) -> Report | None:
    """Check and write one row; None where nothing was written, which has been said why."""
    report = prepare_entry(db, register, cells)
    if not report.good:
        fields.say_faults(faults_by_field(report))
        st.error(_("没有登记任何内容，请改好标出的地方。"), icon=":material/error:")
        return None
    if not report.accepted:
        st.info(_("已经登记过，内容完全相同，没有变化。"), icon=":material/info:")
        return None
    try:
        written = write(report, person, "enter")
        note_otherwise(register.name)
        return written
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return None


def _told(register: Register) -> None:
    """What was entered last, with the way to see it."""
    name, key = st.session_state.pop(DONE, ("", ()))
    if name != register.name:
        return
    told = _("已登记到“{title}”：{key}。").format(title=say(register.title), key="/".join(key))
    st.success(told, icon=":material/check:")
    here(_("看这一行"), "added", ":material/visibility:", row_address(name, key))
    say_otherwise()
