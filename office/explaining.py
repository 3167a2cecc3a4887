"""Explain: one good's decision slip for any day, its evidence, and what would change the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from data.evidence import EvidenceRow, evidence_rows
from data.store import Database
from office.days import day_number, day_of
from office.deciding import Answers, Decision, decide_all, refusing
from office.gathering import Gathered, as_goods, as_samples, gather
from office.programs import BEGINNING, in_force_since, values_in_force
from office.rulekeeping.said_of_readings import with_said
from rules.met import met
from rules.program import Program
from rules.slip import Line, lines
from rules.trying import Change, OneGood, changes, verdicts_over

OF_THE_LAST = frozenset(("last_conclusion", "days_since_last_inspection"))


@dataclass(frozen=True)
class Slip:
    """One benefit's decision with its lines, its evidence and its distance."""

    decision: Decision
    lines: tuple[Line, ...]
    evidence: tuple[EvidenceRow, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Explained:
    """All slips of one good on one day."""

    answers: Answers
    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Band:
    """A verdict from a day up to and including another."""

    since: date
    until: date
    verdict: str


def explain(
    db: Database,
    subject: str,
    program: Program,
    as_of: date,
    known_at: str,
    changed: Mapping[str, str | int] | None = None,
    benefits: tuple[str, ...] | None = None,
) -> Explained:
    """The slips of one good. `changed` are what-if values; raises Refused for an unknown good."""
    values = values_in_force(program, as_of, changed)
    gathered = gather(db, as_of, known_at, subject)
    answers = decide_all(gathered, program, values)
    good = one_good(gathered, program, changed)
    since = values_since(program, as_of, changed)
    evidence = evidence_rows(db, evidence_of(gathered)[0])
    slips = []
    for benefit in benefits or tuple(program.benefits):
        decision = answers.of(0, benefit)
        said = with_said(db, program, benefit, lines_of(answers, benefit, since), as_of, known_at)
        with refusing():
            to = changes(good, benefit, day_number(as_of), decision.verdict)
        slips.append(Slip(decision, said, evidence, to))
    return Explained(answers, tuple(slips))


def lines_of(answers: Answers, benefit: str, since: Mapping[str, date]) -> tuple[Line, ...]:
    """The lines of the one good's decision, a standing that is so with how it was met; `since`: see `values_since`."""
    program, values, gathered = answers.program, answers.values, answers.gathered
    found = answers.of(0, benefit)
    said = lines(program, benefit, found.findings, found.facts, values, since)
    samples = as_samples(gathered.samples)
    return tuple(
        replace(line, met=met(gathered.standing, samples, program, values, line.name, 0))
        if line.latch
        else line
        for line in said
    )


def one_good(gathered: Gathered, program: Program, changed: Mapping[str, str | int] | None = None) -> OneGood:
    """The single gathered good, ready for trials on other days."""

    def values_on(day: int) -> Mapping[str, int]:
        return values_in_force(program, day_of(day), changed)

    return OneGood(program, values_on, as_goods(gathered.goods, gathered.as_of), as_samples(gathered.samples))


def bands(
    gathered: Gathered, program: Program, benefit: str, until: date, since: int = BEGINNING
) -> list[Band]:
    """The verdict over time from the good's first decidable day (or the day number `since`), as known at the
    gathered instant."""
    first = max(int(gathered.goods.registered[0]), day_number(in_force_since(program)), since)
    last = day_number(until)
    if first > last:
        return []
    found = verdicts_over(one_good(gathered, program), benefit, first, last)
    return [Band(day_of(a), day_of(b), verdict) for a, b, verdict in found]


def joined(found: Sequence[Band]) -> list[Band]:
    """The same stretches with neighbours of one verdict made one."""
    made: list[Band] = []
    for band in found:
        if made and made[-1].verdict == band.verdict:
            made[-1] = replace(made[-1], until=band.until)
        else:
            made.append(band)
    return made


def values_since(
    program: Program, day: date, changed: Mapping[str, str | int] | None = None
) -> dict[str, date]:
    """From which day each value in force counts; a what-if value counts from none."""
    found: dict[str, date] = {}
    for name, parameter in program.parameters.items():
        dated = [v.since for v in parameter.values if v.since <= day]
        if dated and name not in (changed or {}):
            found[name] = dated[-1]
    return found


def evidence_of(gathered: Gathered) -> list[tuple[int, ...]]:
    """For each good, the inspection rows its decision rests on: the counted ones and what replaced them."""
    events, samples = gathered.standing.events, gathered.samples
    spoken = np.flatnonzero(samples.again_result <= day_number(gathered.as_of))
    counted = np.zeros(samples.id.size, dtype=bool)
    counted[events.sample] = True
    spoken = spoken[counted[samples.again_of[spoken]]]
    good = np.concatenate((events.good, samples.good[samples.again_of[spoken]]))
    row = np.concatenate((samples.id[events.sample], samples.again_id[spoken]))
    order = np.argsort(good, kind="stable")
    cuts = np.searchsorted(good[order], np.arange(1, gathered.goods.entity.size))
    return [tuple(part.tolist()) for part in np.split(row[order], cuts)]


def counting(gathered: Gathered, said: Iterable[Line]) -> frozenset[int]:
    """The row versions of the one good's inspections that these lines rest on, their re-inspections too.

    A standing rests on those that it was met with, a condition about the last inspection on that one.
    """
    samples, events = gathered.samples, gathered.standing.events
    rows = {row for line in said if line.met for row in line.met.samples}
    if events.sample.size and any(side.fact in OF_THE_LAST for line in said for side in line.sides):
        rows.add(int(events.sample[-1]))
    spoken = samples.again_result <= day_number(gathered.as_of)
    again = samples.again_id[spoken & np.isin(samples.again_of, list(rows))]
    return frozenset((*samples.id[sorted(rows)].tolist(), *again.tolist()))


def explanation_document(explained: Explained) -> dict[str, Any]:
    """The document that `explain --json` prints: as `decide`, with evidence, row and distance."""
    answers = explained.answers
    return {
        "program": answers.program.program,
        "digest": answers.program.digest,
        "as_of": answers.gathered.as_of.isoformat(),
        "known_at": answers.gathered.known_at,
        "parameters": dict(answers.values),
        "decisions": [_slip_document(slip) for slip in explained.slips],
    }


def _slip_document(slip: Slip) -> dict[str, Any]:
    d = slip.decision
    return {
        "subject": d.subject,
        "benefit": d.benefit,
        "verdict": d.verdict,
        "findings": d.findings,
        "facts": d.facts,
        "evidence": [asdict(row) for row in slip.evidence],
        "row": d.row,
        "distance": [_change_document(change) for change in slip.changes],
    }


def _change_document(change: Change) -> dict[str, Any]:
    if change.lapse is not None:
        return {"to": change.to, "by": f"lapse on {day_of(change.lapse).isoformat()}"}
    by = [{"date": day_of(f.day).isoformat(), "conclusion": f.conclusion} for f in change.by]
    return {"to": change.to, "by": by}
