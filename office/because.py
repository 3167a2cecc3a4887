"""Which findings made two answers differ: those that alone would have kept the answer as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from rules import plain
from rules.program import Answer, Program, Words

ROWS_MADE_IT = Words("判定行改动", "the verdict rows changed")


class Turn(NamedTuple):
    """A latch or condition that made an answer differ, with both findings; None where a side does not ask it."""

    name: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Side:
    """One answer: the programme, the benefit, and what was found of every latch and condition that it asks."""

    program: Program
    benefit: str
    findings: Mapping[str, str]

    def verdict(self, instead: Mapping[str, str]) -> str | None:
        """The verdict with some findings put in the place of those that were found."""
        findings = cast("Mapping[str, Answer]", {**self.findings, **instead})
        row = plain.verdict_row(self.program, self.benefit, findings)
        return None if row is None else self.program.benefits[self.benefit].rows[row].verdict


def decisive(before: Side, after: Side) -> tuple[Turn, ...]:
    """The latches and conditions that made the difference between two verdicts, which differ, about one good.

    Those whose finding alone brings the other side's verdict; where none does, those whose finding alone changes the
    verdict; where none does that either, all that differ: they made it together. A condition that only one side asks
    is tried as if nothing spoke against the good. Empty: the findings are alike, so the verdict rows made it.
    """
    names = {**before.findings, **after.findings}
    differing = [name for name in names if before.findings.get(name) != after.findings.get(name)]
    brought = [name for name in differing if _brings(before, after, name) or _brings(after, before, name)]
    turned = [name for name in differing if _turns(before, after, name) or _turns(after, before, name)]
    shared = [name for name in differing if name in before.findings and name in after.findings]
    made_it = brought or turned or shared
    return tuple(Turn(n, before.findings.get(n), after.findings.get(n)) for n in made_it)


def _brings(side: Side, other: Side, name: str) -> bool:
    """Whether what the other side found there alone gives this side the other's verdict."""
    return name in side.findings and _tried(side, other, name) == other.verdict({})


def _turns(side: Side, other: Side, name: str) -> bool:
    """Whether what the other side found there alone gives this side another verdict."""
    return name in side.findings and _tried(side, other, name) != side.verdict({})


def _tried(side: Side, other: Side, name: str) -> str | None:
    nothing_against = "fails" if name in side.program.latches else "holds"
    return side.verdict({name: other.findings.get(name, nothing_against)})


def because_words(turns: Iterable[Turn], *programs: Program) -> Words:
    """What made the difference, in words: what is found now of each condition, in the text of the first programme
    that has it."""
    said = [_words(turn, programs) for turn in turns]
    if not said:
        return ROWS_MADE_IT
    return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def _words(turn: Turn, programs: tuple[Program, ...]) -> Words:
    text = _text(turn.name, programs)
    latch = any(turn.name in program.latches for program in programs)
    before, after = _LATCHED[turn.now] if latch else _FOUND[turn.now]
    if turn.was is None:
        return Words(f"新的要求，{before}{text.zh}", f"newly asked, {after}{text.en}")
    return Words(f"{before}{text.zh}", f"{after}{text.en}")


_FOUND: Mapping[str | None, tuple[str, str]] = {
    "holds": ("满足：", "met: "),
    "fails": ("不满足：", "not met: "),
    "unknown": ("未知：", "unknown: "),
    None: ("不再要求：", "no longer asked: "),
}
_LATCHED: Mapping[str | None, tuple[str, str]] = {
    "holds": ("出现：", "now so: "),
    "fails": ("不再有：", "no longer so: "),
    None: ("不再看：", "no longer asked: "),
}


def _text(name: str, programs: tuple[Program, ...]) -> Words:
    for program in programs:
        source = program.conditions.get(name) or program.latches.get(name)
        if source is not None:
            return source.text
    return Words(name, name)
