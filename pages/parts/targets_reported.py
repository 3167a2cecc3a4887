"""Figures that were reported and signed for, beside what the same day comes to now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.refusal import Refused
from office.targets.closing import names_of_places
from office.targets.measuring import Standing
from office.targets.reporting import Compared, Wish, report, reported_and_now
from office.targets.status_words import STATUS_WORDS
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, time_words
from pages.parts.tables import table_height
from pages.parts.targets_changes import changed_rows
from pages.parts.targets_words import with_unit

TOLD = "targets_reported_told"
MOST_CHANGES = 12


def show_reported(db: Database, day: date, standing: Standing, person: Person) -> None:
    """Every reported figure of the target, and for those who may, the signing of a new one."""
    if told := st.session_state.pop(TOLD, None):
        st.success(told, icon=":material/verified:")
    found = reported_and_now(db, standing.target.name)
    if not found:
        st.info(
            _("这一项还没有上报过。审核员上报时，当天的数连同口径一起固定下来，以后不会改变。"),
            icon=":material/inbox:",
        )
    for one in found:
        _line(db, standing, one)
    if may(person.role, "report_figures"):
        _form(day, standing, person)


def _line(db: Database, standing: Standing, one: Compared) -> None:
    frozen = one.reported
    then, now = _figure(standing, frozen.figures), _figure(standing, one.now)
    same = _("现在仍是这个数") if not one.changes else _("现在为 **{now}**").format(now=now)
    day = day_words(date.fromisoformat(frozen.as_of), lang())
    st.markdown(_("{day} 的数：上报 **{then}**，{same}").format(day=day, then=then, same=same))
    st.caption(
        _("{who} {time} 上报。{remark}").format(
            who=frozen.recorded_by, time=time_words(frozen.recorded_at, lang()), remark=frozen.remark or ""
        )
    )
    if one.definition_changed:
        st.caption(_("上报以后，目标口径文件改过；两个数按各自的口径。"))
    if one.changes:
        places = {code: found[0] for code, found in names_of_places(db, "township").items()}
        rows = changed_rows(standing.target, one, places)
        with st.expander(_n("变了 {n} 处", len(rows))):
            st.dataframe(
                pd.DataFrame(rows),
                hide_index=True,
                height=table_height(len(rows), MOST_CHANGES),
                key=f"targets_changes_{frozen.id}",
            )


def _figure(standing: Standing, figures: Mapping[str, Any] | None) -> str:
    if figures is None:
        return _("已没有这一项目标")
    if figures["actual"] is None:
        return _("没有数据")
    status = say(STATUS_WORDS[figures["status"]])
    figure = with_unit(standing.target, Decimal(figures["actual"]))
    return _("{what}（{when}）").format(what=figure, when=status)


def _form(day: date, standing: Standing, person: Person) -> None:
    with st.form("targets_report_form", border=True):
        st.markdown(
            _("**上报这一项**　{day} 的数，连同口径固定下来，由您签字").format(day=day_words(day, lang()))
        )
        remark = st.text_input(_("备注（可不填）"), max_chars=200, key="targets_report_remark")
        pressed = st.form_submit_button(_("上报并签字"), type="primary")
    if not pressed:
        return
    try:
        wish = Wish((standing.target.name,), day, remark)
        made = report(running.writer(), wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/info:")
        return
    st.session_state[TOLD] = _("已上报 {day} 的数，签字 {who}。").format(
        day=day_words(day, lang()), who=made[0].recorded_by
    )
    st.rerun()
