"""The bulletin as a paper: figures put into its lines and charts, in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from data.papers.filters import yuan
from data.reporting.report_rows import StationMonth
from office.months import month_words
from office.paperwork.papers import Letterhead
from office.paperwork.papers_of_reports import (
    Bulletin,
    Chart,
    Help,
    Series,
    StationLine,
    TargetLine,
    TownshipMonth,
)
from office.reports.bulletin_data import BulletinFigures, PlaceMonth
from office.reports.bulletin_words import PLACES, WHOLE, figure_named, names, place_words
from office.reports.differing import on_paper
from office.reports.proportions import change
from office.reports.returns import ODD, Odd
from office.reports.target_words import deadline_words, done_percent, figure_words, goal_words, status_words
from office.reports.transactions import Amounts
from office.targets.measuring import Standing
from rules.program import Words

if TYPE_CHECKING:
    from office.reports.bulletin import Ready

FEN_IN_WAN = 6  # 10^6 分 are 万元
KINDS_SHOWN: tuple[tuple[str, Callable[[Amounts], int]], ...] = (
    ("上行", lambda one: one.sold),
    ("下行", lambda one: one.bought),
    ("服务", lambda one: one.services),
)


def paper_of(ready: Ready, letterhead: Letterhead, day: date) -> Bulletin:
    """The paper as it is issued on a day."""
    found, quality = ready.figures, ready.figures.quality
    named = names(found) | (ready.previous.context["names"] if ready.previous else {})
    return Bulletin(
        done_on=day,
        letterhead=letterhead,
        month=month_words(found.month).zh,
        edition=ready.edition,
        replaces=ready.previous.number if ready.previous else "",
        changes=on_paper(ready.changes, lambda place: place_words(place, named), figure_named),
        known_at=ready.known_at,
        townships=tuple(township_month(one, _name(found, one)) for one in found.places),
        whole=township_month(found.whole, PLACES[WHOLE].zh),
        return_day=found.return_day,
        check_day=found.check_day,
        help=Help(**vars(found.help)),
        targets=tuple(target_line(one) for one in found.targets),
        missing=_lines(found, quality.missing, lambda one: "未报"),
        late=_lines(found, quality.late, lambda one: f"上报于{one.reported_on}"),
        odd=tuple(_odd(found, one) for one in quality.odd),
        corrected=_lines(found, quality.corrected, lambda one: "更正过"),
        corrected_late=quality.corrected_late,
        closed=_lines(found, quality.closed, lambda one: "停用后仍上报，未计入"),
        months_chart=months_chart(found),
        townships_chart=townships_chart(found),
        targets_chart=targets_chart(found.targets),
        problems=ready.problems,
        requirements=ready.requirements,
    )


def township_month(one: PlaceMonth, name: str) -> TownshipMonth:
    """One line of the table."""
    now, total = one.now, one.now.total if one.now else None
    before = one.before.total if one.before else None
    last_year = one.year_before.total if one.year_before else None
    return TownshipMonth(
        township=name,
        sold=now.sold if now else None,
        bought=now.bought if now else None,
        services=now.services if now else None,
        total=total,
        orders=now.orders if now else None,
        before=before,
        change=change(total, before).zh,
        year_before=last_year,
        year_change=change(total, last_year).zh,
        **vars(one.due),
        led=one.led,
    )


def target_line(one: Standing) -> TargetLine:
    """One target on the month's last day."""
    return TargetLine(
        title=one.target.title.zh,
        clause=one.target.citation.clause,
        actual=figure_words(one).zh,
        goal=goal_words(one).zh,
        deadline=deadline_words(one).zh,
        status=status_words(one).zh,
    )


def months_chart(found: BulletinFigures) -> Chart:
    """24 months of transactions, stacked by kind."""
    return Chart(
        kind="stacked",
        title="近24个月交易额",
        unit="万元",
        scale=FEN_IN_WAN,
        categories=tuple(f"{month[2:4]}.{int(month[5:])}" for month, _ in found.series),
        series=tuple(
            Series(name=name, values=tuple(of(one) if one else None for _, one in found.series))
            for name, of in KINDS_SHOWN
        ),
    )


def townships_chart(found: BulletinFigures) -> Chart:
    """The townships beside the month before."""
    return Chart(
        kind="columns",
        title="各乡镇交易额",
        unit="万元",
        scale=FEN_IN_WAN,
        categories=tuple(_name(found, one) for one in found.places),
        series=(
            Series(name="本月", values=tuple(one.now.total if one.now else None for one in found.places)),
            Series(
                name="上月", values=tuple(one.before.total if one.before else None for one in found.places)
            ),
        ),
    )


def targets_chart(standings: Iterable[Standing]) -> Chart:
    """How much of its goal each target has reached."""
    shown = tuple(standings)
    return Chart(
        kind="bars",
        title="各项目标的完成程度（现状÷目标值，150%封顶）",
        unit="%",
        scale=0,
        categories=tuple(one.target.title.zh for one in shown),
        series=(Series(name="完成程度", values=tuple(done_percent(one) for one in shown)),),
    )


def _name(found: BulletinFigures, one: PlaceMonth) -> str:
    return found.names[one.code or ""].zh


def _lines(
    found: BulletinFigures, stations: Iterable[StationMonth], what: Callable[[StationMonth], str]
) -> tuple[StationLine, ...]:
    return tuple(
        StationLine(
            township=township_of(found, one).zh, station=f"{one.name}（{one.station}）", what=what(one)
        )
        for one in stations
    )


def _odd(found: BulletinFigures, one: Odd) -> StationLine:
    (line,) = _lines(found, [one.station], lambda _: odd_words(one).zh)
    return line


def odd_words(one: Odd) -> Words:
    """Why a return is looked at again, with its two numbers."""
    if one.why == "orders":
        zh, en = f"{one.before:,}单、{yuan(one.now)}元", f"{one.before:,} orders, {yuan(one.now)} yuan"
    else:
        zh = f"上月{yuan(one.before)}元，本月{yuan(one.now)}元"
        en = f"{yuan(one.before)} yuan, then {yuan(one.now)} yuan"
    return Words(f"{ODD[one.why].zh}：{zh}", f"{ODD[one.why].en}: {en}")


def township_of(found: BulletinFigures, one: StationMonth) -> Words:
    """The name of a station's township."""
    return found.names.get(one.township, Words(one.township, one.township))
