"""What a settlement is drawn up with: the claim programme, its values on the last day of claims, and the pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.casework.settlements import Settlement
from data.store import Database
from office.programs import program_in_force, program_kept, values_in_force
from office.subsidy.claims import PROGRAM
from rules.program import Program


@dataclass(frozen=True)
class Terms:
    """The programme and its values, which claims are taken (made by `claimed_until`), and 分 to share (None: no limit)."""

    program: Program
    values: Mapping[str, int]
    claimed_until: date
    pool: int | None


def terms_on(
    db: Database, claimed_until: date, pool: int | None, changed: Mapping[str, str | int] | None = None
) -> Terms:
    """The terms of a new draft: the values in force on the last day of claims, what-if values in their place.

    Raises Refused where the programme is not in force on that day or a value is not allowed.
    """
    program = program_in_force(db, claimed_until, PROGRAM)
    return Terms(program, values_in_force(program, claimed_until, changed), claimed_until, pool)


def terms_of(db: Database, found: Settlement) -> Terms:
    """The terms that a settlement was drafted with."""
    until = date.fromisoformat(found.claimed_until)
    return Terms(program_of(db, found), found.parameters, until, found.pool)


def program_of(db: Database, found: Settlement) -> Program:
    """The programme that a settlement decided with, from its text as it was kept."""
    return program_kept(db, found.program, found.digest)
