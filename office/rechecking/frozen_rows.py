"""Answers as the rows that recording them writes, made quickly: equal facts, findings and evidence are written once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np

from data.canonical import json_text
from office.deciding import Answers, all_facts
from office.explaining import evidence_of
from rules.program import Fact, Scalar
from rules.table import FactTable

T = TypeVar("T")
Row = tuple[Any, ...]


def rows_now(answers: Answers) -> Iterator[Row]:
    """One row per good and benefit, in the order of recording: as `data.rulekeeping.rechecks.Raw` after its id."""
    gathered, program = answers.gathered, answers.program
    better, benefits = program.better, tuple(program.benefits)
    answered = [
        (benefit, answers.judged.verdicts[benefit].tolist(), (answers.judged.rows[benefit] + 1).tolist())
        for benefit in benefits
    ]
    texts = zip(
        gathered.goods.entity.tolist(),
        gathered.goods.subject.tolist(),
        _findings(answers),
        _facts(answers),
        _evidence(answers),
        strict=True,
    )
    for at, (entity, subject, findings, facts, evidence) in enumerate(texts):
        for benefit, verdicts, rows in answered:
            yield entity, subject, benefit, better[verdicts[at]], rows[at], findings, facts, evidence


def _findings(answers: Answers) -> list[str]:
    """Made once for equal findings, of which there are few."""
    columns = [column.tolist() for column in answers.judged.findings.values()]
    known: dict[tuple[int, ...], str] = {}
    texts: list[str] = []
    for at, codes in enumerate(_rows_of(columns, answers.subjects.size)):
        text = known.get(codes)
        if text is None:
            text = known[codes] = json_text(answers.findings_of(at))
        texts.append(text)
    return texts


def _facts(answers: Answers) -> list[str]:
    """As `json_text` of `facts_of`, put together from the text of each value."""
    facts, columns = all_facts(answers.program), answers.table.columns
    parts = [_parts(name, facts[name], columns[name].tolist()) for name in sorted(facts)]
    return [f"{{{','.join(row)}}}" for row in _rows_of(parts, answers.subjects.size)]


def _parts(name: str, fact: Fact, values: list[int]) -> list[str]:
    """`"name":value` for each value of a column."""
    known = {value: f"{json_text(name)}:{json_text(_value(fact, value))}" for value in set(values)}
    return [known[value] for value in values]


def _value(fact: Fact, value: int) -> Scalar:
    table = FactTable({fact.name: np.array([value], dtype=np.int64)}, 1)
    return table.row(0, {fact.name: fact})[fact.name]


def _rows_of(columns: list[list[T]], size: int) -> Iterator[tuple[T, ...]]:
    return zip(*columns, strict=True) if columns else iter([()] * size)


def _evidence(answers: Answers) -> list[str]:
    """The ids that each good rests on, as the array that is stored."""
    if not answers.subjects.size:
        return []
    return [f"[{','.join(map(str, ids))}]" for ids in evidence_of(answers.gathered)]
