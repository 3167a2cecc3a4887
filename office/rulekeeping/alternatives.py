"""Each office reading with its plausible alternatives and what they would do: worked out once while everything stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from data.store import Database
from office.answering import answers_on, while_all_stands
from office.cited import Chapter, Cited
from office.deciding import Answers
from office.grants.kinds import KINDS
from office.programs import DEFAULT
from office.refusal import Refused
from office.rulekeeping.effects import Effect, alternative_words
from office.rulekeeping.effects_on_goods import left_out, value_effect
from office.rulekeeping.effects_on_money import Grants, Shipments
from office.rulekeeping.effects_on_targets import Targets
from office.subsidy.claims import PROGRAM as CLAIMS
from rules.alternatives import VALUES, Alternative, AlternativeFaults, alternatives
from rules.load_targets import targets_digest
from rules.program import Words

Effects = Mapping[str, tuple[Effect, ...]]
NO_VERDICT = Words("不改变判定和金额", "changes no verdict and no sum")
CANNOT = Words("试不出：", "cannot be tried: ")


class _Tries(Protocol):
    """What tries an alternative value on the rows of one file."""

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect: ...


def offered(chapter: Chapter, part: Cited, day: date) -> tuple[Alternative, ...]:
    """The alternatives of a part that stand in its range and are not what is in force on the day. Raises Refused."""
    try:
        known = alternatives().get((chapter.file, part.key), ())
    except AlternativeFaults as faults:
        raise Refused(faults.faults[0].message, tuple(fault.message for fault in faults.faults)) from None
    current = part.stated_on(day)
    return tuple(
        one
        for one in known
        if _within(part, one) and (current is None or alternative_words(part, one).zh != current.words.zh)
    )


def _within(part: Cited, one: Alternative) -> bool:
    if part.parameter is None:
        return True
    return isinstance(one.value, int) and part.parameter.low <= one.value <= part.parameter.high


def effects_of(db: Database, chapter: Chapter, day: date) -> Effects:
    """By the key of each office reading of a chapter, what its alternatives would do on the day."""
    says = tuple((part.key, part.stated(day)) for part in chapter.parts)
    digest = chapter.program.digest if chapter.program else targets_digest()
    asked = (chapter.file, day, digest, says, tuple(sorted(alternatives())))
    return while_all_stands("alternatives", db, asked, lambda: _worked_out(db, chapter, day))


def _worked_out(db: Database, chapter: Chapter, day: date) -> Effects:
    try:
        tries = _tries(db, chapter, day)
    except Refused as refused:  # not in force on the day: nothing can be tried
        return {
            part.key: tuple(
                Effect(alternative_words(part, one), one.why, _said(refused))
                for one in offered(chapter, part, day)
            )
            for part in chapter.to_confirm
        }
    return {part.key: _of_part(tries, chapter, part, day) for part in chapter.to_confirm}


def _of_part(tries: _Tries, chapter: Chapter, part: Cited, day: date) -> tuple[Effect, ...]:
    if part.kind in VALUES:
        return tuple(
            _tried(tries.value_effect, part, one, alternative_words(part, one))
            for one in offered(chapter, part, day)
        )
    leave = getattr(tries, "left_out", None)
    found = leave(part) if leave is not None else None
    return () if found is None else (found,)


def _tried(
    value_effect: Callable[[Cited, Alternative, Words], Effect], part: Cited, one: Alternative, value: Words
) -> Effect:
    try:
        return value_effect(part, one, value)
    except Refused as refused:
        return Effect(value, one.why, _said(refused))


def _said(refused: Refused) -> Words:
    return Words(CANNOT.zh + refused.words.zh, CANNOT.en + refused.words.en)


def _tries(db: Database, chapter: Chapter, day: date) -> _Tries:
    """What tries the alternatives of a file. Raises Refused where its programme is not in force on the day."""
    program = chapter.program
    if program is None:
        return Targets(db, day) if chapter.file == "targets" else _Nothing()
    if program.program == DEFAULT:
        return _Goods(answers_on(db, day))
    if program.program == CLAIMS:
        return Shipments(db, day, program)
    kinds = [kind for kind in KINDS.values() if kind.program == program.program]
    return Grants(db, day, program, kinds[0]) if kinds else _Nothing()


class _Goods:
    """The goods of a day."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect:
        return value_effect(self.answers, part, one, value)

    def left_out(self, part: Cited) -> Effect | None:
        return left_out(self.answers, part)


class _Nothing:
    """What changes no verdict and no sum: periods of the procedure and of reporting, how long rows are kept."""

    def value_effect(self, part: Cited, one: Alternative, value: Words) -> Effect:
        return Effect(value, one.why, NO_VERDICT)
