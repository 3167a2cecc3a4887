"""待确认口径: every reading of the office, whether the leading group confirmed it, and what another reading would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data.people import Person
from data.store import Database
from office import running
from office.cited import KINDS, current_value
from office.paperwork.readings_paper import print_readings
from office.permissions import may
from office.rulekeeping.alternatives import Effects, effects_of
from office.rulekeeping.confirming import not_looked_at
from office.rulekeeping.effects import summary_words
from office.rulekeeping.readings import (
    STATUS_WORDS,
    Reading,
    book_on,
    readings_on,
    status_counts,
)
from office.rulekeeping.readings_sheet import readings_xlsx
from pages.parts import address
from pages.parts.choices import one_or_all
from pages.parts.files import DOCX, XLSX
from pages.parts.language import _, lang, say
from pages.parts.rules_readings_form import said, show_form
from pages.parts.rules_readings_one import show_one
from pages.parts.tables import table_height

A_YEAR = 365  # days; only what is offered as a filter, nothing is decided by it
MOST_ROWS = 10
SIGNS = {"confirmed": "✔", "changed": "！", "pending": "○"}


def panel(day: date, person: Person) -> None:
    """The whole view."""
    said()
    with running.reader() as db:
        found = readings_on(db, book_on(db, day), day)
        _counts(found, day)
        shown = _filtered(found, day)
        effects = _effects(db, shown, day)
        _downloads(day)
        if not shown:
            st.info(_("没有符合这些条件的口径。"), icon=":material/filter_alt_off:")
            return
        chosen = _table(shown, effects, day, person)
        if len(chosen) == 1:
            show_one(db, chosen[0], day)
        if may(person.role, "confirm_reading"):
            show_form(person, chosen, day)


def _counts(found: Sequence[Reading], day: date) -> None:
    counts, old = status_counts(found), sum(not_looked_at(one, day, A_YEAR) for one in found)
    st.write(
        _(
            "方案没有明说、由办公室暂定的有 **{n}** 项：已确认 **{confirmed}**，确认后已变 **{changed}**，待确认 **{pending}**；"
            "一年以上没有人看过的 **{old}** 项。"
        ).format(n=len(found), old=old, **counts)
    )


def _filtered(found: Sequence[Reading], day: date) -> list[Reading]:
    """What the filters leave: a file, a status, not looked at for a year."""
    books = {one.file: say(one.chapter.title) for one in found}
    words: dict[str, str] = {name: f"{SIGNS[name]} {say(status)}" for name, status in STATUS_WORDS.items()}
    left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        book = one_or_all("rules", "book", _("哪一部分"), books, drops=("reading",))
    with middle:
        status = one_or_all("rules", "status", _("状态"), words, drops=("reading",))
    with right, st.container(horizontal=True, vertical_alignment="center"):
        old = _tick("old", _("一年没有看过的"))
        _tick("effects", _("列出换一种理解的影响"))
    return [
        one
        for one in found
        if (not book or one.file == book)
        and (not status or one.status == status)
        and (not old or not_looked_at(one, day, A_YEAR))
    ]


def _tick(name: str, label: str) -> bool:
    asked = bool(address.number(name, 0, 0, 1))
    key = f"rules_readings_{name}"
    st.checkbox(label, key=address.follow(key, asked), on_change=_keep_tick, args=(name, key))
    return asked


def _keep_tick(name: str, key: str) -> None:
    address.put(**{name: 1 if st.session_state.get(key) else None})


def _effects(db: Database, shown: Sequence[Reading], day: date) -> Mapping[str, Effects]:
    """What the alternatives would do, file by file with progress; nothing unless it is asked for."""
    if not address.number("effects", 0, 0, 1):
        return {}
    books = list({one.file: one.chapter for one in shown}.values())
    found: dict[str, Effects] = {}
    bar = st.progress(0.0)
    for number, chapter in enumerate(books):
        bar.progress(number / len(books), _("正在试算：{title}").format(title=say(chapter.title)))
        found[chapter.file] = effects_of(db, chapter, day)
    bar.empty()
    return found


def _downloads(day: date) -> None:
    def paper() -> bytes:
        with running.reader() as db:
            return print_readings(db, day)[1]

    def sheet() -> bytes:
        with running.reader() as db:
            book = book_on(db, day)
            effects = {chapter.file: effects_of(db, chapter, day) for chapter in book}
            return readings_xlsx(day, lang(), book, readings_on(db, book, day), effects)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("打印待确认口径（Word）"),
            data=paper,
            file_name=_("待确认口径.docx"),
            mime=DOCX,
            key="rules_readings_docx",
            on_click="ignore",
            icon=":material/print:",
        )
        st.download_button(
            _("下载待确认清单（Excel，可打印）"),
            data=sheet,
            file_name=_("口径待确认.xlsx"),
            mime=XLSX,
            key="rules_to_confirm",
            on_click="ignore",
            icon=":material/download:",
        )
        st.caption(
            _("每项写明条款、原文、换一种理解会怎样，并留出领导小组意见和签字的地方。"), width="content"
        )


def _table(
    shown: Sequence[Reading], effects: Mapping[str, Effects], day: date, person: Person
) -> list[Reading]:
    """The list; gives what is chosen, else the one that the address asks for."""
    many = may(person.role, "confirm_reading")
    st.caption(
        _("勾选行首的方框看一项的全部内容；可以勾选多项，一次登记同一文件的确认。")
        if many
        else _("勾选行首的方框看一项的全部内容。")
    )
    key = "rules_readings_rows_" + "_".join(st.query_params.get(n, "") for n in ("book", "status", "old"))
    event: Any = st.dataframe(
        pd.DataFrame([_row(number, one, effects, day) for number, one in enumerate(shown, 1)]),
        hide_index=True,
        height=table_height(len(shown), MOST_ROWS),
        key=key,
        on_select=lambda: _keep_choice(shown, key),
        selection_mode="multi-row" if many else "single-row",
        column_config=_config(bool(effects)),
        placeholder="",
    )
    rows = [row for row in event["selection"]["rows"] if row < len(shown)]
    if rows:
        return [shown[row] for row in rows]
    asked = address.text("reading", longest=200)
    return [one for one in shown if asked and _address_of(one) == asked]


def _keep_choice(shown: Sequence[Reading], key: str) -> None:
    """Write the one that is chosen into the address; several or none leave it out."""
    rows = st.session_state[key]["selection"]["rows"]
    address.put(reading=_address_of(shown[rows[0]]) if len(rows) == 1 and rows[0] < len(shown) else None)


def _address_of(one: Reading) -> str:
    return f"{one.file}/{one.key}"


def _row(number: int, one: Reading, effects: Mapping[str, Effects], day: date) -> dict[str, Any]:
    part = one.part
    head: dict[str, Any] = {
        "number": number,
        "status": f"{SIGNS[one.status]} {say(STATUS_WORDS[one.status])}",
        "what": say(part.words),
        "value": say(current_value(part, day)),
    }
    if effects:
        return {**head, "effect": say(summary_words(effects.get(one.file, {}).get(part.key, ())))}
    return {
        **head,
        "document": document_words(one),
        "kind": say(KINDS[part.kind]),
        "book": say(one.chapter.title),
        "clause": part.citation.clause,
        "looked": one.looked_on,
    }


def document_words(one: Reading) -> str:
    """By which document and when it was confirmed; blank where it was not."""
    entry = one.confirmation
    return _("{number}，{day}").format(number=entry.document_no, day=entry.confirmed_on) if entry else ""


def _config(with_effects: bool) -> dict[str, Any]:
    config, wide = st.column_config, lang() == "en"
    head = {
        "number": config.NumberColumn(_("序号"), width=44),
        "status": config.TextColumn(_("状态"), width=116 if wide else 96),
        "what": config.TextColumn(_("内容"), width=250 if wide else 226),
        "value": config.TextColumn(_("现行取值"), width=124 if wide else 84),
    }
    if with_effects:
        return {**head, "effect": config.TextColumn(_("换一种理解会怎样"), width=540)}
    return {
        **head,
        "document": config.TextColumn(_("文号和日期"), width=130 if wide else 160),
        "kind": config.TextColumn(_("类别"), width=110 if wide else 76),
        "book": config.TextColumn(_("哪一部分"), width=110 if wide else 150),
        "clause": config.TextColumn(_("条款"), width=60 if wide else 56),
        "looked": config.DateColumn(_("最近看过"), width=84, format="YYYY-MM-DD"),
    }
