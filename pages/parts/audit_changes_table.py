"""The names of a changed list with what made each change, and the same by township."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from office.personal.taking import taken_by
from office.rulekeeping.draft_words import NOT_THERE
from office.rulekeeping.list_changes import ACT, PARTS, ListChanges
from office.rulekeeping.list_words import PART_WORDS, list_changes_xlsx
from pages.parts import address
from pages.parts.door import need
from pages.parts.files import XLSX
from pages.parts.language import _, lang, say
from pages.parts.looks import CHART_COLOURS, INK, verdict_label
from pages.parts.personal_mark import file_marked
from pages.parts.states import state_label
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 12
BAR, FRAME = 24, 76  # pixels of a township, and of legend and axis


def moves_line(rows: pd.DataFrame) -> str:
    """Every move between two verdicts and two states with its number, the most frequent first."""
    moves = Counter(
        _state_move(row) if row["part"] == ACT else f"{_verdict(row['before'])} → {_verdict(row['after'])}"
        for row in rows.to_dict("records")
    )
    return _("；").join(f"{move} {number}" for move, number in moves.most_common())


def show_names(found: ListChanges, rows: pd.DataFrame, *, heads: bool) -> None:
    """The table; a chosen row opens the good on the second run's day."""
    person = need("clerk", "reviewer", "auditor")
    left, right = st.columns([5, 1.4], vertical_alignment="center")
    left.caption(row_hint(_("打开它的“一户一品”")))
    right.download_button(
        _("导出 Excel"),
        data=lambda: list_changes_xlsx(found, rows, heads=heads, taken=taken_by(person, "goods")),
        file_name=file_marked(
            _("名单为何变化_{first}_{second}.xlsx").format(
                first=found.before.run.as_of.isoformat(), second=found.after.run.as_of.isoformat()
            ),
            personal=heads,
        ),
        mime=XLSX,
        key="audit_changes_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    event = st.dataframe(
        _shown(rows, heads),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        key="audit_changes_rows",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(),
    )
    if chosen := event["selection"]["rows"]:
        address.go("good", subject=str(rows["subject"].iloc[chosen[0]]), day=found.after.run.as_of)


def _shown(rows: pd.DataFrame, heads: bool) -> pd.DataFrame:
    records = rows.to_dict("records")
    columns: dict[str, Any] = {"subject": rows["subject"].tolist(), "product": rows["product_name"].tolist()}
    if heads:
        columns["head"] = rows["head_name"].tolist()
    columns["part"] = [say(PART_WORDS[row["part"]]) for row in records]
    columns["before"] = [_verdict(row["before"]) for row in records]
    columns["after"] = [_verdict(row["after"]) for row in records]
    columns["why"] = [say(row["why"]) for row in records]
    columns["states"] = [_state_move(row) for row in records]
    columns["township"] = rows["township_name"].tolist()
    columns["village"] = rows["village_name"].tolist()
    return pd.DataFrame(columns)


def _config() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "subject": text(_("户/产品"), width=88, pinned=True),
        "product": text(_("产品"), width=66),
        "head": text(_("户主"), width=78),
        "part": text(_("属于"), width=56),
        "before": text(_("上次"), width=88 if lang() == "zh" else 114),
        "after": text(_("这次"), width=88 if lang() == "zh" else 114),
        "why": text(_("为什么"), width=316 if lang() == "zh" else 296),
        "states": text(_("现行"), width=144 if lang() == "zh" else 190),
        "township": text(_("乡镇"), width=104),
        "village": text(_("村"), width=74),
    }


def _verdict(verdict: object) -> str:
    return verdict_label(verdict) if isinstance(verdict, str) else say(NOT_THERE)


def _state_move(row: dict[Any, Any]) -> str:
    before, after = state_label(row["state_before"]), state_label(row["state_after"])
    return before if before == after else f"{before} → {after}"


def part_chart(rows: pd.DataFrame) -> Any:
    """One bar per township, its parts what made the changes, with the number at the end."""
    frame = rows.groupby(["township_code", "township_name", "part"], as_index=False).size()
    frame["label"] = [say(PART_WORDS[part]) for part in frame["part"]]
    frame["total"] = frame.groupby("township_code")["size"].transform("sum")
    names = frame.drop_duplicates("township_code")["township_name"].tolist()
    y = alt.Y("township_name:N", title=None, sort=names)
    x = alt.X("size:Q", title=_("有变化的农产品（个）"), axis=alt.Axis(format=",d", tickMinStep=1))
    colours = alt.Scale(domain=[say(PART_WORDS[part]) for part in PARTS], range=CHART_COLOURS[: len(PARTS)])
    bars = (
        alt.Chart(frame)
        .mark_bar(height=alt.RelativeBandSize(band=0.7))
        .encode(
            x=x,
            y=y,
            color=alt.Color("label:N", title=None, scale=colours),
            tooltip=[
                alt.Tooltip("township_name:N", title=_("乡镇")),
                alt.Tooltip("label:N", title=_("属于")),
                alt.Tooltip("size:Q", title=_("农产品（个）"), format=","),
            ],
        )
    )
    totals = frame.drop_duplicates("township_code")
    ends = (
        alt.Chart(totals)
        .mark_text(align="left", dx=5, color=INK, fontSize=12)
        .encode(x="total:Q", y=y, text=alt.Text("total:Q", format=","))
    )
    return alt.layer(bars, ends).properties(height=BAR * len(names) + FRAME)
