"""Claimed shipments out of their register, as arrays; and which of them are of the same waybill or order."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlite_utils import Database

from data.canonical import Cell
from data.provinces import OWN_PROVINCE
from data.register import register
from data.versions import END_OF_TIME, entities, known, version

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]

ORIGINS = ("county", "elsewhere")
_DAY, _FLAG = 17, 2  # bits of a day number, and of yes, no or blank


@dataclass(frozen=True)
class ShipmentsRead:
    """Claim lines as known at an instant, one row each, in the order of their entry.

    Yes/no columns are 1, 0, or -1 where blank. `waybill`, `order`: a number that is the same for claims of the same
    waybill or order, however its letters, `-` and blanks are written and whatever the platform; -1 where blank.
    """

    id: Ints  # of the row version
    entity: Ints
    claim_no: Texts
    household_no: Texts
    good: Ints  # entity
    shipped: Ints  # day numbers
    claimed: Ints
    origin: Ints  # index in ORIGINS
    own_province: Bools
    stayed: Ints
    sold_online: Ints
    refunded: Ints
    other_subsidy: Ints
    fee: Ints  # 分
    waybill: Ints
    order: Ints

    def at(self, places: Ints | Bools) -> ShipmentsRead:
        """Some of the rows."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})


def read_shipments(db: Database, known_at: str | None) -> ShipmentsRead:
    """Every claim line as known at an instant (canonical UTC text; None: now)."""
    rows = db.execute(
        f"SELECT id, entity, good_entity, {_packed()}, fee, claim_no, household_no,"
        f" {_key('waybill_no')}, {_key('order_no')}"
        f" FROM shipments WHERE {known('shipments')}",
        {"k": known_at or END_OF_TIME},
    ).fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 9
    row, entity, good, packed, fee = (np.array(c, dtype=np.int64) for c in columns[:5])
    claim_no, household_no = (np.array(c, dtype=object) for c in columns[5:7])
    flags = [(packed >> at & 3) - 1 for at in range(0, 4 * _FLAG, _FLAG)]
    packed >>= 4 * _FLAG
    found = ShipmentsRead(
        id=row,
        entity=entity,
        claim_no=claim_no,
        household_no=household_no,
        good=good,
        shipped=packed >> 2 + _DAY,
        claimed=packed >> 2 & (1 << _DAY) - 1,
        origin=packed & 1,
        own_province=(packed >> 1 & 1) == 1,
        stayed=flags[3],
        sold_online=flags[2],
        refunded=flags[1],
        other_subsidy=flags[0],
        fee=fee,
        waybill=_same(columns[7]),
        order=_same(columns[8]),
    )
    return found.at(np.argsort(entity))  # SQLite reads unsorted rows twice as fast


def _packed() -> str:
    """One whole number for all that is short: a row of a few values is read much faster."""
    parts = [
        ("shipped_day", _DAY),
        ("claimed_day", _DAY),
        (f"(destination_province = '{OWN_PROVINCE}')", 1),
        ("(origin = 'elsewhere')", 1),
        *(
            (f"(coalesce({name}, -1) + 1)", _FLAG)
            for name in ("destination_in_county", "sold_online", "refunded", "other_subsidy")
        ),
    ]
    sql = "0"
    for column, bits in parts:
        sql = f"(({sql} << {bits}) | {column})"
    return sql


def _same(keys: tuple[str | None, ...]) -> Ints:
    """A number for each key, the same for equal ones; -1 without a key."""
    found: Ints = pd.factorize(np.array(keys, dtype=object))[0].astype(np.int64)
    return found


def _key(column: str) -> str:
    """A carrier's or platform's number as it is compared: without `-` and blanks, in capitals; NULL where nothing is left."""
    return f"nullif(upper(replace(replace({column}, '-', ''), ' ', '')), '')"


def claim_row(db: Database, row: int) -> dict[str, Cell]:
    """One version of a claim line by its row id: the register's own values by field name."""
    return version(db, register("shipments"), row)


def claim_entity(db: Database, claim_no: str) -> int | None:
    """The entity of a claim number; None where it is not registered."""
    return entities(db, register("shipments"), [claim_no]).get(claim_no)
