"""条款矩阵 as a workbook: parts with their cases and decisions, then the rows of the answers."""

from __future__ import annotations

from data.lists import Cell, ListColumn, list_xlsx
from office.cited import KINDS, current_value
from office.rulekeeping.matrix import Matrix, PartLine, RowLine
from office.rulekeeping.readings import standing_words
from rules.program import Words
from rules.slip import verdict_words

TEXT = Words("方案原文", "text of the plan")
ROW = Words("判定行", "Row of the answers")
_COLUMNS = (
    (Words("条款", "Clause"), 8),
    (Words("类别", "Kind"), 12),
    (Words("内容", "What"), 50),
    (Words("现行取值或结果", "Value or verdict"), 18),
    (Words("方案原文", "The plan's words"), 50),
    (Words("口径", "Reading"), 26),
    (Words("最近看过", "Last looked at"), 12),
    (Words("测试案例（个）", "Test cases"), 12),
    (Words("案例名称", "Cases"), 60),
    (Words("今年判定中不利（件）", "Against, kept this year"), 18),
    (Words("今年单独决定（件）", "Alone decided, kept this year"), 18),
    (Words("当天不利（件）", "Against, on the day"), 14),
    (Words("当天单独决定（件）", "Alone decided, on the day"), 16),
)


def matrix_xlsx(matrix: Matrix, language: str) -> bytes:
    """The whole matrix; the second sheet says which text, which day and what the numbers mean."""
    zh = language == "zh"
    columns = [ListColumn(_say(words, zh), width) for words, width in _COLUMNS]
    rows = [_part(line, matrix, zh) for line in matrix.parts] + [_row(line, zh) for line in matrix.rows]
    return list_xlsx("条款矩阵" if zh else "Clause matrix", columns, rows, _about(matrix, zh))


def _part(line: PartLine, matrix: Matrix, zh: bool) -> tuple[Cell, ...]:
    part, reading = line.part, line.reading
    return (
        part.citation.clause,
        _say(KINDS[part.kind], zh),
        _say(part.words, zh),
        _say(current_value(part, matrix.day), zh),
        part.citation.quote,
        _say(standing_words(reading) if reading else TEXT, zh),
        reading.looked_on.isoformat() if reading and reading.looked_on else None,
        len(line.cases),
        "\n".join(case.name for case in line.cases),
        line.kept.against if line.kept else None,
        line.kept.decisive if line.kept else None,
        line.present.against if line.present else None,
        line.present.decisive if line.present else None,
    )


def _row(line: RowLine, zh: bool) -> tuple[Cell, ...]:
    title = f"{_say(line.benefit.title, zh)} {line.number}"
    verdict = _say(verdict_words(line.benefit.rows[line.number - 1].verdict), zh)
    cases = "\n".join(case.name for case in line.cases)
    said = (None, _say(ROW, zh), f"{title}：{_say(line.words, zh)}", verdict, None, None, None)
    return (*said, len(line.cases), cases, None, line.kept, None, line.present)


def _about(matrix: Matrix, zh: bool) -> list[tuple[str, str]]:
    program, year = matrix.program, matrix.day.year
    told = (
        f"“今年”是 {year} 年 1 月 1 日至 {matrix.day} 的判定中留存下来的；“单独决定”是没有这一条结果就会不同；空白是没有可数的，不是 0。"
        if zh
        else f"Kept this year: decisions for days from {year}-01-01 to {matrix.day}. Alone decided: without it the verdict"
        " would be another. A blank means that there is nothing to count, never 0."
    )
    names = ("规则", "规则摘要", "日期", "说明") if zh else ("Programme", "Digest", "Day", "Note")
    values = (_say(program.title, zh), program.digest, matrix.day.isoformat(), told)
    return list(zip(names, values, strict=True))


def _say(words: Words, zh: bool) -> str:
    return words.zh if zh else words.en
