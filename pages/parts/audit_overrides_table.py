"""与规则不同的处理: the acts as a table, the months as a small chart, and the chosen act with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from office.audit.override_words import later_words, now_words
from office.audit.overrides import Found, Overview
from pages.parts import address
from pages.parts.language import _, lang, say
from pages.parts.looks import CHART_COLOURS, day_words, show_chart, verdict_label
from pages.parts.states import kind_words
from pages.parts.tables import row_hint, table_height

MOST_ROWS = 10
WIDTH = 320  # pixels for the bars of all months


def overrides_chart(found: Overview, titles: Mapping[str, str]) -> None:
    """How many acts against the rules each month had, by benefit."""
    counts = Counter((one.act.done_on[:7], one.act.benefit) for one in found.found)
    rows = [
        {"month": month, "benefit": titles.get(benefit, benefit), "acts": count}
        for (month, benefit), count in sorted(counts.items())
    ]
    names = [titles.get(name, name) for name in sorted({benefit for _month, benefit in counts})]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=min(28, WIDTH // len({month for month, _benefit in counts})))
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("acts:Q", title=_("处理（次）"), axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(
                "benefit:N",
                title=None,
                legend=alt.Legend(labelLimit=300),
                scale=alt.Scale(domain=names, range=CHART_COLOURS[: len(names)]),
            ),
            tooltip=[
                alt.Tooltip("month:O", title=_("月份")),
                alt.Tooltip("benefit:N", title=_("帮扶")),
                alt.Tooltip("acts:Q", title=_("与规则不同的处理（次）")),
            ],
        )
        .properties(height=120)
    )
    show_chart(chart, key="audit_overrides_chart")


def overrides_table(found: Overview, titles: Mapping[str, str]) -> Found | None:
    """Every act, the newest first; gives the one that the address names."""
    st.session_state["audit_overrides_acts"] = [one.act.id for one in found.found]
    st.dataframe(
        pd.DataFrame([_row(one, titles) for one in found.found]),
        hide_index=True,
        height=table_height(len(found.found), MOST_ROWS),
        key="audit_overrides_rows",
        on_select=_choose,
        selection_mode="single-row",
        column_config={
            "on": st.column_config.TextColumn(_("办理日期")),
            "good": st.column_config.TextColumn(_("农产品")),
            "township": st.column_config.TextColumn(_("乡镇")),
            "benefit": st.column_config.TextColumn(_("帮扶"), width=105),
            "kind": st.column_config.TextColumn(_("办理内容")),
            "said": st.column_config.TextColumn(_("规则当时的建议")),
            "against": st.column_config.TextColumn(_("不同于哪个条件"), width=150),
            "by": st.column_config.TextColumn(_("办理人")),
            "after": st.column_config.TextColumn(_("其后的检验（次）"), help=_after_words(), width=118),
            "later": st.column_config.TextColumn(_("其后的处理")),
            "now": st.column_config.TextColumn(_("与现在的建议")),
        },
    )
    st.caption(row_hint(_("看理由和后来的情况")))
    numbers = [str(one.act.id) for one in found.found]
    chosen = address.one_of("act", numbers, None)
    return found.found[numbers.index(chosen)] if chosen is not None else None


def show_override(one: Found, day: date) -> None:
    """The reason as it was written, and what is known by a day of the time after."""
    act, after = one.act, one.outcome
    with st.container(border=True, key="audit_overrides_one"):
        st.markdown(
            f"**{_('处理 {n}').format(n=act.id)}**　{_day(act.done_on)}　{kind_words(act.kind)}　{act.recorded_by}"
        )
        st.text(_("理由：{reason}").format(reason=act.reason))
        st.text(
            _("规则当时的建议：{verdict}；不同于：{because}").format(
                verdict=verdict_label(one.kept.verdict), because=say(one.because)
            )
        )
        st.text(
            _("办理以后到{until}抽样、到{day}已有结果的检验：合格 {passes} 次，不合格 {fails} 次。").format(
                until=day_words(after.until, lang()),
                day=day_words(day, lang()),
                passes=after.passes,
                fails=after.fails,
            )
        )
        now = verdict_label(after.verdict) if after.verdict else "–"
        st.text(
            _("其后的处理：{later}。规则现在的建议：{now}（{agrees}）。").format(
                later=say(later_words(after)), now=now, agrees=say(now_words(after))
            )
        )
        with st.container(horizontal=True):
            address.link(
                "good",
                _("打开一户一品"),
                icon=":material/open_in_new:",
                subject=act.subject,
                benefit=act.benefit,
            )
            address.link(
                "good",
                _("按办理那天看"),
                icon=":material/history:",
                subject=act.subject,
                benefit=act.benefit,
                day=one.kept.as_of,
                known=one.kept.known_at,
            )


def _row(one: Found, titles: Mapping[str, str]) -> dict[str, str]:
    act, after = one.act, one.outcome
    return {
        "on": act.done_on,
        "good": act.subject,
        "township": act.township_name,
        "benefit": titles.get(act.benefit, act.benefit),
        "kind": kind_words(act.kind),
        "said": verdict_label(one.kept.verdict),
        "against": say(one.because),
        "by": act.recorded_by,
        "after": _("合格 {passes}、不合格 {fails}").format(passes=after.passes, fails=after.fails),
        "later": say(later_words(after)),
        "now": say(now_words(after)),
    }


def _after_words() -> str:
    return _("办理日以后、判定时的检验有效天数以内抽样的检验；还没有检验的是 0 次。")


def _choose() -> None:
    rows = st.session_state["audit_overrides_rows"]["selection"]["rows"]
    if rows:
        address.put(act=st.session_state["audit_overrides_acts"][rows[0]])


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), lang())
