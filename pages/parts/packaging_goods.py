"""农户持有, 待收回: which goods hold what, and those whose packaging was taken away and that still hold some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.casework.packaging import items
from data.people import Person
from data.store import Database
from office.casework.desk_list import Places, places_of_goods
from office.casework.in_force import STATES
from office.stores.packaging import ToRecover, recovery
from office.stores.packaging_views import (
    NOBODY,
    HeldRow,
    held_rows,
    held_xlsx,
    item_kind_words,
    recovery_xlsx,
)
from pages.parts.choices import one_or_all
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words
from pages.parts.packaging_filters import clear_button, in_words, search
from pages.parts.packaging_good import good_panel, held_words
from pages.parts.packaging_stock import export_button
from pages.parts.states import state_label
from pages.parts.tables import row_hint, table_height

NAMED = ("q", "item", "state")
MOST_ROWS = 12


def show_held(db: Database, person: Person, day: date) -> None:
    """Filters, one row per good and item, and the good that is chosen."""
    known = places_of_goods(db)
    everything = held_rows(db, day)
    if not everything:
        st.info(
            _("到这一天没有农户持有包装物资。给予以后，录入员在“办理”里发放。"),
            icon=":material/inventory_2:",
        )
        return
    rows, asked = _asked_for(db, everything, known)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_n('共 {n} 行', len(rows))}**", width="content")
        told = _("{day}终了时。").format(day=day_words(day, lang()))
        st.caption(told + row_hint(_("看一个产品持有的全部物资")), width="content")
        clear_button(NAMED)
        name = _("农户持有_{day}").format(day=day.isoformat())
        export_button("held", name, lambda: held_xlsx(rows, known, day, asked), disabled=not rows)
    if not rows:
        st.info(_("没有符合这些筛选的行。放宽或清除筛选再看。"), icon=":material/filter_alt_off:")
        return
    chosen = _selected("held", held_table(rows, known), [row.subject for row in rows], _held_config())
    if chosen:
        good_panel(db, person, chosen, day)


def show_recovery(db: Database, person: Person, day: date) -> None:
    """Goods that should hand something back, those that wait longest first, and the one that is chosen."""
    rows, known = recovery(db, day), places_of_goods(db)
    if not rows:
        st.success(
            _("{day}没有待收回的物资。").format(day=day_words(day, lang())), icon=":material/task_alt:"
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_n('{n} 个产品待收回', len(rows))}**", width="content")
        told = _("不再给予而手里还有设备或未用包材的。")
        st.caption(told + row_hint(_("去办理")), width="content")
        name = _("待收回_{day}").format(day=day.isoformat())
        export_button("recover", name, lambda: recovery_xlsx(rows, known, day))
    chosen = _selected(
        "recover", recovery_table(rows, known, day), [row.subject for row in rows], _recovery_config()
    )
    found = next((row for row in rows if row.subject == chosen), None)
    if found:
        good_panel(db, person, found.subject, day, document=found.document)


def held_table(rows: Sequence[HeldRow], known: Places) -> pd.DataFrame:
    """What goods hold as it is shown."""
    return pd.DataFrame(
        [
            {
                "subject": row.subject,
                **_named(row.subject, known),
                "state": state_label(row.state),
                "item": row.held.name,
                "kind": say(item_kind_words(row.held.kind)),
                "quantity": row.held.quantity,
                "unit": row.held.unit,
                "since": date.fromisoformat(row.held.since),
            }
            for row in rows
        ]
    )


def recovery_table(rows: Sequence[ToRecover], known: Places, day: date) -> pd.DataFrame:
    """What is to come back as it is shown."""
    return pd.DataFrame(
        [
            {
                "subject": row.subject,
                **_named(row.subject, known),
                "state": state_label(row.state),
                "since": row.since,
                "days": (day - row.since).days,
                "held": held_words(row.held),
                "document": row.document or "",
            }
            for row in rows
        ]
    )


def _named(subject: str, known: Places) -> dict[str, str]:
    product, township, village = known.get(subject, NOBODY)
    return {"product": product, "township": township, "village": village}


def _good_config() -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    return {
        "subject": config.TextColumn(_("户/产品"), width=96, pinned=True),
        "product": config.TextColumn(_("产品"), width=80),
        "township": config.TextColumn(_("乡镇"), width=100),
        "village": config.TextColumn(_("村"), width=76),
        "state": config.TextColumn(_("现行"), width=110 if wide else 92),
    }


def _held_config() -> dict[str, Any]:
    config = st.column_config
    return {
        **_good_config(),
        "item": config.TextColumn(_("物资"), width=140),
        "kind": config.TextColumn(_("类别"), width=170 if lang() == "en" else 110),
        "quantity": config.NumberColumn(_("数量"), width=80, format="localized"),
        "unit": config.TextColumn(_("单位"), width=60),
        "since": config.DateColumn(_("最早领用"), width=100, format="YYYY-MM-DD"),
    }


def _recovery_config() -> dict[str, Any]:
    config = st.column_config
    return {
        **_good_config(),
        "since": config.DateColumn(_("自"), width=92, format="YYYY-MM-DD"),
        "days": config.NumberColumn(_("已等(天)"), width=100 if lang() == "en" else 74),
        "held": config.TextColumn(_("应交回"), width=230),
        "document": config.TextColumn(_("收回清单"), width=180),
    }


def _selected(name: str, table: pd.DataFrame, subjects: Sequence[str], config: dict[str, Any]) -> str | None:
    """Show a table of goods; the good of the chosen row."""
    event = st.dataframe(
        table,
        hide_index=True,
        height=table_height(len(table), MOST_ROWS),
        placeholder="",
        key=f"packaging_{name}",
        on_select="rerun",
        selection_mode="single-row",
        column_config=config,
    )
    rows = event["selection"]["rows"]
    return subjects[rows[0]] if rows and rows[0] < len(subjects) else None


def _asked_for(db: Database, rows: Sequence[HeldRow], known: Places) -> tuple[list[HeldRow], str]:
    """Show the filters; the rows that they let through, and the filters in words."""
    first, second, third = st.columns([3, 2, 2])
    with first:
        asked = search("q", _("查找"), _("户编号、产品、村或乡镇，可写几个词"))
    things = {code: item.name for code, item in items(db).items()}
    states = {state: state_label(state) for state in STATES}
    with second:
        item = one_or_all("packaging", "item", _("物资"), things)
    with third:
        state = one_or_all("packaging", "state", _("现行"), states)
    words = asked.casefold().split()
    found = [
        row
        for row in rows
        if item in ("", row.held.item_code)
        and state in ("", row.state)
        and all(word in " ".join([row.subject, *known.get(row.subject, NOBODY)]).casefold() for word in words)
    ]
    said = {_("查找"): asked, _("物资"): things.get(item, ""), _("现行"): states.get(state, "")}
    return found, in_words(said)
