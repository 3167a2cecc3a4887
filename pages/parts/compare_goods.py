"""A draft about goods beside the rules in force: figures, moves, and the changes grouped, each group open to its names."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from data.store import Database
from office.because import because_words
from office.rulekeeping.draft_effects import (
    GAIN,
    LOSS,
    OTHER,
    Effects,
    by_place,
    by_reason,
    directions,
    effects_of,
)
from office.rulekeeping.draft_words import verdict_or_not
from pages.parts import address
from pages.parts.choices import one_of_few
from pages.parts.compare_chart import direction_chart, direction_words
from pages.parts.compare_cost import show_cost
from pages.parts.compare_names import export_button, show_names
from pages.parts.compare_near import show_near
from pages.parts.language import _, say
from pages.parts.looks import number_words, show_chart, verdict_label
from pages.parts.tables import row_hint, table_height
from rules.program import Program

MOST_GROUPS = 8


def show_goods(db: Database, on: date, draft: Program, *, heads: bool) -> None:
    """Everything that the draft changes on the day. Raises Refused."""
    found = effects_of(db, on, draft)
    titles = {name: say(title) for name, title in found.benefits.items()}
    left, right = st.columns([5, 1.4], vertical_alignment="bottom")
    with left:
        benefit = one_of_few("benefit", "rule_changes_benefit", _("事项"), titles, next(iter(titles)))
    with right:
        export_button(db, on, found, heads=heads)
    rows = found.of(benefit)
    _figures(found, benefit, rows)
    views = {
        "why": _("按条件"),
        "township": _("按乡镇"),
        "product": _("按产品"),
        "household": _("按农户"),
        "names": _("全部名单"),
        "near": _("差一点的"),
        "cost": _("包装与资金"),
    }
    view = one_of_few("by", "rule_changes_by", _("怎样看"), views, "why")
    if view == "near":
        show_near(db, found, benefit)
    elif view == "cost":
        show_cost(db, on, found)
    elif rows.empty:
        st.info(_("这一天按这份草稿，这一项没有一个产品的结论会变。"), icon=":material/check_circle:")
    elif view == "names":
        show_names(found, rows, heads=heads)
    else:
        _grouped(found, rows, view, heads=heads)


def _figures(found: Effects, benefit: str, rows: pd.DataFrame) -> None:
    """How many gain and lose, and every move between two verdicts with both sides' totals."""
    numbers = directions(rows)
    left, right = st.columns([2, 5], gap="medium")
    with left:
        cards = st.columns(2)
        cards[0].metric(_("变好（个产品）"), number_words(numbers[GAIN]))
        cards[1].metric(_("变差（个产品）"), number_words(numbers[LOSS]))
        if numbers[OTHER]:
            st.caption(_("另有 {n} 个只在一边有结论，或两边的结论不能比较。").format(n=numbers[OTHER]))
    with right:
        frame = _moves(found, benefit)
        number = st.column_config.NumberColumn
        config = {name: number(name, format="localized") for name in frame.columns[1:]}
        st.dataframe(
            frame,
            hide_index=True,
            height=table_height(len(frame), MOST_GROUPS),
            placeholder="",
            key="rule_changes_moves",
            column_config=config,
        )


def _moves(found: Effects, benefit: str) -> pd.DataFrame:
    """Before (rows) → after (columns), best first; the last row and column are the sides' totals."""
    moves = found.moves(benefit)
    rows = _in_order({was for was, _now in moves}, found.before.program.better)
    columns = _in_order({now for _was, now in moves}, found.after.program.better)
    total = _("合计")
    lines = [
        [
            _label(was),
            *(moves.get((was, now)) for now in columns),
            sum(moves.get((was, n), 0) for n in columns),
        ]
        for was in rows
    ]
    sums = [sum(n for (_was, one), n in moves.items() if one == now) for now in columns]
    lines.append([total, *sums, sum(sums)])
    titles = [_("草稿：{verdict}").format(verdict=_label(now)) for now in columns]
    frame = pd.DataFrame(lines, columns=[_("现行规则"), *titles, total])
    return frame.astype(dict.fromkeys([*titles, total], "Int64"))


