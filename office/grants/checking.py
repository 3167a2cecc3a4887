"""Check the claims of a grant: each by the rules and values in force on the last day of its period, and what it comes to.

Gather → decide as for goods. Nothing is recorded and nothing is paid here: people decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from data.grants import GrantsRead, Ints, Texts, read_grants
from data.store import Database
from office.days import day_number, day_of
from office.deciding import refusing
from office.grants.kinds import Kind
from office.programs import BEGINNING, in_force_since, program_in_force, texts_over_time, values_in_force
from rules.deciding import ANSWERS
from rules.grant_facts import REFUSED
from rules.on_days import dated_from
from rules.overlaps import came_first
from rules.periods import year_of
from rules.program import Answer, Program, Scalar
from rules.rewards import within_years
from rules.subjects import subject_of
from rules.table import UNKNOWN, FactTable

Dated = tuple[tuple[int, Program], ...]  # the first day number of each text, and the text


@dataclass(frozen=True)
class Terms:
    """What some claims are decided by: the programme, and its values."""

    program: Program
    values: Mapping[str, int]


@dataclass(frozen=True)
class Checked:
    """Claims of one kind with their answers; all arrays run over `claims`, in the order of their entry.

    `program` and `values`: those in force on the day asked; `terms[period[at]]` those that claim `at` was decided with.
    `comes_to`: 分 by the rules whatever the verdict, before the cap of a year; `granted`: what is payable after it.
    `earlier`: the place of the claim that came first for the same days, -1 where none did. `too_early`: claims for days
    before the programme was in force; they are not decided.
    """

    kind: Kind
    as_of: date
    known_at: str
    program: Program
    values: Mapping[str, int]
    claims: GrantsRead
    table: FactTable
    findings: Mapping[str, Ints]
    row: Ints
    verdict: Ints
    period: Ints
    terms: tuple[Terms, ...]
    comes_to: Ints
    granted: Ints
    earlier: Ints
    too_early: GrantsRead

    @property
    def benefit(self) -> str:
        """The one question that the programme answers."""
        return next(iter(self.program.benefits))

    @cached_property
    def verdicts(self) -> Texts:
        """Each claim's verdict, as a word of the programme."""
        found: Texts = np.array(self.program.better, dtype=object)[self.verdict]
        return found

    def findings_of(self, at: int) -> dict[str, Answer]:
        """Every condition's finding about one claim."""
        return {name: ANSWERS[int(self.findings[name][at])] for name in self.program_at(at).conditions}

    def facts_of(self, at: int) -> dict[str, Scalar]:
        """Every fact of one claim; None is unknown."""
        return self.table.row(at, subject_of(self.program).facts)

    def because(self, at: int) -> tuple[str, ...]:
        """What speaks against one claim: `fails:condition`, or where none fails `unknown:condition`."""
        found = self.findings_of(at)
        asked = self.program_at(at).conditions_asked(self.benefit)
        for finding in ("fails", "unknown"):
            if names := tuple(f"{finding}:{name}" for name in asked if found[name] == finding):
                return names
        return ()

    def values_at(self, at: int) -> Mapping[str, int]:
        """The parameter values that one claim was decided with."""
        return self.terms[int(self.period[at])].values

    def program_at(self, at: int) -> Program:
        """The programme that one claim was decided by."""
        return self.terms[int(self.period[at])].program

    @cached_property
    def wording(self) -> Program:
        """The programme of the day asked with the conditions that only earlier texts had, for words alone."""
        earlier = {name: one for terms in self.terms for name, one in terms.program.conditions.items()}
        return replace(self.program, conditions={**earlier, **self.program.conditions})


def check_grants(
    db: Database,
    kind: Kind,
    day: date,
    known_at: str,
    program: Program | None = None,
    changed: Mapping[str, str | int] | None = None,
    *,
    owner: int | None = None,
) -> Checked:
    """Every claim made by `day` (of one outlet or loan, where its entity is given), as known at an instant.

    Each is decided by the text published for its own last day, or by `program` where one is given, with the values of
    that day; `changed` are what-if values. Raises Refused.
    """
    rules = program or program_in_force(db, day, kind.program, known_at)
    texts = ((BEGINNING, program),) if program else texts_over_time(db, kind.program, known_at)
    values = values_in_force(rules, day, changed)
    read = read_grants(db, kind.register, known_at)
    asked = read.claimed <= day_number(day)
    if owner is not None:
        asked &= read.owner == owner
    begins = np.array([max(since, day_number(in_force_since(text))) for since, text in texts])
    begun = read.last >= begins[_places(texts, read.last)]
    with refusing():
        return _decided(
            kind,
            day,
            known_at,
            rules,
            values,
            texts,
            changed,
            read.at(asked & begun),
            read.at(asked & ~begun),
        )


