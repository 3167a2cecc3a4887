"""One sample of the demonstration, from which its row in the register of inspections follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Row = dict[str, str | int | None]


@dataclass(frozen=True, eq=False)
class Sample:
    """One sample of one good, with how and when the office came to record it."""

    household_no: str
    product_code: str
    sampled: date
    result: date
    method: str  # rapid, quantitative
    conclusion: str  # pass, fail, pending, not_applicable
    original: Sample | None = None  # what a re-inspection is about
    held_back: int = 0  # days that the record lay about before somebody entered it
    mistyped: str | None = None  # the conclusion first entered, where it was a wrong one
    corrected: date | None = None  # the day on which that was put right
