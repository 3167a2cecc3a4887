"""Recorded decisions that would be otherwise with what is known now; they themselves are never changed.

Each is decided again on its own day, with the rule and the values it was decided with, and everything recorded since. Only
goods are looked at about which something was recorded after they had been decided that can matter on that day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from data.chain import evidence_seq
from data.evidence import GoodsRead, SamplesRead, read_goods, read_samples
from data.rulekeeping.past import (
    Frozen,
    LateRows,
    Look,
    OneRun,
    all_runs,
    frozen_decisions,
    late_rows,
    looks,
    newest_run,
)
from data.store import Database
from office.answering import while_all_stands
from office.days import day_number
from office.deciding import Answers, decide_all
from office.gathering import Gathered, as_goods, as_samples, chosen, known_now
from office.programs import program_kept
from office.refusal import Refused
from office.then_and_now.some_goods import samples_of
from rules.facts import NOT_GOODS, standing_of
from rules.program import Words

LOOKED_AT = (
    "inspections",
    "goods",
    "households",
    "products",
)  # the registers that decisions about goods rest on


@dataclass(frozen=True)
class Past:
    """A recorded decision and what would be said now. `now` is None where by now the good was not registered on that day.

    `facts` are those that differ, then and now; `seq` is the chain entry of the newest row recorded since that can matter.
    """

    decision: int
    run: int
    program: str
    digest: str
    subject: str
    benefit: str
    as_of: date
    known_at: str
    known_seq: int
    then: str
    now: str | None
    facts: Mapping[str, tuple[Any, Any]]
    seq: int

    @property
    def differs(self) -> bool:
        """Another verdict, not only other facts."""
        return self.then != self.now


@dataclass(frozen=True)
class PastDecisions:
    """Everything recorded that would be otherwise now, the latest day first, and who has looked at what.

    `refused`: why it could not be found out, where a kept rule cannot be read any more; then nothing is found.
    """

    found: tuple[Past, ...]
    looks: Mapping[int, Look]
    refused: Words | None = None

    def look_at(self, one: Past) -> Look | None:
        """The look that closes it; what was recorded after a look opens it again."""
        look = self.looks.get(one.decision)
        return look if look and look.seq > one.seq else None

    @cached_property
    def open(self) -> tuple[Past, ...]:
        """Another verdict, and nobody has looked at it since."""
        return tuple(one for one in self.found if one.differs and self.look_at(one) is None)


def past_decisions(db: Database) -> PastDecisions:
    """All of them, kept until a register changes or somebody decides or does something."""
    try:
        found = while_all_stands("past", db, newest_run(db), lambda: differing_since(db, 0))
    except Refused as refused:
        return PastDecisions((), {}, Words(refused.words.zh, refused.words.en))
    return PastDecisions(found, looks(db))


def made_otherwise(db: Database, register: str) -> int | None:
    """How many recorded decisions would have another verdict by the newest entry of a register, which was this one's.

    None where it cannot be found out, because a kept rule cannot be read any more.
    """
    try:
        return otherwise_since(db, evidence_seq(db) - 1) if register in LOOKED_AT else 0
    except Refused:
        return None


def otherwise_since(db: Database, seq: int) -> int:
    """How many recorded decisions would have another verdict by what was recorded after a chain entry."""
    return sum(one.differs for one in differing_since(db, seq))


def differing_since(db: Database, seq: int) -> tuple[Past, ...]:
    """Those that differ by what was recorded after a chain entry, the latest day first."""
    runs = all_runs(db)
    if not runs:
        return ()
    first = max(seq, min(run.known_seq for run in runs))
    late = late_rows(db, first, max(day_number(date.fromisoformat(run.as_of)) for run in runs))
    if not late.good.size:
        return ()
    about = _Affected(db, late)
    found = [one for run in runs for one in _of_run(db, run, late, about)]
    return tuple(sorted(found, key=lambda one: (-one.as_of.toordinal(), one.subject, -one.run, one.decision)))


class _Affected:
    """The goods about which something was recorded later, with their inspections, all as known now."""

    def __init__(self, db: Database, late: LateRows) -> None:
        goods = read_goods(db, None)
        self.known_at = known_now(db)
        self.goods: GoodsRead = chosen(goods, np.isin(goods.entity, late.good))
        self.samples: SamplesRead = read_samples(db, None, self.goods)

    def on(self, day: date, entities: np.ndarray) -> Gathered:
        """Some of them as they are decided on a day."""
        places = np.flatnonzero(np.isin(self.goods.entity, entities))
        kept = np.zeros(self.goods.entity.size, dtype=bool)
        kept[places] = True
        goods, samples = chosen(self.goods, kept), samples_of(self.samples, places)
        return Gathered(
            day, self.known_at, goods, samples, standing_of(as_goods(goods, day), as_samples(samples))
        )


def _of_run(db: Database, run: OneRun, late: LateRows, about: _Affected) -> Iterator[Past]:
    day = date.fromisoformat(run.as_of)
    matters = (late.seq > run.known_seq) & (late.since <= day_number(day))
    if run.good:
        matters &= late.good == run.good
    if not matters.any():
        return
    program = program_kept(db, run.program, run.digest)
    if program.subject in NOT_GOODS:
        return
    gathered = about.on(day, late.good[matters])
    frozen = frozen_decisions(db, run.id, gathered.goods.subject.tolist())
    if not frozen:
        return
    answers = decide_all(gathered, program, json.loads(run.parameters))
    newest = _newest(late, matters)
    place = {subject: at for at, subject in enumerate(answers.subjects.tolist())}
    for one in frozen:
        at = place[one.subject]
        past = _compared(run, one, answers, at, newest[int(gathered.goods.entity[at])])
        if past.differs or past.facts:
            yield past


def _compared(run: OneRun, one: Frozen, answers: Answers, at: int, seq: int) -> Past:
    day = date.fromisoformat(run.as_of)
    there = int(answers.gathered.goods.registered[at]) <= day_number(day)
    facts = answers.facts_of(at) if there else {}
    return Past(
        decision=one.id,
        run=run.id,
        program=run.program,
        digest=run.digest,
        subject=one.subject,
        benefit=one.benefit,
        as_of=day,
        known_at=run.known_at,
        known_seq=run.known_seq,
        then=one.verdict,
        now=answers.of(at, one.benefit).verdict if there else None,
        facts={
            name: (one.facts.get(name), value)
            for name, value in facts.items()
            if name in one.facts and one.facts[name] != value
        },
        seq=seq,
    )


def _newest(late: LateRows, matters: np.ndarray) -> dict[int, int]:
    """The newest of the entries that matter, per good."""
    good, seq = late.good[matters], late.seq[matters]
    order = np.argsort(seq, kind="stable")
    return dict(zip(good[order].tolist(), seq[order].tolist(), strict=True))  # the last one stays
