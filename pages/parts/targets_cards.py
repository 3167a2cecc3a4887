"""All targets beside each other: each a small card with where it stands, and a way into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from office.targets.what_if import Points
from pages.parts.anchors import anchor
from pages.parts.choices import one_or_all
from pages.parts.language import _, _n, say
from pages.parts.looks import STATUSES
from pages.parts.targets_spark import sparkline
from pages.parts.targets_words import (
    actual_words,
    deadline_words,
    goal_words,
    part_words,
    projected_words,
    status_label,
)
from rules.target import STATUSES as ALL_STATUSES
from rules.trajectory import Course

BESIDE = 4
CSS = """
<style>
.targets-cards { display: grid; gap: .75rem; }
.targets-card { border: 1px solid #d5dce5; border-radius: .4rem; padding: .35rem .7rem .4rem; min-width: 0; }
.stHtml .targets-card a[data-in-app] { font-size: .92rem; line-height: 1.3; color: #1f5fa8; }
.targets-line { display: flex; justify-content: space-between; align-items: baseline; gap: .5rem; font-size: .84rem;
  color: #46525f; font-variant-numeric: tabular-nums; }
.targets-line strong { font-size: 1.12rem; color: #1f2933; white-space: nowrap; }
.targets-status { font-weight: 600; white-space: nowrap; }
.targets-key { font-size: .84rem; color: #46525f; }
</style>
"""


def show_overview(points: Points) -> None:
    """How many stand how, the filters, and the cards."""
    st.html(CSS)
    chosen = _filtered(points)
    if not chosen:
        st.info(_("没有符合这些筛选的目标。放宽筛选再看。"), icon=":material/filter_alt_off:")
        return
    across = f"grid-template-columns:repeat({BESIDE},minmax(0,1fr))"
    cards = "".join(_card(points, name) for name in chosen)
    st.html(f'<div class="targets-cards" style="{across}">{cards}</div>')
    st.caption(_("小图：实线为各月数据，虚线为按现有速度的推算，点线为目标。点标题看一项的来龙去脉。"))


def _filtered(points: Points) -> list[str]:
    """The names that the filters of the address leave, in the file's order."""
    left, middle, right = st.columns([1.3, 1.3, 4], vertical_alignment="bottom")
    found: dict[str, str] = {status: say(STATUS_WORDS[status]) for status in ALL_STATUSES}
    there = {standing.target.citation.clause for standing in points.standings.values()}
    clauses = {clause: clause for clause in dict.fromkeys(_clauses(points)) if clause in there}
    with left:
        status = one_or_all("targets", "status", _("状态"), found)
    with middle:
        clause = one_or_all("targets", "clause", _("方案条款"), clauses)
    right.html(_counts(points))
    return [
        name
        for name, standing in points.standings.items()
        if status in ("", standing.status) and clause in ("", standing.target.citation.clause)
    ]


def _clauses(points: Points) -> Sequence[str]:
    return [standing.target.citation.clause for standing in points.standings.values()]


def _counts(points: Points) -> str:
    """How many targets stand how, in one line."""
    statuses = [standing.status for standing in points.standings.values()]
    parts = [
        f'<span class="targets-status" style="color:{STATUSES[status].colour}">{escape(status_label(status))}'
        f" {statuses.count(status)}</span>"
        for status in ALL_STATUSES
        if status in statuses
    ]
    whole = escape(_n("共 {n} 项目标", len(statuses)))
    return f'<div class="targets-key">{whole} &nbsp; {" &nbsp; ".join(parts)}</div>'


def _card(points: Points, name: str) -> str:
    standing, course = points.standings[name], points.observed[name]
    to = st.query_params.to_dict() | {"view": "target", "target": name}
    colour = STATUSES[standing.status].colour
    picture = sparkline(course, standing.status, picture_words(points, name, course))
    return (
        f'<div class="targets-card">{anchor("targets", escape(say(standing.target.title)), to)}'
        f'<div class="targets-line"><strong>{escape(actual_words(standing))}</strong>'
        f'<span class="targets-status" style="color:{colour}">{escape(status_label(standing.status))}</span></div>'
        f"{picture}"
        f'<div class="targets-line"><span>{escape(goal_words(standing))}{escape(_share(standing))}</span>'
        f"<span>{escape(deadline_words(standing))}</span></div></div>"
    )


def _share(standing: Standing) -> str:
    """Beside a percentage the numbers that make it."""
    return f" · {part_words(standing)}" if standing.target.is_share and standing.counted.of else ""


def picture_words(points: Points, name: str, course: Course) -> str:
    """What the small picture shows, for who does not see it."""
    standing = points.standings[name]
    return _("{title}：现在 {actual}，目标 {goal}，期限时预计 {projected}").format(
        title=say(standing.target.title),
        actual=actual_words(standing),
        goal=goal_words(standing),
        projected=projected_words(course),
    )


def titles_of(points: Points) -> Mapping[str, str]:
    """Name → title, in the file's order."""
    return {name: say(standing.target.title) for name, standing in points.standings.items()}
