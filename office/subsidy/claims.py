"""Check claims: every claimed shipment on the facts of its ship date, and what it would come to.

Gather → decide as for goods, but each shipment asks its good on a day of its own: all of them in one go, as arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from data.canonical import json_text
from data.casework.acts import STATES, Effective, effective_acts
from data.casework.claims import ShipmentsRead, read_shipments
from data.evidence import GoodsRead, SamplesRead
from data.store import Database
from office.days import day_number, day_of
from office.deciding import refusing
from office.programs import program_in_force, values_in_force
from office.subsidy.earlier_claims import Earlier, earlier_claims
from office.subsidy.ship_dates import (
    RIGHT,
    KnownOfGood,
    Stretches,
    Texts,
    goods_that_ship,
    known_on_ship_dates,
    texts_on_ship_dates,
)
from rules.amounts import due
from rules.claim_facts import (
    FLAT,
    METHOD,
    PERCENT,
    RIGHTS,
    SHIPMENT_FACTS,
    Parcels,
    facts_of_parcels,
    judge_parcels,
)
from rules.deciding import ANSWERS, Judged
from rules.history import Ints
from rules.program import Answer, Program, Scalar
from rules.table import UNKNOWN, FactTable

PROGRAM = "logistics-claim"


class Frozen(NamedTuple):
    """One decided claim as it is kept; findings, facts and evidence are canonical JSON.

    `evidence` names row ids: `act` in force, `inspections` that the last result is from, and the earlier claims
    of the same `waybill` and `order`; null where there is none.
    """

    shipment_entity: int
    shipment_row: int
    claim_no: str
    subject: str
    household_no: str
    shipped_on: str
    verdict: str
    row: int
    findings: str
    facts: str
    evidence: str


@dataclass(frozen=True)
class Evidence:
    """What the facts of each claim rest on, as row ids; -1 where there is nothing."""

    act: Ints
    inspection: Ints  # the last counted one known on the ship date
    reinspection: Ints  # the one that gave it its result
    waybill: Ints
    order: Ints

    def of(self, at: int) -> dict[str, int | None | list[int]]:
        """The row ids behind one claim."""
        single = {"act": self.act, "waybill": self.waybill, "order": self.order}
        found = {name: None if column[at] < 0 else int(column[at]) for name, column in single.items()}
        return {**found, "inspections": self.inspections(at)}

    def inspections(self, at: int) -> list[int]:
        """The inspection that the last result is from, and the re-inspection that gave it."""
        rows = (int(column[at]) for column in (self.inspection, self.reinspection))
        return [row for row in rows if row >= 0]


@dataclass(frozen=True)
class Claims:
    """Claimed shipments with their answers; all arrays run over them, in the order of their entry.

    `due`: what each comes to by the method (分), whatever its verdict and before cap and pool.
    """

    known_at: str
    program: Program
    values: Mapping[str, int]
    shipments: ShipmentsRead
    subject: Texts  # 户编号/产品编码
    evidence: Evidence
    table: FactTable
    judged: Judged
    due: Ints

    @property
    def entity(self) -> Ints:
        """Each shipment's entity."""
        return self.shipments.entity

    @property
    def claim_no(self) -> Texts:
        """Each claim's number."""
        return self.shipments.claim_no

    @property
    def household_no(self) -> Texts:
        """The household that each claim is for."""
        return self.shipments.household_no

    @property
    def shipped(self) -> Ints:
        """Each ship date, as a day number."""
        return self.shipments.shipped

    @property
    def benefit(self) -> str:
        """The one question that the programme answers."""
        return next(iter(self.program.benefits))

    @cached_property
    def verdicts(self) -> Texts:
        """Each claim's verdict, as a word of the programme."""
        found: Texts = np.array(self.program.better, dtype=object)[self.judged.verdicts[self.benefit]]
        return found

    @cached_property
    def payable_due(self) -> Ints:
        """分 that each is due before cap and pool: nothing unless the verdict is the best one."""
        best = len(self.program.better) - 1
        found: Ints = np.where(self.judged.verdicts[self.benefit] == best, self.due, 0)
        return found

    def shipped_on(self, places: Ints) -> list[str]:
        """The ship dates of some claims, as ISO texts."""
        days = self.shipped[places]
        texts = {day: day_of(day).isoformat() for day in np.unique(days).tolist()}
        return [texts[day] for day in days.tolist()]

    def findings_of(self, at: int) -> dict[str, Answer]:
        """Every condition's finding about one claim."""
        return {name: ANSWERS[int(column[at])] for name, column in self.judged.findings.items()}

    def facts_of(self, at: int) -> dict[str, Scalar]:
        """Every fact of one claim; None is unknown."""
        return self.table.row(at, SHIPMENT_FACTS)

    def row_of(self, at: int) -> int:
        """Which verdict row of the programme matched, from 1."""
        return int(self.judged.rows[self.benefit][at]) + 1

    def frozen(self, places: Ints) -> Iterator[Frozen]:
        """Some claims as they are kept."""
        findings = np.stack([column[places] for column in self.judged.findings.values()], axis=1)
        told: dict[bytes, str] = {}
        for at, shipped_on, found in zip(places.tolist(), self.shipped_on(places), findings, strict=True):
            key = found.tobytes()
            if key not in told:
                told[key] = json_text(self.findings_of(at))
            yield Frozen(
                int(self.entity[at]),
                int(self.shipments.id[at]),
                self.claim_no[at],
                self.subject[at],
                self.household_no[at],
                shipped_on,
                self.verdicts[at],
                self.row_of(at),
                told[key],
                json_text(self.facts_of(at)),
                json_text(self.evidence.of(at)),
            )


