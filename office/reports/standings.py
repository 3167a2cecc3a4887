"""The targets on a month's last day with every figure that is known at K, also those reported after the month's end.

A page about a day leaves out what was reported later; a bulletin of August is written in September from August's returns.
"""

from __future__ import annotations

from datetime import date

from data.store import Database
from office.targets.gathering import county_rows, the_targets, validity_on
from office.targets.measuring import Standing, standing_on
from rules.county_rows import CountyRows


def rows_as_reported(db: Database, day: date, known_at: str) -> CountyRows:
    """The county's rows as known at K; an inspection speaks for as long as the programme said on the day."""
    rows = county_rows(db, date.max, known_at)
    return rows.with_validity(validity_on(db, day, known_at))


def standings(db: Database, day: date, known_at: str) -> tuple[Standing, ...]:
    """Every target on a day, in the file's order. Raises Refused where targets.toml has a fault."""
    rows = rows_as_reported(db, day, known_at)
    return tuple(standing_on(rows, target, day) for target in the_targets().values())
