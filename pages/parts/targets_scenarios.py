"""Saved scenarios: the list, opening and removing one, and two to four beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.problems import StoreProblem
from data.reporting.scenarios import SavedScenario
from data.store import Database
from office import running
from office.casework.asked import Doer
from office.permissions import may
from office.refusal import Refused
from office.targets.scenario_sheet import scenarios_xlsx
from office.targets.scenarios import FEWEST, MOST, beside_each_other, remove, scenarios
from office.targets.what_if import Points, Tried
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.files import XLSX
from pages.parts.language import _, lang, say
from pages.parts.looks import time_words
from pages.parts.targets_cards import titles_of
from pages.parts.targets_chart import show_ways
from pages.parts.targets_sliders import SET, levers_words
from pages.parts.targets_words import projected_words, reached_words, status_label
from rules.levers import LEVERS


def show_scenarios(db: Database, points: Points, person: Person) -> None:
    """Everything that is saved, and the comparison of those chosen."""
    saved = {one.name: one for one in scenarios(db)}
    if not saved:
        st.info(
            _("还没有保存过方案。在“假设”里移动几项，取个名称保存，这里就可以打开和比较。"),
            icon=":material/bookmark:",
        )
        address.here(_("去“假设”"), "targets_to_what_if", {"view": "what-if"}, icon=":material/tune:")
        return
    for one in saved.values():
        _line(points, one, person)
    if len(saved) < FEWEST:
        st.caption(_("再保存一个方案，就可以并排比较。"))
        return
    _compare(db, points, saved)


def _line(points: Points, one: SavedScenario, person: Person) -> None:
    left, opened, removed = st.columns([7, 1, 1], vertical_alignment="center")
    left.markdown(f"**{one.name}**　{levers_words(one.levers)}")
    when = _("第 {version} 版，{who} {time} 保存").format(
        version=one.version, who=one.recorded_by, time=time_words(one.recorded_at, lang())
    )
    left.caption(_("{when}。{note}").format(when=when, note=one.note or ""))
    with opened:
        levers: dict[str, Any] = {SET + name: one.levers.get(name) for name in LEVERS}
        along: dict[str, Any] = {"scenario": one.name, "version": one.version, "targets": _moved(points, one)}
        address.here(_("打开"), f"targets_open_{one.id}", {"view": "what-if", **levers, **along}, plain=False)
    if may(person.role, "save_scenario"):
        with removed.popover(_("删除"), width="stretch"):
            st.caption(_("从列表里拿掉；保存过的各版仍留在记录里。"))
            if st.button(_("确认删除"), key=f"targets_remove_{one.id}", type="primary"):
                _remove(one, person)


def _moved(points: Points, one: SavedScenario) -> list[str]:
    """The first targets that a scenario moves."""
    return [
        name for name, standing in points.standings.items() if set(standing.target.levers) & set(one.levers)
    ][:4]


def _remove(one: SavedScenario, person: Person) -> None:
    try:
        remove(running.writer(), one.name, doer=Doer(person.name, person.role), seen=one.version)
    except (Refused, StoreProblem) as problem:
        st.warning(say(problem.words), icon=":material/info:")
        return
    st.rerun()


def _compare(db: Database, points: Points, saved: Mapping[str, SavedScenario]) -> None:
    st.subheader(_("并排比较"), anchor=False)
    asked = address.some_of("compare", tuple(saved))
    chosen = asked or list(saved)[:FEWEST]
    key = address.follow("targets_compare", chosen)
    left, right = st.columns([4, 1.2], vertical_alignment="bottom")
    left.multiselect(
        _("比较哪几个（{few} 到 {most} 个）").format(few=FEWEST, most=MOST),
        list(saved),
        key=key,
        max_selections=MOST,
        on_change=_keep,
        args=(key,),
    )
    try:
        tried = beside_each_other(db, chosen, points.day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return
    moved = [name for name in points.starts if any(one.ways[name].is_moved for one in tried.values())]
    language = lang()  # the file is made apart from this run
    right.download_button(
        _("导出 Excel"),
        data=lambda: scenarios_xlsx(points.day, tried, list(points.starts), language),
        file_name=_("方案比较_{day}.xlsx").format(day=points.day.isoformat()),
        mime=XLSX,
        key="targets_compare_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    _table(points, tried, moved)
    _chart(points, tried, moved)


def _keep(key: str) -> None:
    address.put(compare=st.session_state[key])


def _table(points: Points, tried: Mapping[str, Tried], moved: Sequence[str]) -> None:
    rows = []
    for name in moved:
        standing, course = points.standings[name], points.observed[name]
        row = {
            "title": say(standing.target.title),
            "now": f"{projected_words(course)} {status_label(standing.status)}",
        }
        for label, one in tried.items():
            way = one.ways[name]
            row[f"in_{label}"] = (
                f"{projected_words(way.under)} {status_label(way.status)} {reached_words(way.under)}"
            )
        rows.append(row)
    config = st.column_config
    st.caption(_("各目标到期限时预计达到多少；没有列出的目标在这些方案下不变。"))
    with st.container(key="targets_compared"):
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            width="stretch",
            column_config={
                "title": config.TextColumn(_("哪一项目标"), pinned=True),
                "now": config.TextColumn(_("按现有速度")),
                **{f"in_{label}": config.TextColumn(label) for label in tried},
            },
        )


def _chart(points: Points, tried: Mapping[str, Tried], moved: Sequence[str]) -> None:
    titles = titles_of(points)
    shown = {name: titles[name] for name in moved if points.standings[name].counted.value is not None}
    if not shown:
        return
    name = one_of_few("of", "targets_of", _("画哪一项"), shown, next(iter(shown)))
    ways = {_("按现有速度"): points.observed[name]}
    ways |= {label: one.ways[name].under for label, one in tried.items()}
    show_ways(ways, "targets_compared_chart")
