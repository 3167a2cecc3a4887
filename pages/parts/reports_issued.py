"""What was issued: every edition, the chosen one with what it changed, and its paper as it was numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.reporting.assessments import Assessed, assessments
from data.reporting.bulletins import Issued, bulletins
from data.store import Database
from office import running
from office.months import month_words
from office.paperwork.papers_of_goods_and_money import kind_words
from office.paperwork.printing import print_document
from office.reports import assessment_words, bulletin_words
from office.reports.differing import read
from pages.parts import address
from pages.parts.files import DOCX
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words, time_words
from pages.parts.reports_issue import said
from pages.parts.reports_sections import differences_table
from pages.parts.tables import row_hint, table_height


def show_issued(db: Database, person: Person, day: date) -> None:
    """Every bulletin, the newest first, and the chosen one."""
    said()
    found = bulletins(db)
    if not found:
        st.info(
            _("还没有印发过通报。到“通报”选一个月，看过数据后由审核员印发。"), icon=":material/summarize:"
        )
        return
    one = found[_choose(found, "bulletin", lambda one: {_("月份"): say(month_words(one.month))})]
    _head(one, say(month_words(one.month)))
    _print(one, "bulletin")
    named = one.context["names"]
    _changes(one, lambda place: bulletin_words.place_words(place, named), bulletin_words.figure_named)


def show_assessed(db: Database, person: Person, day: date) -> None:
    """Every assessment, the newest first, and the chosen one."""
    said()
    found = assessments(db)
    if not found:
        st.info(
            _("还没有印发过考核结果。到“考核”选一期，看过得分后由审核员印发。"), icon=":material/summarize:"
        )
        return
    one = found[_choose(found, "assessment", lambda one: {_("考核期"): period_words(one)})]
    _head(one, period_words(one))
    _print(one, "assessment")
    scores = one.scores
    _totals(one)
    _changes(
        one,
        lambda place: assessment_words.place_words(place, scores["names"]),
        lambda figure: assessment_words.figure_named(figure, scores["items"], scores["units"]),
    )


def period_words(one: Assessed) -> str:
    """From when until when."""
    return _("{first}至{last}").format(
        first=day_words(date.fromisoformat(one.period_from), lang()),
        last=day_words(date.fromisoformat(one.period_to), lang()),
    )


def _choose(found: Sequence[Any], kind: str, about: Callable[[Any], dict[str, str]]) -> int:
    """The list; the place of the row that the address chooses, the newest where it chooses none."""
    rows = [
        {
            _("编号"): one.number,
            **about(one),
            _("第几版"): one.edition,
            _("印发日期"): one.done_on,
            _("印发人"): one.recorded_by,
            _("改动（处）"): len(one.changes),
        }
        for one in found
    ]
    numbers = [one.number for one in found]
    key = f"reports_{kind}_list"
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), 6),
        key=key,
        on_select=partial(_chosen, key, numbers),
        selection_mode="single-row",
    )
    st.caption(row_hint(_("看这一版")))
    return numbers.index(address.one_of("number", numbers, numbers[0]))


def _chosen(key: str, numbers: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    address.put(number=numbers[rows[0]] if rows else None)


def _head(one: Issued | Assessed, about: str) -> None:
    st.subheader(f"{one.number}　{about}", anchor=False)
    st.caption(
        _("第{edition}版；数据截至 {known}；{day} 由 {who} 印发。").format(
            edition=one.edition,
            known=time_words(one.known_at, lang()),
            day=day_words(date.fromisoformat(one.done_on), lang()),
            who=one.recorded_by,
        )
    )


def _print(one: Issued | Assessed, kind: str) -> None:
    def made() -> bytes:
        with running.reader() as db:
            return print_document(db, one.number)[1]

    st.download_button(
        _("下载 {title}（Word）").format(title=say(kind_words(kind))),
        data=made,
        file_name=f"{kind_words(kind).zh}_{one.number}.docx",
        mime=DOCX,
        on_click="ignore",
        key=f"reports_print_{kind}_{one.id}",
        icon=":material/print:",
    )


def _totals(one: Assessed) -> None:
    """The townships' points as they were issued."""
    names, flat = one.scores["names"], one.scores["flat"]
    rows = [
        {
            _("乡镇"): name,
            _("得分"): say(assessment_words.total_words(flat[code]["total"])),
            _("各项合计"): say(assessment_words.total_words(flat[code]["before_veto"])),
            _("一票否决"): flat[code]["veto"],
        }
        for code, name in names.items()
    ]
    right = st.column_config.TextColumn(alignment="right", width=110)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), 10),
        key=f"reports_totals_{one.id}",
        column_config={_("得分"): right, _("各项合计"): right},
    )


def _changes(one: Issued | Assessed, place: Any, figure: Any) -> None:
    if one.edition == 1:
        st.caption(_("这是第1版。"))
        return
    st.markdown(_("与上一版的不同："))
    differences_table(read(one.changes), place, figure, f"reports_differences_{one.number}")
