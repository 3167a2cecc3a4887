"""A draft about claims beside what is in force: the last twelve months' claims checked with both, claim by claim.

Both are checked with the values that they have on the day asked, so that a new value shows what it would have cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.store import Database
from office.answering import names_of_goods, while_all_stands
from office.because import Side, Turn, decisive
from office.comparing import PartsDoNotAddUp
from office.days import day_number
from office.gathering import known_now
from office.grants.checking import Checked, check_grants
from office.grants.kinds import BY_SUBJECT, Kind
from office.programs import program_in_force, values_in_force
from office.rulekeeping.draft_money import a_year_before
from office.subsidy.claims import Claims, check_claims
from rules.amounts import capped
from rules.claim_facts import CAP
from rules.facts import SHIPMENT
from rules.history import Ints
from rules.periods import year_of
from rules.program import Program

COLUMNS = ("claim_no", "owner", "township_code", "township_name")


class Answered(NamedTuple):
    """One claim as one side checks it: 分 that would be paid after the cap of a year."""

    verdict: str
    fen: int
    findings: Mapping[str, str]


@dataclass(frozen=True)
class ClaimsCompared:
    """Claims `since`..`until`, one row each: COLUMNS, before, after (verdicts; None: not checked there), before_fen,
    after_fen (分, 0 where it is not payable), turns (office.because). `changed` has those whose verdict or sum differs.
    """

    rules: Program
    draft: Program
    since: date
    until: date
    rows: pd.DataFrame

    @property
    def changed(self) -> pd.DataFrame:
        """The claims that would be answered or paid otherwise."""
        rows = self.rows
        return rows[(rows["before"] != rows["after"]) | (rows["before_fen"] != rows["after_fen"])]

    @property
    def sums(self) -> tuple[int, int]:
        """分 of all claims on both sides."""
        return int(self.rows["before_fen"].sum()), int(self.rows["after_fen"].sum())

    def moves(self) -> dict[tuple[str | None, str | None], int]:
        """(before, after) → claims, those that stay too."""
        return dict(Counter(zip(self.rows["before"].tolist(), self.rows["after"].tolist(), strict=True)))

    def by_township(self) -> pd.DataFrame:
        """(township_code, township_name, claims, before_fen, after_fen, more): the claims that change; adds up to all."""
        grouped = self.changed.groupby(["township_code", "township_name"], as_index=False, dropna=False)
        found = grouped.agg(
            claims=("claim_no", "size"), before_fen=("before_fen", "sum"), after_fen=("after_fen", "sum")
        )
        found["more"] = found["after_fen"] - found["before_fen"]
        if int(found["more"].sum()) != self.sums[1] - self.sums[0]:
            raise PartsDoNotAddUp("the townships do not come to the whole difference")
        return found


def compare_claims(db: Database, day: date, draft: Program) -> ClaimsCompared:
    """The claims shipped, or of periods that ended, within a year up to the day. Raises Refused."""
    rules = program_in_force(db, day, draft.program)
    key = (day, rules.digest, draft.digest)
    return while_all_stands("draft_claims", db, key, lambda: _compared(db, day, rules, draft))


def _compared(db: Database, day: date, rules: Program, draft: Program) -> ClaimsCompared:
    since, known_at = a_year_before(day) + timedelta(days=1), known_now(db)
    span = day_number(since), day_number(day)
    if draft.subject == SHIPMENT:
        names = names_of_goods(db).set_index("subject")
        places = dict(
            zip(names.index, zip(names["township_code"], names["township_name"], strict=True), strict=True)
        )
        checked = [
            _shipments(check_claims(db, day, known_at, program), span, places) for program in (rules, draft)
        ]
    else:
        kind = BY_SUBJECT[draft.subject]
        checked = [_grants(_checked(db, kind, day, known_at, program), span) for program in (rules, draft)]
    return ClaimsCompared(rules, draft, since, day, _side_by_side(rules, draft, *checked))


def _checked(db: Database, kind: Kind, day: date, known_at: str, program: Program) -> Checked:
    return check_grants(db, kind, day, known_at, program, {**values_in_force(program, day)})


Told = dict[tuple[str, ...], Answered]  # by what COLUMNS say of a claim


def _shipments(claims: Claims, span: tuple[int, int], places: Mapping[str, tuple[str, str]]) -> Told:
    paid = _after_caps(claims)
    told: Told = {}
    for at in np.flatnonzero((claims.shipped >= span[0]) & (claims.shipped <= span[1])).tolist():
        about = (claims.claim_no[at], claims.subject[at], *places.get(claims.subject[at], ("", "")))
        told[about] = Answered(claims.verdicts[at], int(paid[at]), claims.findings_of(at))
    return told


def _after_caps(claims: Claims) -> Ints:
    """What of each claim lies within its household's cap of the calendar year, the earlier parcel first."""
    household = np.unique(claims.household_no.astype(str), return_inverse=True)[1].reshape(-1)
    order = np.empty(claims.shipped.size, dtype=np.int64)
    order[np.lexsort((claims.claim_no.astype(str), claims.shipped))] = np.arange(order.size)
    years = year_of(claims.shipped)
    return capped(claims.payable_due, household.astype(np.int64), years, order, claims.values[CAP])


def _grants(checked: Checked, span: tuple[int, int]) -> Told:
    claims = checked.claims
    told: Told = {}
    for at in np.flatnonzero((claims.last >= span[0]) & (claims.last <= span[1])).tolist():
        texts = (claims.texts[name][at] for name in ("owner_no", "township_code", "township_name"))
        about = (str(claims.claim_no[at]), *(str(text) if text else "" for text in texts))
        told[about] = Answered(checked.verdicts[at], int(checked.granted[at]), checked.findings_of(at))
    return told


def _side_by_side(rules: Program, draft: Program, before: Told, after: Told) -> pd.DataFrame:
    kept: dict[tuple[tuple[tuple[str, str], ...], ...], tuple[Turn, ...]] = {}

    def turns(was: Answered | None, now: Answered | None) -> tuple[Turn, ...]:
        if was is None or now is None or was.verdict == now.verdict:
            return ()
        key = (tuple(was.findings.items()), tuple(now.findings.items()))
        if key not in kept:
            kept[key] = decisive(_side(rules, was), _side(draft, now))
        return kept[key]

    lines = []
    for about in sorted({*before, *after}):
        was, now = before.get(about), after.get(about)
        verdicts = (was.verdict if was else None, now.verdict if now else None)
        sums = (was.fen if was else 0, now.fen if now else 0)
        lines.append((*about, *verdicts, *sums, turns(was, now)))
    names = [*COLUMNS, "before", "after", "before_fen", "after_fen", "turns"]
    return pd.DataFrame(lines, columns=names).astype({"before_fen": "int64", "after_fen": "int64"})


def _side(program: Program, answered: Answered) -> Side:
    benefit = next(iter(program.benefits))
    asked = program.conditions_asked(benefit)
    return Side(program, benefit, {name: answered.findings[name] for name in asked})
