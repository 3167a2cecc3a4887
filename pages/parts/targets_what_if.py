"""What if: levers on the left, every chosen target's way with and without on the right, what it would take, and saving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from office import running
from office.months import month_text
from office.permissions import may
from office.refusal import Refused
from office.targets.what_if import (
    Points,
    Tried,
    back_tested,
    levers_of_target,
    seek,
    starting_points,
    try_levers,
)
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.targets_cards import titles_of
from pages.parts.targets_chart import show_ways
from pages.parts.targets_detail import no_data, tested_words
from pages.parts.targets_save import save_form
from pages.parts.targets_sliders import levers_in_address, sliders, value_words
from pages.parts.targets_words import (
    goal_words,
    method_words,
    month_label,
    projected_words,
    reached_words,
    status_label,
)
from rules.target import Status
from rules.trajectory import Course

FIRST = ("training",)  # what is looked at where the address names none
MOST = 4


def chosen_targets(points: Points) -> list[str]:
    """The targets looked at, in the address."""
    titles = titles_of(points)
    asked = address.some_of("targets", tuple(titles))[:MOST]
    first = [name for name in FIRST if name in titles] or list(titles)[:1]
    chosen = asked or first
    key = address.follow("targets_chosen", chosen)
    st.multiselect(
        _("看哪些目标（最多 {n} 项）").format(n=MOST),
        list(titles),
        key=key,
        format_func=lambda name: titles[name],
        max_selections=MOST,
        on_change=_keep_targets,
        args=(key, first),
    )
    return chosen


def _keep_targets(key: str, first: Sequence[str]) -> None:
    chosen = st.session_state[key]
    address.put(targets=None if list(chosen) == list(first) else chosen)


@st.fragment
def panel(targets: Sequence[str], day: date, person: Person) -> None:
    """Only this runs again when a lever moves."""
    left, right = st.columns([3, 7], gap="medium")
    with running.reader() as db:
        points = starting_points(db, day)
        with left:
            sliders(points, targets)
        try:
            tried = try_levers(db, day, levers_in_address(points))
        except Refused as refused:
            right.info(say(refused.words), icon=":material/info:")
            return
    with right:
        for name in targets:
            _way(tried, name, alone=len(targets) == 1)
        _others(tried, targets)
    if may(person.role, "save_scenario"):
        save_form(tried, person)


def _way(tried: Tried, name: str, *, alone: bool) -> None:
    way = tried.ways[name]
    standing = way.standing
    title = say(standing.target.title)
    if standing.counted.value is None:
        st.markdown(f"**{title}**")
        no_data(standing)
        return
    goal, by = goal_words(standing), month_label(way.without.start.deadline)
    st.markdown(_("**{title}**　目标 {goal}，{by}").format(title=title, goal=goal, by=by))
    st.markdown(_outcome(tried, name))
    ways = {_("按现有速度"): way.without}
    if way.is_moved:
        ways[_("假设")] = way.under
    show_ways(ways, f"targets_way_{name}", height=230 if alone else 170)
    st.caption(method_words(way.under) + tested_words(back_tested(way.without.start)))
    _how_to(tried, name)


def _outcome(tried: Tried, name: str) -> str:
    """What comes of it, before and after."""
    way = tried.ways[name]
    now = _told(way.without, way.standing.status)
    if not way.is_moved:
        return _("按现有速度，期限时预计 {now}").format(now=now)
    then = _told(way.under, way.status)
    return _("期限时预计：现有速度 {now} → 假设 **{then}**").format(now=now, then=then)


def _told(course: Course, status: Status) -> str:
    return _("{figure}（{status}，{reached}）").format(
        figure=projected_words(course), status=status_label(status), reached=reached_words(course)
    )


def _how_to(tried: Tried, name: str) -> None:
    """Goal-seek: what each lever alone would have to stand at for the goal to be reached by a month."""
    points, start = tried.points, tried.ways[name].without.start
    first, last = start.today + 1, start.deadline if start.target.is_growth else start.until
    if start.goal is None or first > last:
        return
    months = {month_text(month): month for month in range(first, last + 1)}
    default = start.deadline if start.deadline >= first else last
    usual = next(text for text, month in months.items() if month == default)
    key = address.follow(f"targets_by_{name}", address.one_of(f"by_{name}", tuple(months), usual))
    ask, told = st.columns([1, 3], vertical_alignment="center")
    with ask:
        st.selectbox(
            _("怎样才能到这个月达到"),
            list(months),
            key=key,
            format_func=lambda text: month_label(months[text]),
            on_change=address.keep,
            args=(f"by_{name}", key, usual),
        )
    month = months[st.session_state[key]]
    told.markdown("  \n".join(_sought(tried, name, lever, month) for lever in levers_of_target(points, name)))


def _sought(tried: Tried, name: str, lever: str, month: int) -> str:
    found = seek(tried.points, name, lever, tried.values, month)
    title, low, high = say(found.lever.title), found.lever.low, found.lever.high
    if found.step is None:
        bounds = {"low": value_words(found.lever, low), "high": value_words(found.lever, high)}
        return _("✕ 只调“{title}”达不到（在 {low} 至 {high} 的范围内）").format(title=title, **bounds)
    value = value_words(found.lever, found.step)
    most = _("至多 {value}") if found.lever.part == "duration" else _("至少 {value}")
    return f"{'✔' if found.as_it_is else '→'} {title} **{most.format(value=value)}**" + (
        _("（现在的取值已能达到）") if found.as_it_is else ""
    )


def _others(tried: Tried, targets: Sequence[str]) -> None:
    """The other targets that the same levers move."""
    moved = [name for name, way in tried.ways.items() if way.is_moved and name not in targets]
    if not moved:
        return
    st.markdown(_("同时变化的其他目标"))
    rows = [
        {
            "title": say(tried.ways[name].standing.target.title),
            "now": f"{projected_words(tried.ways[name].without)} {status_label(tried.ways[name].standing.status)}",
            "then": f"{projected_words(tried.ways[name].under)} {status_label(tried.ways[name].status)}",
        }
        for name in moved
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={
            "title": st.column_config.TextColumn(_("哪一项目标")),
            "now": st.column_config.TextColumn(_("按现有速度")),
            "then": st.column_config.TextColumn(_("假设")),
        },
    )
