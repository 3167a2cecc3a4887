"""Explain: one claim's slip, with every finding, the rows it rests on, and how its sum comes about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from data.canonical import Cell
from data.grants import read_grants
from data.register import register
from data.store import Database
from data.versions import version
from office.days import day_number, day_of
from office.explaining import values_since
from office.grants.checking import Checked, check_grants
from office.grants.kinds import Kind
from office.grants.words import amount_words, outcome_words
from office.programs import in_force_since
from office.refusal import Refused, refuse
from office.rulekeeping.said_of_readings import with_said
from rules.program import Answer, Program, Scalar, Words
from rules.slip import Line, lines


@dataclass(frozen=True)
class Row:
    """A row of a register that an answer rests on: the version that counts."""

    register: str
    id: int
    values: Mapping[str, Cell]


@dataclass(frozen=True)
class GrantSlip:
    """One claim decided. `decided_on`: the last day of its period; `claim` the claim itself, `rests_on` the other rows.

    `earlier`: the claim that came first for the same days. `granted`: 分, 0 unless it is payable; `amount` how the sum
    comes about, `outcome` what becomes of it by the verdict.
    """

    claim_no: str
    verdict: str
    row: int
    decided_on: date
    findings: Mapping[str, Answer]
    facts: Mapping[str, Scalar]
    lines: tuple[Line, ...]
    claim: Row
    rests_on: tuple[Row, ...]
    earlier: Row | None
    granted: int
    amount: Words
    outcome: Words
    checked: Checked
    at: int


def explain_grant(
    db: Database,
    kind: Kind,
    claim_no: str,
    day: date,
    known_at: str,
    program: Program | None = None,
    changed: Mapping[str, str | int] | None = None,
) -> GrantSlip:
    """The slip of one claim. Raises Refused for one that was not made by the day, or lies before the programme."""
    read = read_grants(db, kind.register, known_at)
    found = np.flatnonzero(read.claim_no == claim_no)
    if not found.size:
        raise refuse(f"没有申报“{claim_no}”。", f'there is no claim "{claim_no}"')
    if read.claimed[found[0]] > day_number(day):
        raise refuse(
            f"到 {day.isoformat()} 还没有申报“{claim_no}”，不作判定。",
            f"{claim_no} was not claimed by {day.isoformat()} and is not decided",
        )
    owner = int(read.owner[found[0]])
    checked = check_grants(db, kind, day, known_at, program, changed, owner=owner)
    return slip_of(db, checked, claim_no)


def slip_of(db: Database, checked: Checked, claim_no: str) -> GrantSlip:
    """The slip of one of the claims that were checked. Raises Refused for one that is not decided."""
    places = np.flatnonzero(checked.claims.claim_no == claim_no)
    if not places.size:
        raise _not_decided(checked, claim_no)
    at = int(places[0])
    program, values, claims = checked.program_at(at), checked.values_at(at), checked.claims
    findings, facts, decided_on = checked.findings_of(at), checked.facts_of(at), day_of(int(claims.last[at]))
    in_use = program.parameters
    supposed = {name: value for name, value in values.items() if in_use[name].value_on(decided_on) != value}
    since = values_since(program, decided_on, supposed)
    earlier = int(checked.earlier[at])
    return GrantSlip(
        claim_no=claim_no,
        verdict=checked.verdicts[at],
        row=int(checked.row[at]),
        decided_on=decided_on,
        findings=findings,
        facts=facts,
        lines=with_said(
            db,
            program,
            checked.benefit,
            lines(program, checked.benefit, findings, facts, values, since),
            checked.as_of,
            checked.known_at,
        ),
        claim=_row(db, claims.register, int(claims.row[at])),
        rests_on=tuple(_row(db, name, int(c[at])) for name, c in claims.rows.items() if c[at] >= 0),
        earlier=_row(db, claims.register, int(claims.row[earlier])) if earlier >= 0 else None,
        granted=int(checked.granted[at]),
        amount=amount_words(checked, at),
        outcome=outcome_words(checked, at),
        checked=checked,
        at=at,
    )


def grants_document(checked: Checked) -> dict[str, Any]:
    """The document that `decide --json` prints for a programme about claims of a grant; `due` is in 分.

    `parameters` are those in force on the day asked, `decided_on` is each claim's own day. Claims for days before the
    programme was in force stand in `not_in_force`.
    """
    return {
        **_head(checked),
        "decisions": [_decision(checked, at) for at in range(checked.claims.entity.size)],
        "not_in_force": list(checked.too_early.claim_no),
    }


def slip_document(slip: GrantSlip) -> dict[str, Any]:
    """The document that `explain --json` prints of one claim: as `decide`, with row and evidence (row versions)."""
    decision = _decision(slip.checked, slip.at) | {
        "row": slip.row,
        "amount": {"zh": slip.amount.zh, "en": slip.amount.en},
        "evidence": {
            slip.claim.register: slip.claim.id,
            **{row.register: row.id for row in slip.rests_on},
            "claimed_before": slip.earlier and slip.earlier.values[_number(slip.earlier)],
        },
    }
    return _head(slip.checked) | {"decisions": [decision]}


def _head(checked: Checked) -> dict[str, Any]:
    return {
        "program": checked.program.program,
        "digest": checked.program.digest,
        "as_of": checked.as_of.isoformat(),
        "known_at": checked.known_at,
        "parameters": dict(checked.values),
    }


def _decision(checked: Checked, at: int) -> dict[str, Any]:
    return {
        "subject": checked.claims.claim_no[at],
        "benefit": checked.benefit,
        "verdict": checked.verdicts[at],
        "decided_on": day_of(int(checked.claims.last[at])).isoformat(),
        "findings": checked.findings_of(at),
        "facts": checked.facts_of(at),
        "due": int(checked.granted[at]),
    }


def _number(row: Row) -> str:
    """The field that holds the number of a claim."""
    return next(iter(row.values))


def _row(db: Database, name: str, row: int) -> Row:
    return Row(name, row, version(db, register(name), row))


def _not_decided(checked: Checked, claim_no: str) -> Refused:
    if claim_no in checked.too_early.claim_no:
        first = in_force_since(checked.program).isoformat()
        return refuse(
            f"申报“{claim_no}”的期间在规则施行（{first}）以前，不作判定。",
            f"{claim_no} is for days before the programme was in force ({first}) and is not decided",
        )
    return refuse(f"没有申报“{claim_no}”。", f'there is no claim "{claim_no}"')
