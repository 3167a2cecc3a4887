"""A target's months as one small line: known, projected (dashed), and the goal beside them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from pages.parts.looks import ACCENT, QUIET, STATUSES
from rules.projecting import YEAR
from rules.target import Status
from rules.trajectory import Course

WIDE, HIGH, EDGE = 220, 34, 3
PAST = 24  # months of the past that are drawn
GOAL = "#7a4fa3"
SVG = "http:" + "//www.w3.org/2000/svg"  # the name of the format, no address that anybody opens

Row = Sequence[int | None]


def goal_by_month(course: Course, months: range) -> list[int | None]:
    """The goal of each month in what is drawn: of a growth the month before so many years, grown; else what is wanted."""
    start = course.start
    if start.goal is None:
        return [None for _ in months]
    if not start.target.is_growth:
        return [start.wanted for _ in months]
    return [_grown(course, month) for month in months]


def sparkline(course: Course, status: Status, told: str) -> str:
    """A picture as a piece of HTML (Streamlit lets no drawing through, but an image); `told` says in words what is on it."""
    start = course.start
    known, ahead = start.months, course.months
    last = max(start.deadline, start.today) if start.deadline - start.today <= PAST else start.today + PAST
    months = range(max(known.first, start.today - PAST), last + 1)
    past = [known.of(month) for month in months]
    coming = [
        ahead.of(month) if month >= start.today or past[at] is None else None
        for at, month in enumerate(months)
    ]
    goal = goal_by_month(course, months)
    top = max((value for row in (past, coming, goal) for value in row if value is not None), default=0) or 1
    lines = [
        _line(goal, top, GOAL, 'stroke-dasharray="1 3"'),
        _line(coming, top, STATUSES[status].colour, 'stroke-dasharray="4 3"'),
        _line(past, top, ACCENT, ""),
    ]
    picture = (
        f'<svg xmlns="{SVG}" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none">'
        f'<line x1="0" x2="{WIDE}" y1="{HIGH - 1}" y2="{HIGH - 1}" stroke="{QUIET}" stroke-opacity=".3"/>'
        f"{''.join(lines)}</svg>"
    )
    data = b64encode(picture.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(told, quote=True)}"'
        f' style="width:100%;height:{HIGH}px;display:block">'
    )


def _line(row: Row, top: int, colour: str, style: str) -> str:
    """One path; where a month has no data the line is broken."""
    wide, path, pen_up = max(1, len(row) - 1), [], True
    for at, value in enumerate(row):
        if value is None:
            pen_up = True
            continue
        x = EDGE + (WIDE - 2 * EDGE) * at / wide
        y = HIGH - EDGE - (HIGH - 2 * EDGE) * max(0, value) / top
        path.append(f"{'M' if pen_up else 'L'}{x:.1f} {y:.1f}")
        pen_up = False
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{colour}" stroke-width="1.8" vector-effect="non-scaling-stroke"'
        f' stroke-linecap="round" {style}/>'
        if path
        else ""
    )


def _grown(course: Course, month: int) -> int | None:
    start = course.start
    years = start.years(month)
    before = course.months.of(month - YEAR * years) if years >= 1 else None
    if before is None or start.goal is None:
        return None
    return int(before * (100 + start.goal) ** years // 100**years)
