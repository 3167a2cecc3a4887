"""The what-if panel: one slider per value, and at once who gains, who loses, why and where."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from office import running
from office.refusal import Refused
from office.what_if import WhatIf, because_words, by_township, changed_count, comparison_xlsx, moves, what_if
from pages.parts import address, looks
from pages.parts.choices import one_of_few
from pages.parts.language import _, lang, say
from rules.program import Parameter, Program
from rules.slip import UNITS, verdict_words

GAIN, LOSS = "#2e7d4f", "#b3261e"


@st.fragment
def panel(program: Program, day: date) -> None:
    """Sliders on the left, the answer on the right; only this panel runs again when a value moves."""
    left, right = st.columns([3, 7], gap="medium")
    in_force = {name: p.value_on(day) for name, p in program.parameters.items()}
    with left:
        changed = {
            name: value
            for name, p in program.parameters.items()
            if (now := in_force[name]) is not None and (value := _slider(p, now)) != now
        }
        if changed:
            st.button(_("全部恢复现行取值"), key="rules_reset", on_click=_reset, args=(tuple(changed),))
        else:
            st.caption(_("移动任一取值，右边立即显示谁的结果变好、谁的变差。什么都不会保存。"))
    with right, running.reader() as db:
        try:
            found = what_if(db, day, changed)
        except Refused as refused:
            st.info(say(refused.words), icon=":material/info:")
            return
        _answer(program, found, bool(changed))


def _slider(parameter: Parameter, now: int) -> int:
    name = f"set_{parameter.name}"
    key = f"rules_{name}"
    value = address.number(name, now, parameter.low, parameter.high)
    unit = UNITS.get(parameter.unit)
    title = f"{say(parameter.title)}（{say(unit)}）" if unit and lang() == "zh" else say(parameter.title)
    st.slider(
        title,
        parameter.low,
        parameter.high,
        key=address.follow(key, value),
        on_change=address.keep,
        args=(name, key, now),
        help=_("现行取值 {now}，允许 {low} 至 {high}。").format(
            now=now, low=parameter.low, high=parameter.high
        ),
    )
    return value


def _reset(names: tuple[str, ...]) -> None:
    for name in names:
        address.put(**{f"set_{name}": None})


def _answer(program: Program, found: WhatIf, moved: bool) -> None:
    titles = {name: say(benefit.title) for name, benefit in program.benefits.items()}
    benefit = one_of_few("benefit", "rules_benefit", _("事项"), titles, next(iter(titles)))
    gains, losses = changed_count(found, benefit)
    counts = found.comparison.after.counts()[benefit]
    before = found.comparison.before.counts()[benefit]
    cards = st.columns(4)
    cards[0].metric(_("变好（个产品）"), looks.number_words(gains))
    cards[1].metric(_("变差（个产品）"), looks.number_words(losses))
    for card, verdict in zip(cards[2:], ("eligible", "revoked"), strict=True):
        delta = counts[verdict] - before[verdict]
        card.metric(
            looks.verdict_words(verdict),
            looks.number_words(counts[verdict]),
            delta or None,
            delta_color="off",
        )
    rows = found.of(benefit)
    if rows.empty:
        st.info(_("这些取值下没有一个产品的结果会变。") if moved else _("目前各项都是现行取值，没有变化。"))
        return
    st.caption("；".join(_move(*move) for move in moves(rows)))
    looks.show_chart(_chart(rows), key="rules_what_if_chart")
    _names(program, rows)
    language = lang()  # the file is made apart from this run
    st.download_button(
        _("下载对比表（Excel）"),
        data=lambda: comparison_xlsx(found, program, language),
        file_name=_("假设对比.xlsx"),
        key="rules_what_if_download",
        on_click="ignore",
    )


def _move(before: str, after: str, goods: int) -> str:
    return f"{say(verdict_words(before))} → {say(verdict_words(after))} {goods}"


def _chart(rows: pd.DataFrame) -> Any:
    gained, lost = _("变好"), _("变差")
    frame = by_township(rows)
    frame["direction"] = [gained if gain else lost for gain in frame["gain"]]
    frame["signed"] = [n if gain else -n for n, gain in zip(frame["goods"], frame["gain"], strict=True)]
    span = max(5, int(frame["goods"].max()))
    colour = alt.Scale(domain=[gained, lost], range=[GAIN, LOSS])
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            y=alt.Y("township_name:N", title=None, sort=alt.EncodingSortField("township_code")),
            x=alt.X(
                "signed:Q",
                scale=alt.Scale(domain=[-span, span]),
                title=_("产品数（右：变好，左：变差）"),
                axis=alt.Axis(format="d", tickMinStep=1),
            ),
            color=alt.Color("direction:N", scale=colour, title=None),
            tooltip=[
                alt.Tooltip("township_name:N", title=_("乡镇")),
                alt.Tooltip("direction:N", title=_("变化")),
                alt.Tooltip("goods:Q", title=_("产品数")),
            ],
        )
        .properties(height=alt.Step(20))
    )


def _names(program: Program, rows: pd.DataFrame) -> None:
    shown = pd.DataFrame(
        {
            _("户编号/产品"): rows["subject"],
            _("产品"): rows["product_name"],
            _("乡镇"): rows["township_name"],
            _("村"): rows["village_name"],
            _("原来"): [looks.verdict_label(v) for v in rows["before"]],
            _("假设后"): [looks.verdict_label(v) for v in rows["after"]],
            _("原因"): [say(because_words(program, names)) for names in rows["because"]],
        }
    )
    st.dataframe(shown, hide_index=True, width="stretch", height=min(38 + 35 * len(shown), 320))
