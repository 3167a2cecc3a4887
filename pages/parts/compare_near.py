"""Goods that a draft just does not change: how far each is from being answered otherwise than now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.store import Database
from office.answering import names_of_goods, while_all_stands
from office.rulekeeping.draft_effects import Effects
from office.rulekeeping.near_misses import INSPECTION, Near, near_misses
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import verdict_label
from pages.parts.tables import row_hint, table_height
from rules.facts import GOOD_FACTS
from rules.program import Program

MOST, MOST_ROWS = 50, 12  # listed of each kind, and seen at once


def show_near(db: Database, found: Effects, benefit: str) -> None:
    """The nearest first; a chosen row opens the good."""
    st.caption(
        _(
            "这些产品按草稿和现行规则的结论相同，但差一点就不同：左边的数再多或少这么一些，或再有一次不合格，两边就分开了。每种最多列 {n} 个。"
        ).format(n=MOST)
    )
    key = (found.before.program.digest, found.after.program.digest, found.before.gathered.as_of, benefit)
    near = while_all_stands("near_misses", db, key, lambda: near_misses(found, benefit, MOST))
    if not near:
        st.info(_("没有差一点就会变的产品。"), icon=":material/check_circle:")
        return
    st.caption(row_hint(_("打开它的“一户一品”")))
    event = st.dataframe(
        _shown(db, found.after.program, near),
        hide_index=True,
        height=table_height(len(near), MOST_ROWS),
        key="rule_changes_near",
        on_select="rerun",
        selection_mode="single-row",
        column_config=_config(),
    )
    if chosen := event["selection"]["rows"]:
        address.go("good", subject=near[chosen[0]].subject, day=found.before.gathered.as_of)


def _shown(db: Database, draft: Program, near: Sequence[Near]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "subject": [one.subject for one in near],
            "what": [_what(one) for one in near],
            "value": [one.value for one in near],
            "needed": [one.needed for one in near],
            "distance": [one.distance for one in near],
            "parameters": [_parameters(draft, one) for one in near],
            "verdict": [verdict_label(one.verdict) for one in near],
            "before": [verdict_label(one.before) for one in near],
            "after": [verdict_label(one.after) for one in near],
        }
    )
    names = names_of_goods(db)[["subject", "product_name", "township_name"]]
    return frame.merge(names, on="subject", how="left")


def _what(one: Near) -> str:
    if one.fact == INSPECTION:
        return _("连续不合格次数（再有一次不合格）")
    title = GOOD_FACTS[one.fact].title
    return say(title) if title is not None else one.fact


def _parameters(draft: Program, one: Near) -> str:
    titles = [say(draft.parameters[name].title) for name in one.parameters if name in draft.parameters]
    return _("、").join(titles)


def _config() -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    wide = 104 if lang() == "zh" else 122
    return {
        "subject": text(_("户/产品"), width=88, pinned=True),
        "what": text(_("看什么"), width=150),
        "value": number(_("现在"), width=56),
        "needed": number(_("要到"), width=56),
        "distance": number(_("还差"), width=56),
        "parameters": text(_("靠近哪个取值"), width=150),
        "verdict": text(_("现在两边都是"), width=wide),
        "before": text(_("那时现行规则"), width=wide),
        "after": text(_("那时草稿"), width=wide),
        "product_name": text(_("产品"), width=70),
        "township_name": text(_("乡镇"), width=110),
    }
