"""Which villages are the poor ones of a target: on the day its denominator names, or on the day itself."""

from __future__ import annotations

from rules.county_rows import CountyRows
from rules.history import Bools
from rules.target import Target, day_number


def poor_villages_of(rows: CountyRows, day: int, target: Target) -> Bools:
    """For each village, whether the target looks at it; one that left the list after the fixed day still counts."""
    fixed = target.denominator.day if target.denominator else None
    return rows.poor_villages(day if fixed is None else day_number(fixed))
