"""个人信息 → 查看记录: who was shown, given or answered what about people, when and why; filtered and taken along."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.people import Person
from data.protection.personal_steps import PersonalStep, StepsAsked, steps, steps_counted, who_did
from data.store import Database
from office import running
from office.personal.log_sheet import field_words, log_xlsx, reasons_shown, where_words
from office.personal.noting import STEP_WORDS
from pages.parts import address
from pages.parts.choices import day_or_none, one_or_all
from pages.parts.files import XLSX
from pages.parts.language import _, _n, lang, say
from pages.parts.looks import time_words
from pages.parts.tables import table_height

MOST = 500


def show_log(db: Database, person: Person, day: date) -> None:
    """Filters, how many, the newest of them, and the file of all."""
    asked = _filters(db)
    count = steps_counted(db, asked)
    if not count:
        nothing = (
            _("没有符合这些条件的记录。")
            if asked != StepsAsked()
            else _("还没有记录。审计员查看姓名、给户提供信息、记下和答复更正要求，都会列在这里。")
        )
        st.info(nothing, icon=":material/shield_person:")
        return
    left, right = st.columns([5, 1.4], vertical_alignment="center")
    left.caption(
        _n("共 {n} 条，最近的在前", count) + ("" if count <= MOST else _("，只列最近 {n} 条").format(n=MOST))
    )
    right.download_button(
        _("导出 Excel"),
        data=lambda: _file(asked, person),
        file_name=_("个人信息查看记录_{day}.xlsx").format(day=day.isoformat()),
        mime=XLSX,
        key="personal_log_export",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    shown = steps(db, asked, most=MOST)
    reasons = reasons_shown(db, shown, person.role)
    st.dataframe(
        pd.DataFrame([_line(one, why) for one, why in zip(shown, reasons, strict=True)]),
        hide_index=True,
        height=table_height(len(shown), 14),
        key="personal_log_rows",
    )


def _file(asked: StepsAsked, person: Person) -> bytes:
    with running.reader() as db:
        return log_xlsx(db, steps(db, asked), person)


def _filters(db: Database) -> StepsAsked:
    first, second, third, fourth, fifth = st.columns(5)
    with first:
        kind = one_or_all("personal", "kind", _("做了什么"), {k: say(w) for k, w in STEP_WORDS.items()})
    with second:
        by = one_or_all("personal", "by", _("由谁"), {name: name for name in who_did(db)})
    with third:
        key = address.follow("personal_of", address.text("of", longest=64))
        st.text_input(_("户编号"), key=key, on_change=address.keep, args=("of", key, ""))
    with fourth:
        since = day_or_none("personal", "since", _("日期自"))
    with fifth:
        until = day_or_none("personal", "until", _("日期至"))
    return StepsAsked(
        kind,
        by,
        address.text("of", longest=64).strip(),
        since.isoformat() if since else "",
        until.isoformat() if until else "",
    )


def _line(one: PersonalStep, reason: str) -> dict[str, object]:
    return {
        _("号"): one.id,
        _("时间"): time_words(one.recorded_at, lang()),
        _("由谁"): one.recorded_by,
        _("做了什么"): say(STEP_WORDS[one.kind]),
        _("哪里"): say(where_words(one)),
        _("户编号"): one.household_no or "",
        _("内容"): say(field_words(one)),
        _("行数"): one.rows,
        _("理由"): reason,
    }
