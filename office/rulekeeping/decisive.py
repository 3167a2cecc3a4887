"""Which single finding an answer hangs on: the verdict that a decision would have had without one condition or standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.deciding import ANSWERS, Judged
from rules.history import Ints
from rules.plain import verdict_row
from rules.program import Answer, Program

Whole = NDArray[np.integer[Any]]  # whole numbers of any width


def asked_of(program: Program, benefit: str) -> tuple[str, ...]:
    """What the answers of a benefit look at: its standings, then its conditions."""
    return (*program.latches_asked(benefit), *program.conditions_asked(benefit))


def speaks_against(program: Program, name: str, finding: Answer) -> bool:
    """Whether a finding does not help: a standing that is so, a condition that fails or is unknown."""
    return (finding == "holds") if name in program.latches else (finding != "holds")


def verdict_without(program: Program, benefit: str, findings: Mapping[str, Answer], name: str) -> str | None:
    """The verdict if the programme did not ask `name`: a condition taken as holding, a standing as not so.

    None where no row of the benefit answers then.
    """
    helpful: Answer = "fails" if name in program.latches else "holds"
    row = verdict_row(program, benefit, {**findings, name: helpful})
    return None if row is None else program.benefits[benefit].rows[row].verdict


def decisive(program: Program, benefit: str, verdict: str, findings: Mapping[str, Answer]) -> tuple[str, ...]:
    """What alone decides an answer: each finding that speaks against it, without which the verdict would be another."""
    return tuple(
        name
        for name in asked_of(program, benefit)
        if speaks_against(program, name, findings[name])
        and verdict_without(program, benefit, findings, name) != verdict
    )


def patterns_of(judged: Judged) -> tuple[list[dict[str, Answer]], Ints]:
    """The distinct findings of all rows that were judged, and which of them each row has."""
    names = tuple(judged.findings)
    table = np.stack([judged.findings[name] for name in names], axis=1)
    distinct, of_row = np.unique(table, axis=0, return_inverse=True)
    patterns = [{n: ANSWERS[int(c)] for n, c in zip(names, codes, strict=True)} for codes in distinct]
    return patterns, of_row.reshape(-1)


def ranks_without(program: Program, judged: Judged, benefit: str, name: str) -> Ints:
    """For every row the place in `program.better` of its verdict if `name` were not asked; -1 where none answers."""
    patterns, of_row = patterns_of(judged)
    places = {verdict: place for place, verdict in enumerate(program.better)}
    found = [verdict_without(program, benefit, pattern, name) for pattern in patterns]
    ranks = np.array([places[verdict] if verdict else -1 for verdict in found], dtype=np.int64)
    answer: Ints = ranks[of_row] if ranks.size else np.empty(0, dtype=np.int64)
    return answer


def moved(before: Whole, after: Whole) -> tuple[int, int]:
    """How many rows have a better verdict after, and how many a worse one (places in `program.better`)."""
    return int(np.count_nonzero(after > before)), int(np.count_nonzero(after < before))


def each_benefit(program: Program, name: str, only_for: str) -> Iterator[str]:
    """The benefits in which a part of this name is read as asked: the one that has its own reading, or all others."""
    for benefit in program.benefits.values():
        own = name in benefit.readings
        if name in asked_of(program, benefit.name) and (benefit.name == only_for if only_for else not own):
            yield benefit.name
