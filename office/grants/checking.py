"""Check the claims of a grant: each on the last day of its period, with the values in force then, and what it comes to.

Gather → decide as for goods. Nothing is recorded and nothing is paid here: people decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from data.grants import GrantsRead, Ints, Texts, read_grants
from data.store import Database
from office.days import day_number, day_of
from office.deciding import refusing
from office.grants.kinds import Kind
from office.programs import in_force_since, program_in_force, values_in_force
from rules.deciding import ANSWERS
from rules.grant_facts import REFUSED
from rules.on_days import dated_from
from rules.overlaps import came_first
from rules.periods import year_of
from rules.program import Answer, Program, Scalar
from rules.rewards import within_years
from rules.subjects import subject_of
from rules.table import FactTable


@dataclass(frozen=True)
class Checked:
    """Claims of one kind with their answers; all arrays run over `claims`, in the order of their entry.

    `values`: the parameter values on the day asked; `values_of[period[at]]` those that claim `at` was decided with.
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
    values_of: tuple[Mapping[str, int], ...]
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
        return {name: ANSWERS[int(column[at])] for name, column in self.findings.items()}

    def facts_of(self, at: int) -> dict[str, Scalar]:
        """Every fact of one claim; None is unknown."""
        return self.table.row(at, subject_of(self.program).facts)

    def because(self, at: int) -> tuple[str, ...]:
        """What speaks against one claim: `fails:condition`, or where none fails `unknown:condition`."""
        found = self.findings_of(at)
        asked = self.program.conditions_asked(self.benefit)
        for finding in ("fails", "unknown"):
            if names := tuple(f"{finding}:{name}" for name in asked if found[name] == finding):
                return names
        return ()

    def values_at(self, at: int) -> Mapping[str, int]:
        """The parameter values that one claim was decided with."""
        return self.values_of[int(self.period[at])]


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

    `program` is the one in force on the day unless another is given, with the values of each claim's own last day;
    `changed` are what-if values. Raises Refused.
    """
    rules = program or program_in_force(db, day, kind.program)
    values = values_in_force(rules, day, changed)
    read = read_grants(db, kind.register, known_at)
    asked = read.claimed <= day_number(day)
    if owner is not None:
        asked &= read.owner == owner
    begun = read.last >= day_number(in_force_since(rules))
    with refusing():
        return _decided(
            kind, day, known_at, rules, values, changed, read.at(asked & begun), read.at(asked & ~begun)
        )


def _decided(
    kind: Kind,
    day: date,
    known_at: str,
    rules: Program,
    values: Mapping[str, int],
    changed: Mapping[str, str | int] | None,
    claims: GrantsRead,
    too_early: GrantsRead,
) -> Checked:
    period, values_of = _values_of(rules, claims.last, changed)
    order = _order(claims)
    alone = kind.facts(claims, np.zeros(claims.entity.size, dtype=bool))
    stands = _judged(rules, alone, period, values_of).verdict != REFUSED
    earlier = came_first(claims.owner, claims.first, claims.last, order.tolist(), stands)
    table = kind.facts(claims, earlier >= 0)
    judged = _judged(rules, table, period, values_of)
    comes_to = _amounts(kind, table, period, values_of)
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
        values_of=values_of,
        comes_to=comes_to,
        granted=_within_years(kind, claims, order, payable, period, values_of),
        earlier=earlier,
        too_early=too_early,
    )


def _values_of(
    rules: Program, on: Ints, changed: Mapping[str, str | int] | None
) -> tuple[Ints, tuple[Mapping[str, int], ...]]:
    """Which claims share their values (by the day `on` which each is decided), and these values."""
    begins, period = np.unique(
        np.searchsorted(np.array(dated_from(rules), dtype=np.int64), on, side="right"), return_inverse=True
    )
    examples = [day_of(int(on[np.flatnonzero(period == at)[0]])) for at in range(begins.size)]
    return period.astype(np.int64), tuple(values_in_force(rules, day, changed) for day in examples)


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


def _judged(
    rules: Program, table: FactTable, period: Ints, values_of: tuple[Mapping[str, int], ...]
) -> _Judged:
    """The answers about all claims, those that share their values asked together."""
    benefit, judge = next(iter(rules.benefits)), subject_of(rules).judge
    findings = {name: np.empty(table.size, dtype=np.int64) for name in rules.conditions}
    row, verdict = np.empty(table.size, dtype=np.int64), np.empty(table.size, dtype=np.int64)
    for places, values in _groups(period, values_of):
        some = FactTable({name: column[places] for name, column in table.columns.items()}, places.size)
        judged = judge(rules, some, values)
        row[places], verdict[places] = judged.rows[benefit] + 1, judged.verdicts[benefit]
        for name, column in findings.items():
            column[places] = judged.findings[name]
    return _Judged(findings, row, verdict)


def _amounts(kind: Kind, table: FactTable, period: Ints, values_of: tuple[Mapping[str, int], ...]) -> Ints:
    found = np.zeros(table.size, dtype=np.int64)
    for places, values in _groups(period, values_of):
        some = FactTable({name: column[places] for name, column in table.columns.items()}, places.size)
        found[places] = kind.due(some, values)
    return found


def _within_years(
    kind: Kind,
    claims: GrantsRead,
    order: Ints,
    payable: Ints,
    period: Ints,
    values_of: tuple[Mapping[str, int], ...],
) -> Ints:
    """What of each payable sum lies within the cap of its outlet's year, in the order of the claims."""
    if kind.year_cap is None:
        return payable
    caps = np.array([values[kind.year_cap] for values in values_of], dtype=np.int64)
    return within_years(payable, claims.owner, year_of(claims.last), order, caps[period])


def _groups(
    period: Ints, values_of: tuple[Mapping[str, int], ...]
) -> Iterator[tuple[Ints, Mapping[str, int]]]:
    for at, values in enumerate(values_of):
        yield np.flatnonzero(period == at), values
