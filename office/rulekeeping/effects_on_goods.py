"""What the alternatives of the programme that decides goods would do: who gains and who loses, benefit by benefit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from office.cited import Cited
from office.deciding import Answers, decide_all
from office.rulekeeping.decisive import asked_of, each_benefit, moved, ranks_without
from office.rulekeeping.effects import LEFT_OUT, WHY_LEFT_OUT, Effect, goods_words
from rules.alternatives import Alternative
from rules.program import Gate, Program, Words


def value_effect(answers: Answers, part: Cited, one: Alternative, value: Words) -> Effect:
    """A parameter with another value. Raises Refused where the programme cannot answer so."""
    changed = {**answers.values, part.name: int(str(one.value))}
    after = decide_all(answers.gathered, answers.program, changed)
    return _effect(answers, after, value, one.why)


def left_out(answers: Answers, part: Cited) -> Effect | None:
    """A condition, standing or way to a standing left out; None where the programme cannot do without it."""
    program = answers.program
    if part.kind == "event_condition":
        fewer = _without_event_condition(program, part.name)
        if fewer is None:
            return None
        return _effect(answers, decide_all(answers.gathered, fewer, answers.values), LEFT_OUT, WHY_LEFT_OUT)
    before = answers.judged.verdicts
    moves = {
        benefit: moved(before[benefit], ranks_without(program, answers.judged, benefit, part.name))
        for benefit in each_benefit(program, part.name, part.only_for)
    }
    return _told(program, moves, LEFT_OUT, WHY_LEFT_OUT)


def _effect(before: Answers, after: Answers, value: Words, why: Words) -> Effect:
    verdicts = after.judged.verdicts
    moves = {benefit: moved(column, verdicts[benefit]) for benefit, column in before.judged.verdicts.items()}
    return _told(before.program, moves, value, why)


def _told(program: Program, moves: Mapping[str, tuple[int, int]], value: Words, why: Words) -> Effect:
    titles = {name: benefit.title for name, benefit in program.benefits.items()}
    figures = {
        f"{benefit}.{kind}": number
        for benefit, move in moves.items()
        for kind, number in zip(("gain", "lose"), move, strict=True)
    }
    return Effect(value, why, goods_words(titles, moves), figures)


def _without_event_condition(program: Program, name: str) -> Program | None:
    """The programme whose standings do not come about this way; None where it is the only way, or the way back."""
    latches = dict(program.latches)
    for latch in program.latches.values():
        if name not in latch.set_when.conditions:
            continue
        left = tuple(other for other in latch.set_when.conditions if other != name)
        if not left:
            return None
        latches[latch.name] = replace(latch, set_when=Gate(latch.set_when.word, left))
    if latches == program.latches:
        return None
    return replace(program, latches=latches, digest=f"{program.digest}-{name}")


def is_asked(program: Program, name: str) -> bool:
    """Whether any benefit asks it."""
    return any(name in asked_of(program, benefit) for benefit in program.benefits)
