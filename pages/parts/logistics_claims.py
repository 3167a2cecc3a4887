"""申报核对: every claim that is not settled yet, decided with all that is known now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from data.store import Database
from office.listing_words import because_words
from office.refusal import Refused
from office.subsidy.settlement_summary import summary
from office.subsidy.settlement_views import Shown, drawn_now
from pages.parts import address
from pages.parts.language import _, _n, lang, say
from pages.parts.logistics_lines import figures, lines_table, sums, verdict_figures
from pages.parts.logistics_slip import show_claim
from pages.parts.looks import FINDINGS, day_words, show_chart

ROW = 24  # pixels of a bar


def show_claims(db: Database, day: date) -> None:
    """Counts by verdict and reason, the list, and the slip of the claim that is chosen."""
    try:
        drawn = drawn_now(db, day)
    except Refused as refused:
        st.info(say(refused.words), icon=":material/info:")
        return
    lines = drawn.lines[drawn.lines["kind"] == "claim"]
    shown = replace(drawn, lines=lines, summary=summary(lines, drawn.terms.program))
    if lines.empty:
        st.info(_("到这一天没有未结算的物流申报。下载空表，填好后导入。"), icon=":material/local_shipping:")
        address.link("logistics", _("去导入申报"), icon=":material/upload_file:", view="upload")
        return
    told = _n("{n} 件申报还没有结算，按{{day}}所知核对。", len(lines))
    st.caption(told.format(day=day_words(day, lang())))
    figures({**verdict_figures(shown), **sums(shown, paid=False)})
    if shown.summary.because:
        with st.expander(_("不能付的理由"), icon=":material/rule:"):
            reasons_chart(shown)
    claim = lines_table(
        shown, "claims", kinds=False, file=_("物流申报核对_{day}").format(day=day.isoformat())
    )
    if claim:
        show_claim(db, claim, shown)


def reasons_chart(shown: Shown) -> None:
    """How many claims have which reason against them; one claim may have several."""
    program = shown.terms.program
    frame = pd.DataFrame(
        [
            {"reason": say(because_words(program, name)), "claims": number, "finding": name.partition(":")[0]}
            for name, number in shown.summary.because.items()
        ]
    )
    y = alt.Y("reason:N", title=None, sort=frame["reason"].tolist(), axis=alt.Axis(labelLimit=420))
    looks = {finding: FINDINGS[finding].colour for finding in ("fails", "unknown")}
    bars = (
        alt.Chart(frame)
        .mark_bar(height=alt.RelativeBandSize(band=0.7))
        .encode(
            x=alt.X("claims:Q", title=_("申报（件）"), axis=alt.Axis(format=",d", tickMinStep=1)),
            y=y,
            color=alt.Color(
                "finding:N", legend=None, scale=alt.Scale(domain=list(looks), range=list(looks.values()))
            ),
            tooltip=[
                alt.Tooltip("reason:N", title=_("理由")),
                alt.Tooltip("claims:Q", title=_("申报（件）"), format=","),
            ],
        )
    )
    ends = (
        alt.Chart(frame)
        .mark_text(align="left", dx=5)
        .encode(x="claims:Q", y=y, text=alt.Text("claims:Q", format=","))
    )
    show_chart(alt.layer(bars, ends).properties(height=ROW * len(frame) + 50), key="logistics_reasons")
