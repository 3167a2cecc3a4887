"""The fields of an act's form. Typing does not run the page again; what was typed stays until the act is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from office.casework.acting import HOW, Standing
from office.casework.wishes import effective_days
from pages.parts.language import _, say

NONE_MADE = "none_made"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "grant": ("effective_on", "reason"),
    "withhold": ("effective_on", "reason"),
    "reinstate": ("effective_on", "reason"),
    "notify": ("reason",),
    "deliver": ("delivered_on", "how", "to"),
    "hear": ("text",),
    "revoke": ("effective_on", "reason"),
    "deliver_decision": ("delivered_on", "how", "to"),
    "recover": (),
    "stop": ("reason",),
}
NEEDS_REASON = ("revoke", "stop")


def draw(kind: str, prefix: str, found: Standing, *, override: bool) -> None:
    """The fields that this kind of act needs; `prefix` begins their keys."""
    for name in FIELDS[kind]:
        key = f"{prefix}_{name}"
        if name == "reason":
            _reason(key, needed=override or kind in NEEDS_REASON)
        elif name == "text":
            _hearing(key, found)
        elif name == "effective_on":
            _day(_("自哪一天起"), key, found.day, *effective_days(kind, found))
        elif name == "delivered_on":
            _day(_("送达日期"), key, found.day, _paper_day(found), found.day)
        elif name == "how":
            st.selectbox(
                _("送达方式"),
                list(HOW),
                key=key,
                format_func=lambda how: say(HOW[how]),
                on_change="ignore",
                persist_state="session",
                width=260,
            )
        else:
            st.text_input(
                _("签收人（留置写见证人，邮寄写邮件号，电子写怎样确认收到）*"),
                key=key,
                on_change="ignore",
                persist_state="session",
                width=460,
            )


def values(kind: str, prefix: str) -> dict[str, Any]:
    """What the fields hold; blank is nothing. That no statement was made is a text of None."""
    found = {name: st.session_state.get(f"{prefix}_{name}") for name in FIELDS[kind]}
    if kind == "hear":
        none_made = st.session_state.get(f"{prefix}_text_made") == NONE_MADE
        return {"text": None if none_made else found["text"] or ""}
    return {name: value or None for name, value in found.items()}


def _reason(key: str, *, needed: bool) -> None:
    label = _("理由 *") if needed else _("理由（可不填）")
    st.text_area(label, key=key, height=80, on_change="ignore", persist_state="session")


def _day(label: str, key: str, today: date, first: date, last: date) -> None:
    first = max(first, today) if last > today else first
    st.date_input(
        label,
        value=min(max(today, first), last),
        key=key,
        format="YYYY-MM-DD",
        min_value=first,
        max_value=last,
        on_change="ignore",
        persist_state="session",
        width=180,
    )


def _paper_day(found: Standing) -> date:
    """The day of the paper that is delivered: nothing is delivered before it."""
    if found.case is None:
        return found.day
    return date.fromisoformat((found.case.decided or found.case.notice).done_on)


def _hearing(key: str, found: Standing) -> None:
    """What was said; that nothing was said can be recorded only once the period is over, and once."""
    case = found.case
    if case and case.wait_until is None and not case.heard:
        words = {"made": _("作了陈述申辩"), NONE_MADE: _("期限内没有陈述申辩")}
        made = st.radio(
            _("陈述申辩"),
            list(words),
            key=f"{key}_made",
            format_func=lambda choice: words[choice],
            horizontal=True,
            persist_state="session",
        )
        if made == NONE_MADE:
            return
    st.text_area(
        _("说了什么（口头的照记）*"), key=key, height=120, on_change="ignore", persist_state="session"
    )
