"""The chosen goods by township: one bar each, its parts the verdicts of one benefit."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from office.choosing import by_township
from office.listing import Listing
from pages.parts.language import _
from pages.parts.looks import INK, verdict_label, verdict_scale
from rules.history import Ints

ROW, FRAME = 24, 76  # pixels: for one township, and for legend and axis


def township_chart(listed: Listing, places: Ints, benefit: str) -> Any:
    """Stacked bars, best verdict first, with the whole number at the end and words beside the colours."""
    better = listed.answers.program.better
    frame = by_township(listed, places, benefit)
    frame["label"] = frame["verdict"].map(verdict_label)
    frame["order"] = frame["verdict"].map({verdict: -at for at, verdict in enumerate(better)})
    frame["total"] = frame.groupby("township_code")["goods"].transform("sum")
    names = frame["township_name"].drop_duplicates().tolist()
    y = alt.Y("township_name:N", title=None, sort=names)
    totals = frame.drop_duplicates("township_code")
    room = alt.Scale(domain=[0, 1.06 * int(totals["total"].max())], nice=False)  # for the numbers at the ends
    bars = _bars(frame, y, room, verdict_scale(list(reversed(better))))
    ends = alt.Chart(totals).mark_text(align="left", dx=5, color=INK, fontSize=12)
    chart = alt.layer(bars, ends.encode(x="total:Q", y=y, text=alt.Text("total:Q", format=",")))
    return chart.properties(height=ROW * len(names) + FRAME)


def _bars(frame: pd.DataFrame, y: alt.Y, room: alt.Scale, colours: alt.Scale) -> alt.Chart:
    number = _("农产品（个）")
    axis = alt.Axis(format=",d", tickMinStep=1, tickCount=8)
    bars: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(height=alt.RelativeBandSize(band=0.7))
        .encode(
            x=alt.X("goods:Q", title=number, axis=axis, scale=room),
            y=y,
            color=alt.Color("label:N", title=None, scale=colours),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("township_name:N", title=_("乡镇")),
                alt.Tooltip("label:N", title=_("判定")),
                alt.Tooltip("goods:Q", title=number, format=","),
                alt.Tooltip("total:Q", title=_("该乡镇共（个）"), format=","),
            ],
        )
    )
    return bars
