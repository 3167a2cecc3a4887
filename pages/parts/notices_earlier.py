"""Every notice that was ever posted, and the chosen one whole."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from data.casework.public_notices import Posted, notices
from data.people import Person
from data.store import Database
from office.notices.notice_steps import STATES, state_of
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words
from pages.parts.notices_lines import about, period_words, print_buttons, wall_table
from pages.parts.notices_steps import objections
from pages.parts.tables import table_height


def show_earlier(db: Database, person: Person, day: date) -> None:
    """The list, the newest first; a chosen row below it, its number in the address."""
    found = notices(db, day)
    if not found:
        st.info(_("到这一天还没有发布过公示。"), icon=":material/campaign:")
        return
    st.dataframe(
        pd.DataFrame([_row(posted, day) for posted in found]),
        hide_index=True,
        height=table_height(len(found), 8),
        key="notices_earlier",
        on_select=partial(_chosen, [posted.number for posted in found]),
        selection_mode="single-row",
    )
    number = address.one_of("number", [posted.number for posted in found], None)
    chosen = next((posted for posted in found if posted.number == number), None)
    if chosen is None:
        st.caption(_("在表中选一行，看它的全部内容。"))
    else:
        _whole(chosen, person, day)


def _chosen(numbers: list[str]) -> None:
    rows = st.session_state["notices_earlier"]["selection"]["rows"]
    address.put(number=numbers[rows[0]] if rows else None)


def _row(posted: Posted, day: date) -> dict[str, Any]:
    return {
        _("编号"): about(posted),
        _("所属期"): period_words(posted.kind, posted.period_from, posted.period_to),
        _("公示自"): posted.posted_on.isoformat(),
        _("公示至"): posted.ends_on.isoformat(),
        _("户数（户）"): len(posted.entries),
        _("异议（条）"): sum(step.kind == "objection" for step in posted.steps if step.done_on <= day),
        _("现状"): say(STATES[state_of(posted, day)]),
    }


def _whole(posted: Posted, person: Person, day: date) -> None:
    with st.container(border=True):
        st.subheader(about(posted), anchor=False)
        for kind in ("withdraw", "close"):
            if step := posted.step(kind, day):
                st.caption(
                    _("{state}：{day}，{who}。{text}").format(
                        state=say(STATES["withdrawn" if kind == "withdraw" else "closed"]),
                        day=day_words(step.done_on, lang()),
                        who=step.recorded_by,
                        text=step.text,
                    )
                )
        wall_table(posted.kind, posted.entries, f"notices_earlier_lines_{posted.id}")
        print_buttons(posted)
        objections(posted, person, day)