def _decided(
    kind: Kind,
    day: date,
    known_at: str,
    rules: Program,
    values: Mapping[str, int],
    texts: Dated,
    changed: Mapping[str, str | int] | None,
    claims: GrantsRead,
    too_early: GrantsRead,
) -> Checked:
    period, terms = _terms_of(texts, claims.last, changed)
    order = _order(claims)
    alone = kind.facts(claims, np.zeros(claims.entity.size, dtype=bool))
    stands = _judged(rules, alone, period, terms).verdict != REFUSED
    earlier = came_first(claims.owner, claims.first, claims.last, order.tolist(), stands)
    table = kind.facts(claims, earlier >= 0)
    judged = _judged(rules, table, period, terms)
    comes_to = _amounts(kind, table, period, terms)
    payable = np.where(judged.verdict == len(rules.better) - 1, comes_to, 0)
    return Checked(
        kind=kind,
        as_of=day,
        known_at=known_at,
        program=rules,
        values=values,
        claims=claims,
        table=table,
        findings=judged.findings,
        row=judged.row,
        verdict=judged.verdict,
        period=period,
        terms=terms,
        comes_to=comes_to,
        granted=_within_years(kind, claims, order, payable, period, terms),
        earlier=earlier,
        too_early=too_early,
    )


def _places(texts: Dated, on: Ints) -> Ints:
    """Which of the texts decides on each day."""
    found: Ints = np.searchsorted(np.array([since for since, _ in texts]), on, side="right") - 1
    return found


def _terms_of(
    texts: Dated, on: Ints, changed: Mapping[str, str | int] | None
) -> tuple[Ints, tuple[Terms, ...]]:
    """Which claims share their rules and values (by the day `on` which each is decided), and these."""
    turns = sorted({since for since, _ in texts} | {day for _, text in texts for day in dated_from(text)})
    begins, period = np.unique(np.searchsorted(np.array(turns), on, side="right"), return_inverse=True)
    examples = [int(on[np.flatnonzero(period == at)[0]]) for at in range(begins.size)]
    return period.astype(np.int64), tuple(_terms_on(texts, day, changed) for day in examples)


def _terms_on(texts: Dated, day: int, changed: Mapping[str, str | int] | None) -> Terms:
    text = texts[int(_places(texts, np.array([day]))[0])][1]
    supposed = {name: value for name, value in (changed or {}).items() if name in text.parameters}
    return Terms(text, values_in_force(text, day_of(day), supposed))


def _order(claims: GrantsRead) -> Ints:
    """The rank of each claim: the earlier day of claim first, then the lower number as text."""
    found = np.empty(claims.entity.size, dtype=np.int64)
    numbers, days = claims.claim_no.tolist(), claims.claimed.tolist()
    for rank, at in enumerate(sorted(range(found.size), key=lambda one: (days[one], numbers[one]))):
        found[at] = rank
    return found


@dataclass(frozen=True)
class _Judged:
    findings: Mapping[str, Ints]
    row: Ints
    verdict: Ints


def _judged(rules: Program, table: FactTable, period: Ints, terms: tuple[Terms, ...]) -> _Judged:
    """The answers about all claims, those that share their rules and values asked together."""
    benefit, judge = next(iter(rules.benefits)), subject_of(rules).judge
    asked = dict.fromkeys(
        name for program in (rules, *(t.program for t in terms)) for name in program.conditions
    )
    findings = {name: np.full(table.size, UNKNOWN, dtype=np.int64) for name in asked}
    row, verdict = np.empty(table.size, dtype=np.int64), np.empty(table.size, dtype=np.int64)
    for places, one in _groups(period, terms):
        some = FactTable({name: column[places] for name, column in table.columns.items()}, places.size)
        judged = judge(one.program, some, one.values)
        row[places], verdict[places] = judged.rows[benefit] + 1, judged.verdicts[benefit]
        for name in one.program.conditions:
            findings[name][places] = judged.findings[name]
    return _Judged(findings, row, verdict)


def _amounts(kind: Kind, table: FactTable, period: Ints, terms: tuple[Terms, ...]) -> Ints:
    found = np.zeros(table.size, dtype=np.int64)
    for places, one in _groups(period, terms):
        some = FactTable({name: column[places] for name, column in table.columns.items()}, places.size)
        found[places] = kind.due(some, one.values)
    return found


def _within_years(
    kind: Kind,
    claims: GrantsRead,
    order: Ints,
    payable: Ints,
    period: Ints,
    terms: tuple[Terms, ...],
) -> Ints:
    """What of each payable sum lies within the cap of its outlet's year, in the order of the claims."""
    if kind.year_cap is None:
        return payable
    caps = np.array([one.values[kind.year_cap] for one in terms], dtype=np.int64)
    return within_years(payable, claims.owner, year_of(claims.last), order, caps[period])


def _groups(period: Ints, terms: tuple[Terms, ...]) -> Iterator[tuple[Ints, Terms]]:
    for at, one in enumerate(terms):
        yield np.flatnonzero(period == at), one
