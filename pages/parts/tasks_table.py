"""The table of what waits; a chosen row opens the good, the settlement or the notice that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from office.casework.desk_list import Places, turn_words
from office.casework.desk_tasks import Task
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import verdict_label
from pages.parts.states import state_label
from pages.parts.tables import table_height
from rules.program import Program

MOST_ROWS = 14


def tasks_table(
    tasks: Sequence[Task], program: Program, places: Places, along: Mapping[str, str], person: Person
) -> None:
    """Show these tasks in this order; `along` are the filters, so that Back finds the list as it was."""
    with st.container(key="tasks_table"):
        event = st.dataframe(
            table_of(tasks, program, places, person),
            hide_index=True,
            height=table_height(len(tasks), MOST_ROWS),
            placeholder="",
            key="tasks_rows",
            on_select="rerun",
            selection_mode="single-row",
            column_config=_config(),
        )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(tasks):
        open_task(tasks[rows[0]], along)


def open_task(task: Task, along: Mapping[str, str]) -> None:
    """Go where the task is done."""
    if task.kind == "collect":
        address.go("packaging", view="recover")
    if task.benefit:
        address.go("good", **{**along, "subject": task.about, "benefit": task.benefit})
    if "settlement" in task.kind:
        address.go("logistics", view="draft")
    address.go("notices")


def table_of(tasks: Sequence[Task], program: Program, places: Places, person: Person) -> pd.DataFrame:
    """One row per task; days stay days and numbers numbers, so that the table sorts them."""
    rows = [_row(task, program, places, person) for task in tasks]
    return pd.DataFrame(rows, columns=list(_config()))


def short_title(benefit: str, program: Program) -> str:
    """A benefit as narrow as a column; one of another programme keeps its own title."""
    short = {"packaging": _("包装"), "logistics": _("物流")}
    return short.get(benefit, say(program.benefits[benefit].title))


def _row(task: Task, program: Program, places: Places, person: Person) -> dict[str, Any]:
    product, township, village = places.get(task.about, ("", "", ""))
    return {
        "kind": say(task.title),
        "about": task.about,
        "product": product,
        "township": township,
        "village": village,
        "benefit": short_title(task.benefit, program) if task.benefit else "",
        "state": state_label(task.state, overrides=task.kind == "override") if task.state else "",
        "verdict": verdict_label(task.verdict) if task.verdict else "",
        "since": task.since,
        "days": task.days,
        "turn": _("我") if task.is_for(person) else say(turn_words(task)),
    }


def _config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    return {
        "kind": config.TextColumn(_("待办事项"), width=172 if wide else 134),
        "about": config.TextColumn(_("农产品或文书"), width=98),
        "product": config.TextColumn(_("产品"), width=62),
        "benefit": config.TextColumn(_("帮扶"), width=74 if wide else 50),
        "state": config.TextColumn(_("现行"), width=114 if wide else 86),
        "verdict": config.TextColumn(_("规则建议"), width=110 if wide else 90),
        "since": config.DateColumn(_("起于"), width=86, format="YYYY-MM-DD"),
        "days": config.NumberColumn(_("已等(天)"), width=94 if wide else 68),
        "turn": config.TextColumn(_("轮到"), width=116 if wide else 152),
        "township": config.TextColumn(_("乡镇"), width=98 if wide else 104),
        "village": config.TextColumn(_("村"), width=74),
    }
