"""A target's way as a chart: months known, months projected, the goal, the deadline and the month it is reached.

Written as the plain description that Altair would make, and shown with the same theme: building it with Altair takes a third
of a second, too long for a slider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from office.targets.figures_shown import first_day
from pages.parts.language import _
from pages.parts.looks import ACCENT, CHART_COLOURS, INK, QUIET, show_spec
from pages.parts.targets_spark import GOAL, PAST, goal_by_month
from pages.parts.targets_words import FEN_OF_WAN, month_label, unit_words
from rules.trajectory import Course

HEIGHT = 250
Spec = dict[str, Any]


def show_ways(courses: Mapping[str, Course], key: str, *, height: int = HEIGHT) -> None:
    """One target's ways by what each is called (the first: as it goes); all start from the same months."""
    show_spec(ways_spec(courses, height), key=key)


def ways_spec(courses: Mapping[str, Course], height: int) -> Spec:
    """The chart as Vega-Lite."""
    first = next(iter(courses.values()))
    months = _months(first)
    known, goal = _("各月数据"), _("目标值")
    styles = {known: (ACCENT, [1, 0]), **_way_styles(courses), goal: (GOAL, [2, 3])}
    rows = _rows(courses, months, known, goal)
    line = {"data": {"values": rows}, "encoding": _encoding(_title(first), styles)}
    dots = {
        "data": {"values": [row for row in rows if row["series"] != goal]},
        "mark": {"type": "circle", "size": 22, "opacity": 1},
        "encoding": {name: line["encoding"][name] for name in ("x", "y", "color", "tooltip")},
    }
    return {
        "height": height,
        "title": {
            "text": _title(first),
            "anchor": "start",
            "color": QUIET,
            "fontSize": 12,
            "fontWeight": "normal",
        },
        "layer": [{**line, "mark": {"type": "line", "strokeWidth": 2}}, dots, *_marks(courses, months)],
    }


def _months(course: Course) -> range:
    start = course.start
    until = start.deadline if start.deadline > start.today else start.until
    return range(max(start.months.first, start.today - PAST), until + 1)


def _way_styles(courses: Mapping[str, Course]) -> dict[str, tuple[str, list[int]]]:
    """As it goes in a quieter blue, what is tried in stronger colours."""
    colours = ["#4a86b8", *(colour for colour in CHART_COLOURS[1:] if colour != GOAL)]
    return {label: (colour, [5, 3]) for label, colour in zip(courses, colours, strict=False)}


def _encoding(title: str, styles: Mapping[str, tuple[str, list[int]]]) -> Spec:
    legend = {"symbolType": "stroke", "symbolSize": 300, "symbolStrokeWidth": 2}
    series = {"field": "series", "type": "nominal", "title": None, "sort": list(styles), "legend": legend}
    return {
        "x": {
            "field": "month",
            "type": "temporal",
            "title": None,
            "axis": {"format": _("%Y年%-m月"), "labelOverlap": True, "tickCount": 10},
        },
        "y": {"field": "value", "type": "quantitative", "title": None, "axis": {"format": ",.4~f"}},
        "color": {**series, "scale": _scale(styles, [colour for colour, _dash in styles.values()])},
        "strokeDash": {**series, "scale": _scale(styles, [dash for _colour, dash in styles.values()])},
        "tooltip": [
            {"field": "label", "type": "nominal", "title": _("月份")},
            {"field": "series", "type": "nominal", "title": _("线")},
            {"field": "value", "type": "quantitative", "title": title, "format": ",.2~f"},
        ],
    }


def _scale(styles: Mapping[str, object], values: Sequence[object]) -> Spec:
    return {"domain": list(styles), "range": list(values)}


def _rows(courses: Mapping[str, Course], months: range, known_label: str, goal_label: str) -> list[Spec]:
    first = next(iter(courses.values()))
    known = first.start.months
    rows = [(month, known_label, known.of(month)) for month in months]
    last = max((month for month in months if known.of(month) is not None), default=None)
    for label, course in courses.items():
        rows += [
            (month, label, course.months.of(month)) for month in months if last is not None and month >= last
        ]
    rows += [(m, goal_label, v) for m, v in zip(months, goal_by_month(first, months), strict=True)]
    return [
        {
            "month": _instant(month),
            "label": month_label(month),
            "series": series,
            "value": value / _scaled(first),
        }
        for month, series, value in rows
        if value is not None
    ]


def _marks(courses: Mapping[str, Course], months: range) -> list[Spec]:
    """Today, the deadline and, where a way gets there, the month the goal is reached."""
    start = next(iter(courses.values())).start
    found = _rule(start.today, _("今天"), QUIET, before=False)
    if start.deadline in months:
        found += _rule(start.deadline, _("期限"), INK, before=True)
    below = False  # the second label goes below its point, so that two do not cover each other
    for course, (colour, _dash) in zip(courses.values(), _way_styles(courses).values(), strict=False):
        on = course.reached_on
        value = None if on is None else course.months.of(on)
        if on is None or value is None or on not in months or on <= start.today:
            continue
        found += _point(on, value / _scaled(course), colour, below=below)
        below = not below
    return found


def _rule(month: int, told: str, colour: str, *, before: bool) -> list[Spec]:
    data = {"values": [{"month": _instant(month), "told": told}]}
    x = {"field": "month", "type": "temporal"}
    side: Spec = {"align": "right", "dx": -4, "dy": 16} if before else {"align": "left", "dx": 4, "dy": 2}
    text = {"type": "text", **side, "baseline": "top", "color": colour, "fontSize": 12}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": colour, "strokeDash": [3, 3], "opacity": 0.7},
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": text,
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "told", "type": "nominal"}},
        },
    ]


def _point(month: int, value: float, colour: str, *, below: bool) -> list[Spec]:
    data = {"values": [{"month": _instant(month), "value": value, "told": month_label(month)}]}
    at = {"x": {"field": "month", "type": "temporal"}, "y": {"field": "value", "type": "quantitative"}}
    diamond = {"type": "point", "shape": "diamond", "size": 110, "filled": True, "color": colour}
    text = {"type": "text", "dy": 18 if below else -12, "color": INK, "fontSize": 12}
    return [
        {"data": data, "mark": diamond, "encoding": at},
        {"data": data, "mark": text, "encoding": {**at, "text": {"field": "told", "type": "nominal"}}},
    ]


def _title(course: Course) -> str:
    target = course.start.target
    if target.is_growth:
        return _("当月金额（万元）")
    if target.is_share:
        return _("个数（分母 {of}）").format(of=course.start.of)
    return _("月末累计（{unit}）").format(unit=unit_words(target))


def _scaled(course: Course) -> int:
    return FEN_OF_WAN if course.start.target.is_growth else 1


def _instant(month: int) -> str:
    """The first of a month, here."""
    return f"{first_day(month).isoformat()}T00:00:00"
