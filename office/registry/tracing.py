"""The chain of one traced batch, from the household's field to where it went; what is missing stays missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data.inspection_lists import reinspections_of
from data.papers.filters import household_end, masked
from data.register import register
from data.register_lists import RowsAsked, rows_asked
from data.store import Database
from data.versions import current

Row = Mapping[str, Any]
Validity = Literal["valid", "not_valid", "unknown"]
MOST_FOUND = 50  # batches that a search shows


@dataclass(frozen=True)
class Movement:
    """One step of where a batch went, with its shipment if it names one; the waybill's last characters only."""

    row: Row
    shipment: Row | None
    waybill_end: str


@dataclass(frozen=True)
class Chain:
    """All that is known of a batch. `head` and `household_end` are as on a public notice.

    `reinspection` speaks in place of the inspection where there is one; `of_the_batch` says whether the inspected
    good is the batch's own; `validity` is the certificate's on the day of packing.
    """

    batch: Row
    product: Row | None
    head: str
    household_end: str
    village: Row | None
    township: Row | None
    inspection: Row | None
    reinspection: Row | None
    of_the_batch: bool
    certificate: Row | None
    validity: Validity
    movements: tuple[Movement, ...]


def trace(db: Database, code: str) -> Chain | None:
    """The chain of the batch with this code; None where no batch has it."""
    batch = current(db, register("trace_batches"), code)
    if batch is None:
        return None
    household = _named(db, "households", batch["household_no"])
    village = _named(db, "villages", household["village_code"] if household else None)
    inspection = _named(db, "inspections", batch["sample_no"])
    certificate = _named(db, "certifications", batch["certificate_no"])
    return Chain(
        batch=batch,
        product=_named(db, "products", batch["product_code"]),
        head=masked(household["head_name"]) if household else "",
        household_end=household_end(batch["household_no"]),
        village=village,
        township=_named(db, "townships", village["township_code"] if village else None),
        inspection=inspection,
        reinspection=_reinspection(db, inspection),
        of_the_batch=inspection is None or _same_good(batch, inspection),
        certificate=certificate,
        validity=valid_on(certificate, batch["packed_on"]),
        movements=tuple(_movements(db, batch)),
    )


def batches_like(db: Database, words: str) -> list[dict[str, Any]]:
    """Batches in whose code, household, product or papers every word stands, the newest first; never by a person's name."""
    return rows_asked(db, RowsAsked("trace_batches", search=words), most=MOST_FOUND)


def valid_on(certificate: Row | None, day: str | None) -> Validity:
    """Whether a certificate was valid on a day: issued by then, not yet withdrawn, on its last day still.

    A certificate in progress is not valid; without certificate or day nothing can be said.
    """
    if certificate is None or day is None:
        return "unknown"
    issued, expires = certificate["issued_on"], certificate["expires_on"]
    withdrawn = certificate["withdrawn_on"]
    held = issued is not None and issued <= day and (expires is None or day <= expires)
    return "valid" if held and (withdrawn is None or day < withdrawn) else "not_valid"


def _named(db: Database, name: str, code: str | None) -> Row | None:
    return current(db, register(name), code) if code else None


def _reinspection(db: Database, inspection: Row | None) -> Row | None:
    if inspection is None:
        return None
    found: Sequence[Row] = reinspections_of(db, [inspection["entity"]]).get(inspection["entity"], [])
    return found[-1] if found else None


def _same_good(batch: Row, inspection: Row) -> bool:
    return all(batch[name] == inspection[name] for name in ("household_no", "product_code"))


def _movements(db: Database, batch: Row) -> list[Movement]:
    asked = RowsAsked("trace_movements", of=("trace_batches", batch["entity"]))
    steps = sorted(rows_asked(db, asked), key=lambda row: row["step"])
    return [_movement(row, _named(db, "shipments", row["claim_no"])) for row in steps]


def _movement(row: Row, shipment: Row | None) -> Movement:
    number = str(shipment["waybill_no"]) if shipment else ""
    return Movement(row, shipment, number[-4:] if len(number) > 4 else "")
