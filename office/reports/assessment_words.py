"""How an assessment is told: its figures in words, what of it two editions are compared by, what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from data.canonical import json_text, sha256_of
from data.papers.filters import yuan
from data.reporting.assessments import Veto
from office.reports.differing import Flat, Named, Value
from office.reports.proportions import NO_BASE, NO_DATA, points
from rules.assessing import Figure, Item, Score
from rules.program import Words
from rules.slip import zh_day

if TYPE_CHECKING:
    from office.reports.assessment import Scored

TEXT = "text"
UNITS: Mapping[str, Words] = {
    "household": Words("户", "households"),
    "village": Words("个村", "villages"),
    "station": Words("个站点", "stations"),
    "person": Words("人", "people"),
    "good": Words("个产品", "goods"),
    "certificate": Words("个", "certificates"),
    "return": Words("份", "returns"),
}
NOT_APPLICABLE = Words("不适用", "does not apply")
TOTAL, BEFORE_VETO, VETO, REMARK = "total", "before_veto", "veto", "remark"
_OWN: Mapping[str, Named] = {
    TOTAL: Named(Words("得分", "Score"), "points"),
    BEFORE_VETO: Named(Words("各项合计", "All items"), "points"),
    VETO: Named(Words("一票否决", "Veto"), "text"),
    REMARK: Named(Words("备注", "Remark"), "text"),
}


def number_words(value: int | None, unit: str) -> Words:
    """A figure with its unit; 分 as 元."""
    if value is None:
        return NO_DATA
    if unit == "fen":
        return Words(f"{yuan(value)}元", f"{yuan(value)} yuan")
    words = UNITS.get(unit, Words("", ""))
    return Words(f"{value:,}{words.zh}", f"{value:,} {words.en}".strip())


def figure_words(item: Item, figure: Figure) -> Words:
    """A township's figure."""
    return number_words(figure.value, item.unit)


def of_words(item: Item, figure: Figure) -> Words:
    """What it is compared with; 无基期 for a growth from nothing."""
    if item.points == "count" or figure.value is None:
        return Words("—", "—")
    if not figure.of:
        return NO_BASE if item.points == "growth" else Words("0", "0")
    unit = "household" if item.points == "per" else item.unit
    return number_words(figure.of, unit)


def full_words(item: Item, full: int) -> Words:
    """What earns all points of an item."""
    if item.points == "growth":
        return Words(f"增长{full}%", f"+{full}%")
    if item.points == "share":
        return Words(f"{full}%", f"{full}%")
    words = number_words(full, item.unit)
    return Words(f"户均{words.zh}", f"{words.en} each") if item.points == "per" else words


def points_words(score: Score) -> Words:
    """Points to the hundredth, or why there are none."""
    if score.state == "not_applicable":
        return NOT_APPLICABLE
    said = points(score.points)
    if score.state == "no_data":
        return Words(f"{said}（没有数据）", f"{said} (no data)")
    return Words(said, said)


def total_words(hundredths: int | None) -> Words:
    """A sum of points; 不适用 where no item applies."""
    return NOT_APPLICABLE if hundredths is None else Words(points(hundredths), points(hundredths))


def veto_words(veto: Veto | None) -> Words:
    """A veto in force as it is shown: its day, number and document; blank where there is none."""
    if veto is None:
        return Words("", "")
    zh, en = f"，{veto.document_no}", f", {veto.document_no}"
    zh, en = (zh, en) if veto.document_no else ("", "")
    day = zh_day(date.fromisoformat(veto.done_on))
    return Words(f"{day}否决（第{veto.id}号{zh}）", f"veto no. {veto.id} of {veto.done_on}{en}")


def flat(scored: Scored, remark: str) -> Flat:
    """Everything by which two editions are told apart: per township every item's points and figure, total and veto."""
    found: dict[str, dict[str, Value]] = {}
    for code, township in scored.scores.items():
        of_one: dict[str, Value] = {
            TOTAL: township.total,
            BEFORE_VETO: township.before_veto,
            VETO: veto_words(scored.vetoes.get(code)).zh,
        }
        for score in township.scores:
            of_one[f"{score.item}.points"] = score.points if score.state != "not_applicable" else None
            of_one[f"{score.item}.value"] = score.figure.value
            of_one[f"{score.item}.of"] = score.figure.of
        found[code] = of_one
    found[TEXT] = {REMARK: remark}
    return found


def scores_kept(scored: Scored) -> dict[str, Any]:
    """What is kept beside that: names, every computation, and a digest of the keys of the rows behind each."""
    return {
        "names": dict(scored.names),
        "items": {item.name: {"zh": item.title.zh, "en": item.title.en} for item in scored.items},
        "units": {item.name: item.unit for item in scored.items},
        "computed": {
            code: {score.item: _kept(scored, code, score) for score in township.scores}
            for code, township in scored.scores.items()
        },
    }


def _kept(scored: Scored, code: str, score: Score) -> dict[str, Any]:
    rows = scored.behind[score.item][code].rows
    keys = {
        register: [list(key) if isinstance(key, tuple) else key for key in found]
        for register, found in rows.items()
    }
    return {
        "state": score.state,
        "value": score.figure.value,
        "of": score.figure.of,
        "full": score.full,
        "weight": score.weight,
        "points": score.points,
        "rows": {register: len(found) for register, found in keys.items()},
        "rows_digest": sha256_of(json_text(keys).encode()),
    }


def place_words(place: str, names: Mapping[str, str]) -> Words:
    """A township of a kept assessment, or what is about all of them."""
    if place == TEXT:
        return Words("文字", "Text")
    return Words(names.get(place, place), names.get(place, place))


def figure_named(figure: str, items: Mapping[str, Mapping[str, str]], units: Mapping[str, str]) -> Named:
    """How a figure of a kept assessment is called, and in what it is."""
    if figure in _OWN:
        return _OWN[figure]
    item, _, part = figure.partition(".")
    title = items.get(item, {"zh": item, "en": item})
    what = {
        "points": Words("得分", "points"),
        "value": Words("数值", "figure"),
        "of": Words("对比数", "compared with"),
    }[part]
    unit = (
        "points" if part == "points" else "yuan" if units.get(item) == "fen" and part == "value" else "count"
    )
    return Named(Words(f"{title['zh']}：{what.zh}", f"{title['en']}: {what.en}"), unit)
