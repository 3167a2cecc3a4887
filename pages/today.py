"""今日 / Today: what must be done now, every number with its goods or rows behind it."""

from __future__ import annotations

import streamlit as st

from data.decisions import Run
from office import running
from office.casework.desk import desk
from office.due import due
from office.permissions import may
from office.targets.measuring import measure
from office.worklist import Worklists, worklists
from pages.parts import (
    address,
    cards,
    past_note,
    today_desk,
    today_due,
    today_lines,
    today_rules,
    today_system,
    verdict_overview,
    worklist,
)
from pages.parts.day_answers import answers_or_stop
from pages.parts.door import need
from pages.parts.language import _, _n, lang
from pages.parts.looks import day_words, time_words
from pages.parts.personal_wishes import wishes_waiting

RISK = ("one_failure", "lapsing", "lapsed")
MISSING = ("fitness_missing", "never_inspected", "result_missing", "failure_unanswered")
SINCE = ("newly_eligible", "newly_lost")

person = need("clerk", "reviewer", "auditor", "administrator")
case_work = person.role != "administrator"


def since_last_run(lists: Worklists) -> None:
    """What changed against the recorded decisions of an earlier day, or how to have some."""
    st.subheader(_("与上次存档相比"), anchor=False)
    if lists.run is None:
        st.info(_("这一天以前还没有存档过判定，无从比较。"), icon=":material/inventory_2:")
        if may(person.role, "record"):
            address.link("goods", _("去“资格清单”判定并存档"), icon=":material/inventory:")
        else:
            st.caption(_("由审核员在“资格清单”里判定并存档；以后这里列出新符合的和新失去的。"))
        return
    st.caption(run_words(lists.run))
    worklist.cards(lists, SINCE, links=case_work)


def run_words(run: Run) -> str:
    """Which run it is: its number, the day it decided, who recorded it and when."""
    return _("第 {number} 次存档：判定日 {day}，{who} 于 {time} 存档，{goods} 个农产品。").format(
        number=run.id,
        day=day_words(run.as_of, lang()),
        who=run.recorded_by,
        time=time_words(run.recorded_at, lang()),
        goods=f"{run.goods:,}",
    )


with running.reader() as db:
    answers = answers_or_stop(db, address.the_day(), person)
    todo, lies = worklists(db, answers), desk(db, answers)
    standings, found = measure(db, answers.gathered.as_of), due(db, answers.gathered.as_of)

st.html(cards.CSS + verdict_overview.CSS)
st.subheader(_("要办的"), anchor=False)
today_desk.cards(lies, person, links=case_work)
lines = today_desk.lines(lies, person, links=case_work)
with running.reader() as db:
    lines += today_rules.waiting(db, links=case_work) + past_note.waiting(db, links=case_work)
    if not case_work:
        lines += today_system.waiting(db)
    lines += wishes_waiting(db, person)
today_lines.show(lines)
st.subheader(_("要防住的"), anchor=False)
worklist.cards(todo, RISK, links=case_work)
st.subheader(_("还缺什么"), anchor=False)
worklist.cards(todo, MISSING, links=case_work)
st.subheader(_("目标和台账"), anchor=False)
today_due.cards(standings, found, links=case_work)
since_last_run(todo)
st.subheader(_n("判定概览（{n} 个农产品）", int(answers.subjects.size)), anchor=False)
verdict_overview.overview(answers, links=case_work)
