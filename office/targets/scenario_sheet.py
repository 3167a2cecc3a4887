"""Scenarios to take along: every target under each, with its months, as an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from data.lists import Cell, ListColumn, list_xlsx
from office.targets.figures_shown import month_words, shown_figure
from office.targets.status_words import STATUS_WORDS
from office.targets.what_if import Tried, Way
from rules.levers import LEVERS
from rules.program import Words
from rules.trajectory import Course

AS_IT_GOES = Words("按现有速度", "As it goes")
_TITLES = (
    Words("目标", "Target"),
    Words("单位", "Unit"),
    Words("目标值", "Goal"),
    Words("情形", "Case"),
    Words("状态", "Status"),
    Words("期限", "Deadline"),
    Words("期限时预计", "At the deadline"),
    Words("预计达到", "Reached"),
)
_WIDTHS = (34, 10, 10, 18, 12, 12, 14, 14)


def scenarios_xlsx(day: date, tried: Mapping[str, Tried], targets: Sequence[str], language: str) -> bytes:
    """One row per target and case (as it goes, then each of `tried` by its name), the months ahead beside it.

    A month's figure is the count at its end, of a growth the month's 元.
    """
    zh = language == "zh"

    def say(words: Words) -> str:
        return words.zh if zh else words.en

    points = next(iter(tried.values())).points
    months = range(
        min(points.starts[name].today for name in targets) + 1,
        max(points.starts[name].deadline for name in targets) + 1,
    )
    columns = [ListColumn(say(title), width) for title, width in zip(_TITLES, _WIDTHS, strict=True)]
    columns += [ListColumn(say(month_words(month)), 12) for month in months]
    rows: list[Sequence[Cell]] = []
    for name in targets:
        cases = [(say(AS_IT_GOES), _as_it_goes(next(iter(tried.values())).ways[name]))]
        cases += [(label, one.ways[name]) for label, one in tried.items()]
        rows += [_row(label, way, months, zh) for label, way in cases]
    return list_xlsx("方案比较" if zh else "Scenarios", columns, rows, _about(day, tried, zh))


def _as_it_goes(way: Way) -> Way:
    return Way(way.standing, way.without, way.without, way.standing.status)


def _row(label: str, way: Way, months: range, zh: bool) -> list[Cell]:
    target, start, course = way.standing.target, way.under.start, way.under
    on = course.reached_on
    words = (target.title, target.unit, STATUS_WORDS[way.status])
    title, unit, status = (w.zh if zh else w.en for w in words)
    end = month_words(start.deadline)
    reached = month_words(on) if on is not None else Words("达不到", "not reached")
    projected = projected_text(course)
    return [
        *(title, unit, None if way.standing.goal is None else str(way.standing.goal), label, status),
        *(end.zh if zh else end.en, projected, reached.zh if zh else reached.en),
        *(_month(course, month) for month in months),
    ]


def projected_text(course: Course) -> str | None:
    """What there is expected to be at the deadline, in the target's unit."""
    start = course.start
    found = shown_figure(start.target, course.figure(start.deadline), start.years(start.deadline))
    return None if found is None else str(found)


def _month(course: Course, month: int) -> int | None:
    """The month's figure; 分 in whole 元."""
    value = course.months.of(month)
    return (value + 50) // 100 if value is not None and course.start.target.is_growth else value


def _about(day: date, tried: Mapping[str, Tried], zh: bool) -> list[tuple[str, str]]:
    lines = [("日期" if zh else "Day", day.isoformat())]
    for label, one in tried.items():
        moved = [
            f"{LEVERS[name].title.zh if zh else LEVERS[name].title.en} {LEVERS[name].shown(step)}"
            f" {LEVERS[name].unit.zh if zh else LEVERS[name].unit.en}"
            for name, step in one.values.items()
        ]
        lines.append((label, ("；" if zh else "; ").join(moved)))
    note = (
        "各月为月末数，增长类目标为当月金额（元）"
        if zh
        else "Months: the figure at the end; of a growth the month's 元"
    )
    return [*lines, ("说明" if zh else "Note", note)]
