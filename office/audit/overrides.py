"""Acts against the rules: who, how often of all acts, against which condition, and what came afterwards.

Nobody is ranked: people stand in the order of their names, and the figures say nothing of who was right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.rulekeeping import overrides as rows
from data.rulekeeping.overrides import Later, Override, Tally
from data.rulekeeping.populations import Kept, kept_decisions
from data.store import Database
from office.answering import answers_on, while_all_stands
from office.audit.again import what_spoke_against
from office.audit.sampling_words import findings_words
from office.casework.standing import FOR
from office.days import day_number
from office.deciding import Answers
from office.programs import program_kept
from office.refusal import Refused, refuse
from rules.program import Program, Words

ALWAYS = ("0001-01-01", "9999-12-31")  # a period without ends
VALIDITY = "inspection_validity_days"
NOTHING_AGAINST = Words("没有：规则本可给予", "none: the rules allow it")
NONE = "none"  # no condition stood against it: something was withheld that the rules allow


@dataclass(frozen=True)
class Asked:
    """What is shown: days of the acts (ISO, both included), a benefit, a township's code, a person, a condition; "" all."""

    since: str
    until: str
    benefit: str = ""
    township: str = ""
    person: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Outcome:
    """What is known by a day about the time after an act. `passes`, `fails`: inspections of the good sampled after it,
    no later than `until`; `later` the next act that changed what is in force; `verdict` what the rules say on the
    day (None: nothing), `agrees` whether that is what was done.
    """

    passes: int
    fails: int
    until: date
    later: Later | None
    verdict: str | None
    agrees: bool | None


@dataclass(frozen=True)
class Found:
    """One act against the rules with the decision it went against, the names of what stood against it, the outcome."""

    act: Override
    kept: Kept
    against: tuple[str, ...]
    because: Words
    outcome: Outcome


@dataclass(frozen=True)
class Share:
    """How many of somebody's acts went against the rules."""

    name: str
    acts: int
    overrides: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; None without any act."""
        return 100 * self.overrides // self.acts if self.acts else None


@dataclass(frozen=True)
class Overview:
    """Everything asked on a day. `conditions` are the names of what was overridden, with their words."""

    found: tuple[Found, ...]
    shares: tuple[Share, ...]
    whole: Share
    conditions: Mapping[str, Words]


def overview(db: Database, asked: Asked, day: date) -> Overview:
    """What is known by a day. Raises Refused where the period ends before it begins.

    The shares and the number of all acts are those of the period, benefit, township and person, whatever the condition:
    an act along the rules has none that was overridden.
    """
    if asked.since > asked.until:
        raise refuse("期间的末日早于首日", "the period ends before it begins")
    until = min(asked.until, day.isoformat())
    key = (asked.since, until, day)
    every = while_all_stands("overrides", db, key, lambda: _all(db, asked.since, until, day))
    found = [one for one in every if _fits(asked, one.act)]
    counted = [one for one in rows.tallies(db, asked.since, until) if _fits(asked, one)]
    return Overview(
        tuple(one for one in found if not asked.condition or asked.condition in (one.against or (NONE,))),
        _shares(counted),
        Share("", sum(one.acts for one in counted), sum(one.overrides for one in counted)),
        _conditions(db, found),
    )


def people(overview_of_all: Overview) -> list[str]:
    """Everybody who did an act that rests on a decision, by name."""
    return [share.name for share in overview_of_all.shares]


def _all(db: Database, since: str, until: str, day: date) -> tuple[Found, ...]:
    acts = rows.overrides(db, since, until)
    kept = kept_decisions(db, [one.decision for one in acts])
    after = _After(db, day, [one.good_entity for one in acts])
    return tuple(_found(db, one, kept[one.decision], after) for one in acts)


def _found(db: Database, act: Override, kept: Kept, after: _After) -> Found:
    program = program_kept(db, kept.program, kept.digest)
    against = what_spoke_against(program, kept)
    because = findings_words(program, kept.findings, against) if against else NOTHING_AGAINST
    return Found(act, kept, against, because, after.outcome(act, kept))


class _After:
    """What is known by a day about the time after acts: every good decided once, the acts of those asked."""

    def __init__(self, db: Database, day: date, goods: Sequence[int]) -> None:
        self.day = day
        self.answers = _answers(db, day)
        self.changes: dict[tuple[int, str], list[Later]] = {}
        for one in rows.changes_of(db, goods):
            if one.done_on <= day.isoformat():
                self.changes.setdefault((one.good_entity, one.benefit), []).append(one)

    def outcome(self, act: Override, kept: Kept) -> Outcome:
        later = [one for one in self.changes.get((act.good_entity, act.benefit), []) if one.id > act.id]
        days = kept.parameters.get(VALIDITY)
        until = date.fromisoformat(act.done_on) + timedelta(days=days) if days is not None else self.day
        place = self._place(act.good_entity)
        passes, fails = self._inspections(place, act.done_on, until)
        verdict = self._verdict(place, act.benefit)
        agrees = None if verdict is None else (verdict == "eligible") == (act.kind in FOR)
        return Outcome(passes, fails, until, later[0] if later else None, verdict, agrees)

    def _place(self, good: int) -> int | None:
        if self.answers is None:
            return None
        found = np.flatnonzero(self.answers.gathered.goods.entity == good)
        return int(found[0]) if found.size else None

    def _inspections(self, place: int | None, done_on: str, until: date) -> tuple[int, int]:
        if self.answers is None or place is None:
            return 0, 0
        events = self.answers.gathered.standing.events
        first, last = np.searchsorted(events.good, (place, place + 1))
        days, failed = events.day[first:last], events.failed[first:last]
        within = (days > day_number(date.fromisoformat(done_on))) & (days <= day_number(until))
        return int((within & ~failed).sum()), int((within & failed).sum())

    def _verdict(self, place: int | None, benefit: str) -> str | None:
        if self.answers is None or place is None or benefit not in self.answers.program.benefits:
            return None
        return self.answers.of(place, benefit).verdict


def _answers(db: Database, day: date) -> Answers | None:
    try:
        return answers_on(db, day)
    except Refused:  # before the rule was in force nothing is decided
        return None


def _fits(asked: Asked, one: Override | Tally) -> bool:
    pairs = (
        (asked.benefit, one.benefit),
        (asked.township, one.township),
        (asked.person, one.recorded_by),
    )
    return all(wanted in ("", found) for wanted, found in pairs)


def _shares(counted: Iterable[Tally]) -> tuple[Share, ...]:
    """By person, in the order of their names."""
    sums: dict[str, list[int]] = {}
    for one in counted:
        both = sums.setdefault(one.recorded_by, [0, 0])
        both[0] += one.acts
        both[1] += one.overrides
    return tuple(Share(name, *sums[name]) for name in sorted(sums))


def _conditions(db: Database, found: Iterable[Found]) -> dict[str, Words]:
    """What was overridden, with its words as the newest rule among these decisions has them."""
    words: dict[str, Words] = {}
    for one in sorted(found, key=lambda each: each.act.id):
        program = program_kept(db, one.kept.program, one.kept.digest)
        for name in one.against:
            words[name] = _text(program, name)
        if not one.against:
            words[NONE] = NOTHING_AGAINST
    return dict(sorted(words.items()))


def _text(program: Program, name: str) -> Words:
    return program.latches[name].text if name in program.latches else program.conditions[name].text
