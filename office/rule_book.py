"""The programme as people read it: what each part rests on, what is still to be confirmed, its rows in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.lists import Cell, ListColumn, list_xlsx
from rules.plan import clause
from rules.program import Benefit, Citation, Parameter, Program, VerdictRow, Words
from rules.slip import UNITS

KINDS = {
    "parameter": Words("参数", "Value"),
    "latch": Words("状态", "Standing"),
    "condition": Words("条件", "Condition"),
    "event_condition": Words("检验条件", "Condition on an inspection"),
}
FINDING_WORDS = {
    "holds": Words("满足", "hold"),
    "fails": Words("不满足", "fail"),
    "unknown": Words("未知", "are unknown"),
}
HOW_MANY = {
    "none": Words("没有一个条件", "no condition"),
    "some": Words("有条件", "some condition"),
    "all": Words("全部条件", "all conditions"),
}


@dataclass(frozen=True)
class Cited:
    """A part of the programme with what it rests on; `benefit` where it is a reading for that one only."""

    kind: str
    name: str
    text: Words
    citation: Citation
    benefit: str | None = None


def cited_parts(program: Program) -> tuple[Cited, ...]:
    """Every parameter, condition, latch and own reading, in the file's order."""
    return tuple(_parts(program))


def _parts(program: Program) -> Iterator[Cited]:
    for name, parameter in program.parameters.items():
        yield Cited("parameter", name, parameter.title, parameter.citation)
    for name, event_condition in program.event_conditions.items():
        yield Cited("event_condition", name, event_condition.text, event_condition.citation)
    for name, latch in program.latches.items():
        yield Cited("latch", name, latch.text, latch.citation)
    for name, condition in program.conditions.items():
        yield Cited("condition", name, condition.text, condition.citation)
    for benefit in program.benefits.values():
        for name, citation in benefit.readings.items():
            kind = "latch" if name in program.latches else "condition"
            source = program.conditions.get(name) or program.latches[name]
            yield Cited(kind, name, source.text, citation, benefit.name)


def to_confirm(program: Program) -> tuple[Cited, ...]:
    """What the plan does not say and the leading group must confirm."""
    return tuple(part for part in cited_parts(program) if part.citation.reading == "office")


def resting_on(program: Program, sentence: str) -> tuple[Cited, ...]:
    """The parts whose quotes stand in a sentence of the plan."""
    return tuple(part for part in cited_parts(program) if _bare(part.citation.quote) in _bare(sentence))


def clauses_cited(program: Program) -> tuple[str, ...]:
    """The clauses that the programme cites, in the order of first mention."""
    return tuple(dict.fromkeys(part.citation.clause for part in cited_parts(program)))


def sentences_of(name: str) -> tuple[str, ...]:
    """A clause of the plan, sentence by sentence."""
    found = clause(name)
    return found.sentences if found else ()


def value_words(parameter: Parameter, value: int) -> Words:
    """A value with its unit."""
    unit = UNITS.get(parameter.unit, Words("", ""))
    return Words(f"{value}{unit.zh}", f"{value} {unit.en}".strip())


def row_words(program: Program, benefit: Benefit, row: VerdictRow) -> Words:
    """When a row of the answers is given, in words."""
    if row.when is None:
        return Words("其他情形", "in every other case")
    zh, en = [], []
    for finding, scope in row.when.items():
        word = FINDING_WORDS[finding]
        if isinstance(scope, tuple):
            names = [_text(program, name) for name in scope]
            zh.append(f"{word.zh}：" + "、".join(n.zh for n in names))
            en.append(f"{word.en}: " + ", ".join(n.en for n in names))
        else:
            many = HOW_MANY[scope or "none"]
            zh.append(f"{many.zh}{word.zh}")
            en.append(f"{many.en} {word.en}")
    return Words("；".join(zh), "; ".join(en))


def to_confirm_xlsx(program: Program, day: date, language: str) -> bytes:
    """The list for the leading group, with the values in force and room to write the decision."""
    zh = language == "zh"
    titles = (
        ("序号", "类别", "内容", "现行取值", "条款", "方案原文", "说明", "领导小组意见")
        if zh
        else ("No.", "Kind", "What", "Value in force", "Clause", "The plan's words", "Note", "Decision")
    )
    columns = [ListColumn(t, w) for t, w in zip(titles, (6, 12, 44, 12, 8, 60, 44, 30), strict=True)]
    rows = [_to_confirm(program, day, zh, number, part) for number, part in enumerate(to_confirm(program), 1)]
    about = (
        [
            ("规则", program.title.zh),
            ("文号", program.source),
            ("规则摘要", program.digest),
            ("日期", day.isoformat()),
        ]
        if zh
        else [
            ("Programme", program.title.en),
            ("Source", program.source),
            ("Digest", program.digest),
            ("Day", day.isoformat()),
        ]
    )
    return list_xlsx("口径待确认" if zh else "To confirm", columns, rows, about)


def _to_confirm(program: Program, day: date, zh: bool, number: int, part: Cited) -> tuple[Cell, ...]:
    kind, cited = KINDS[part.kind], part.citation
    value = current_value(program, part, day, zh)
    words = (kind.zh, part.text.zh) if zh else (kind.en, part.text.en)
    return (number, *words, value, cited.clause, cited.quote, cited.note, None)


def current_value(program: Program, part: Cited, day: date, zh: bool) -> str:
    """The value in force of a parameter, with its unit; empty for other parts."""
    if part.kind != "parameter":
        return ""
    parameter = program.parameters[part.name]
    value = parameter.value_on(day)
    words = value_words(parameter, value) if value is not None else Words("尚未施行", "not in force")
    return words.zh if zh else words.en


def _text(program: Program, name: str) -> Words:
    source = program.conditions.get(name) or program.latches[name]
    return source.text


def _bare(text: str) -> str:
    return "".join(text.split())
