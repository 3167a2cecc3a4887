"""Behind a line of the clause matrix: its test cases, the kept decisions and the answers of the day that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.rulekeeping.case_files import NamedCase
from data.rulekeeping.decided import OneDecided
from data.store import Database
from office.programs import DEFAULT
from office.rulekeeping.behind import Behind, Which, behind_part, behind_row
from office.rulekeeping.matrix import Matrix, PartLine, RowLine
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.language import _, _n, say
from pages.parts.looks import verdict_label
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 10


def show_part(db: Database, matrix: Matrix, line: PartLine, person: Person) -> None:
    """The cases that name a part, what it decided this year, what it decides on the day."""
    with st.container(border=True, key="rules_matrix_part"):
        st.markdown(f"**{say(line.part.words)}**　{line.part.citation.clause}　“{line.part.citation.quote}”")
        _cases(line.cases)
        if line.kept is None and line.present is None:
            st.caption(_("这一项不直接出现在判定里：它只用来计数、计算金额，或者通过上面的状态起作用。"))
            return
        words = {
            "kept-decisive": _("今年单独决定的"),
            "kept-against": _("今年不利的"),
            "present-decisive": _("当天单独决定的"),
            "present-against": _("当天不利的"),
        }
        first = "present-decisive" if line.kept is None else "kept-decisive"
        shown = one_of_few("behind", "rules_matrix_behind", _("看哪些判定"), words, first)
        which: Which = "kept" if shown.startswith("kept") else "present"
        what = "decisive" if shown.endswith("decisive") else "against"
        found = behind_part(db, matrix, line, which, "decisive" if what == "decisive" else "against")
        _decisions(found, matrix, person, which, "part")


def show_row(db: Database, matrix: Matrix, line: RowLine, person: Person) -> None:
    """The cases that expect a row's verdict, and what met the row."""
    with st.container(border=True, key="rules_matrix_row"):
        st.markdown(f"**{say(line.benefit.title)} {line.number}**　{say(line.words)}")
        _cases(line.cases)
        words = {"kept": _("今年用到的"), "present": _("当天用到的")}
        first = "present" if line.kept is None else "kept"
        shown = one_of_few("met", "rules_matrix_met", _("看哪些判定"), words, first)
        which: Which = "kept" if shown == "kept" else "present"
        _decisions(behind_row(db, matrix, line, which), matrix, person, which, "row")


def _cases(cases: Sequence[NamedCase]) -> None:
    if not cases:
        st.caption(_("没有测试案例提到它。可以在“改规则”的草稿里把一个情形存成测试案例。"))
        return
    with st.expander(_n("测试案例 {n} 个", len(cases))):
        for case in cases:
            st.markdown(f"- {case.name}" + (_("（已保存的案例）") if case.saved else ""))


def _decisions(found: Behind, matrix: Matrix, person: Person, which: Which, about: str) -> None:
    if not found.number:
        st.caption(_("没有这样的判定。"))
        return
    if person.role == "administrator":
        st.caption(_n("共 {n} 件", found.number) + _("。") + _("管理员岗位不看农户的产品。"))
        return
    told = _n("共 {n} 件", found.number)
    if found.number > len(found.rows):
        told += _("，先列最近的 {n} 件").format(n=len(found.rows))
    goods = matrix.program.program == DEFAULT
    st.caption(told + _("。") + (row_hint(_("看这一户一品")) if goods else ""))
    frame = pd.DataFrame([_row(row, matrix) for row in found.rows])
    event: Any = st.dataframe(
        frame,
        hide_index=True,
        height=table_height(len(frame), MOST_ROWS),
        key=f"rules_matrix_{about}_{which}",
        on_select="rerun" if goods else "ignore",
        selection_mode="single-row",
        placeholder="",
    )
    if goods and (rows := event["selection"]["rows"]) and rows[0] < len(found.rows):
        row = found.rows[rows[0]]
        address.go("good", subject=row.subject, benefit=row.benefit, day=row.day)


def _row(row: OneDecided, matrix: Matrix) -> dict[str, str | int]:
    benefits = matrix.program.benefits
    benefit = row.benefit or next(iter(benefits))
    title = say(benefits[benefit].title) if benefit in benefits else ""
    return {
        _("农产品或申报"): row.about or row.subject,
        **({_("农产品"): row.subject} if row.about else {}),
        _("事项"): title,
        _("结果"): verdict_label(row.verdict),
        _("判定行"): row.row,
        _("日期"): row.day,
    }
