"""Frozen facts decided again by the programme of their run: each distinct case once, in both engines.

The engine is asked per pattern (`rules.deciding`), the plain evaluator with the uncut values of every case.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from data.canonical import json_text
from data.words import Words
from office.refusal import Refused
from rules import plain
from rules.answerable import CannotAsk
from rules.deciding import ANSWERS, Disagreement, Judged
from rules.engine import EngineFault
from rules.facts import NotProved
from rules.program import Answer, Fact, NotInForce, Program
from rules.subjects import subject_of
from rules.table import BadFacts, table_of

CANNOT = (Refused, CannotAsk, NotProved, BadFacts, NotInForce, EngineFault, Disagreement)  # answers in words
MOST_KNOWN = 200_000  # distinct facts that are kept, then begun anew
BROKEN = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError)  # of what was altered


@dataclass(frozen=True)
class Case:
    """What the programme says of one set of facts. `rows`: verdict and matching row (from 1) per benefit.

    `fault`: why it cannot be decided; then there is nothing else.
    """

    findings: str = ""
    rows: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    fault: Words | None = None


@dataclass
class Cases:
    """The distinct facts of one programme with one set of values, by their canonical text."""

    program: Program
    values: Mapping[str, int]
    known: dict[str, Case] = field(default_factory=dict)
    _made: dict[tuple[int, ...], _Answer] = field(default_factory=dict)

    def learn(self, texts: Iterable[str]) -> None:
        """Decide those that are not known yet."""
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        parsed: dict[str, dict[str, Any]] = {}
        for text in dict.fromkeys(texts):
            if text not in self.known:
                facts = _object(text)
                if facts is None or facts.keys() != self._asked.keys():
                    self.known[text] = Case(fault=_STRANGE)
                else:
                    parsed[text] = facts
        if parsed:
            self._decide(parsed)

    @cached_property
    def _asked(self) -> dict[str, Fact]:
        """Every fact that a decision shows: the subject's and the programme's latches."""
        latches = {name: Fact(name, "yes_no") for name in self.program.latches}
        return {**subject_of(self.program).facts, **latches}

    def _decide(self, some: Mapping[str, dict[str, Any]]) -> None:
        """All at once; where one of them cannot be decided, that one alone bears the fault."""
        try:
            judged = self._judged(some.values())
        except (*CANNOT, *BROKEN) as why:
            if len(some) == 1:
                self.known[next(iter(some))] = Case(fault=words_of(why))
                return
            items = list(some.items())
            for part in (items[: len(items) // 2], items[len(items) // 2 :]):
                self._decide(dict(part))
            return
        for (text, facts), answer in zip(some.items(), self._answers(judged), strict=True):
            self.known[text] = self._agreed(facts, answer)

    def _judged(self, some: Collection[dict[str, Any]]) -> Judged:
        columns = {name: [facts[name] for facts in some] for name in self._asked}
        table = table_of(subject_of(self.program).facts, tuple(self.program.latches), columns)
        return subject_of(self.program).judge(self.program, table, self.values)

    def _answers(self, judged: Judged) -> Iterator[_Answer]:
        """The engine's answer for each row, made once for equal ones."""
        columns: list[list[int]] = [column.tolist() for column in judged.findings.values()]
        columns += [column.tolist() for column in judged.rows.values()]
        for codes in zip(*columns, strict=True):
            answer = self._made.get(codes)
            if answer is None:
                answer = self._made[codes] = self._answer(codes, judged)
            yield answer

    def _answer(self, codes: tuple[int, ...], judged: Judged) -> _Answer:
        found = dict(zip(judged.findings, (ANSWERS[code] for code in codes), strict=False))
        rows = dict(zip(judged.rows, codes[len(found) :], strict=True))
        benefits = self.program.benefits
        verdicts = {name: (benefits[name].rows[row].verdict, row + 1) for name, row in rows.items()}
        plainly = {name: _plain_row(self.program, name, found) for name in benefits}
        return _Answer(found, rows, plainly, Case(json_text(found), verdicts))

    def _agreed(self, facts: dict[str, Any], answer: _Answer) -> Case:
        """The engine's answer, if the plain evaluator gives the same to the uncut values."""
        plainly = plain.findings(self.program, facts, self.values)
        if plainly == answer.findings and answer.rows == answer.plain_rows:
            return answer.case
        said = (answer.findings, answer.rows), (plainly, answer.plain_rows)
        return Case(fault=words_of(Disagreement(self.program.program, facts, *said)))


@dataclass(frozen=True)
class _Answer:
    """What the engine found, its rows, and those of the plain evaluator for the same findings."""

    findings: dict[str, Answer]
    rows: dict[str, int]
    plain_rows: dict[str, int]
    case: Case


def _plain_row(program: Program, benefit: str, findings: Mapping[str, Answer]) -> int:
    row = plain.verdict_row(program, benefit, findings)
    return -1 if row is None else row


def words_of(why: BaseException) -> Words:
    """Why something could not be decided again."""
    words = getattr(why, "words", None)
    if words is not None:
        return Words(words.zh, words.en)
    return Words(
        f"重算时出错（{type(why).__name__}：{why}）", f"deciding again failed ({type(why).__name__}: {why})"
    )


def _object(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is, if it is one."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


_STRANGE = Words("存档的事实不是规则所问的事实", "the frozen facts are not those that the programme asks")
