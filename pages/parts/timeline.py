"""Inspections over time, as layers of a chart: samples as signs, each re-inspection tied to its original."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from office.one_good import COUNTED, Sample
from pages.parts.evidence import conclusion_label
from pages.parts.language import _, lang, say
from pages.parts.looks import ACCENT, FINDINGS, QUIET, day_words

COLOURS = {"pass": FINDINGS["holds"].colour, "fail": FINDINGS["fails"].colour}
SHAPES = {"pass": "circle", "fail": "triangle-up"}  # nosec B105 # shapes
HOLLOW = ("replaced", "not_counted", "not_yet", "outdone")


def sample_layers(samples: Sequence[Sample], row: alt.Y) -> list[Any]:
    """The samples on the rows of `levels`, each re-inspection tied to its original. `row` is the chart's axis of rows."""
    rows = [_point(sample) for sample in samples if sample.standing != "elsewhere"]
    rows.sort(key=lambda one: -one["size"])  # the small signs lie on top of the rings
    return [*_links(samples, row), _points(rows, row)]


def days(field: str) -> Any:
    """A day across; `field` holds it as `instant` writes it."""
    return alt.X(f"{field}:T", axis=alt.Axis(format="%Y-%m", tickCount=10, title=None))


def width(span: tuple[date, date]) -> Any:
    """Nothing to see: it holds the axis open from the first day to the last."""
    frame = pd.DataFrame({"day": [instant(d) for d in span]})
    return alt.Chart(frame).mark_rule(opacity=0).encode(days("day"))


def before(first: date, in_force: date, axis: alt.Y, row: str) -> list[Any]:
    """The time before the programme: no bar in that row, but said."""
    if in_force <= first:
        return []
    frame = pd.DataFrame({"since": [instant(first)], "row": [row], "words": [_("规则尚未施行")]})
    text = alt.Chart(frame).mark_text(align="left", dx=6, fontSize=11, color=QUIET)
    return [text.encode(days("since"), axis, text="words:N")]


def _point(sample: Sample) -> dict[str, Any]:
    row = sample.row
    conclusion = row["conclusion"]
    return {
        "sampled": instant(date.fromisoformat(row["sampling_date"])),
        "row": _level(conclusion),
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


def levels() -> list[str]:
    """The rows that samples stand on, by name."""
    return [_level("pass"), _level("fail"), _level("pending")]


def _points(rows: list[dict[str, Any]], row: alt.Y) -> Any:
    names = (
        "sampled",
        "row",
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
            days("sampled"),
            row,
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()],
        )
    )


def _links(samples: Sequence[Sample], axis: alt.Y) -> list[Any]:
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
    ends = [(number, instant(date.fromisoformat(day)), level) for number, day, level in rows]
    frame = pd.DataFrame(ends, columns=["pair", "sampled", "row"])
    line = alt.Chart(frame).mark_line(strokeDash=[4, 3], color=QUIET, strokeWidth=1.3)
    return [line.encode(days("sampled"), axis, detail="pair:N")]


def marked_day(day: date, span: tuple[date, date]) -> list[Any]:
    """A line on the day, its name above the chart."""
    frame = pd.DataFrame({"day": [instant(day)], "words": [day_words(day, lang())]})
    right = (span[1] - day) < (span[1] - span[0]) / 6
    rule = alt.Chart(frame).mark_rule(color=ACCENT, strokeWidth=2).encode(days("day"))
    name = (
        alt.Chart(frame)
        .mark_text(align="right" if right else "left", dx=-5 if right else 5, color=ACCENT, fontWeight="bold")
        .encode(days("day"), y=alt.value(-8), text="words:N")
    )
    return [rule, name]


def instant(day: date, later: int = 0) -> str:
    """A day as the chart reads it: midnight where the reader sits."""
    return f"{(day + timedelta(days=later)).isoformat()}T00:00:00"
