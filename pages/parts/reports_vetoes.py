"""一票否决: which townships are under one, what was done when and why, and the form to impose or lift it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.reporting.assessments import vetoes
from data.reporting.report_rows import townships
from data.store import Database
from data.versions import END_OF_TIME
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.refusal import Refused
from office.reports.bulletin_data import is_township
from office.reports.vetoes import KINDS, LONGEST_NUMBER, Wish, act
from office.signing import LONGEST_TEXT
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.language import _, say
from pages.parts.reports_issue import DONE, said
from pages.parts.tables import table_height

YEARS_OFFERED = 5


def show_vetoes(db: Database, person: Person, day: date) -> None:
    """Every act, the newest first, and the form."""
    said()
    st.caption(
        _(
            "经查实弄虚作假的，乡镇该年度考核得分为 0。只记乡镇、年度、理由和文号；涉及的人和事移送有关部门，不在这里记。"
        )
    )
    names = {code: name for code, name in townships(db, END_OF_TIME).items() if is_township(code)}
    _table(db, names)
    if names and may(person.role, "veto"):
        _form(person, names, len(vetoes(db)))


def _table(db: Database, names: dict[str, str]) -> None:
    found = vetoes(db)
    if not found:
        st.info(_("没有一票否决的记录。"), icon=":material/gavel:")
        return
    rows = [
        {
            _("号"): one.id,
            _("日期"): one.done_on,
            _("办理内容"): say(KINDS[one.kind]),
            _("乡镇"): names.get(one.township_code, one.township_code),
            _("年度"): str(one.year),
            _("理由"): one.reason,
            _("文号"): one.document_no or "",
            _("经办人"): one.recorded_by,
        }
        for one in found
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=table_height(len(rows), 8), key="reports_vetoes")


def _form(person: Person, names: dict[str, str], done: int) -> None:
    """`done`: how many acts there are; after each, and for the other kind of act, what is written begins blank."""
    kind = one_of_few(
        "act", "reports_veto_kind", _("办理什么"), {k: say(words) for k, words in KINDS.items()}, "impose"
    )
    blank = f"{kind}_{done}"
    this_year = running.working_day().year
    with st.form("reports_veto", border=True):
        left, middle, right = st.columns([2, 1, 2])
        code = left.selectbox(
            _("乡镇"), list(names), key="reports_veto_township", format_func=names.__getitem__
        )
        years = list(range(this_year, this_year - YEARS_OFFERED, -1))
        year = middle.selectbox(_("年度"), years, key="reports_veto_year")
        document = right.text_input(
            _("文号（可以空白）"), key=f"reports_veto_document_{blank}", max_chars=LONGEST_NUMBER
        )
        reason = st.text_area(
            _("理由 *"),
            key=f"reports_veto_reason_{blank}",
            max_chars=LONGEST_TEXT,
            height=80,
            help=_("写查实的事实和依据，不写个人姓名。"),
        )
        pressed = st.form_submit_button(say(KINDS[kind]), icon=":material/gavel:")
    if pressed:
        _do(person, Wish(kind, code, int(year), reason, document), names[code])


def _do(person: Person, wish: Wish, name: str) -> None:
    try:
        done = act(running.writer(), wish, doer=Doer(person.name, person.role))
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/sync_problem:")
        return
    st.session_state[DONE] = _("{name} {year}年度：{kind}已记录（第{n}号）。").format(
        name=name, year=wish.year, kind=say(KINDS[wish.kind]), n=done.id
    )
    address.go("reports", view="vetoes")
