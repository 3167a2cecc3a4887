"""The bulletin's tables and sentences on screen: the same figures as on the paper, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from data.papers.filters import yuan
from office.reports.bulletin import Ready
from office.reports.bulletin_data import BulletinFigures, PlaceMonth
from office.reports.bulletin_paper import odd_words, township_of
from office.reports.bulletin_words import PLACES, WHOLE, figure_named, names, place_words
from office.reports.differing import Difference, value_words
from office.reports.proportions import change, share
from office.reports.target_words import deadline_words, figure_words, goal_words, status_words
from pages.parts import address
from pages.parts.language import _, say
from pages.parts.looks import STATUSES
from pages.parts.tables import table_height
from rules.program import Words

MOST_ROWS = 12


def summary(found: BulletinFigures) -> None:
    """The county's month in one or two sentences."""
    whole = found.whole
    if whole.now is None:
        st.info(
            _("这个月还没有站点或网店上报。到“台账”导入站点月报和网店月销售后，这里会有数据。"),
            icon=":material/inbox:",
        )
        address.link("registers", _("去台账"), icon=":material/table_rows:")
        return
    before = whole.before.total if whole.before else None
    last_year = whole.year_before.total if whole.year_before else None
    st.markdown(
        _(
            "全县交易额 **{total}** 元，比上月 **{change}**，比上年同月 **{year_change}**。"
            "其中上行 {sold} 元、下行 {bought} 元、服务 {services} 元；订单 {orders} 单。"
        ).format(
            total=yuan(whole.now.total),
            change=say(change(whole.now.total, before)),
            year_change=say(change(whole.now.total, last_year)),
            sold=yuan(whole.now.sold),
            bought=yuan(whole.now.bought),
            services=yuan(whole.now.services),
            orders=f"{whole.now.orders:,}",
        )
    )


def amounts_table(found: BulletinFigures) -> None:
    """The nine townships' amounts, the county last."""
    rows = [
        {
            "place": name,
            **{
                kind: _in_yuan(getattr(one.now, kind)) if one.now else None
                for kind in ("sold", "bought", "services", "total")
            },
            "orders": one.now.orders if one.now else None,
        }
        for one, name in _each(found)
    ]
    _table(
        rows,
        "reports_amounts",
        {
            "place": _text(_("乡镇")),
            "sold": _money(_("上行额（元）")),
            "bought": _money(_("下行额（元）")),
            "services": _money(_("服务额（元）")),
            "total": _money(_("交易额（元）")),
            "orders": _count(_("订单（单）")),
        },
    )


def compared_table(found: BulletinFigures) -> None:
    """The same beside the month before and the same month last year."""
    rows = []
    for one, name in _each(found):
        now = one.now.total if one.now else None
        before = one.before.total if one.before else None
        last_year = one.year_before.total if one.year_before else None
        rows.append(
            {
                "place": name,
                "total": _in_yuan(now),
                "before": _in_yuan(before),
                "change": say(change(now, before)),
                "year_before": _in_yuan(last_year),
                "year_change": say(change(now, last_year)),
                "led": one.led,
            }
        )
    _table(
        rows,
        "reports_compared",
        {
            "place": _text(_("乡镇")),
            "total": _money(_("交易额（元）")),
            "before": _money(_("上月（元）")),
            "change": _right(_("比上月")),
            "year_before": _money(_("上年同月（元）")),
            "year_change": _right(_("比上年同月")),
            "led": _count(_("带动户（户）")),
        },
    )


def returns_table(found: BulletinFigures) -> None:
    """How the stations' returns came in."""
    st.caption(
        _("站点月报次月 {day} 日前上报为按时，乡镇次月 {check} 日前核对；日期是办公室口径，待确认。").format(
            day=found.return_day, check=found.check_day
        )
    )
    rows = [
        {"place": name, **vars(one.due), "share": say(share(one.due.in_time, one.due.due))}
        for one, name in _each(found)
    ]
    _table(
        rows,
        "reports_returns",
        {
            "place": _text(_("乡镇")),
            "due": _count(_("应报（份）")),
            "in_time": _count(_("按时（份）")),
            "late": _count(_("迟报（份）")),
            "missing": _count(_("未报（份）")),
            "share": _right(_("按时率")),
        },
    )


