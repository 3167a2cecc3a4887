"""What waits, counted by kind with the longest wait and whose turn it is: the first thing on Today."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.people import Person
from office.casework.desk import Desk, Waiting
from office.casework.desk_tasks import KINDS, Task, roles_of
from office.permissions import ROLES
from pages.parts.cards import Card, cards_html
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.today_lines import line

ACROSS = 4  # cards beside each other


def cards(desk: Desk, person: Person, *, links: bool) -> None:
    """A card for each kind of task that lies on the desk; those that this person may do are marked."""
    if lying := [one for one in desk.waiting(person) if roles_of(one.kind)]:
        st.html(cards_html([_card(one, links=links) for one in lying], ACROSS))
    else:
        st.success(_("现行状态与规则的建议处处一致，没有要办的事。"), icon=":material/task_alt:")


def lines(desk: Desk, person: Person, *, links: bool) -> list[str]:
    """What nobody has to do anything about, then each notice on the wall with the days it still hangs."""
    shown = [
        line(
            f"{say(KINDS[one.kind].title)} {one.count:,}",
            ":material/visibility:",
            "tasks" if links else "",
            _list_of(one),
            alone=False,
        )
        for one in desk.waiting(person)
        if not roles_of(one.kind) and one.kind != "notice_running"
    ]
    return shown + [
        line(_running(task, task.until, desk.day), ":material/campaign:", "notices" if links else "", {})
        for task in desk.tasks
        if task.kind == "notice_running" and task.until is not None
    ]


def _card(one: Waiting, *, links: bool) -> Card:
    page = "tasks" if links else ""
    return Card(
        one.kind, one.count, say(KINDS[one.kind].title), _turn(one), page, _list_of(one), bool(one.mine)
    )


def _list_of(one: Waiting) -> dict[str, str]:
    return {"kind": one.kind, "turn": "all"}


def _turn(one: Waiting) -> str:
    """The longest wait, and whose turn it is."""
    longest = _n("最久 {n} 天", one.longest) if one.longest else _("今天起")
    roles = [say(words) for role, words in ROLES.items() if role in roles_of(one.kind)]
    whose = _("轮到{roles}").format(roles=_("、").join(roles))
    if one.mine:
        whose = _("轮到我 {n} 项").format(n=f"{one.mine:,}") if one.mine < one.count else _("由我办理")
    return f"{longest} · {whose}"


def _running(task: Task, until: date, day: date) -> str:
    left = _n("还有 {n} 天", (until - day).days + 1)
    return _("{number} 正在公示，{left}，到{day}").format(
        number=task.about, left=left, day=day_words(until, lang())
    )
