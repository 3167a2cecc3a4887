"""From a target's figure to the rows it rests on: their keys, register by register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np

from data.reporting.keys import keys_of
from data.store import Database
from data.versions import Key
from office.targets.gathering import county_rows, target_named
from rules.county_rows import CountyRows
from rules.indicators import INDICATORS
from rules.target import day_number


def rows_behind(
    db: Database,
    target_name: str,
    day: date,
    *,
    side: Literal["counted", "missing"],
    township: str = "",
    known_at: str | None = None,
) -> Mapping[str, Sequence[Key]]:
    """Register → keys of the rows that count (or are missing) on a day; of one township's only where one is named.

    `township` ``""`` means all. `missing` of a share: what does not count yet; of certificates
    those in progress; of a growth the stations and shops without a figure for a month that is compared.
    """
    target = target_named(target_name)
    rows = county_rows(db, day, known_at)
    counted = INDICATORS[target.indicator].count(rows, day_number(day), target, _place(rows, township))
    found = counted.counted if side == "counted" else counted.missing
    return {register: keys_of(db, register, entities) for register, entities in found.items()}


def _place(rows: CountyRows, township: str) -> int | None:
    """The township's place in the rows; one that is not registered has none of them."""
    if not township:
        return None
    at = np.flatnonzero(rows.townships.code == township)
    return int(at[0]) if at.size else rows.townships.code.size
