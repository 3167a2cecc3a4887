"""What stands beside the tables in both languages: titles, clauses and quotes, and the values behind the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules.program import Benefit, Citation, Fact, Latch, Parameter, Program, Words
from rules.slip import UNITS, VERDICTS, in_unit

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
_READINGS = {
    "text": Words("方案原文", "the plan says so"),
    "office": Words("办公室口径", "the office's reading"),
}


def both(words: Words) -> str:
    """The words in both languages."""
    return words.zh if words.zh == words.en else f"{words.zh} / {words.en}"


def cited(name: str, text: Words | None, citation: Citation) -> str:
    """A part of the programme by its name, in words, with clause, quote, reading and note."""
    return lines([f"{name}：{both(text)}" if text else name, source_of(citation)])


def source_of(citation: Citation) -> str:
    """Clause, quote and reading; the note below."""
    said = f"{citation.clause}（{both(_READINGS[citation.reading])}）：“{citation.quote}”"
    return lines([said, citation.note])


def fact_about(fact: Fact) -> str:
    """A fact by its name and title, with what it may be."""
    kinds = {
        "choice": " | ".join(fact.choices),
        "yes_no": "true | false",
        "count": "整数，从 0 起 / a whole number from 0",
    }
    unknown = "；未知写 null / null where unknown" if fact.may_be_unknown else ""
    title = f"：{both(fact.title)}" if fact.title else ""
    return lines([f"{fact.name}{title}", kinds[fact.kind] + unknown])


def latch_about(latch: Latch) -> str:
    """A latch as something handed in."""
    how = Words(
        "true 处于此状态，false 不处于：第一个事件以前为 false，以后按先后逐个事件看“出现”和“消除”两张表",
        "true while it is on: false before the first event, then event by event in order by the two tables that set and clear it",
    )
    return lines([cited(latch.name, latch.text, latch.citation), both(how)])


def benefit_about(benefit: Benefit, never: Iterable[int]) -> str:
    """A benefit's table, what its conditions rest on where that differs, and rows that nothing can match."""
    own = [f"{name}：{source_of(citation)}" for name, citation in benefit.readings.items()]
    left_out = [
        f"第 {row} 行永远不会相符，未写入 / row {row} can never match and is left out" for row in never
    ]
    first = "从上往下，第一行相符的就是结果 / from the top, the first row that matches is the answer"
    return lines([f"{benefit.name}：{both(benefit.title)}", first, *own, *left_out])


def value_about(parameter: Parameter, day: date, value: int) -> str:
    """A parameter's value in force: the number, since when, and what it rests on."""
    dated = next(v for v in reversed(parameter.values) if v.since <= day)
    unit = both(in_unit(value, UNITS.get(parameter.unit) or Words(parameter.unit, parameter.unit)))
    said = f"{parameter.name} = {value}（{unit}，自 {dated.since.isoformat()} 起）：{both(parameter.title)}"
    return lines([said, dated.note, source_of(parameter.citation)])


def model_about(program: Program, day: date, values: dict[str, int]) -> str:
    """What the whole file stands for: programme, digest, day, source, every value in force, how to read it."""
    verdicts = "；".join(f"{v} {both(VERDICTS[v])}" if v in VERDICTS else v for v in program.better)
    return lines(
        [
            both(program.title),
            f"规则 / programme: {program.program} · SHA-256 {program.digest}",
            f"取值所据的日期 / values as of: {day.isoformat()}",
            f"依据 / source: {program.source}",
            f"结果，由差到好 / verdicts, worst first: {verdicts}",
            "条件有三种结论：holds 满足，fails 不满足，unknown 未知；输入为 null 即未知，不当作“否”或 0。",
            "A condition holds, fails or is unknown; an input that is null is unknown, never no and never 0.",
            "本文件供其他规则软件查看和试算；办理仍以本系统公布的规则为准。",
            "For reading and trying in other rule software; what decides is the programme published in the office's system.",
            "当日取值 / values in force:",
            *(value_about(program.parameters[name], day, value) for name, value in values.items()),
        ]
    )


def lines(parts: Iterable[str]) -> str:
    """The parts that are not empty, one below the other."""
    return "\n".join(part for part in parts if part)
