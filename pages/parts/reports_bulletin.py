"""通报: a month's figures section by section as the paper will have them, and the panel that issues it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.people import Person
from data.store import Database
from office.answering import while_all_stands
from office.gathering import known_now
from office.months import month_words, up_to
from office.permissions import may
from office.refusal import Refused
from office.reports.bulletin import Ready, beside_last, last_ended, look
from office.reports.bulletin_data import BulletinFigures
from pages.parts import address
from pages.parts.language import _, _n, say
from pages.parts.reports_charts import months_chart, targets_chart, townships_chart
from pages.parts.reports_help import help_lines
from pages.parts.reports_issue import issue_bulletin
from pages.parts.reports_sections import (
    amounts_table,
    changes_table,
    compared_table,
    quality_table,
    returns_table,
    summary,
    targets_table,
)
from rules.load_assessment import assessment
from rules.load_targets import targets_digest

MONTHS_OFFERED = 48


def show_bulletin(db: Database, person: Person, day: date) -> None:
    """Choose a month, look at everything, issue it."""
    month = _month(day)
    try:
        found = figures_of(db, month, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/summarize:")
        return
    ready = beside_last(db, found, known_now(db), "", "")
    _where_it_stands(ready)
    _sections(found)
    if ready.previous:
        _changed(ready)
    if may(person.role, "report_figures"):
        issue_bulletin(person, ready)


def figures_of(db: Database, month: str, day: date) -> BulletinFigures:
    """The month's figures, kept while registers and casework stand."""
    asked = (month, day, assessment().digest, targets_digest())
    return while_all_stands("bulletin", db, asked, lambda: look(db, month, day, known_now(db)))


def _month(day: date) -> str:
    months = list(reversed(up_to(last_ended(day), MONTHS_OFFERED)))
    chosen = address.one_of("month", months, months[0])
    left, _rest = st.columns([1, 3])
    left.selectbox(
        _("哪个月的通报"),
        months,
        key=address.follow("reports_month", chosen),
        format_func=lambda month: say(month_words(month)),
        on_change=address.keep,
        args=("month", "reports_month", months[0]),
    )
    return chosen


def _where_it_stands(ready: Ready) -> None:
    """Whether the month was issued, and which returns are not in yet."""
    missing = len(ready.figures.quality.missing)
    if missing:
        st.warning(
            _n("还有 {n} 个站点没有上报这个月的月报，名单见“数据质量”。", missing),
            icon=":material/pending_actions:",
        )
    if ready.previous is None:
        st.caption(_("这个月还没有印发过通报。"))
    else:
        st.caption(
            _("已印发第{edition}版：{number}，{day}，{who}。").format(
                edition=ready.previous.edition,
                number=ready.previous.number,
                day=ready.previous.done_on,
                who=ready.previous.recorded_by,
            )
        )


def _sections(found: BulletinFigures) -> None:
    """The sections of the paper in its order."""
    st.subheader(_("总体情况"), anchor=False)
    summary(found)
    months_chart(found)
    st.subheader(_("各乡镇情况"), anchor=False)
    st.caption(_("各乡镇之和等于全县。没有上报的是空白，不按 0 计算。"))
    amounts_table(found)
    compared_table(found)
    townships_chart(found)
    st.subheader(_("服务站点上报"), anchor=False)
    returns_table(found)
    st.subheader(_("带动户、检验与补贴"), anchor=False)
    help_lines(found)
    st.subheader(_("目标进展"), anchor=False)
    targets_table(found)
    targets_chart(found)
    st.subheader(_("数据质量"), anchor=False)
    quality_table(found)


def _changed(ready: Ready) -> None:
    st.subheader(_("与上一版的不同"), anchor=False)
    changes = tuple(one for one in ready.changes if one.place != "text")
    if changes and ready.previous:
        changes_table(ready, changes)
    else:
        st.caption(_("数据与已印发的完全相同。"))
