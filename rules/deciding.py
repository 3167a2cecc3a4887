"""From facts to findings and verdicts: durable-rules answers each distinct pattern, and the plain
evaluator answers one real row of it; where they differ nothing is answered at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules import plain
from rules.asking import Asked, Codes, Questions, gate_name, kept
from rules.patterns import Patterns, cut
from rules.program import Answer, Fact, Program, Scalar, Words
from rules.table import FactTable, Ints

Bools = NDArray[np.bool_]
CODES: dict[Answer, int] = {"holds": 1, "fails": 0, "unknown": -1}
ANSWERS: dict[int, Answer] = {code: answer for answer, code in CODES.items()}


class Disagreement(RuntimeError):
    """The two evaluators answer one row differently; the row stands in the message."""

    def __init__(self, what: str, row: Mapping[str, object], engine: object, plainly: object) -> None:
        shown = ", ".join(f"{name} = {value}" for name, value in row.items())
        super().__init__(f"{what}: the engine says {engine}, the plain evaluator {plainly}; row: {shown}")
        self.words = Words(
            f"两种算法对同一行的结论不一致，未作判定。{what}：引擎 {engine}，对照 {plainly}；该行：{shown}",
            f"two evaluators differ on one row, so nothing is decided. {self}",
        )


@dataclass(frozen=True)
class Judged:
    """The answers for every row of a table.

    `findings`: 1 holds, 0 fails, -1 unknown, for each condition and latch; `rows`: the matching row of
    each benefit from 0, -1 none; `verdicts`: its place in `program.better`, -1 none.
    """

    findings: dict[str, NDArray[np.int8]]
    rows: dict[str, NDArray[np.int32]]
    verdicts: dict[str, NDArray[np.int16]]


def judge_events(
    program: Program, events: FactTable, values: Mapping[str, int]
) -> dict[str, tuple[Bools, Bools]]:
    """For each latch, which events set it and which clear it.

    Raises BadFacts, NotInForce, EngineFault, Disagreement.
    """
    asked = kept.of(program).events
    patterns = cut(events, asked.keys, program.events, (), values)
    found = _found(asked, patterns)
    for row, findings in zip(_example_rows(events, patterns, program.events), found, strict=True):
        _agree_on_event(program, row, values, dict(zip(asked.names, findings, strict=True)))
    column = {name: np.array([f[i] for f in found], dtype=np.int8) for i, name in enumerate(asked.names)}

    def where(latch: str, move: str) -> Bools:
        moved: Bools = column[gate_name(latch, move)] == 1
        return moved[patterns.of_row]

    return {name: (where(name, "set"), where(name, "clear")) for name in program.latches}


def judge(program: Program, facts: FactTable, values: Mapping[str, int]) -> Judged:
    """Findings of every condition and latch, and each benefit's row and verdict, for every row.

    Raises BadFacts, NotInForce, EngineFault, Disagreement.
    """
    asked = kept.of(program)
    patterns = cut(facts, asked.facts.keys, program.facts, program.latches, values)
    found = _with_latches(asked, facts, patterns)
    rows = _example_rows(facts, patterns, program.facts)
    for row, findings in zip(rows, found, strict=True):
        _agree_on_facts(program, row, values, findings)
    matched = {name: _matched(asked, name, found, rows) for name in program.benefits}
    return _spread(program, patterns, found, matched)


def _found(asked: Questions, patterns: Patterns) -> list[Codes]:
    return [asked.ask(codes) for codes in patterns.codes]


def _with_latches(asked: Asked, facts: FactTable, patterns: Patterns) -> list[dict[str, int]]:
    """Per pattern the finding of every condition and latch; a latch that is on holds."""
    latches = {name: facts.columns[name][patterns.example].tolist() for name in asked.program.latches}
    return [
        dict(zip(asked.facts.names, findings, strict=True)) | {name: on[i] for name, on in latches.items()}
        for i, findings in enumerate(_found(asked.facts, patterns))
    ]


def _matched(asked: Asked, benefit: str, found: list[dict[str, int]], rows: list[dict[str, Scalar]]) -> Ints:
    """The matching row of each pattern, asked and compared once for equal findings."""
    names = asked.rows[benefit].told.names
    known: dict[Codes, int] = {}
    matched = np.full(len(found), -1, dtype=np.int64)
    for i, findings in enumerate(found):
        codes = tuple(findings[name] for name in names)
        if codes not in known:
            known[codes] = _agreed_row(asked, benefit, codes, findings, rows[i])
        matched[i] = known[codes]
    return matched


def _agreed_row(
    asked: Asked, benefit: str, codes: Codes, findings: dict[str, int], row: Mapping[str, Scalar]
) -> int:
    engine = asked.rows[benefit].ask(codes)
    plainly = plain.verdict_row(asked.program, benefit, {name: ANSWERS[c] for name, c in findings.items()})
    if engine != (-1 if plainly is None else plainly):
        raise Disagreement(benefit, row, engine, plainly)
    return engine


def _agree_on_facts(
    program: Program, row: Mapping[str, Scalar], values: Mapping[str, int], engine: Mapping[str, int]
) -> None:
    for name, answer in plain.findings(program, row, values).items():
        if engine[name] != CODES[answer]:
            raise Disagreement(name, row, ANSWERS[engine[name]], answer)


def _agree_on_event(
    program: Program, row: Mapping[str, Scalar], values: Mapping[str, int], engine: Mapping[str, int]
) -> None:
    for name, answer in plain.event_findings(program, row, values).items():
        if engine[name] != CODES[answer]:
            raise Disagreement(name, row, ANSWERS[engine[name]], answer)
    for name, moves in plain.latch_moves(program, row, values).items():
        found = tuple(engine[gate_name(name, move)] == 1 for move in ("set", "clear"))
        if found != moves:
            raise Disagreement(name, row, found, moves)


def _example_rows(table: FactTable, patterns: Patterns, facts: Mapping[str, Fact]) -> list[dict[str, Scalar]]:
    """One real row of each pattern: the uncut values of what is asked."""
    few = FactTable(
        {name: table.columns[name][patterns.example] for name in patterns.asked}, patterns.example.size
    )
    return [few.row(i, facts) for i in range(few.size)]


def _spread(
    program: Program, patterns: Patterns, found: list[dict[str, int]], matched: dict[str, Ints]
) -> Judged:
    """Every pattern's answers, given to every row that has it."""
    places = {verdict: i for i, verdict in enumerate(program.better)}
    names = (*program.conditions, *program.latches)
    per_pattern = {name: np.array([f[name] for f in found], dtype=np.int8) for name in names}
    verdicts = {
        name: np.array([*(places[row.verdict] for row in benefit.rows), -1], dtype=np.int16)[matched[name]]
        for name, benefit in program.benefits.items()
    }
    return Judged(
        {name: column[patterns.of_row] for name, column in per_pattern.items()},
        {name: rows.astype(np.int32)[patterns.of_row] for name, rows in matched.items()},
        {name: column[patterns.of_row] for name, column in verdicts.items()},
    )