def targets_table(found: BulletinFigures) -> None:
    """Every target on the month's last day."""
    rows = [
        {
            "title": say(one.target.title),
            "clause": one.target.citation.clause,
            "actual": say(figure_words(one)),
            "goal": say(goal_words(one)),
            "deadline": say(deadline_words(one)),
            "status": f"{STATUSES[one.status].sign} {say(status_words(one))}",
        }
        for one in found.targets
    ]
    _table(
        rows,
        "reports_targets",
        {
            "title": _text(_("目标")),
            "clause": _text(_("条款"), 60),
            "actual": _right(_("现值")),
            "goal": _right(_("目标值"), 110),
            "deadline": _text(_("期限"), 110),
            "status": _text(_("状态"), 200),
        },
        most=20,
    )


def quality_table(found: BulletinFigures) -> None:
    """The returns to be looked at, and why; to be looked at is not to be wrong."""
    quality = found.quality
    kinds = (
        (_("未报"), [(one, "") for one in quality.missing]),
        (_("待核实"), [(one.station, say(odd_words(one))) for one in quality.odd]),
        (_("停用后仍上报，未计入"), [(one, "") for one in quality.closed]),
        (_("迟报"), [(one, one.reported_on or "") for one in quality.late]),
        (_("更正过"), [(one, "") for one in quality.corrected]),
    )
    rows = [
        {
            "place": say(township_of(found, one)),
            "station": f"{one.name}（{one.station}）",
            "kind": kind,
            "what": what,
        }
        for kind, stations in kinds
        for one, what in stations
    ]
    if not rows:
        st.caption(_("应报的都已按时上报，没有需要核实的。"))
        return
    st.caption(_("待核实不等于有错，请有关乡镇核对。"))
    _table(
        rows,
        "reports_quality",
        {
            "place": _text(_("乡镇")),
            "station": _text(_("站点")),
            "kind": _text(_("情况")),
            "what": _text(_("说明")),
        },
    )


def changes_table(ready: Ready, changes: Iterable[Difference]) -> None:
    """What a new edition would name."""
    named = names(ready.figures) | (ready.previous.context["names"] if ready.previous else {})
    differences_table(changes, lambda place: place_words(place, named), figure_named, "reports_changes")


def differences_table(changes: Iterable[Difference], place: Any, figure: Any, key: str) -> None:
    """Place, figure, what it was, what it is."""
    rows = [
        {
            "place": say(place(one.place)),
            "figure": say((named := figure(one.figure)).words),
            "was": say(value_words(one.was, named.unit)),
            "now": say(value_words(one.now, named.unit)),
        }
        for one in changes
    ]
    _table(
        rows,
        key,
        {
            "place": _text(_("所在")),
            "figure": _text(_("项目")),
            "was": _right(_("上一版")),
            "now": _right(_("这一版")),
        },
    )


def _each(found: BulletinFigures) -> list[tuple[PlaceMonth, str]]:
    """The places with their names, the county last."""
    places = [(one, say(place_name(found, one))) for one in found.places]
    return [*places, (found.whole, say(PLACES[WHOLE]))]


def place_name(found: BulletinFigures, one: PlaceMonth) -> Words:
    """How a place of the table is called."""
    return found.names[one.code or ""]


def _in_yuan(fen: int | None) -> float | None:
    return None if fen is None else float(Decimal(fen) / 100)


def _table(rows: list[dict[str, Any]], key: str, columns: Mapping[str, Any], most: int = MOST_ROWS) -> None:
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=table_height(len(rows), most),
        key=key,
        column_config=dict(columns),
        placeholder="",
    )


def _text(title: str, width: int | None = None) -> Any:
    return st.column_config.TextColumn(title, width=width)


def _right(title: str, width: int | None = None) -> Any:
    return st.column_config.TextColumn(title, width=width, alignment="right")


def _money(title: str) -> Any:
    return st.column_config.NumberColumn(title, format="accounting")


def _count(title: str) -> Any:
    return st.column_config.NumberColumn(title, format="localized")
