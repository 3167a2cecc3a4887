"""What each township adds to a target, always the whole, and who closes the gap fastest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from data.store import Database
from office.targets.closing import PlaceGap, gaps_of
from office.targets.figures_shown import shown_figure
from office.targets.measuring import Standing
from pages.parts.choices import one_of_few
from pages.parts.language import _, _n
from pages.parts.looks import ACCENT, INK, show_chart
from pages.parts.tables import table_height
from pages.parts.targets_detail import no_data
from pages.parts.targets_words import unit_words, wan
from rules.target import Part, Target

MOST_ROWS = 12


def show_townships(db: Database, day: date, standing: Standing) -> None:
    """The parts by township: a table that adds up, and a bar for each."""
    found = sorted(gaps_of(db, day, standing, "township"), key=lambda one: one.gap.place or "~")
    if not found:
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        rows = [_part_row(standing.target, place_name(one), one.gap.part) for one in found]
        counted = standing.counted
        rows.append(_part_row(standing.target, _("合计"), Part(counted.value or 0, counted.of)))
        _table("townships", rows, _part_columns(standing.target))
    with right:
        show_chart(_bars(standing.target, found), key="targets_townships_bars")


def show_gaps(db: Database, day: date, standing: Standing) -> None:
    """Which townships or villages close the gap fastest, each at its own pace."""
    if standing.counted.value is None:
        no_data(standing)
        return
    levels = {"township": _("乡镇"), "village": _("村")}
    level = one_of_few("level", "targets_level", _("按什么看"), levels, "township")
    found = gaps_of(db, day, standing, "village" if level == "village" else "township")
    lacking = [one for one in found if one.gap.missing]
    target = standing.target
    if not target.is_share and not target.is_growth:
        st.caption(_("这一项是全县的总数，方案没有给单个乡镇定数；下面按速度列出各地所作的贡献。"))
        lacking = sorted(found, key=lambda one: (-(one.gap.pace or 0), one.gap.place))
    if not lacking:
        st.caption(_("没有还差的地方。"))
        return
    st.caption(_gap_note(target, len(lacking)))
    rows = [_gap_row(target, one) for one in lacking]
    _table("gaps", rows, _gap_columns(target))


def place_name(one: PlaceGap) -> str:
    """A place with its township; what belongs to none says so."""
    if one.name is None:
        return _("不属任何乡镇")
    return f"{one.township} {one.name}" if one.township else one.name


def _gap_note(target: Target, count: int) -> str:
    if target.is_growth:
        return _n("{n} 处还差；差额＝上年同期 × 目标 − 今年，差得少的在前。", count)
    return _n("{n} 处；速度取本地最近 12 个月，补上得快的在前。", count)


def _part_row(target: Target, name: str, part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {"name": name, "value": _amount(target, part.value)}
    if part.of is not None:
        row["of"] = _amount(target, part.of)
        shown = shown_figure(target, part)
        row["share"] = None if shown is None else float(shown)
    return row


def _gap_row(target: Target, one: PlaceGap) -> dict[str, Any]:
    gap = one.gap
    row = _part_row(target, place_name(one), gap.part)
    if gap.missing is not None:
        row["missing"] = _amount(target, gap.missing)
    if not target.is_growth:
        row["pace"] = None if gap.pace is None else round(float(gap.pace), 2)
        if gap.missing is not None:
            row["months"] = gap.months
    return row


def _amount(target: Target, value: int) -> float | int:
    return float(wan(value)) if target.is_growth else value


def _part_columns(target: Target) -> dict[str, Any]:
    config = st.column_config
    unit = unit_words(target) if not (target.is_share or target.is_growth) else ""
    value = (
        _("本年（万元）")
        if target.is_growth
        else _("已有（{unit}）").format(unit=unit)
        if unit
        else _("已有")
    )
    format_ = "accounting" if target.is_growth else "localized"
    return {
        "name": config.TextColumn(_("乡镇")),
        "value": config.NumberColumn(value, format=format_),
        "of": config.NumberColumn(_("同期（万元）") if target.is_growth else _("应有"), format=format_),
        "share": config.NumberColumn(_("同比（%）") if target.is_growth else _("占比（%）"), format="%.1f"),
    }


def _gap_columns(target: Target) -> dict[str, Any]:
    config = st.column_config
    missing = _("还差（万元）") if target.is_growth else _("还差")
    return {
        **_part_columns(target),
        "name": config.TextColumn(_("地方")),
        "missing": config.NumberColumn(missing, format="accounting" if target.is_growth else "localized"),
        "pace": config.NumberColumn(_("每月增加"), format="%.2f"),
        "months": config.NumberColumn(_("几个月补上"), format="localized", help=_("空白：按这个速度补不上")),
    }


def _table(name: str, rows: Sequence[dict[str, Any]], columns: dict[str, Any]) -> None:
    frame = pd.DataFrame(rows)
    with st.container(key=f"targets_{name}"):
        st.dataframe(
            frame,
            hide_index=True,
            width="stretch",
            height=table_height(len(frame), MOST_ROWS),
            row_height=31,
            placeholder="",
            column_config={key: value for key, value in columns.items() if key in frame},
        )


def _bars(target: Target, found: Sequence[PlaceGap]) -> Any:
    """Percent of a share or growth, else the count; the number at each bar's end."""
    rows = [_part_row(target, place_name(one), one.gap.part) for one in found]
    by = "share" if any(row.get("share") is not None for row in rows) else "value"
    frame = pd.DataFrame(rows)
    frame["end"] = [
        max(row.get(by) or 0, 0) for row in rows
    ]  # numbers stand right of the bar, also of a loss
    title = _part_columns(target)[by]["label"]
    names = frame["name"].tolist()
    y = alt.Y("name:N", title=None, sort=names)
    x = alt.X(f"{by}:Q", title=title, axis=alt.Axis(tickCount=5))
    bars = alt.Chart(frame).mark_bar(color=ACCENT, height=alt.RelativeBandSize(band=0.65)).encode(x=x, y=y)
    text = alt.Text(f"{by}:Q", format=",.1f" if by == "share" or target.is_growth else ",")
    ends = (
        alt.Chart(frame)
        .mark_text(align="left", dx=4, color=INK, fontSize=12)
        .encode(x="end:Q", y=y, text=text)
    )
    return alt.layer(bars, ends).properties(height=27 * len(names) + 45, padding={"right": 40})
