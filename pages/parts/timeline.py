"""The inspection timeline: samples as signs, each re-inspection tied to its original, the verdict as a band behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from office.explaining import Band
from office.one_good import COUNTED, Sample
from pages.parts.evidence import conclusion_label
from pages.parts.language import _, lang, say
from pages.parts.looks import ACCENT, FINDINGS, QUIET, day_words, verdict_label, verdict_scale

HEIGHT = 170
SHORTEST_NAMED = 0.07  # of the whole width: a shorter band shows its sign only
COLOURS = {"pass": FINDINGS["holds"].colour, "fail": FINDINGS["fails"].colour}
SHAPES = {"pass": "circle", "fail": "triangle-up"}
HOLLOW = ("replaced", "not_counted", "not_yet", "outdone")


def timeline(
    samples: Sequence[Sample],
    found: Sequence[Band],
    day: date,
    first: date,
    last: date,
    in_force: date,
    better: Sequence[str],
) -> Any:
    """The chart from `first` to `last`, with `day` marked. `better` are the programme's verdicts, worst first."""
    margin = max((last - first) // 40, timedelta(days=5))
    span = (first - margin, last + margin)
    rows = [_point(sample) for sample in samples if sample.standing != "elsewhere"]
    rows.sort(key=lambda row: -row["size"])  # the small signs lie on top of the rings
    layers = [_width(span), *_bands(found, span, better), *_before(span[0], in_force)]
    layers += [*_links(samples), _points(rows), *_marked_day(day, span)]
    return alt.layer(*layers).properties(height=HEIGHT).configure_axis(grid=False)


def _x(field: str) -> Any:
    return alt.X(f"{field}:T", axis=alt.Axis(format="%Y-%m", tickCount=10, title=None))


def _width(span: tuple[date, date]) -> Any:
    """Nothing to see: it holds the axis open from the first day to the last."""
    frame = pd.DataFrame({"day": [_at(d) for d in span]})
    return alt.Chart(frame).mark_rule(opacity=0).encode(_x("day"))


def _bands(found: Sequence[Band], span: tuple[date, date], better: Sequence[str]) -> list[Any]:
    if not found:
        return []
    shown = [verdict for verdict in reversed(better) if any(band.verdict == verdict for band in found)]
    columns = ["since", "end", "verdict", "words"]
    frame = pd.DataFrame(
        [[_at(b.since), _at(b.until, 1), verdict_label(b.verdict), _band_words(b)] for b in found],
        columns=columns,
    )
    colour = alt.Color("verdict:N", scale=verdict_scale(shown), legend=alt.Legend(title=None, offset=4))
    rect = alt.Chart(frame).mark_rect(opacity=0.22)
    told = alt.Tooltip("words:N", title=_("判定"))
    return [rect.encode(_x("since"), alt.X2("end:T"), colour, tooltip=told), _band_names(found, span)]


def _band_words(band: Band) -> str:
    since, until = day_words(band.since, lang()), day_words(band.until, lang())
    return _("{verdict}：{since} 至 {until}").format(
        verdict=verdict_label(band.verdict), since=since, until=until
    )


def _before(first: date, in_force: date) -> list[Any]:
    """The time before the programme: no band, but said."""
    if in_force <= first:
        return []
    frame = pd.DataFrame({"since": [_at(first)], "words": [_("规则尚未施行")]})
    text = alt.Chart(frame).mark_text(align="left", dx=6, fontSize=11, color=QUIET)
    return [text.encode(_x("since"), y=alt.value(9), text="words:N")]


def _band_names(found: Sequence[Band], span: tuple[date, date]) -> Any:
    whole = (span[1] - span[0]).days
    rows = []
    for band in found:
        length = (band.until - band.since).days
        label = verdict_label(band.verdict)
        middle = band.since + timedelta(days=length // 2)
        rows.append([_at(middle), label if length > SHORTEST_NAMED * whole else label.split(" ")[0]])
    frame = pd.DataFrame(rows, columns=["middle", "words"])
    return (
        alt.Chart(frame)
        .mark_text(fontSize=11, color="#1f2933")
        .encode(_x("middle"), y=alt.value(9), text="words:N")
    )


def _point(sample: Sample) -> dict[str, Any]:
    row = sample.row
    conclusion = row["conclusion"]
    return {
        "sampled": _at(date.fromisoformat(row["sampling_date"])),
        "level": _level(conclusion),
        "conclusion": conclusion_label(conclusion),
        "colour": COLOURS.get(conclusion, QUIET),
        "shape": SHAPES.get(conclusion, "square"),
        "fill": "#ffffff" if sample.standing in HOLLOW else COLOURS.get(conclusion, QUIET),
        "number": row["sample_no"],
        "day": day_words(date.fromisoformat(row["sampling_date"]), lang()),
        "result": day_words(date.fromisoformat(row["result_date"]), lang()),
        "standing": say(sample.words),
        "size": 190 if sample.standing == "replaced" else 75,
    }


def _level(conclusion: str) -> str:
    return conclusion_label(conclusion) if conclusion in COUNTED else _("○ 不计入")


def _levels() -> list[str]:
    return [_level("pass"), _level("fail"), _level("pending")]


def _points(rows: list[dict[str, Any]]) -> Any:
    names = (
        "sampled",
        "level",
        "conclusion",
        "colour",
        "shape",
        "fill",
        "number",
        "day",
        "result",
        "standing",
    )
    titles = {
        "number": _("样品编号"),
        "conclusion": _("结论"),
        "day": _("抽样日期"),
        "result": _("结果日期"),
        "standing": _("对判定的作用"),
    }
    return (
        alt.Chart(pd.DataFrame(rows, columns=list(names)))
        .mark_point(strokeWidth=1.8, opacity=1)
        .encode(
            _x("sampled"),
            _level_axis(),
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()],
        )
    )


def _level_axis(field: str = "level") -> Any:
    axis = alt.Axis(title=None, labelLimit=160, ticks=False, domain=False)
    return alt.Y(f"{field}:N", scale=alt.Scale(domain=_levels(), padding=0.6), axis=axis)


def _links(samples: Sequence[Sample]) -> list[Any]:
    """A line from each re-inspection to its original."""
    by_number = {sample.row["sample_no"]: sample.row for sample in samples}
    rows = []
    for sample in samples:
        row, original = sample.row, by_number.get(sample.row["reinspection_of"])
        if original is not None and sample.standing != "elsewhere":
            rows += [
                (row["sample_no"], one["sampling_date"], _level(one["conclusion"])) for one in (original, row)
            ]
    if not rows:
        return []
    ends = [(number, _at(date.fromisoformat(day)), level) for number, day, level in rows]
    frame = pd.DataFrame(ends, columns=["pair", "sampled", "level"])
    line = alt.Chart(frame).mark_line(strokeDash=[4, 3], color=QUIET, strokeWidth=1.3)
    return [line.encode(_x("sampled"), _level_axis(), detail="pair:N")]


def _marked_day(day: date, span: tuple[date, date]) -> list[Any]:
    frame = pd.DataFrame({"day": [_at(day)], "words": [day_words(day, lang())]})
    right = (span[1] - day) < (span[1] - span[0]) / 6
    rule = alt.Chart(frame).mark_rule(color=ACCENT, strokeWidth=2).encode(_x("day"))
    name = (
        alt.Chart(frame)
        .mark_text(align="right" if right else "left", dx=-5 if right else 5, color=ACCENT, fontWeight="bold")
        .encode(_x("day"), y=alt.value(alt.ExprRef("height - 8")), text="words:N")
    )
    return [rule, name]


def _at(day: date, later: int = 0) -> str:
    """A day as the chart reads it: midnight where the reader sits."""
    return f"{(day + timedelta(days=later)).isoformat()}T00:00:00"
