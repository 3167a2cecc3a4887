"""Explain: one claim's slip, with every finding, what it rests on, and how its amount comes about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from data.canonical import Cell
from data.casework.acts import Act, act
from data.casework.claims import claim_entity, claim_row
from data.evidence import EvidenceRow, evidence_rows
from data.numbers import number_text
from data.store import Database
from office.explaining import values_since
from office.refusal import refuse
from office.rulekeeping.said_of_readings import with_said
from office.subsidy.claims import Claims, check_claims
from rules.amounts import LESSER_OF_BOTH, PER_SHIPMENT, PERCENT_OF_FEE, due
from rules.claim_facts import FLAT, METHOD, PERCENT
from rules.program import Answer, Program, Scalar, Words
from rules.slip import Line, lines, value_words


@dataclass(frozen=True)
class ClaimSlip:
    """One claim decided: `shipment` is its row by field name, `act` the office's in force on the ship date.

    `same_waybill`, `same_order`: the claim that came before, by field name. `due`: 分, 0 unless it is payable;
    `amount`: how it comes about, or what it would come to; `recommended`: what the rules say as of the ship date.
    """

    claim_no: str
    subject: str
    verdict: str
    row: int
    findings: Mapping[str, Answer]
    facts: Mapping[str, Scalar]
    lines: tuple[Line, ...]
    shipment: Mapping[str, Cell]
    act: Act | None
    inspections: tuple[EvidenceRow, ...]
    same_waybill: Mapping[str, Cell] | None
    same_order: Mapping[str, Cell] | None
    recommended: Words
    due: int
    amount: Words
    claims: Claims


def explain_claim(
    db: Database,
    claim_no: str,
    day: date,
    known_at: str,
    program: Program | None = None,
    values: Mapping[str, int] | None = None,
) -> ClaimSlip:
    """The slip of one claim as known at an instant. Raises Refused for one that was not made by the day."""
    entity = claim_entity(db, claim_no)
    if entity is None:
        raise refuse(f"没有申报“{claim_no}”。", f'there is no claim "{claim_no}"')
    claims = check_claims(db, day, known_at, program, values, entities=np.array([entity]))
    if not claims.entity.size:
        raise refuse(
            f"到 {day.isoformat()} 还没有申报“{claim_no}”，不作判定。",
            f"{claim_no} was not claimed by {day.isoformat()} and is not decided",
        )
    findings, facts, rests_on = claims.findings_of(0), claims.facts_of(0), claims.evidence
    fee, in_use = int(claims.shipments.fee[0]), claims.program.parameters
    supposed = {name: value for name, value in claims.values.items() if in_use[name].value_on(day) != value}
    return ClaimSlip(
        claim_no=claim_no,
        subject=claims.subject[0],
        verdict=claims.verdicts[0],
        row=claims.row_of(0),
        findings=findings,
        facts=facts,
        lines=with_said(
            db,
            claims.program,
            claims.benefit,
            lines(
                *(claims.program, claims.benefit, findings, facts, claims.values),
                values_since(claims.program, day, supposed),
            ),
            day,
            known_at,
        ),
        shipment=claim_row(db, int(claims.shipments.id[0])),
        act=act(db, int(rests_on.act[0])) if rests_on.act[0] >= 0 else None,
        inspections=evidence_rows(db, rests_on.inspections(0)),
        same_waybill=_earlier(db, int(rests_on.waybill[0])),
        same_order=_earlier(db, int(rests_on.order[0])),
        recommended=recommended_words(facts),
        due=int(claims.payable_due[0]),
        amount=amount_words(claims.values, fee),
        claims=claims,
    )


def amount_words(values: Mapping[str, int], fee: int) -> Words:
    """How the method makes an amount of a fee (分), in yuan: `按件 1.00 元；快递费 8.00 元 × 70% = 5.60 元；取较低的 1.00 元`."""
    method, flat, percent = (values[name] for name in (METHOD, FLAT, PERCENT))
    share = due(PERCENT_OF_FEE, fee, flat, percent)
    by_piece = Words(f"按件 {_yuan(flat)} 元", f"per parcel {_yuan(flat)} yuan")
    if method == PER_SHIPMENT and fee < flat:
        return Words(
            f"{by_piece.zh}；不超过快递费，付 {_yuan(fee)} 元",
            f"{by_piece.en}; never above the fee: {_yuan(fee)} yuan",
        )
    by_fee = Words(
        f"快递费 {_yuan(fee)} 元 × {percent}% = {_yuan(share)} 元{_rounded(fee, percent).zh}",
        f"fee {_yuan(fee)} yuan × {percent}% = {_yuan(share)} yuan{_rounded(fee, percent).en}",
    )
    if method == PER_SHIPMENT:
        return by_piece
    if method == PERCENT_OF_FEE:
        return by_fee
    lesser = _yuan(due(LESSER_OF_BOTH, fee, flat, percent))
    return Words(
        f"{by_piece.zh}；{by_fee.zh}；取较低的 {lesser} 元",
        f"{by_piece.en}; {by_fee.en}; the lesser of both, {lesser} yuan",
    )


def recommended_words(facts: Mapping[str, Scalar]) -> Words:
    """What the rules say of the good as of the ship date: shown beside the claim, and no condition of it."""
    said = value_words(facts["recommended"])
    return Words(
        f"按规则，发货日的资格：{said.zh}（仅供参考）",
        f"By the rules, as of the ship date: {said.en} (for information)",
    )


def claims_document(claims: Claims, as_of: date) -> dict[str, Any]:
    """The document that `decide --json` prints for a programme about claims; `due` is in 分."""
    return {
        "program": claims.program.program,
        "digest": claims.program.digest,
        "as_of": as_of.isoformat(),
        "known_at": claims.known_at,
        "parameters": dict(claims.values),
        "decisions": list(_documents(claims)),
    }


def slip_document(slip: ClaimSlip, as_of: date) -> dict[str, Any]:
    """The document that `explain --json` prints of one claim: as `decide`, with row and evidence."""
    document = claims_document(slip.claims, as_of)
    document["decisions"][0] |= {
        "row": slip.row,
        "good": slip.subject,
        "evidence": {
            "act": slip.act.id if slip.act else None,
            "inspections": [asdict(row) for row in slip.inspections],
            "same_waybill": slip.same_waybill and slip.same_waybill["claim_no"],
            "same_order": slip.same_order and slip.same_order["claim_no"],
        },
    }
    return document


def _documents(claims: Claims) -> Iterator[dict[str, Any]]:
    for at, amount in enumerate(claims.payable_due.tolist()):
        yield {
            "subject": claims.claim_no[at],
            "benefit": claims.benefit,
            "verdict": claims.verdicts[at],
            "findings": claims.findings_of(at),
            "facts": claims.facts_of(at),
            "due": amount,
        }


def _earlier(db: Database, row: int) -> Mapping[str, Cell] | None:
    return claim_row(db, row) if row >= 0 else None


def _rounded(fee: int, percent: int) -> Words:
    return Words("（不足 1 分舍去）", " (rounded down)") if fee * percent % 100 else Words("", "")


def _yuan(fen: int) -> str:
    return number_text(fen, 2)
