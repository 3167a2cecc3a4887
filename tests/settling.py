"""An office that settles: shipments of three granted goods, and the steps its people take with a settlement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from data.casework.settlements import Line, Settlement, lines_of
from office.casework.asked import Doer
from office.subsidy.settling import check_in, confirm_in, discard_in, draft_in
from tests.casework import CLERK, OTHER, REVIEWER, Office
from tests.entering import enter

SHIPPED = date(2021, 3, 10)
GOODS = ("H1/P1", "H1/P2", "H2/P1")


def shipment(
    claim_no: str, subject: str = "H1/P1", shipped_on: date = SHIPPED, **other: Any
) -> dict[str, Any]:
    """A parcel that is payable, with a fee of 1 yuan, of which 70 % are due; claimed ten days after it was shipped."""
    household, product = subject.split("/")
    return {
        "claim_no": claim_no,
        "claimant": "household",
        "household_no": household,
        "product_code": product,
        "claimed_on": date.fromordinal(shipped_on.toordinal() + 10).isoformat(),
        "shipped_on": shipped_on.isoformat(),
        "waybill_no": f"YT{claim_no}",
        "platform": "示例平台",
        "order_no": f"D{claim_no}",
        "sold_online": 1,
        "origin": "county",
        "destination_province": "beijing",
        "destination_in_county": 0,
        "weight": 2000,
        "fee": 100,
        "refunded": 0,
        "other_subsidy": 0,
        **other,
    }


class SettlingOffice(Office):
    """The three goods pass on 2021-03-01 and have the logistics subsidy granted since that day."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.on(date(2021, 3, 1))
        for subject in GOODS:
            self.inspect("pass", subject=subject)
            self.act("grant", REVIEWER, subject=subject, benefit="logistics")
        self.on(date(2021, 4, 30))

    def ship(self, *rows: dict[str, Any]) -> SettlingOffice:
        """Enter claims."""
        enter(self.writer, "shipments", list(rows))
        return self

    def correct_shipment(self, row: dict[str, Any]) -> SettlingOffice:
        """Enter another version of a claim."""
        enter(self.writer, "shipments", [row], reason="按运单更正")
        return self

    def draft(
        self, pool: int | None = None, until: date | None = None, doer: Doer = CLERK, note: str | None = None
    ) -> Settlement:
        """Draft a settlement today."""
        with self.writer.transaction() as db:
            at = self.clock()
            return draft_in(db, until or self.day, pool, doer=doer, at=at, day=self.day, note=note)

    def check(self, number: str, doer: Doer = REVIEWER) -> Settlement:
        with self.writer.transaction() as db:
            return check_in(db, number, doer=doer, at=self.clock(), day=self.day)

    def confirm(self, number: str, doer: Doer = OTHER) -> Settlement:
        with self.writer.transaction() as db:
            return confirm_in(db, number, doer=doer, at=self.clock(), day=self.day)

    def discard(self, number: str, reason: str, doer: Doer = CLERK) -> Settlement:
        with self.writer.transaction() as db:
            return discard_in(db, number, reason, doer=doer, at=self.clock(), day=self.day)

    def settled(self, pool: int | None = None, until: date | None = None) -> Settlement:
        """Drafted, checked and confirmed today."""
        number = self.draft(pool, until).number
        self.check(number)
        return self.confirm(number)

    def lines(self, found: Settlement) -> list[Line]:
        """Its lines as they are kept."""
        with self.writer.transaction() as db:
            return list(lines_of(db, found.id))

    def paid(self, found: Settlement) -> dict[str, int]:
        """By claim, what a settlement's lines pay together."""
        total: dict[str, int] = {}
        for line in self.lines(found):
            total[line.claim_no] = total.get(line.claim_no, 0) + line.paid
        return total


def verdicts(lines: Sequence[Line]) -> dict[str, str]:
    """By claim, what was decided."""
    return {line.claim_no: line.verdict for line in lines}
