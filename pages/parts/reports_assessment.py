"""考核: the nine townships' points of a period; a cell opens how it was computed and the rows behind it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.store import Database
from office.answering import while_all_stands
from office.gathering import known_now
from office.months import earlier, month_words
from office.permissions import may
from office.refusal import Refused
from office.reports.assessment import Scored, beside_last, period_until, score
from office.reports.assessment_words import points_words, total_words, veto_words
from office.reports.bulletin import last_ended
from office.reports.proportions import points
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.reports_computation import show_computation
from pages.parts.reports_issue import issue_assessment
from pages.parts.tables import table_height
from rules.assessing import Score
from rules.load_assessment import assessment
from rules.load_targets import targets_digest

YEARS_OFFERED = 4
TOTAL = "total"


def show_assessment(db: Database, person: Person, day: date) -> None:
    """Choose a period, look at the points and what they rest on, issue them."""
    month = _until(day)
    try:
        scored = scores_of(db, month, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/summarize:")
        return
    st.caption(
        _(
            "满分 100 分，全部项目和分值是办公室口径，待确认。乡镇按编码排列，不排名次；不对任何户、任何人计分。"
            "没有可算对象的项目不适用，分值按比例分到其余项目，所以格内写“得分 / 分值”；没有上报数据的得 0 分并写明。"
        )
    )
    _table(scored)
    _chosen_cell(scored)
    ready = beside_last(db, scored)
    if ready.previous:
        st.caption(
            _("已印发第{edition}版：{number}。").format(
                edition=ready.previous.edition, number=ready.previous.number
            )
        )
    if may(person.role, "report_figures"):
        issue_assessment(person, ready)


def scores_of(db: Database, month: str, day: date) -> Scored:
    """The scores of the year up to a month, kept while registers and casework stand."""
    asked = (month, day, assessment().digest, targets_digest())
    return while_all_stands(
        "assessment", db, asked, lambda: score(db, period_until(month, day), known_now(db))
    )


def _until(day: date) -> str:
    """The year to date, and earlier whole years."""
    last = last_ended(day)
    months = [last, *(f"{int(last[:4]) - back}-12" for back in range(1, YEARS_OFFERED))]
    months += [month for back in range(1, int(last[5:])) if (month := earlier(last, back)) not in months]
    chosen = address.one_of("until", months, last)
    left, _rest = st.columns([1, 3])
    left.selectbox(
        _("考核期"),
        months,
        key=address.follow("reports_until", chosen),
        format_func=_period_words,
        on_change=address.keep,
        args=("until", "reports_until", last),
    )
    return chosen


def _period_words(month: str) -> str:
    year = month[:4]
    if month.endswith("-12"):
        return _("{year}年全年").format(year=year)
    return _("{year}年1月至{month}").format(year=year, month=say(month_words(month)))


def _table(scored: Scored) -> None:
    """A township a row, an item a column; the choice of a cell goes into the address."""
    items = {item.name: say(item.title) for item in scored.items}
    rows: list[dict[str, str]] = []
    for code, township in scored.scores.items():
        veto = say(veto_words(scored.vetoes.get(code)))
        rows.append(
            {
                "place": scored.names[code],
                TOTAL: say(total_words(township.total)),
                **({"veto": ""} if scored.vetoes else {}),  # why a sum is 0 stands beside it
                **{one.item: _cell(one) for one in township.scores},
                "veto": f"⊘ {veto}" if veto else "",
            }
        )
    right = {
        name: st.column_config.TextColumn(
            _("{title}（{n}分）").format(title=title, n=item.weight_on(scored.period.last)),
            alignment="right",
            help=say(item.text),
        )
        for (name, title), item in zip(items.items(), scored.items, strict=True)
    }
    st.session_state["reports_cells"] = (list(scored.names), list(items))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), 10),
        key="reports_scores",
        on_select=_choose,
        selection_mode="single-cell",
        column_config={
            "place": st.column_config.TextColumn(_("乡镇"), pinned=True),
            TOTAL: st.column_config.TextColumn(_("得分"), alignment="right", pinned=True),
            **right,
            "veto": st.column_config.TextColumn(_("一票否决")),
        },
    )
    st.caption(_("点一格，看这一项怎样算出来、依据哪些台账行；也可以在下面选。"))


def _cell(one: Score) -> str:
    """What was earned of what could be, once what does not apply was shared out."""
    said = say(points_words(one))
    return said if one.state != "scored" else f"{said} / {points(one.weight)}"


def _choose() -> None:
    cells = st.session_state["reports_scores"]["selection"]["cells"]
    if not cells:
        return
    codes, items = st.session_state["reports_cells"]
    row, column = cells[0]
    address.put(township=codes[row], item=column if column in items else None)


def _chosen_cell(scored: Scored) -> None:
    codes, items = list(scored.names), [item.name for item in scored.items]
    code = address.one_of("township", codes, codes[0])
    name = address.one_of("item", items, items[0])
    titles = {item.name: say(item.title) for item in scored.items}
    left, right = st.columns(2)
    for column, label, key, options, chosen, words in (
        (left, _("乡镇"), "township", codes, code, scored.names),
        (right, _("项目"), "item", items, name, titles),
    ):
        column.selectbox(
            label,
            options,
            key=address.follow(f"reports_{key}", chosen),
            format_func=words.__getitem__,
            on_change=address.keep,
            args=(key, f"reports_{key}", options[0]),
        )
    show_computation(scored, code, name)
