"""已结算: every settlement that was confirmed or discarded, with its lines, adjustments, and papers."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from data.casework.settlements import Settlement, settlements
from data.people import Person
from data.store import Database
from office import running
from office.paperwork.printing import print_document
from office.personal.showing import Shown
from office.subsidy.settlement_views import recorded
from office.subsidy.settlement_words import STATES
from pages.parts import address
from pages.parts.files import DOCX, XLSX
from pages.parts.language import _, say
from pages.parts.logistics_draft import steps_line, terms_words
from pages.parts.logistics_lines import (
    figures,
    in_yuan,
    lines_table,
    money_column,
    sums,
    verdict_figures,
)
from pages.parts.logistics_slip import show_claim
from pages.parts.logistics_sums import sums_table
from pages.parts.personal_mark import file_marked
from pages.parts.personal_show import ask_for_names, names_seen
from pages.parts.tables import table_height


def show_settled(db: Database, person: Person) -> None:
    """The list, and the one that the address or the list chooses, whole."""
    found = [one for one in settlements(db) if not one.is_open]
    if not found:
        st.info(_("还没有结算完的。起草、复核、确认以后，列在这里。"), icon=":material/receipt_long:")
        return
    _list(found)
    numbers = [one.number for one in found]
    chosen = address.one_of("number", numbers, numbers[0])
    _one(db, found[numbers.index(chosen)], person)


def _list(found: list[Settlement]) -> None:
    frame = pd.DataFrame(
        [
            {
                "number": one.number,
                "state": say(STATES[one.state]),
                "until": one.claimed_until,
                "lines": one.lines,
                "due": in_yuan(one.due),
                "paid": in_yuan(one.paid),
                "by": one.recorded_by,
                "done": (one.steps.get("confirm") or one.steps["discard"]).done_on,
            }
            for one in found
        ]
    )
    st.session_state["logistics_numbers"] = [one.number for one in found]
    st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), 6),
        key="logistics_settled",
        on_select=_choose,
        selection_mode="single-row",
        column_config={
            "number": st.column_config.TextColumn(_("编号")),
            "state": st.column_config.TextColumn(_("状态")),
            "until": st.column_config.TextColumn(_("申报截止日")),
            "lines": st.column_config.NumberColumn(_("行数"), format="localized"),
            "due": money_column(_("应付(元)"), money="accounting"),
            "paid": money_column(_("实付(元)"), money="accounting"),
            "by": st.column_config.TextColumn(_("起草")),
            "done": st.column_config.TextColumn(_("办结日期")),
        },
    )


def _choose() -> None:
    rows = st.session_state["logistics_settled"]["selection"]["rows"]
    numbers = st.session_state.get("logistics_numbers", [])
    address.put(number=numbers[rows[0]] if rows and rows[0] < len(numbers) else None)


def _one(db: Database, one: Settlement, person: Person) -> None:
    """The whole settlement; its paper masks the names of heads of household for who needs none, or gave no reason yet."""
    shown = recorded(db, one)
    st.subheader(f"{one.number}　{say(STATES[one.state])}", anchor=False)
    st.html(steps_line(one))
    st.caption(terms_words(shown))
    figures({**verdict_figures(shown), **sums(shown)})
    if number := _paper(one):
        what = Shown("settlements", one.number, ("head_name",), rows=one.lines)
        heads = names_seen("logistics", what, person)
        ask_for_names("logistics", what, person)
        with st.container(horizontal=True):
            _print(number, "docx", _("结算表（Word）"), DOCX, heads=heads)
            _print(number, "xlsx", _("结算表（Excel）"), XLSX, heads=heads)
    sums_table(shown, "settled")
    claim = lines_table(shown, "settled", kinds=True, file=one.number)
    if claim:
        show_claim(db, claim, shown)


def _paper(one: Settlement) -> str | None:
    step = one.steps.get("confirm")
    return step.document_no if step else None


def _print(number: str, kind: Literal["docx", "xlsx"], label: str, mime: str, *, heads: bool) -> None:
    def made() -> bytes:
        with running.reader() as db:
            return print_document(db, number, kind, heads=heads)[1]

    st.download_button(
        label,
        data=made,
        file_name=file_marked(f"{number}.{kind}", personal=heads),
        mime=mime,
        key=f"logistics_print_{kind}",
        on_click="ignore",
        icon=":material/print:",
    )
