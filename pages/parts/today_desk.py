"""What waits, counted by kind with the longest wait and whose turn it is: the first thing on Today."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.people import Person
from office.casework.desk import Desk, Waiting
from office.casework.desk_tasks import KINDS, Task, roles_of
from office.permissions import ROLES
from pages.parts import address
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words

ACROSS = 4  # cards beside each other

CSS = """
<style>
[class*="st-key-today_task_"] { padding: .35rem .8rem .45rem; gap: .05rem !important; height: 100%; }
[class*="st-key-today_task_"] a { padding: 0; min-height: 0; }
[class*="st-key-today_task_"] a p { font-size: .98rem; color: #1f2933; }
[class*="st-key-today_task_"] a strong { display: inline-block; font-size: 1.4rem; font-weight: 700; color: #1f5fa8;
  line-height: 1.25; margin-right: .4rem; font-variant-numeric: tabular-nums; }
[class*="st-key-today_task_mine"] { border-left: 3px solid #1f5fa8; }
</style>
"""


def waiting(desk: Desk, person: Person, *, links: bool) -> None:
    """A card for each kind of task that lies on the desk; those that this person may do are marked."""
    every = desk.waiting(person)
    lying = [one for one in every if roles_of(one.kind)]
    if not lying:
        st.success(_("现行状态与规则的建议处处一致，没有要办的事。"), icon=":material/task_alt:")
    for start in range(0, len(lying), ACROSS):
        for column, one in zip(st.columns(ACROSS), lying[start : start + ACROSS], strict=False):
            mine = "mine" if one.mine else "other"
            with column.container(border=True, key=f"today_task_{mine}_{one.kind}", height="stretch"):
                _card(one, links=links)
    with st.container(horizontal=True, gap="medium"):
        for one in every:
            if one not in lying and one.kind != "notice_running":
                _shown(one, links=links)
    with st.container(gap=None):
        for task in desk.tasks:
            if task.kind == "notice_running":
                _running(task, desk, links=links)


def _card(one: Waiting, *, links: bool) -> None:
    title = say(KINDS[one.kind].title)
    if links:
        address.link("tasks", f"**{one.count:,}** {title}", kind=one.kind, turn="all")
    else:
        st.html(f'<div class="today-plain"><strong>{one.count:,}</strong> {escape(title)}</div>')
    st.html(f'<div class="today-why">{escape(_turn(one))}</div>')


def _shown(one: Waiting, *, links: bool) -> None:
    """What nobody has to do anything about: a quiet line."""
    words = f"{say(KINDS[one.kind].title)} {one.count:,}"
    if links:
        address.link("tasks", words, icon=":material/visibility:", kind=one.kind, turn="all")
    else:
        st.html(f'<div class="today-plain">{escape(words)}</div>')


def _turn(one: Waiting) -> str:
    """The longest wait, and whose turn it is."""
    longest = _n("最久 {n} 天", one.longest) if one.longest else _("今天起")
    roles = [say(words) for role, words in ROLES.items() if role in roles_of(one.kind)]
    whose = _("轮到{roles}").format(roles=_("、").join(roles))
    if one.mine:
        whose = _("轮到我 {n} 项").format(n=f"{one.mine:,}") if one.mine < one.count else _("由我办理")
    return f"{longest} · {whose}"


def _running(task: Task, desk: Desk, *, links: bool) -> None:
    """A notice on the wall with the days it still hangs."""
    if task.until is None:
        return
    left = _n("还有 {n} 天", (task.until - desk.day).days + 1)
    words = _("{number} 正在公示，{left}，到{day}").format(
        number=task.about, left=left, day=day_words(task.until, lang())
    )
    if links:
        address.link("notices", words, icon=":material/campaign:")
    else:
        st.html(f'<div class="today-plain">{escape(words)}</div>')
