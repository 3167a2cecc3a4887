"""Everything ever done about a good's benefit, the newest first, each paper as a file to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

import streamlit as st

from data.casework.acts import Act
from office import running
from office.casework.acting import HOW
from office.paperwork.printing import print_document
from pages.parts.files import DOCX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import day_words, time_words, verdict_words
from pages.parts.states import kind_words, override_words, state_words


def history(acts: Sequence[Act], *, heads: bool) -> None:
    """A closed panel with a line for each act; `heads`: papers name the head of household in full."""
    if not acts:
        return
    with st.expander(_n("办理记录（{n}）", len(acts)), key="acts_history"):
        for act in reversed(acts):
            line, paper = st.columns([5, 2.2], vertical_alignment="center")
            line.html(_line(act))
            if act.document_no:
                with paper:
                    print_button(act.document_no, f"acts_print_{act.id}", heads=heads)


def print_button(number: str, key: str, *, heads: bool) -> None:
    """A paper by its number; the file is made when it is asked for."""
    st.download_button(
        number,
        data=_made(number, heads),
        file_name=f"{number}.docx",
        mime=DOCX,
        key=key,
        on_click="ignore",
        icon=":material/print:",
        type="tertiary",
    )


def _made(number: str, heads: bool) -> Callable[[], bytes]:
    def made() -> bytes:
        with running.reader() as db:
            return print_document(db, number, heads=heads)[1]

    return made


def _line(act: Act) -> str:
    mark = f' <span class="acts-override">{escape(override_words())}</span>' if act.overrides else ""
    when = time_words(act.recorded_at, lang())
    said = _("；").join(escape(part) for part in _parts(act) if part)
    return (
        f"<div><b>{_day(act.done_on)}　{escape(kind_words(act.kind))}</b>{mark}　"
        f'<span title="{escape(when)}">{escape(act.recorded_by)}</span>'
        f'<div style="color:#46525f;font-size:.9rem">{said}</div></div>'
    )


def _parts(act: Act) -> list[str]:
    """What the act says besides its kind: state, delivery, period, recommendation, reason, what was said."""
    parts = []
    if act.state and act.effective_on:
        parts.append(_("自{day}起{state}").format(day=_day(act.effective_on), state=state_words(act.state)))
    if act.delivered_on:
        how = HOW.get(str(act.details.get("how")))
        parts.append(
            _("{day}送达").format(day=_day(act.delivered_on))
            + (f"（{say(how)}，{act.details.get('to')}）" if how else "")
        )
    if act.defence_until:
        parts.append(_("申辩期到{day}").format(day=_day(act.defence_until)))
    if act.verdict:
        parts.append(_("规则建议“{verdict}”").format(verdict=verdict_words(act.verdict)))
    if act.reason:
        parts.append(_("理由：{reason}").format(reason=act.reason))
    if act.kind == "hear":
        text = act.details.get("text")
        parts.append(_("陈述申辩：{text}").format(text=text) if text else _("期限内没有陈述申辩"))
    return parts


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), lang())
