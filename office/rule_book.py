"""The rules as people read them: what each part rests on, what is still to be confirmed, the answers in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.lists import Cell, ListColumn, list_xlsx
from office.cited import KINDS, Chapter, Cited, current_value, note_of
from office.cited_targets import parts_of_assessment, parts_of_targets
from office.programs import published_programs
from rules.plan import clause
from rules.procedure import procedure_parameters
from rules.program import Benefit, Program, VerdictRow, Words

FINDING_WORDS = {
    "holds": Words("满足", "hold"),
    "fails": Words("不满足", "fail"),
    "unknown": Words("未知", "are unknown"),
}
HOW_MANY = {
    "none": Words("没有一个条件", "no conditions"),
    "some": Words("有条件", "one or more conditions"),
    "all": Words("全部条件", "all conditions"),
}
PROCEDURE = Words("办理程序", "Procedure")
TARGETS = Words("目标", "Targets")
ASSESSMENT = Words("考核", "Assessment")


def chapters() -> tuple[Chapter, ...]:
    """All that is written down: every programme, and after them the procedure, the targets and the assessment."""
    periods = (
        Cited("period", name, parameter.title, parameter.citation, parameter=parameter)
        for name, parameter in procedure_parameters().items()
    )
    programs = (Chapter(program.title, cited_parts(program), program) for program in published_programs())
    return (
        *programs,
        Chapter(PROCEDURE, tuple(periods)),
        Chapter(TARGETS, tuple(parts_of_targets())),
        Chapter(ASSESSMENT, tuple(parts_of_assessment())),
    )


def cited_parts(program: Program) -> tuple[Cited, ...]:
    """Every parameter, condition, latch and own reading, in the file's order."""
    return tuple(_parts(program))


def _parts(program: Program) -> Iterator[Cited]:
    for name, parameter in program.parameters.items():
        yield Cited("parameter", name, parameter.title, parameter.citation, parameter=parameter)
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
            yield Cited(kind, name, source.text, citation, benefit.title)


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


def to_confirm_xlsx(day: date, language: str) -> bytes:
    """The list for the leading group, with the values in force and room to write the decision."""
    zh = language == "zh"
    titles = (
        ("序号", "规则", "类别", "内容", "现行取值", "条款", "方案原文", "说明", "领导小组意见")
        if zh
        else (
            "No.",
            "Rules",
            "Kind",
            "What",
            "Value in force",
            "Clause",
            "The plan's words",
            "Note",
            "Decision",
        )
    )
    columns = [ListColumn(t, w) for t, w in zip(titles, (6, 22, 12, 44, 14, 8, 60, 44, 30), strict=True)]
    parts = [(chapter, part) for chapter in chapters() for part in chapter.to_confirm]
    rows = [_to_confirm(day, zh, number, *found) for number, found in enumerate(parts, 1)]
    return list_xlsx("口径待确认" if zh else "To confirm", columns, rows, _about(day, zh))


def _to_confirm(day: date, zh: bool, number: int, chapter: Chapter, part: Cited) -> tuple[Cell, ...]:
    said = (chapter.title, KINDS[part.kind], part.words, current_value(part, day))
    cited = part.citation
    words = (w.zh if zh else w.en for w in said)
    return (number, *words, cited.clause, cited.quote, note_of(part, day), None)


def _about(day: date, zh: bool) -> list[tuple[str, str]]:
    """Which programmes and which day the list is of."""
    names = ("规则", "文号", "规则摘要", "日期") if zh else ("Programme", "Source", "Digest", "Day")
    found = []
    for program in published_programs():
        values = (program.title.zh if zh else program.title.en, program.source, program.digest)
        found += list(zip(names, values, strict=False))
    return [*found, (names[-1], day.isoformat())]


def _text(program: Program, name: str) -> Words:
    source = program.conditions.get(name) or program.latches[name]
    return source.text


def _bare(text: str) -> str:
    return "".join(text.split())
