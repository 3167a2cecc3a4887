"""How the places and figures of a bulletin are called, in both languages, and what of it two editions are compared by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.reporting.report_rows import StationMonth
from office.months import month_words
from office.reports.bulletin_data import BulletinFigures, PlaceMonth
from office.reports.differing import Flat, Named, Value
from office.reports.transactions import Amounts
from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from rules.program import Words

WHOLE = "whole"
MONTHS = "months"  # those of the chart before the bulletin's own; a figure of it is `2021-03:sold`
CHARTED = ("sold", "bought", "services")
TARGET = "target:"
PLACES: Mapping[str, Words] = {
    WHOLE: Words("全县", "County"),
    MONTHS: Words("全县各月", "County by month"),
    "help": Words("检验与补贴", "Inspection and subsidy"),
    "quality": Words("数据质量", "Data quality"),
    "text": Words("文字", "Text"),
}
FIGURES: Mapping[str, Named] = {
    "sold": Named(Words("上行额（元）", "Sold (yuan)"), "yuan"),
    "bought": Named(Words("下行额（元）", "Bought (yuan)"), "yuan"),
    "services": Named(Words("服务额（元）", "Services (yuan)"), "yuan"),
    "total": Named(Words("交易额（元）", "Transactions (yuan)"), "yuan"),
    "orders": Named(Words("订单（单）", "Orders")),
    "before": Named(Words("上月交易额（元）", "Transactions the month before (yuan)"), "yuan"),
    "year_before": Named(
        Words("上年同月交易额（元）", "Transactions the same month last year (yuan)"), "yuan"
    ),
    "due": Named(Words("应报月报（份）", "Returns due")),
    "in_time": Named(Words("按时上报（份）", "Returns in time")),
    "late": Named(Words("迟报（份）", "Late returns")),
    "missing": Named(Words("未报（份）", "Missing returns")),
    "led": Named(Words("带动户（户）", "Households led")),
    "samples": Named(Words("检验样品（份）", "Samples")),
    "passed": Named(Words("合格（份）", "Passed")),
    "failed": Named(Words("不合格（份）", "Failed")),
    "pending": Named(Words("待确证和不适用（份）", "To be confirmed or not applicable")),
    "goods": Named(Words("帮扶农产品（个）", "Goods")),
    "eligible_packaging": Named(Words("判定符合包装支持（个）", "Eligible for packaging")),
    "eligible_logistics": Named(Words("判定符合物流补贴（个）", "Eligible for the logistics subsidy")),
    "claims_settled": Named(Words("结算申报（单）", "Claims settled")),
    "households_settled": Named(Words("结算户数（户）", "Households settled")),
    "settled": Named(Words("结算补贴（元）", "Subsidy settled (yuan)"), "yuan"),
    "actual": Named(Words("现状", "Actual"), "text"),
    "goal": Named(Words("目标值", "Goal"), "text"),
    "status": Named(Words("状态", "Status"), "text"),
    "missing_stations": Named(Words("未报站点", "Stations without a return"), "text"),
    "late_stations": Named(Words("迟报站点", "Stations that were late"), "text"),
    "odd_stations": Named(Words("待核实站点", "Stations to be looked at again"), "text"),
    "corrected_stations": Named(Words("更正过的站点", "Stations with corrections"), "text"),
    "corrected_late": Named(Words("核对截止后更正（份）", "Corrected after the check")),
    "closed_stations": Named(Words("停用后仍上报的站点", "Closed stations that returned"), "text"),
    "problems": Named(Words("存在问题", "Problems"), "text"),
    "requirements": Named(Words("工作要求", "Requirements"), "text"),
}


def flat(found: BulletinFigures, problems: str, requirements: str) -> Flat:
    """Everything by which two editions are told apart."""
    return {
        WHOLE: _place(found.whole),
        **{f"{one.code}": _place(one) for one in found.places},
        MONTHS: dict(_months(found)),
        "help": dict(vars(found.help)),
        **{TARGET + one.target.name: _target(one) for one in found.targets},
        "quality": {
            "missing_stations": _codes(found.quality.missing),
            "late_stations": _codes(found.quality.late),
            "odd_stations": _codes([one.station for one in found.quality.odd]),
            "corrected_stations": _codes(found.quality.corrected),
            "corrected_late": found.quality.corrected_late,
            "closed_stations": _codes(found.quality.closed),
        },
        "text": {"problems": problems, "requirements": requirements},
    }


def names(found: BulletinFigures) -> dict[str, dict[str, str]]:
    """The places that have a name of their own, as kept beside the figures."""
    own = {**found.names, **{TARGET + one.target.name: one.target.title for one in found.targets}}
    return {place: {"zh": words.zh, "en": words.en} for place, words in own.items()}


def place_words(place: str, named: Mapping[str, Mapping[str, str]]) -> Words:
    """How a place of a kept bulletin is called."""
    own = named.get(place)
    return Words(own["zh"], own["en"]) if own else PLACES.get(place, Words(place, place))


def figure_named(figure: str) -> Named:
    """How a figure of a kept bulletin is called."""
    month, _, charted = figure.partition(":")
    if charted in CHARTED:
        named, when = FIGURES[charted], month_words(month)
        return Named(Words(f"{when.zh}{named.words.zh}", f"{when.en}: {named.words.en}"), named.unit)
    return FIGURES.get(figure, Named(Words(figure, figure)))


def _place(one: PlaceMonth) -> dict[str, Value]:
    now = one.now
    return {
        "sold": now and now.sold,
        "bought": now and now.bought,
        "services": now and now.services,
        "total": now and now.total,
        "orders": now and now.orders,
        "before": one.before and one.before.total,
        "year_before": one.year_before and one.year_before.total,
        **vars(one.due),
        "led": one.led,
    }


def _months(found: BulletinFigures) -> Iterator[tuple[str, Value]]:
    """What the chart shows of the months before; the bulletin's own is the whole's."""
    for month, amounts in found.series:
        if month != found.month:
            yield from ((f"{month}:{figure}", _charted(amounts, figure)) for figure in CHARTED)


def _charted(amounts: Amounts | None, figure: str) -> Value:
    return None if amounts is None else int(getattr(amounts, figure))


def _target(one: Standing) -> dict[str, Value]:
    return {
        "actual": None if one.actual is None else str(one.actual),
        "goal": None if one.goal is None else str(one.goal),
        "status": STATUS_WORDS[one.status].zh,
    }


def _codes(stations: Sequence[StationMonth]) -> str:
    return "、".join(dict.fromkeys(one.station for one in stations))
