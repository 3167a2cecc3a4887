"""One reading of the office: what it rests on, what each alternative would do, what was entered of it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.store import Database
from office.cited import current_value, note_of
from office.programs import DEFAULT
from office.rulekeeping.alternatives import effects_of, offered
from office.rulekeeping.confirming import KINDS
from office.rulekeeping.effects import Effect
from office.rulekeeping.readings import Reading, standing_words
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import day_words


def show_one(db: Database, one: Reading, day: date) -> None:
    """Everything about it; the alternatives of its file are worked out the first time somebody asks."""
    part = one.part
    with st.container(border=True, key="rules_readings_one"):
        st.markdown(f"**{say(part.words)}**　{say(standing_words(one))}")
        st.write(_("条款 {clause}：“{quote}”").format(clause=part.citation.clause, quote=part.citation.quote))
        stated = part.stated_on(day)
        told = [say(current_value(part, day))] if stated else []
        if stated and stated.since:
            told.append(_("自{day}起").format(day=day_words(stated.since, lang())))
        if note := note_of(part, day):
            told.append(note)
        if told:
            st.caption(_("；").join(told))
        with st.spinner(_("正在试算换一种理解会怎样…")):
            effects = effects_of(db, one.chapter, day).get(part.key, ())
        _alternatives(one, effects, day)
        _entries(one)


def _alternatives(one: Reading, effects: tuple[Effect, ...], day: date) -> None:
    if not effects:
        st.caption(_("这一项没有列出别的理解；请领导小组直接写明。"))
        return
    rows = {
        _("换成"): [say(effect.value) for effect in effects],
        _("为什么可以这样理解"): [say(effect.why) for effect in effects],
        _("会怎样"): [say(effect.does) for effect in effects],
    }
    st.table(pd.DataFrame(rows).set_index(_("换成")), border="horizontal")
    if one.file == DEFAULT and one.part.kind == "parameter":
        with st.container(horizontal=True):
            for alternative, effect in zip(offered(one.chapter, one.part, day), effects, strict=True):
                address.link(
                    "rules",
                    _("在假设分析里看是谁：{value}").format(value=say(effect.value)),
                    icon=":material/tune:",
                    view="what-if",
                    **{f"set_{one.part.name}": str(alternative.value)},
                )


def _entries(one: Reading) -> None:
    """What was entered of it, the newest first."""
    if not one.entries:
        st.caption(_("还没有登记过确认，也没有登记过“看过”。"))
        return
    rows = [
        {
            _("日期"): entry.done_on,
            _("办理内容"): say(KINDS[entry.kind]),
            _("领导小组"): entry.confirmed_by or "",
            _("确认日期"): entry.confirmed_on or "",
            _("文号"): entry.document_no or "",
            _("备注"): entry.remark or "",
            _("经办人"): entry.recorded_by,
        }
        for entry in reversed(one.entries)
    ]
    st.table(pd.DataFrame(rows).set_index(_("日期")), border="horizontal")
