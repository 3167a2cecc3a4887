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
from pages.parts.language import _, lang, say
from pages.parts.looks import STATUSES, day_words
from pages.parts.tables import row_hint, table_height
from rules.target import Status

IN_DANGER: tuple[Status, ...] = ("missed", "at_risk")
MOST_ROWS = 10

# A card that opens its rows on the same page would be drawn as the link to where one is.
CSS = """
<style>
.stMain [class*="st-key-today_card_"] a, .stMain .st-key-today_opened a { background: transparent; }
.stMain [class*="st-key-today_card_"] a p, .stMain .st-key-today_opened a p { font-weight: 400; }
.st-key-today_targets { gap: .1rem 1.2rem; }
.st-key-today_targets a { padding: 0; min-height: 0; }
</style>
"""


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
    for column, name in zip(st.columns(len(IN_DANGER) + len(LISTS)), (*IN_DANGER, *LISTS), strict=True):
        with column.container(border=True, key=f"today_card_{name}", height="stretch"):
            if name in LISTS:
                _card(name, found.count(name), {"page": "today", "due": name} if links else None)
            else:
                in_danger = [one for one in standings if one.status == name]
                _card(name, len(in_danger), {"page": "targets", "status": name})
            st.html(f'<div class="today-why">{escape(why(name, found))}</div>')
    _names(standings)
    opened = address.one_of("due", LISTS, "") if links else ""
    if opened:
        _rows(opened, found.lists[opened])


def _card(name: str, count: int, to: dict[str, str] | None) -> None:
    """The number, as a link where there is something to open."""
    if count and to is not None:
        params = {key: value for key, value in to.items() if key != "page"}
        address.link(to["page"], f"**{count:,}** {title_of(name)}", **params)
        return
    kind = "today-plain" if count else "today-none"
    st.html(f'<div class="{kind}"><strong>{count:,}</strong> {escape(title_of(name))}</div>')


def _names(standings: Sequence[Standing]) -> None:
    """Which targets they are, each with its sign."""
    named = [one for status in IN_DANGER for one in standings if one.status == status]
    if not named:
        return
    with st.container(horizontal=True, key="today_targets"):
        for one in named:
            label = f"{STATUSES[one.status].sign} {say(one.target.title)}"
            address.link("targets", label, view="target", target=one.target.name)


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
