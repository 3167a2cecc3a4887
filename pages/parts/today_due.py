"""Targets in danger and what of the registers is due: a card each on Today; a card's rows stand below it when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from office.due import LISTS, Due, DueRow
from office.registry.linking import row_address
from office.targets.measuring import Standing
from pages.parts import address
from pages.parts.anchors import anchor
from pages.parts.cards import Card, cards_html
from pages.parts.language import _, lang, say
from pages.parts.looks import STATUSES, day_words
from pages.parts.tables import row_hint, table_height
from rules.target import Status

IN_DANGER: tuple[Status, ...] = ("missed", "at_risk")
MOST_ROWS = 10


def title_of(name: str) -> str:
    """What a card counts."""
    return {
        "missed": _("目标未按期完成"),
        "at_risk": _("目标有风险"),
        "certificates": _("认证该续展"),
        "returns": _("月报未到"),
        "tasks": _("任务逾期"),
        "findings": _("督查问题逾期"),
    }[name]


def why(name: str, found: Due) -> str:
    """One line: what stands behind the number, and what to do about it."""
    year, month = found.month.split("-")
    return {
        "missed": _("期限已过，当时没有达到。"),
        "at_risk": _("按现在的速度，到期达不到。"),
        "certificates": _("{n}个月内到期，还没有申请续展。").format(n=found.months_ahead),
        "returns": _("{year}年{month}月的站点月报，期限已过还没有上报。").format(year=year, month=int(month)),
        "tasks": _("工作任务过了完成期限，还没有完成。"),
        "findings": _("过了整改期限，还没有整改完成。"),
    }[name]


def cards(standings: Sequence[Standing], found: Due, *, links: bool) -> None:
    """The cards beside each other; `links`: the rows may be opened. Targets open for everybody."""
    every = [_of_targets(status, standings, found) for status in IN_DANGER]
    every += [_of_rows(name, found, links=links) for name in LISTS]
    st.html(cards_html(every, across=len(every)) + _names(standings))
    opened = address.one_of("due", LISTS, "") if links else ""
    if opened:
        _rows(opened, found.lists[opened])


def _of_targets(status: Status, standings: Sequence[Standing], found: Due) -> Card:
    number = sum(one.status == status for one in standings)
    return Card(status, number, title_of(status), why(status, found), "targets", {"status": status})


def _of_rows(name: str, found: Due, *, links: bool) -> Card:
    page = "today" if links else ""
    return Card(name, found.count(name), title_of(name), why(name, found), page, {"due": name})


def _names(standings: Sequence[Standing]) -> str:
    """Which targets they are, each with its sign."""
    links = "".join(
        anchor(
            "targets",
            escape(f"{STATUSES[one.status].sign} {say(one.target.title)}"),
            {"view": "target", "target": one.target.name},
        )
        for status in IN_DANGER
        for one in standings
        if one.status == status
    )
    return f'<div class="office-links" style="padding-top:.6rem">{links}</div>' if links else ""


def _rows(name: str, rows: Sequence[DueRow]) -> None:
    """The rows that a card counts; a chosen one opens in its register."""
    with st.container(
        key="today_opened", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        hint = " · " + row_hint(_("打开它在台账里的那一行")) if rows else ""
        st.write(f"**{title_of(name)}**{hint}")
        if name == "returns":
            label, icon = _("去导入站点月报"), ":material/upload_file:"
            address.link("registers", label, icon=icon, register="station_returns", view="import")
        address.link("today", _("收起"), icon=":material/close:")
    if not rows:
        st.info(
            _("到{day}没有。").format(day=day_words(address.the_day(), lang())), icon=":material/task_alt:"
        )
        return
    event = st.dataframe(
        pd.DataFrame([_row(one) for one in rows]),
        hide_index=True,
        height=table_height(len(rows), MOST_ROWS),
        placeholder="",
        key=f"today_due_{name}",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(name),
    )
    chosen = event["selection"]["rows"]
    if chosen and chosen[0] < len(rows):
        one = rows[chosen[0]]
        address.go("registers", **row_address(one.register, one.key))


def _row(one: DueRow) -> dict[str, Any]:
    return {
        "key": one.key,
        "what": say(one.what),
        "whose": one.whose,
        "limit": one.limit,
        "days": abs(one.days),
    }


def _config(name: str) -> dict[str, Any]:
    config = st.column_config
    code, what, whose, limit = {
        "certificates": (_("证书编号"), _("认证类别"), _("主体"), _("有效期至")),
        "returns": (_("站点编码"), _("级别"), _("站点"), _("上报期限")),
        "tasks": (_("任务编号"), _("任务"), _("责任机构"), _("完成期限")),
        "findings": (_("问题编号"), _("发现的问题"), _("被督查机构"), _("整改期限")),
    }[name]
    left = _("还剩(天)") if name == "certificates" else _("超过(天)")
    return {
        "key": config.TextColumn(code, width=130),
        "what": config.TextColumn(what, width=320 if name in ("tasks", "findings") else 140),
        "whose": config.TextColumn(whose, width=220),
        "limit": config.DateColumn(limit, width=100, format="YYYY-MM-DD"),
        "days": config.NumberColumn(left, width=90),
    }
