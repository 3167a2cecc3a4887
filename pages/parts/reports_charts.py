"""The bulletin's charts on screen: months by kind, townships beside the month before, targets."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from office.reports.bulletin_data import BulletinFigures
from office.reports.bulletin_paper import KINDS_SHOWN
from office.reports.target_words import MOST_DONE, done_percent
from pages.parts.language import _, say
from pages.parts.looks import CHART_COLOURS, INK, STATUSES, show_chart
from pages.parts.reports_sections import place_name
from pages.parts.targets_words import status_label
from rules.target import STATUSES as KNOWN

FEN_OF_WAN = 1_000_000


def months_chart(found: BulletinFigures) -> None:
    """24 months, stacked by kind; a month without data stays empty, and there is no chart of nothing."""
    if not any(one for _month, one in found.series):
        return
    words = {"上行": _("上行"), "下行": _("下行"), "服务": _("服务")}
    rows = [
        {"month": month, "kind": words[kind], "order": at, "amount": of(one) / FEN_OF_WAN if one else None}
        for month, one in found.series
        for at, (kind, of) in enumerate(KINDS_SHOWN)
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("amount:Q", title=_("交易额（万元）")),
            color=_colours(list(words.values())),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("month:O", title=_("月份")),
                alt.Tooltip("kind:N", title=_("类别")),
                alt.Tooltip("amount:Q", title=_("万元"), format=",.2f"),
            ],
        )
        .properties(height=220)
    )
    show_chart(chart, key="reports_months_chart")


def townships_chart(found: BulletinFigures) -> None:
    """This month beside the last, township by township."""
    if not any(one.now or one.before for one in found.places):
        return
    now, before = _("本月"), _("上月")
    names = [say(place_name(found, one)) for one in found.places]
    rows = [
        {"place": name, "which": which, "amount": amounts.total / FEN_OF_WAN if amounts else None}
        for one, name in zip(found.places, names, strict=True)
        for which, amounts in ((now, one.now), (before, one.before))
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("place:N", title=None, sort=names, axis=alt.Axis(labelAngle=0, labelLimit=110)),
            xOffset=alt.XOffset("which:N", sort=[now, before]),
            y=alt.Y("amount:Q", title=_("交易额（万元）")),
            color=_colours([now, before]),
            tooltip=[
                alt.Tooltip("place:N", title=_("乡镇")),
                alt.Tooltip("which:N", title=_("月份")),
                alt.Tooltip("amount:Q", title=_("万元"), format=",.2f"),
            ],
        )
        .properties(height=220)
    )
    show_chart(chart, key="reports_townships_chart")


def targets_chart(found: BulletinFigures) -> None:
    """How much of its goal each target has reached; sign and word stand beside the colour."""
    rows = [
        {
            "title": say(one.target.title),
            "status": status_label(one.status),
            "colour": one.status,
            "done": done_percent(one),
        }
        for one in found.targets
    ]
    if all(row["done"] is None for row in rows):
        return
    frame = pd.DataFrame(rows)
    titles = frame["title"].tolist()
    y = alt.Y("title:N", title=None, sort=titles, axis=alt.Axis(labelLimit=260))
    room = alt.Scale(domain=[0, MOST_DONE * 1.1])
    labels = {status_label(status): STATUSES[status].colour for status in KNOWN}
    bars = (
        alt.Chart(frame)
        .mark_bar(height=alt.RelativeBandSize(band=0.6))
        .encode(
            x=alt.X(
                "done:Q",
                title=_("完成程度（现状÷目标值，%，150 封顶）"),
                scale=room,
                axis=alt.Axis(values=[0, 50, 100, MOST_DONE]),
            ),
            y=y,
            color=alt.Color(
                "status:N", title=None, scale=alt.Scale(domain=list(labels), range=list(labels.values()))
            ),
            tooltip=[
                alt.Tooltip("title:N", title=_("目标")),
                alt.Tooltip("status:N", title=_("状态")),
                alt.Tooltip("done:Q", title="%"),
            ],
        )
    )
    ends = (
        alt.Chart(frame)
        .mark_text(align="left", dx=4, color=INK, fontSize=12)
        .encode(x="done:Q", y=y, text=alt.Text("done:Q", format=",d"))
    )
    show_chart(alt.layer(bars, ends).properties(height=24 * len(titles)), key="reports_targets_chart")


def _colours(domain: list[str]) -> Any:
    return alt.Color("kind:N" if len(domain) == 3 else "which:N", title=None).scale(
        domain=domain, range=CHART_COLOURS[: len(domain)]
    )
