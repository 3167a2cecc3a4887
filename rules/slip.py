"""The decision slip: one decision in words, every condition with value, threshold, clause and quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.program import (
    COUNT_OPERATORS,
    Answer,
    Citation,
    Comparison,
    Fact,
    Program,
    Scalar,
    Words,
    comparisons,
    names_in,
)
from rules.trying import Change

VERDICTS = {
    "eligible": Words("符合", "eligible"),
    "not_eligible": Words("不符合", "not eligible"),
    "cannot_decide": Words("不能判定", "cannot decide"),
    "revoked": Words("应取消", "to be revoked"),
    "payable": Words("可以支付", "payable"),
    "refused": Words("不予支付", "refused"),
}
FINDINGS: Mapping[Answer, Words] = {
    "holds": Words("满足", "holds"),
    "fails": Words("不满足", "fails"),
    "unknown": Words("未知", "unknown"),
}
LATCHED: Mapping[Answer, Words] = {
    "holds": Words("出现此情形", "is so"),
    "fails": Words("无此情形", "is not so"),
}
CHOICES = {
    "pass": Words("合格", "pass"),
    "fail": Words("不合格", "fail"),
    "grown": Words("种植", "grown"),
    "produced": Words("生产(养殖)", "produced"),
    "acquired": Words("收购", "acquired"),
    "none": Words("尚未办理", "not acted on yet"),
    "granted": Words("已给予", "granted"),
    "withheld": Words("不给予", "withheld"),
    "revoked": Words("已取消", "revoked"),
    "county": Words("本县", "this county"),
    "elsewhere": Words("县外", "elsewhere"),
    "county_level": Words("县级", "county"),
    "township_level": Words("乡镇级", "township"),
    "village_level": Words("村级", "village"),
    "open_shop": Words("开办网店", "opening a shop"),
    "produce_goods": Words("网货生产销售", "producing and selling"),
    "other_purpose": Words("其他用途", "another purpose"),
    "enterprise": Words("企业或合作社", "an enterprise or co-operative"),
    "shop": Words("网店", "an online shop"),
    "household_shop": Words("贫困户的网店", "a poor household's shop"),
    "other_supplier": Words("其他主体", "another supplier"),
}
UNITS = {
    "day": Words("天", "days"),
    "working_day": Words("个工作日", "working days"),
    "month": Words("个月", "months"),
    "inspection": Words("次", "inspections"),
    "percent": Words("%", "%"),
    "fen": Words("分", "fen"),
    "method": Words("号方法", "(method)"),
    "parcel": Words("件", "parcels"),
    "quarter": Words("个季度", "quarters"),
    "year": Words("个自然年", "calendar years"),
    "basis_point": Words("‱", "‱"),
}


def in_unit(value: object, unit: Words | None) -> Words:
    """A number with its unit: 1 quarter, 2 quarters."""
    if unit is None:
        return Words(str(value), str(value))
    word = unit.en.removesuffix("s") if value in (1, "1") else unit.en
    return Words(f"{value}{unit.zh}", f"{value} {word}".strip())


_COMPARED = {
    "at_least": Words("不少于", "at least"),
    "at_most": Words("不超过", "at most"),
    "more_than": Words("多于", "more than"),
    "less_than": Words("少于", "less than"),
}


@dataclass(frozen=True)
class Side:
    """One comparison of a condition: what was asked, the value found, and what it must be."""

    fact: str
    title: Words
    value: Words
    needed: Words
    parameter: str | None


@dataclass(frozen=True)
class Met:
    """How a standing that is so was met: the figures in words, and the rows in `Samples` that they count."""

    words: Words
    samples: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """What the leading group said of a reading of the office; `stands`: it is confirmed as it is."""

    words: Words
    stands: bool


@dataclass(frozen=True)
class Line:
    """One condition or latch of a slip with its finding and what it rests on; `met` only for a latch that is on.

    `said`: of an office reading, None where nobody confirmed it.
    """

    name: str
    text: Words
    finding: Answer
    sides: tuple[Side, ...]
    citation: Citation
    latch: bool
    met: Met | None = None
    said: Said | None = None


def lines(
    program: Program,
    benefit: str,
    findings: Mapping[str, Answer],
    facts: Mapping[str, Scalar],
    values: Mapping[str, int],
    since: Mapping[str, date],
) -> tuple[Line, ...]:
    """The slip's lines: latches first, then the conditions that the benefit asks.

    `facts` are the good's facts, `values` the parameters in force, `since` the day each counts from.
    """
    found: list[Line] = []
    for name in program.latches_asked(benefit):
        latch = program.latches[name]
        citation = program.citation(benefit, name)
        found.append(Line(name, latch.text, findings[name], (), citation, True))
    for name in program.conditions_asked(benefit):
        condition = program.conditions[name]
        sides = tuple(
            _side(program, comparison, facts, values, since) for comparison in _all_comparisons(program, name)
        )
        found.append(
            Line(name, condition.text, findings[name], sides, program.citation(benefit, name), False)
        )
    return tuple(found)


def verdict_words(verdict: str) -> Words:
    """A verdict in words; one of another programme as it is written there."""
    return VERDICTS.get(verdict, Words(verdict, verdict))


def value_words(value: Scalar) -> Words:
    """A fact's value in words."""
    if value is None:
        return Words("未知", "unknown")
    if value is True:
        return Words("是", "yes")
    if value is False:
        return Words("否", "no")
    return CHOICES.get(str(value)) or verdict_words(str(value))


