"""Decide: every good of a day under a programme, with reasons, as arrays that spread to single decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from office.gathering import Gathered
from office.refusal import Refused
from rules.answerable import CannotAsk
from rules.deciding import ANSWERS, Judged
from rules.facts import GOOD_FACTS, NotProved, facts_of, judge_goods
from rules.program import Answer, Fact, Program, Scalar
from rules.table import FactTable


@dataclass(frozen=True)
class Decision:
    """One good's answer for one benefit. `row` counts the benefit's verdict rows from 1."""

    subject: str
    benefit: str
    verdict: str
    row: int
    findings: dict[str, Answer]
    facts: dict[str, Scalar]


@dataclass(frozen=True)
class Answers:
    """All decisions of a day. Arrays run over goods; `judged` holds one column per finding and benefit."""

    gathered: Gathered
    program: Program
    values: Mapping[str, int]
    table: FactTable
    judged: Judged

    @property
    def subjects(self) -> np.ndarray:
        """The goods, as `户编号/产品编码`, in the arrays' order."""
        return self.gathered.goods.subject

    def verdicts(self, benefit: str) -> np.ndarray:
        """The verdict of each good, as words of the programme."""
        return np.array(self.program.better, dtype=object)[self.judged.verdicts[benefit]]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many goods have each verdict, per benefit; every verdict is named."""
        number = len(self.program.better)
        return {
            benefit: dict(
                zip(self.program.better, np.bincount(column, minlength=number).tolist(), strict=True)
            )
            for benefit, column in self.judged.verdicts.items()
        }

    def of(self, at: int, benefit: str) -> Decision:
        """The decision about one good (by its place in the arrays)."""
        return Decision(
            self.subjects[at],
            benefit,
            self.program.better[self.judged.verdicts[benefit][at]],
            int(self.judged.rows[benefit][at]) + 1,
            self.findings_of(at),
            self.facts_of(at),
        )

    def findings_of(self, at: int) -> dict[str, Answer]:
        """Every condition's finding about one good, its latches' too."""
        return {name: ANSWERS[int(column[at])] for name, column in self.judged.findings.items()}

    def facts_of(self, at: int) -> dict[str, Scalar]:
        """Every fact of one good, its latches too; None is unknown."""
        return self.table.row(at, all_facts(self.program))

    def __iter__(self) -> Iterator[Decision]:
        for at in range(self.subjects.size):
            for benefit in self.program.benefits:
                yield self.of(at, benefit)


def decide_all(gathered: Gathered, program: Program, values: Mapping[str, int]) -> Answers:
    """Decide every gathered good under the programme with these parameter values.

    Raises Refused where what-if values make the programme leave a good without an answer.
    """
    with refusing():
        table = facts_of(gathered.standing, program, values)
        return Answers(gathered, program, values, table, judge_goods(program, table, values))


@contextmanager
def refusing() -> Iterator[None]:
    """What the core will not decide becomes a refusal in words."""
    try:
        yield
    except (CannotAsk, NotProved) as undecided:
        raise Refused(undecided.words) from None


def reasons(program: Program, decision: Decision) -> tuple[str, ...]:
    """What the answer rests on: latches that are on, else conditions that fail, else those unknown."""
    found = decision.findings
    on = tuple(name for name in program.latches_asked(decision.benefit) if found[name] == "holds")
    asked = program.conditions_asked(decision.benefit)
    failing = tuple(name for name in asked if found[name] == "fails")
    return on or failing or tuple(name for name in asked if found[name] == "unknown")


def all_facts(program: Program) -> dict[str, Fact]:
    """The facts that every decision about a good shows: the registers' and the programme's latches."""
    return {**GOOD_FACTS, **{name: Fact(name, "yes_no") for name in program.latches}}


def decisions_document(answers: Answers, as_of: date) -> dict[str, Any]:
    """The document that `decide --json` prints."""
    return {
        "program": answers.program.program,
        "digest": answers.program.digest,
        "as_of": as_of.isoformat(),
        "known_at": answers.gathered.known_at,
        "parameters": dict(answers.values),
        "decisions": [
            {
                "subject": d.subject,
                "benefit": d.benefit,
                "verdict": d.verdict,
                "findings": d.findings,
                "facts": d.facts,
            }
            for d in answers
        ],
    }
