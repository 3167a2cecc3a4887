"""Entering one inspection by hand: choose the good, fill in the fields, every fault beside its field."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.inspection_lists import Asked, inspections_asked
from data.people import Person
from data.register import register
from data.store import Database
from office.importing import Report
from pages.parts import address
from pages.parts.choose_good import pick_good
from pages.parts.evidence import conclusion_label
from pages.parts.fields import Fields, Options, required_note
from pages.parts.language import _
from pages.parts.past_note import say_otherwise
from pages.parts.registers_add import entered
from pages.parts.standing_place import standing_place

DONE, ROUND = "entry_done", "entry_round"
NUMBER = "sample_no"
# Three fields a row, in the order of a paper form.
ROWS = (
    ("sampling_date", "result_date", "method"),
    ("conclusion", "reinspection_of", "agency"),
    ("item", "measured", "limit_value"),
)


def entry_form(db: Database, person: Person) -> None:
    """The whole panel, for those who may enter."""
    with standing_place("entry_told"):
        _told()
    subject = pick_good(db, "entry", heads=True)
    if subject is None:
        st.caption(_("先选农产品，再填检验结果。成批的请用“导入”。"))
        return
    household, _slash, product = subject.partition("/")
    prefix = f"entry_{st.session_state.get(ROUND, 0)}_{subject}"
    with st.form(prefix):
        originals = {"reinspection_of": Options(_originals(db, subject), _("不是复检"))}
        fields = Fields(register("inspections"), prefix, {}, originals)
        fields.draw(((NUMBER, *ROWS[0][:2]), (ROWS[0][2], ROWS[1][0], ROWS[1][1]), (*ROWS[2], ROWS[1][2])))
        required_note(register("inspections"))
        asked = st.form_submit_button(_("核对并登记"), type="primary", icon=":material/save:")
    if asked:
        _enter(db, person, subject, fields, {"household_no": household, "product_code": product})


def _originals(db: Database, subject: str) -> dict[str, str]:
    """The good's samples that are no re-inspections themselves, newest first."""
    rows = inspections_asked(db, Asked(good=subject))
    return {
        row["sample_no"]: f"{row['sample_no']}　{row['sampling_date']}　{conclusion_label(row['conclusion'])}"
        for row in rows
        if row["reinspection_of"] is None and f"{row['household_no']}/{row['product_code']}" == subject
    }


def _enter(db: Database, person: Person, subject: str, fields: Fields, good: dict[str, str]) -> None:
    report = entered(db, person, register("inspections"), fields, {**fields.cells, **good})
    if report is None:
        return
    st.session_state[DONE] = (fields.cells[NUMBER], subject, _result_day(report).isoformat())
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def _result_day(report: Report) -> date:
    """From which day on the new inspection is known."""
    columns = [column.name for column in report.register.columns]
    row = report.plan.new[0] if report.plan else ()
    return date.fromisoformat(str(row[columns.index("result_date")]))


def _told() -> None:
    """What was entered last, with the way to see it."""
    if (done := st.session_state.pop(DONE, None)) is None:
        return
    number, subject, since = done
    day = address.the_day()
    st.success(
        _("样品 {number} 已登记到 {subject}。").format(number=number, subject=subject),
        icon=":material/check:",
    )
    if since > day.isoformat():
        st.info(
            _("它的结果日期 {since} 晚于现在所看的日子，要到那一天才计入。").format(since=since),
            icon=":material/info:",
        )
    address.link(
        "good",
        _("看 {subject} 的判定").format(subject=subject),
        icon=":material/manage_search:",
        subject=subject,
        day=max(since, day.isoformat()),
    )
    say_otherwise()
