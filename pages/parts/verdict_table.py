"""The table of goods with their verdicts; a chosen row opens One good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from office.casework.goods_in_force import GoodsInForce, Held
from office.casework.in_force import STATES
from office.days import day_of
from office.listing import Listing
from office.listing_words import reasons_in_words
from office.nearness import FURTHER, NEVER
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import OTHER, VERDICTS, verdict_label
from pages.parts.states import override_words, state_label, under_way_words
from rules.history import Ints
from rules.slip import CHOICES

ROW, MOST_ROWS = 31, 12  # pixels of a row and of the header, and how many rows are seen at once


def verdict_table(
    listed: Listing, in_force: GoodsInForce, places: Ints, along: Mapping[str, str], *, heads: bool
) -> None:
    """Show these goods in this order; choosing a row goes to the good.

    `along` are the filters in the address. Streamlit writes the new address under this page before it
    changes to the other, so Back finds the list as it was only if they go along.
    """
    frame = table_of(listed, in_force, places, heads=heads)
    with st.container(key="goods_table"):
        event = st.dataframe(
            frame,
            hide_index=True,
            height=ROW * (1 + min(len(frame), MOST_ROWS)) + 3,
            placeholder="",
            row_height=ROW,
            key="goods_rows",
            on_select="rerun",
            selection_mode="single-row",
            column_config=_config(listed),
        )
    rows = event["selection"]["rows"]
    if rows:
        address.go("good", **along, subject=str(listed.answers.subjects[places[rows[0]]]))


def table_of(listed: Listing, in_force: GoodsInForce, places: Ints, *, heads: bool) -> pd.DataFrame:
    """One row per good; numbers stay numbers and days days, so that the table sorts them.

    The verdicts and their reasons come before what a narrow screen may cut off.
    """
    chosen = places.tolist()
    names = listed.names.iloc[places]
    columns: dict[str, object] = {
        "subject": names["subject"].to_numpy(),
        "product": names["product_name"].to_numpy(),
    }
    if heads:
        columns["head"] = names["head_name"].to_numpy()
    labels = [verdict_label(verdict) for verdict in listed.answers.program.better]
    for benefit, numbers in listed.answers.judged.verdicts.items():
        columns[benefit] = [[labels[number]] for number in numbers[places].tolist()]
        columns[f"held_{benefit}"] = _states(in_force.held[benefit], places)
    columns["reasons"] = [say(words) for words in reasons_in_words(listed, chosen)]
    columns["last_day"] = [None if d == NEVER else day_of(d) for d in listed.last_day[places].tolist()]
    columns["last"] = _conclusions(listed, places)
    columns["days_left"] = _numbers(listed.days_left[places])
    columns["failures"] = _numbers(listed.failures[places])
    columns["township"] = names["township_name"].to_numpy()
    columns["village"] = names["village_name"].to_numpy()
    return pd.DataFrame(columns)


def _states(held: Held, places: Ints) -> list[str]:
    """What is in force, with the marks of an act against the rules and of an open case."""
    columns = (held.state, held.overrides, held.under_way)
    told: dict[tuple[int, bool, bool], str] = {}  # few that differ, among thousands
    rows = list(zip(*(column[places].tolist() for column in columns), strict=True))
    for state, overrides, under_way in set(rows):
        told[state, overrides, under_way] = state_label(
            STATES[state], overrides=overrides, under_way=under_way
        )
    return [told[row] for row in rows]


def _conclusions(listed: Listing, places: Ints) -> list[str | None]:
    passed, failed = f"✔ {say(CHOICES['pass'])}", f"✕ {say(CHOICES['fail'])}"
    there = (listed.last_day[places] != NEVER).tolist()
    return [
        (failed if bad else passed) if some else None
        for some, bad in zip(there, listed.last_failed[places].tolist(), strict=True)
    ]


def _numbers(column: Ints) -> pd.Series:
    return pd.Series(column, dtype="Int64").mask(column == NEVER)


def _config(listed: Listing) -> dict[str, Any]:
    config = st.column_config
    benefits, better = listed.answers.program.benefits, listed.answers.program.better
    return {
        "subject": config.TextColumn(_("户/产品"), width=84, pinned=True),
        "product": config.TextColumn(_("产品"), width=58),
        "head": config.TextColumn(_("户主"), width=78),
        **{
            name: config.MultiselectColumn(
                _short(name, say(benefit.title)),
                width=80 if lang() == "zh" else 118,
                help=say(benefit.title),
                options=[verdict_label(v) for v in better],
                color=[VERDICTS.get(v, OTHER).colour for v in better],
            )
            for name, benefit in benefits.items()
        },
        **{f"held_{name}": _held_column(name, say(benefit.title)) for name, benefit in benefits.items()},
        "reasons": config.TextColumn(
            _("理由"), width=194 if lang() == "zh" else 182, help=_("不符合、不能判定或应取消的原因")
        ),
        "last_day": config.DateColumn(_("最近检验"), width=84, format="YYYY-MM-DD"),
        "last": config.TextColumn(_("结论"), width=58),
        "days_left": config.NumberColumn(
            _("还剩(天)"), width=58, help=_("现在至少一项符合；没有新的检验，再过这些天就有一项不再符合")
        ),
        "failures": config.NumberColumn(
            _("离取消(次)"),
            width=68,
            help=_("从明天起连续再有几次不合格，就应取消（0 为已到取消；空白为超过 {n} 次）").format(
                n=FURTHER
            ),
        ),
        "township": config.TextColumn(_("乡镇"), width=92),
        "village": config.TextColumn(_("村"), width=68),
    }


def _held_column(name: str, title: str) -> Any:
    marks = _("{override}，{under_way}").format(override=override_words(), under_way=under_way_words())
    return st.column_config.TextColumn(
        _("现行·{benefit}").format(benefit=_short(name, title)),
        width=86 if lang() == "zh" else 118,
        help=_("{benefit}的现行状态。{marks}").format(benefit=title, marks=marks),
    )


def _short(name: str, title: str) -> str:
    """A benefit's title as narrow as the column; one of another programme keeps its own."""
    return {"packaging": _("包装"), "logistics": _("物流")}.get(name, title)
