"""Confirming plain cases together: what would be granted is looked at first, then one button names it again."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.casework.acting import BulkPreview, Doer, bulk_grant, bulk_preview
from office.casework.desk_list import Filters, Places
from office.permissions import may
from office.refusal import Refused
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.states import state_label
from pages.parts.tables import table_height
from rules.program import Program

SEEN, DONE = "tasks_bulk_seen", "tasks_bulk_done"
MOST_ROWS = 8


def told() -> None:
    """What the last confirmation came to, once."""
    if words := st.session_state.pop(DONE, None):
        st.success(say(words), icon=":material/check:")


def bulk(db: Database, person: Person, filters: Filters, program: Program, places: Places, day: date) -> None:
    """The way in for those who may confirm, then the preview and its button."""
    if not may(person.role, "confirm"):
        return
    if day != st.session_state["working_day"]:
        st.session_state.pop(SEEN, None)
        return
    if (seen := st.session_state.get(SEEN)) is None:
        _ways_in(filters, program, day)
        return
    with st.container(border=True, key="tasks_bulk_panel"):
        _preview(seen, program, places)
        sure, cancel, _rest = st.columns([3, 1, 3])
        cancel.button(_("取消"), key="tasks_bulk_cancel", on_click=_close, width="stretch")
        words = (
            _n("确认给予 {n} 个农产品", len(seen.cases)) + _("：") + say(program.benefits[seen.benefit].title)
        )
        if seen.cases and sure.button(words, key="tasks_bulk_sure", type="primary", width="stretch"):
            _do(db, seen, person)


def _ways_in(filters: Filters, program: Program, day: date) -> None:
    """One button for each benefit asked for, within the township asked for."""
    benefits = [filters.benefit] if filters.benefit else list(program.benefits)
    with st.container(horizontal=True, vertical_alignment="center"):
        for benefit in benefits:
            words = _("成批确认：{benefit}").format(benefit=say(program.benefits[benefit].title))
            st.button(
                words,
                key=f"tasks_bulk_{benefit}",
                icon=":material/done_all:",
                on_click=_open,
                args=(benefit, day, filters.township or None),
            )
        st.caption(_("只给予；先看清单，再确认。"), width="content")


def _open(benefit: str, day: date, township: str | None) -> None:
    """For `on_click`, which runs before the page has a reader."""
    with running.reader() as db:
        st.session_state[SEEN] = bulk_preview(db, benefit, day, township=township)


def _close() -> None:
    st.session_state.pop(SEEN, None)


def _preview(seen: BulkPreview, program: Program, places: Places) -> None:
    """Counts by township, what is left out and why, and the whole list."""
    title, where = say(program.benefits[seen.benefit].title), seen.township or _("各乡镇")
    st.markdown(
        _("**{benefit}** · {where} · 自 {day} 起给予 **{n}** 个农产品").format(
            benefit=title, where=where, day=day_words(seen.day, lang()), n=f"{len(seen.cases):,}"
        )
    )
    if not seen.cases:
        st.info(_("没有可以成批确认的。"), icon=":material/done_all:")
    left, right = st.columns([2, 3])
    with left:
        towns = pd.DataFrame({_("乡镇"): list(seen.by_township), _("个数"): list(seen.by_township.values())})
        st.dataframe(
            towns, hide_index=True, height=table_height(len(towns), MOST_ROWS), key="tasks_bulk_towns"
        )
    with right:
        st.dataframe(
            _cases(seen, places),
            hide_index=True,
            height=table_height(len(seen.cases), MOST_ROWS),
            key="tasks_bulk_cases",
        )
    for out in seen.left_out:
        st.caption(_("不在其中 {n} 个：{why}").format(n=f"{len(out.subjects):,}", why=say(out.reason)))


def _cases(seen: BulkPreview, places: Places) -> pd.DataFrame:
    found = [(case, places.get(case.subject, ("", "", ""))) for case in seen.cases]
    return pd.DataFrame(
        {
            _("户编号/产品编码"): [case.subject for case, _place in found],
            _("产品"): [place[0] for _case, place in found],
            _("乡镇"): [place[1] for _case, place in found],
            _("村"): [place[2] for _case, place in found],
            _("现行"): [state_label(case.state) for case, _place in found],
        }
    )


def _do(db: Database, seen: BulkPreview, person: Person) -> None:
    """Grant what was looked at; where it has changed since, say so and show it as it is now."""
    subjects = tuple(case.subject for case in seen.cases)
    doer = Doer(person.name, person.role)
    try:
        done = bulk_grant(
            running.writer(), seen.benefit, subjects, doer=doer, seen=seen.digest, township=seen.township
        )
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        st.session_state[SEEN] = bulk_preview(db, seen.benefit, seen.day, township=seen.township)
        st.button(_("看现在的清单"), key="tasks_bulk_again")
        return
    st.session_state[DONE] = done.words
    _close()
    st.rerun()
