"""Over the days of one good: what was in force, what the rules said then, what they say now with all that is known.

The days on which one of them can change are computed, never tried out one by one: those on which something about the
good was recorded or a rule published, and between two of them those that `office.explaining.bands` knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from data.casework.acts import acts_about
from data.one_good import about_good, recorded_since
from data.rulekeeping.publications import publications
from data.store import Database
from office.days import HERE, day_number, day_of, known_at_from
from office.explaining import Band, bands
from office.gathering import gather
from office.one_good import verdict_bands
from office.programs import DEFAULT, texts_between
from office.refusal import Refused


@dataclass(frozen=True)
class Held:
    """What was in force from a day up to and including another; `overrides`: against the rules' recommendation."""

    since: date
    until: date
    state: str
    overrides: bool = False


@dataclass(frozen=True)
class Otherwise:
    """A stretch of days on which the rules said one thing then and say another now."""

    since: date
    until: date
    then: str
    now: str


@dataclass(frozen=True)
class ThenAndNow:
    """The three stories of one benefit from the first day to the last; days without an answer are in no stretch."""

    first: date
    last: date
    held: tuple[Held, ...]
    then: tuple[Band, ...]
    now: tuple[Band, ...]
    otherwise: tuple[Otherwise, ...]

    def on(self, day: date) -> tuple[Held | None, Band | None, Band | None]:
        """What was in force, what the rules said then and what they say now about one day."""
        return at(self.held, day), at(self.then, day), at(self.now, day)


Stretch = TypeVar("Stretch", Held, Band, Otherwise)


def at(found: Sequence[Stretch], day: date) -> Stretch | None:
    """The stretch that holds a day."""
    return next((one for one in found if one.since <= day <= one.until), None)


def then_and_now(
    db: Database, subject: str, benefit: str, first: date, last: date, known_at: str
) -> ThenAndNow:
    """All three as known at an instant (canonical UTC text). Raises Refused for a good that is not registered by `last`."""
    then = said_then(db, subject, benefit, last, known_at)
    now = tuple(verdict_bands(db, subject, benefit, last, known_at))
    held = held_over(db, subject, benefit, first, last, known_at)
    return ThenAndNow(first, last, held, then, now, where_they_differ(then, now))


def held_over(
    db: Database, subject: str, benefit: str, first: date, last: date, known_at: str
) -> tuple[Held, ...]:
    """What was in force on the days from `first` to `last`, from the acts recorded by an instant."""
    acts = [
        (act.takes_effect, act.state, act.overrides)
        for act in acts_about(db, subject, benefit)
        if act.state and act.takes_effect and act.recorded_at <= known_at
    ]
    starts = sorted({first, *(since for since, *_ in acts if first < since <= last)})
    found = []
    for day, following in pairwise([*starts, last + timedelta(days=1)]):
        # As `in_force` has it: of the acts that count by the day the one done last.
        counting = [(state, overrides) for since, state, overrides in acts if since <= day]
        state, overrides = counting[-1] if counting else ("none", False)
        found.append(Held(day, following - timedelta(days=1), state, overrides))
    return tuple(found)


def said_then(db: Database, subject: str, benefit: str, last: date, known_at: str) -> tuple[Band, ...]:
    """For each day what the rules in force on it said with what was known at its end (at most by `known_at`)."""
    found: list[Band] = []
    for since, until, instant in known_alike(db, subject, last, known_at):
        for band in _said(db, subject, benefit, since, until, instant):
            _append(found, band)
    return tuple(found)


def where_they_differ(then: Sequence[Band], now: Sequence[Band]) -> tuple[Otherwise, ...]:
    """The stretches of days on which both have an answer, and not the same."""
    return tuple(
        Otherwise(max(a.since, b.since), min(a.until, b.until), a.verdict, b.verdict)
        for a in then
        for b in now
        if a.verdict != b.verdict and max(a.since, b.since) <= min(a.until, b.until)
    )


def known_alike(db: Database, subject: str, last: date, known_at: str) -> Iterator[tuple[date, date, str]]:
    """(first day, last day, instant): stretches of days at whose ends the same was known about the good, up to `last`.

    They begin with the first day on which anything was; the instant lies at the end of the first day, or is `known_at`.
    """
    days = sorted(day for day in {day_here(one) for one in _instants(db, subject, known_at)} if day <= last)
    for day, following in pairwise([*days, last + timedelta(days=1)]):
        yield day, following - timedelta(days=1), min(known_at_from(day.isoformat()), known_at)


def day_here(instant: str) -> date:
    """The day here of an instant (UTC text)."""
    return datetime.fromisoformat(instant).astimezone(HERE).date()


def _instants(db: Database, subject: str, known_at: str) -> set[str]:
    """When anything that a decision about the good looks at was recorded or published."""
    about = about_good(db, subject)
    if about is None:
        return set()
    recorded = {one.at for one in recorded_since(db, about["entity"], 0)}
    published = {
        one.step.recorded_at for one in publications(db, DEFAULT) if one.step and one.state == "published"
    }
    return {instant for instant in recorded | published if instant <= known_at}


def _said(
    db: Database, subject: str, benefit: str, since: date, until: date, known_at: str
) -> Iterator[Band]:
    """The verdicts on the days of a stretch at whose ends the same was known; none where the good was not there."""
    try:
        gathered = gather(db, until, known_at, subject)
    except Refused:
        return
    for first, last, program in texts_between(db, day_number(since), day_number(until), known_at=known_at):
        if benefit in program.benefits:
            yield from bands(gathered, program, benefit, day_of(last), first)


def _append(found: list[Band], band: Band) -> None:
    """One more stretch; it goes on with the last one where the verdict is the same and no day lies between."""
    if found and found[-1].verdict == band.verdict and found[-1].until + timedelta(days=1) == band.since:
        found[-1] = replace(found[-1], until=band.until)
    else:
        found.append(band)
