"""What a settlement is drawn up with: the claim programme, its values on the last day of claims, and the pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.casework.settlements import Settlement
from data.decisions import program_text
from data.store import Database
from office.programs import loaded, program_named, values_in_force
from office.subsidy.claims import PROGRAM
from rules.program import Program


@dataclass(frozen=True)
class Terms:
    """The programme and its values, which claims are taken (made by `claimed_until`), and 分 to share (None: no limit)."""

    program: Program
    values: Mapping[str, int]
    claimed_until: date
    pool: int | None


def claim_program() -> Program:
    """The published programme of claims."""
    return program_named(PROGRAM)


def terms_on(claimed_until: date, pool: int | None, changed: Mapping[str, str | int] | None = None) -> Terms:
    """The terms of a new draft: the values in force on the last day of claims, what-if values in their place.

    Raises Refused where the programme is not in force on that day or a value is not allowed.
    """
    program = claim_program()
    return Terms(program, values_in_force(program, claimed_until, changed), claimed_until, pool)


def terms_of(db: Database, found: Settlement) -> Terms:
    """The terms that a settlement was drafted with."""
    until = date.fromisoformat(found.claimed_until)
    return Terms(program_of(db, found), found.parameters, until, found.pool)


def program_of(db: Database, found: Settlement) -> Program:
    """The programme that a settlement decided with: the published one, or its text as it was kept."""
    published = claim_program()
    if found.digest == published.digest:
        return published
    text = program_text(db, found.digest)
    if text is None:
        raise LookupError(f"the programme of {found.number} was not kept")
    return loaded(text.encode("utf-8"), f"{found.program}.toml")
