"""待确认口径 as a workbook to take along: every reading with its value, clause, alternatives and room to write the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from data.lists import Cell, ListColumn, list_xlsx
from office.cited import KINDS, Chapter, current_value, note_of
from office.rulekeeping.alternatives import Effects
from office.rulekeeping.effects import Effect
from office.rulekeeping.readings import Reading, standing_words

_ZH = (
    *("序号", "规则", "类别", "内容", "现行取值", "条款", "方案原文", "说明"),
    *("换一种理解会怎样", "状态", "领导小组意见"),
)
_EN = (
    *("No.", "Rules", "Kind", "What", "Value in force", "Clause", "The plan's words", "Note"),
    *("Read otherwise", "Status", "Decision"),
)
_WIDTHS = (6, 22, 12, 44, 14, 8, 60, 44, 60, 24, 30)


def readings_xlsx(
    day: date,
    language: str,
    book: Sequence[Chapter],
    found: Sequence[Reading],
    effects: Mapping[str, Effects],
) -> bytes:
    """Every reading of a day in one list, in the book's order; the second sheet says which programmes it is of."""
    zh = language == "zh"
    columns = [ListColumn(t, w) for t, w in zip(_ZH if zh else _EN, _WIDTHS, strict=True)]
    rows = [
        _row(number, one, effects.get(one.file, {}).get(one.key, ()), day, zh)
        for number, one in enumerate(found, 1)
    ]
    return list_xlsx("口径待确认" if zh else "To confirm", columns, rows, _about(book, day, zh))


def _row(number: int, one: Reading, effects: tuple[Effect, ...], day: date, zh: bool) -> tuple[Cell, ...]:
    part, cited = one.part, one.part.citation
    said = (one.chapter.title, KINDS[part.kind], part.words, current_value(part, day))
    told = [(e.value, e.why, e.does) for e in effects]
    words = [f"{v.zh}（{w.zh}）：{d.zh}" if zh else f"{v.en} ({w.en}): {d.en}" for v, w, d in told]
    standing = standing_words(one)
    return (
        number,
        *(w.zh if zh else w.en for w in said),
        *(cited.clause, cited.quote, note_of(part, day)),
        "\n".join(words),
        standing.zh if zh else standing.en,
        None,
    )


def _about(book: Sequence[Chapter], day: date, zh: bool) -> list[tuple[str, str]]:
    """Which programmes and which day the list is of."""
    names = ("规则", "文号", "规则摘要", "日期") if zh else ("Programme", "Source", "Digest", "Day")
    found: list[tuple[str, str]] = []
    for program in (chapter.program for chapter in book if chapter.program is not None):
        values = (program.title.zh if zh else program.title.en, program.source, program.digest)
        found += list(zip(names, values, strict=False))
    return [*found, (names[-1], day.isoformat())]
