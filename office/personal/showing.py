"""Names are shown to an auditor who says why: whose and which go into the log before they go onto the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.protection.personal_fields import personal_columns
from data.protection.personal_steps import PersonalStep
from data.register import Register
from data.register_lists import name_column, named_by
from data.store import Writer
from office.casework.asked import Doer
from office.days import now
from office.personal.noting import Noted, note_in

WHOLE = "all"  # the register of a step that took everything along
PACK = "audit_pack"


@dataclass(frozen=True)
class Shown:
    """What somebody wants to see: the fields of a row (its key as text), of how many rows, of which household if of one."""

    register: str
    row: str
    fields: Sequence[str]
    rows: int = 1
    household_no: str | None = None


def whose_names(register: Register) -> tuple[str, ...]:
    """The names that a row of a register shows: its own personal columns, and those of the rows that it refers to."""
    own = [column.name for column in personal_columns(register)]
    others = [found for column in register.columns if (found := named_by(register, column.name)) is not None]
    named = [name for other in others if (name := name_column(other)) is not None and name.personal]
    return tuple(dict.fromkeys([*own, *(name.name for name in named)]))


def show(writer: Writer, shown: Shown, reason: str, *, doer: Doer) -> PersonalStep:
    """Write down that it is shown now. Raises Refused: then nothing may be shown."""
    fields = f"{','.join(shown.fields)} @ {shown.row}"
    noted = Noted("show", shown.register, fields, shown.rows, reason, shown.household_no)
    with writer.transaction() as db:
        return note_in(db, noted, doer=doer, at=now())


def take_pack(writer: Writer, rows: int, reason: str, *, doer: Doer) -> PersonalStep:
    """Write down that the audit pack, with every name in it, is taken along. Raises Refused."""
    noted = Noted("show", WHOLE, PACK, rows, reason)
    with writer.transaction() as db:
        return note_in(db, noted, doer=doer, at=now(), action="audit_pack")