def check_claims(
    db: Database,
    day: date,
    known_at: str,
    program: Program | None = None,
    values: Mapping[str, int] | None = None,
    *,
    entities: Ints | None = None,
) -> Claims:
    """Every shipment claimed by `day` (of those `entities`, where given), as known at an instant (canonical UTC text).

    `program` and `values` are the published ones in force on the day, unless others are given. Raises Refused.
    """
    rules = program or program_in_force(db, day, PROGRAM, known_at)
    with refusing():
        asked = values_in_force(rules, day) if values is None else values
        return decide_claims(read_claims(db, day, known_at, entities), rules, asked)


@dataclass(frozen=True)
class ClaimsRead:
    """Everything that a check of claims looks at, as known at an instant."""

    known_at: str
    shipments: ShipmentsRead
    goods: GoodsRead
    samples: SamplesRead
    acts: Effective
    earlier: Earlier
    texts: Stretches  # of the programme of goods, on the ship dates


def read_claims(db: Database, day: date, known_at: str, entities: Ints | None = None) -> ClaimsRead:
    """The shipments claimed by `day` (of those `entities`, where given), their goods, inspections and acts."""
    shipments = read_shipments(db, known_at)
    asked = shipments.claimed <= day_number(day)
    if entities is not None:
        asked &= np.isin(shipments.entity, entities)
    earlier = earlier_claims(db, shipments, known_at, program_in_force(db, day, PROGRAM, known_at)).at(asked)
    shipments = shipments.at(asked)
    goods, samples = goods_that_ship(db, known_at, shipments)
    acts = effective_acts(db, RIGHT, known_at)
    texts = texts_on_ship_dates(db, shipments, known_at)
    return ClaimsRead(known_at, shipments, goods, samples, acts, earlier, texts)


def decide_claims(read: ClaimsRead, rules: Program, values: Mapping[str, int]) -> Claims:
    """Decide each shipment on the facts of its ship date. Raises what `judge_parcels` raises."""
    shipments = read.shipments
    subject, known = known_on_ship_dates(shipments, read.goods, read.samples, read.texts)
    act = read.acts.at(shipments.good, shipments.shipped)
    right = np.concatenate((read.acts.state, [STATES.index("none")]))[act]
    table = facts_of_parcels(_parcels(shipments, right, known, read.earlier))
    judged = judge_parcels(rules, table, values)
    in_force = np.concatenate((read.acts.act, [-1]))[act]
    earlier = read.earlier
    evidence = Evidence(in_force, known.inspection, known.reinspection, earlier.waybill, earlier.order)
    method, flat, percent = (values[name] for name in (METHOD, FLAT, PERCENT))
    amounts = due(method, shipments.fee, flat, percent)
    return Claims(read.known_at, rules, values, shipments, subject, evidence, table, judged, amounts)


def _parcels(shipments: ShipmentsRead, right: Ints, known: KnownOfGood, earlier: Earlier) -> Parcels:
    unnumbered = (shipments.order < 0) & (shipments.sold_online == 1)
    return Parcels(
        right=np.array([RIGHTS.index(state) for state in STATES], dtype=np.int64)[right],
        last_conclusion=known.conclusion,
        recommended=known.recommended,
        origin=shipments.origin,
        stayed=shipments.stayed,
        own_province=shipments.own_province,
        sold_online=shipments.sold_online,
        refunded=shipments.refunded,
        other_subsidy=shipments.other_subsidy,
        waybill_before=earlier.waybill >= 0,
        order_before=np.where(unnumbered, UNKNOWN, (earlier.order >= 0).astype(np.int64)),
        shipped=shipments.shipped,
        claimed=shipments.claimed,
        fee=shipments.fee,
    )