def change_words(change: Change, benefit: Words) -> Words:
    """One change as a sentence: what would have to happen, and what the answer would be then."""
    to = verdict_words(change.to)
    if change.lapse is not None:
        day = day_of(change.lapse)
        return Words(
            f"不再检验的话，{zh_day(day)}起{benefit.zh}变为“{to.zh}”。",
            f'Without a further inspection, {benefit.en} becomes "{to.en}" on {day.isoformat()}.',
        )
    what = _inspections_words(change)
    if change.before is None:
        return Words(f"{what.zh}，{benefit.zh}变为“{to.zh}”。", f'{what.en}: {benefit.en} becomes "{to.en}".')
    day = day_of(change.before)
    return Words(
        f"{zh_day(day)}以前{what.zh}，{benefit.zh}变为“{to.zh}”。",
        f'{what.en} before {day.isoformat()}: {benefit.en} becomes "{to.en}".',
    )


def _inspections_words(change: Change) -> Words:
    words = [f.conclusion for f in change.by]
    if len(set(words)) == 1:
        one, count = CHOICES[words[0]], len(words)
        if count == 1:
            return Words(f"再有一次检验{one.zh}", f'One more inspection with "{one.en}"')
        return Words(f"再连续{count}次检验{one.zh}", f'{count} more inspections in a row with "{one.en}"')
    return Words(
        "再有检验依次为" + "、".join(CHOICES[w].zh for w in words),
        "Further inspections with " + ", ".join(f'"{CHOICES[w].en}"' for w in words),
    )


def day_of(number: int) -> date:
    """The calendar day of a day number (days since 1970-01-01)."""
    return date(1970, 1, 1) + timedelta(days=number)


def zh_day(day: date) -> str:
    """A day as it is written on paper: 2020年3月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _all_comparisons(program: Program, name: str) -> tuple[Comparison, ...]:
    test = program.conditions[name].test
    inner = tuple(c for other in names_in(test) for c in _all_comparisons(program, other))
    return (*comparisons(test), *inner)


def _side(
    program: Program,
    comparison: Comparison,
    facts: Mapping[str, Scalar],
    values: Mapping[str, int],
    since: Mapping[str, date],
) -> Side:
    fact = program.facts[comparison.fact]
    title = fact.title or Words(fact.name, fact.name)
    parameter = _parameter(comparison)
    unit = UNITS.get(program.parameters[parameter].unit) if parameter else None
    value = facts[comparison.fact]
    shown = value_words(value)
    if _is_money(fact) and value is not None:
        shown = _yuan(int(value))
    elif unit and value is not None:
        shown = in_unit(shown.en, unit)
    return Side(fact.name, title, shown, _needed(fact, comparison, values, unit, parameter, since), parameter)


def _is_money(fact: Fact) -> bool:
    """Whether a count is of 分, as its name says; people read it in yuan."""
    return fact.kind == "count" and fact.name.endswith("_fen")


def _yuan(fen: int) -> Words:
    said = f"{fen // 100}.{fen % 100:02d}"
    return Words(f"{said}元", f"{said} yuan")


def _parameter(comparison: Comparison) -> str | None:
    if comparison.operator in COUNT_OPERATORS and isinstance(comparison.value, str):
        return comparison.value
    return None


def _needed(
    fact: Fact,
    comparison: Comparison,
    values: Mapping[str, int],
    unit: Words | None,
    parameter: str | None,
    since: Mapping[str, date],
) -> Words:
    if comparison.operator in COUNT_OPERATORS:
        side = values[parameter] if parameter else comparison.value
        word = _COMPARED[comparison.operator]
        counted = in_unit(side, unit)
        zh, en = f"{word.zh}{counted.zh}", f"{word.en} {counted.en}"
        if _is_money(fact):
            money = _yuan(int(str(side)))
            zh, en = f"{word.zh}{money.zh}", f"{word.en} {money.en}"
        if parameter and parameter in since:
            day = since[parameter]
            return Words(f"{zh}（{zh_day(day)}起执行）", f"{en} (in force since {day.isoformat()})")
        return Words(zh, en)
    asked = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    words = [value_words(v) for v in asked]
    zh, en = "、".join(w.zh for w in words), ", ".join(w.en for w in words)
    return Words(f"应不是{zh}", f"not {en}") if comparison.operator == "is_not" else Words(f"应为{zh}", en)
