"""The goods that a draft changes, name by name, and the Excel file with everything about the comparison."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.store import Database
from office import running
from office.because import because_words
from office.personal.taking import taken_by
from office.rulekeeping.draft_effects import Effects
from office.rulekeeping.draft_money import money_effect
from office.rulekeeping.draft_packaging import packaging_effect
from office.rulekeeping.draft_words import NOT_THERE, effects_xlsx
from pages.parts import address
from pages.parts.compare_chart import direction_label
from pages.parts.door import need
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import verdict_label
from pages.parts.personal_mark import file_marked
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 12


def show_names(found: Effects, rows: pd.DataFrame, *, heads: bool) -> None:
    """The table; a chosen row opens the good on the day that is compared."""
    st.caption(_n("共 {n} 个农产品", len(rows)) + _("。") + row_hint(_("打开它的“一户一品”")))
    event = st.dataframe(
        _shown(found, rows, heads),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        key="rule_changes_names",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(),
    )
    if chosen := event["selection"]["rows"]:
        day = found.before.gathered.as_of
        address.go("good", subject=str(rows["subject"].iloc[chosen[0]]), day=day)


def _shown(found: Effects, rows: pd.DataFrame, heads: bool) -> pd.DataFrame:
    programs = (found.after.program, found.before.program)
    columns: dict[str, Any] = {"subject": rows["subject"].tolist(), "product": rows["product_name"].tolist()}
    if heads:
        columns["head"] = rows["head_name"].tolist()
    columns["direction"] = [direction_label(one) for one in rows["direction"]]
    columns["before"] = [_verdict(one) for one in rows["before"]]
    columns["after"] = [_verdict(one) for one in rows["after"]]
    columns["why"] = [say(because_words(turns, *programs)) for turns in rows["turns"]]
    columns["township"] = rows["township_name"].tolist()
    columns["village"] = rows["village_name"].tolist()
    return pd.DataFrame(columns)


def _config() -> dict[str, Any]:
    text = st.column_config.TextColumn
    wide = 108 if lang() == "zh" else 124
    return {
        "subject": text(_("户/产品"), width=88, pinned=True),
        "product": text(_("产品"), width=66),
        "head": text(_("户主"), width=84),
        "direction": text(_("变化"), width=72),
        "before": text(_("现行规则"), width=wide),
        "after": text(_("草稿"), width=wide),
        "why": text(_("因为"), width=300),
        "township": text(_("乡镇"), width=110),
        "village": text(_("村"), width=80),
    }


def _verdict(verdict: object) -> str:
    return verdict_label(verdict) if isinstance(verdict, str) else say(NOT_THERE)


def export_button(db: Database, on: date, found: Effects, *, heads: bool) -> None:
    """Every change of every benefit with all figures; made only when it is asked for."""

    person = need("clerk", "reviewer", "auditor")

    def made() -> bytes:
        with running.reader() as reader:
            packaging, money = packaging_effect(reader, on, found), money_effect(reader, on, found)
        return effects_xlsx(
            found, found.changed, packaging, money, heads=heads, taken=taken_by(person, "goods")
        )

    st.download_button(
        _("导出 Excel"),
        data=made,
        file_name=file_marked(_("规则对比_{day}.xlsx").format(day=on.isoformat()), personal=heads),
        mime=XLSX,
        key="rule_changes_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
