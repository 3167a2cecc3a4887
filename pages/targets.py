"""目标 / Targets: where every target of the plan stands, what one rests on, and what it would take."""

from __future__ import annotations

import streamlit as st

from data.store import Database
from office import running
from office.refusal import Refused
from office.targets.what_if import Points, starting_points
from pages.parts import (
    address,
    targets_detail,
    targets_places,
    targets_reported,
    targets_rows,
    targets_what_if,
)
from pages.parts.choices import one_of_few, one_or_all
from pages.parts.door import need
from pages.parts.language import _, say
from pages.parts.targets_cards import show_overview, titles_of
from pages.parts.targets_scenarios import show_scenarios

person = need("clerk", "reviewer", "auditor", "administrator")
day = address.the_day()


def one_target(db: Database, points: Points) -> None:
    """A target's standing, its way, its townships, its rows, its definition."""
    titles = titles_of(points)
    left, _rest = st.columns([1, 1])
    with left:
        name = one_or_all("targets", "target", _("哪一项目标"), titles, every=_("选一项")) or next(
            iter(titles)
        )
    standing = points.standings[name]
    targets_detail.show_head(points, name)
    parts = {
        "way": _("走势"),
        "places": _("按乡镇"),
        "rows": _("明细"),
        "definition": _("口径"),
        "reported": _("上报"),
    }
    part = one_of_few("part", "targets_part", _("看哪一部分"), parts, "way")
    if part == "way":
        targets_detail.show_way(points, name)
        targets_detail.show_years(standing)
    elif part == "places":
        targets_places.show_townships(db, day, standing)
        targets_places.show_gaps(db, day, standing)
    elif part == "rows":
        targets_rows.show_rows(db, day, standing, person)
    elif part == "definition":
        targets_detail.show_definition(standing, day)
    else:
        targets_reported.show_reported(db, day, standing, person)


views = {
    "overview": _("总览"),
    "target": _("单项"),
    "what-if": _("假设"),
    "scenarios": _("方案"),
}
view = one_of_few("view", "targets_view", _("看什么"), views, "overview")
with running.reader() as database:
    try:
        found = starting_points(database, day)
    except Refused as refused:
        st.error(say(refused.words), icon=":material/error:")
        st.stop()
    if view == "overview":
        show_overview(found)
    elif view == "target":
        one_target(database, found)
    elif view == "what-if":
        targets_what_if.panel(targets_what_if.chosen_targets(found), day, person)
    else:
        show_scenarios(database, found, person)
