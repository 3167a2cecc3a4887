"""One line of a settlement explained: its findings with clause and quote, what they rest on, how the sum comes about.

It reads what is frozen in the line, so that a settled claim is explained years later as it was settled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.canonical import Cell
from data.casework.acts import Act, act
from data.casework.claims import claim_row
from data.casework.settlements import Line, lines_about
from data.evidence import EvidenceRow, evidence_rows
from data.papers.filters import yuan
from data.store import Database
from office.explaining import values_since
from office.rulekeeping.said_of_readings import with_said
from office.subsidy.claim_slips import amount_words, recommended_words
from office.subsidy.settlement_terms import Terms
from rules.program import Words
from rules.slip import Line as SlipLine
from rules.slip import lines


@dataclass(frozen=True)
class LineSlip:
    """`shipment` is the version of the claim's row that it rests on, `act` the office's in force on the ship date,
    `same_waybill` and `same_order` the claims that came before, `recommended` what the rules said. `sum_` says what the line comes to, `earlier` what
    confirmed settlements have said of this claim, oldest first, each with its number.
    """

    line: Line
    findings: tuple[SlipLine, ...]
    shipment: Mapping[str, Cell]
    act: Act | None
    inspections: tuple[EvidenceRow, ...]
    same_waybill: Mapping[str, Cell] | None
    same_order: Mapping[str, Cell] | None
    recommended: Words
    sum_: Words
    earlier: tuple[tuple[str, Line], ...]


def slip_of(db: Database, line: Line, terms: Terms) -> LineSlip:
    """The slip of one line that was drawn up on these terms."""
    rests_on, facts = json.loads(line.evidence), json.loads(line.facts)
    shipment = claim_row(db, line.shipment_row)
    benefit = next(iter(terms.program.benefits))
    since = values_since(terms.program, terms.claimed_until, _supposed(terms))
    found = lines(terms.program, benefit, json.loads(line.findings), facts, terms.values, since)
    findings = with_said(db, terms.program, benefit, found, terms.claimed_until)
    return LineSlip(
        line,
        findings,
        shipment,
        act(db, rests_on["act"]) if rests_on["act"] else None,
        evidence_rows(db, rests_on["inspections"]),
        _row(db, rests_on["waybill"]),
        _row(db, rests_on["order"]),
        recommended_words(facts),
        sum_words(line, amount_words(terms.values, int(shipment["fee"] or 0))),
        tuple(lines_about(db, line.claim_no)),
    )


def sum_words(line: Line, amount: Words) -> Words:
    """What a line comes to, from the amount by the method to what is paid."""
    if line.kind == "adjustment":
        return _adjusted(line, amount)
    if line.verdict != "payable":
        return Words(f"没有金额。可以支付时：{amount.zh}。", f"No amount. Were it payable: {amount.en}.")
    zh, en = [f"应付：{amount.zh}"], [f"Due: {amount.en}"]
    if line.capped < line.due:
        zh.append(f"每户每年上限只剩 {yuan(line.capped)} 元")
        en.append(f"the household's yearly cap leaves {yuan(line.capped)} yuan")
    if line.paid < line.capped:
        zh.append(f"资金不足，按比例 {yuan(line.paid)} 元")
        en.append(f"its share of the pool is {yuan(line.paid)} yuan")
    return Words(
        f"{'；'.join(zh)}。实付 {yuan(line.paid)} 元。", f"{'; '.join(en)}. Paid: {yuan(line.paid)} yuan."
    )


def _adjusted(line: Line, amount: Words) -> Words:
    if line.due == 0:
        return Words(
            f"现在不应付给该户，收回已付的 {yuan(-line.paid)} 元。",
            f"Nothing is due to this household by now: {yuan(-line.paid)} yuan are taken back.",
        )
    if line.paid < 0:
        return Words(
            f"现在应付：{amount.zh}。多付的 {yuan(-line.paid)} 元收回。",
            f"Due by now: {amount.en}. {yuan(-line.paid)} yuan paid too much are taken back.",
        )
    return Words(
        f"现在应付：{amount.zh}。补付 {yuan(line.paid)} 元。",
        f"Due by now: {amount.en}. {yuan(line.paid)} yuan are paid in addition.",
    )


def _supposed(terms: Terms) -> dict[str, int]:
    """The values that were tried out and are not those in force on the day."""
    parameters, day = terms.program.parameters, terms.claimed_until
    return {name: value for name, value in terms.values.items() if parameters[name].value_on(day) != value}


def _row(db: Database, row: Any) -> Mapping[str, Cell] | None:
    return claim_row(db, int(row)) if row is not None else None
