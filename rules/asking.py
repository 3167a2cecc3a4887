"""Between patterns and the engine: what one programme asks of it, each distinct pattern once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from rules.compiling import Answers, benefit_answers, conditions_network
from rules.engine import Asker
from rules.flat import Network
from rules.patterns import Key
from rules.program import Condition, Fact, Gate, Program
from rules.rulesets import Rule

MOST_PROGRAMS = 8  # whose rulesets are kept; the library gives back only a part of what it took
MOST_ANSWERS = 100_000  # kept of one network, then begun anew

Codes = tuple[int, ...]
V = TypeVar("V")


@dataclass
class Questions:
    """Named findings over facts: asked by pattern, remembered by pattern."""

    keys: tuple[Key, ...]
    network: Network
    answers: dict[Codes, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, conditions: dict[str, Condition], facts: dict[str, Fact], gates: dict[str, Gate]
    ) -> Questions:
        """The conditions and gates of a programme's events, or the conditions of its facts."""
        return cls(*conditions_network(conditions, facts, gates))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The findings, in the order in which `ask` gives them."""
        return tuple(self.network.outputs)

    @cached_property
    def asker(self) -> Asker:
        """The rulesets, registered once."""
        return Asker(self.network)

    def ask(self, pattern: Codes) -> tuple[int, ...]:
        """The finding of each name: 1 holds, 0 fails, -1 unknown. Raises EngineFault."""
        if (known := self.answers.get(pattern)) is not None:
            return known
        found, first = self.asker.findings(pattern), len(self.network.inputs)
        answer = tuple(found[number - first] for number in self.network.outputs.values())
        return _remembered(self.answers, pattern, answer)


@dataclass
class Rows:
    """One benefit's rows over findings."""

    told: Answers
    answers: dict[Codes, int] = field(default_factory=dict)

    @cached_property
    def asker(self) -> Asker:
        """The rulesets, registered once; a row that can never be met is not asked."""
        rules = [Rule(met, (i, 1)) for i, met in enumerate(self.told.rows) if met is not None]
        return Asker(self.told.network, rules, two_valued=True)

    def ask(self, findings: Codes) -> int:
        """The first row that is met, -1 if none. Raises EngineFault."""
        if (known := self.answers.get(findings)) is not None:
            return known
        row = self.asker.first_row(findings)
        return _remembered(self.answers, findings, -1 if row is None else row)


@dataclass
class Asked:
    """All that one programme asks of the engine."""

    program: Program

    @cached_property
    def events(self) -> Questions:
        """Event conditions and gates; a latch's gates are named (latch, "set") and (latch, "clear")."""
        gates = {
            gate_name(name, move): gate
            for name, latch in self.program.latches.items()
            for move, gate in (("set", latch.set_when), ("clear", latch.clear_when))
        }
        return Questions.of(self.program.event_conditions, self.program.events, gates)

    @cached_property
    def facts(self) -> Questions:
        """The conditions of a day."""
        return Questions.of(self.program.conditions, self.program.facts, {})

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """The rows of each benefit."""
        return {name: Rows(benefit_answers(self.program, name)) for name in self.program.benefits}

    def close(self) -> None:
        """Give back the rulesets."""
        made = self.__dict__
        for part in (made.get("events"), made.get("facts"), *made.get("rows", {}).values()):
            if part is not None and "asker" in part.__dict__:
                part.asker.close()


def gate_name(latch: str, move: str) -> str:
    """The finding of a latch's gate; no condition can have this name."""
    return f"{latch} {move}"


class _Kept:
    """The programmes asked last, by digest."""

    def __init__(self) -> None:
        self._by_digest: OrderedDict[str, Asked] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, program: Program) -> Asked:
        """What this programme asks; registered anew only if it was not among the last ones."""
        with self._lock:
            asked = self._by_digest.get(program.digest)
            if asked is None or (asked.program is not program and asked.program != program):
                asked = self._by_digest[program.digest] = Asked(program)
            self._by_digest.move_to_end(program.digest)
            while len(self._by_digest) > MOST_PROGRAMS:
                self._by_digest.popitem(last=False)[1].close()
            return asked


kept = _Kept()


def _remembered(answers: dict[Codes, V], pattern: Codes, answer: V) -> V:
    if len(answers) >= MOST_ANSWERS:
        answers.clear()
    answers[pattern] = answer
    return answer