def _in_order(verdicts: set[str | None], better: tuple[str, ...]) -> list[str | None]:
    """Best first; none at the end."""
    known: list[str | None] = [verdict for verdict in reversed(better) if verdict in verdicts]
    return [*known, *([None] if None in verdicts else [])]


def _label(verdict: str | None) -> str:
    return say(verdict_or_not(None)) if verdict is None else verdict_label(verdict)


def _grouped(found: Effects, rows: pd.DataFrame, view: str, *, heads: bool) -> None:
    """The groups with their numbers; a chosen one shows its names below."""
    groups = _reasons(found, rows) if view == "why" else by_place(rows, view)
    if view == "township":
        left, right = st.columns([1, 1], gap="medium")
        with left:
            _groups_table(groups, view)
        with right:
            show_chart(direction_chart(groups), key="rule_changes_chart")
    else:
        _groups_table(groups, view)
    pick = address.text("pick")  # one of another way of looking, or of another draft, is simply not there
    if pick not in {f"{view}-{code}" for code in groups["code"]}:
        return
    code = pick.removeprefix(f"{view}-")
    name = groups["name"][groups["code"] == code].iloc[0]
    title, clear = st.columns([5, 1.2], vertical_alignment="center")
    title.markdown(f"**{name}**")
    clear.button(_("收起名单"), key="rule_changes_unpick", on_click=_unpick, width="stretch")
    show_names(found, _members(rows, groups, view, code), heads=heads)


def _reasons(found: Effects, rows: pd.DataFrame) -> pd.DataFrame:
    """The same table as by_place gives, a line for each reason; its code is its place in the list."""
    programs = (found.after.program, found.before.program)
    lines = [
        (str(at), say(because_words(turns, *programs)), numbers[GAIN], numbers[LOSS], numbers[OTHER], turns)
        for at, (turns, numbers) in enumerate(by_reason(rows), 1)
    ]
    return pd.DataFrame(lines, columns=["code", "name", GAIN, LOSS, OTHER, "turns"])


def _members(rows: pd.DataFrame, groups: pd.DataFrame, view: str, code: str) -> pd.DataFrame:
    if view == "why":
        turns = groups["turns"].iloc[int(code) - 1]
        return rows[[one == turns for one in rows["turns"]]]
    column = {"township": "township_code", "product": "product_code", "household": "household_no"}[view]
    return rows[rows[column] == code]


def _groups_table(groups: pd.DataFrame, view: str) -> None:
    st.caption(row_hint(_("在下面列出它的名单")))
    shown = groups[["name", GAIN, LOSS, OTHER]] if groups[OTHER].any() else groups[["name", GAIN, LOSS]]
    titles = {
        "why": _("条件（哪一条的结论使它变了）"),
        "township": _("乡镇"),
        "product": _("产品"),
        "household": _("户编号"),
    }
    number = st.column_config.NumberColumn
    config = {one: number(words, format="localized", width=110) for one, words in direction_words().items()}
    st.dataframe(
        shown,
        hide_index=True,
        height=table_height(len(shown), MOST_GROUPS),
        key=f"rule_changes_groups_{view}",
        on_select=lambda: _pick(view, groups["code"].tolist()),
        selection_mode="single-row",
        column_config={
            "name": st.column_config.TextColumn(titles[view], width="large" if view == "why" else 150),
            **config,
        },
    )


def _pick(view: str, codes: list[str]) -> None:
    rows = st.session_state[f"rule_changes_groups_{view}"]["selection"]["rows"]
    address.put(pick=f"{view}-{codes[rows[0]]}" if rows and rows[0] < len(codes) else None)


def _unpick() -> None:
    address.put(pick=None)
