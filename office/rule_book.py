"""The rules as people read them: what each part rests on, what is still to be confirmed, the answers in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from office.cited import Chapter, Cited
from office.cited_targets import parts_of_assessment, parts_of_targets
from office.programs import programs_with_the_software
from rules.plan import clause
from rules.procedure import procedure_parameters
from rules.program import Benefit, Condition, Latch, Program, VerdictRow, Words
from rules.retention import retention

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
RETENTION = Words("保存期限", "How long rows are kept")


def chapters(programs: tuple[Program, ...] | None = None) -> tuple[Chapter, ...]:
    """All that is written down: every programme, then the procedure, the targets, the assessment, how long rows are kept.

    `programs` are those in force; where none are given, those that come with the software.
    """
    periods = (
        Cited("period", name, parameter.title, parameter.citation, parameter=parameter)
        for name, parameter in procedure_parameters().items()
    )
    used = programs_with_the_software() if programs is None else programs
    return (
        *(Chapter(program.title, program.program, cited_parts(program), program) for program in used),
        Chapter(PROCEDURE, "procedure", tuple(periods)),
        Chapter(TARGETS, "targets", tuple(parts_of_targets())),
        Chapter(ASSESSMENT, "assessment", tuple(parts_of_assessment())),
        Chapter(RETENTION, "retention", tuple(_kept_for())),
    )


def _kept_for() -> Iterator[Cited]:
    for name, group in retention().items():
        zh, en = (f"{group.title.zh}：{group.period.title.zh}", f"{group.title.en}: {group.period.title.en}")
        yield Cited("kept_for", name, Words(zh, en), group.period.citation, parameter=group.period)


def cited_parts(program: Program) -> tuple[Cited, ...]:
    """Every parameter, condition, latch and own reading, in the file's order."""
    return tuple(_parts(program))


def _parts(program: Program) -> Iterator[Cited]:
    for name, parameter in program.parameters.items():
        yield Cited("parameter", name, parameter.title, parameter.citation, parameter=parameter)
    for name, one in program.event_conditions.items():
        yield Cited("event_condition", name, one.text, one.citation, asks=_asks(one))
    for name, latch in program.latches.items():
        yield Cited("latch", name, latch.text, latch.citation, asks=_asks(latch))
    for name, one in program.conditions.items():
        yield Cited("condition", name, one.text, one.citation, asks=_asks(one))
    for benefit in program.benefits.values():
        for name, citation in benefit.readings.items():
            kind = "latch" if name in program.latches else "condition"
            source = program.conditions.get(name) or program.latches[name]
            yield Cited(
                *(kind, name, source.text, citation, benefit.title),
                only_for=benefit.name,
                asks=_asks(source),
            )


def _asks(source: Condition | Latch) -> dict[str, Any]:
    """What a condition tests, or what sets and clears a latch, as JSON."""
    if isinstance(source, Condition):
        return {"test": asdict(source.test)}
    return {"set_when": asdict(source.set_when), "clear_when": asdict(source.clear_when)}


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


def _text(program: Program, name: str) -> Words:
    source = program.conditions.get(name) or program.latches[name]
    return source.text


def _bare(text: str) -> str:
    return "".join(text.split())
