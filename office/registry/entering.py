"""Entering and correcting one row of any register by hand: checked, allowed, then written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data.comparing import shown
from data.faults import Fault
from data.numbers import number_text
from data.people import Person
from data.register import Column, Register
from data.store import Database
from data.versions import current
from data.words import Words
from office import running
from office.casework.asked import Doer
from office.days import HERE
from office.importing import Entry, Report, carry_out, prepare_rows
from office.permissions import must_be_allowed
from office.refusal import Refused, refuse

ENTERED = "entry-form"  # the chain's word for where a row came from
Action = Entry
CORRECTION_OFFERED = "import it as one"  # what the comparison says of a row that differs (English words)


def prepare_entry(db: Database, register: Register, cells: Mapping[str, str]) -> Report:
    """Check one row typed into a form, by English field names; nothing is written."""
    return prepare_rows(db, register, [cells])


def prepare_correction(
    db: Database, register: Register, key: Sequence[Any], version: int, cells: Mapping[str, str]
) -> Report:
    """Check the new values of a row that the form showed in that version; nothing is written.

    Raises Refused where there is no such row, or somebody has corrected it since.
    """
    row = current(db, register, tuple(key))
    named = "/".join(map(str, key))
    if row is None:
        raise refuse(
            f"“{register.title.zh}”中没有 {named}", f"there is no {named} in the register {register.title.en}"
        )
    if row["version"] != version:
        raise _stale(register, named, row)
    same = {name: str(part) for name, part in zip(register.key, key, strict=True)}
    return prepare_rows(db, register, [{**cells, **same}], update=True)


def write(
    report: Report, person: Person, action: Action, *, reason: str = "", source: str = ENTERED
) -> Report:
    """Write a prepared report in the person's name, if they may do this; `carry_out` asks the list of people.

    Raises Refused, and data.store.StoreProblem where the register has changed since or is busy.
    """
    doer = Doer(person.name, person.role)
    must_be_allowed(person.role, action)
    if action == "correct" and report.plan is not None and report.plan.new:
        must_be_allowed(person.role, "enter")  # the row is gone: what was a correction would add it
    return carry_out(
        running.writer(), report, by=doer, reason=reason.strip() or None, source=source, action=action
    )


def faults_by_field(report: Report) -> dict[str, list[Words]]:
    """The faults of a form's row by field name; "" for what belongs to no single field."""
    names = {column.title.zh: column.name for column in report.register.columns}
    found: dict[str, list[Words]] = defaultdict(list)
    for fault in report.faults:
        found[names.get(fault.column, "")].append(fault.message)
    return dict(found)


def changes_of(report: Report) -> tuple[tuple[Column, Words, Words], ...]:
    """What a correction of one row would change: each column with its old and new value in words."""
    if report.plan is None or not report.plan.changed:
        return ()
    change = report.plan.changed[0]
    columns = report.register.columns
    return tuple(
        (column, shown(column, old), shown(column, new))
        for column, old, new in zip(columns, change.before, change.after, strict=True)
        if old != new
    )


def rows_that_differ(report: Report) -> int:
    """How many rows of a file exist with other content, so that they may be meant as corrections."""
    return len({(f.sheet, f.row) for f in report.faults if CORRECTION_OFFERED in f.message.en})


def other_faults(report: Report) -> tuple[Fault, ...]:
    """The faults that importing as a correction would not take away."""
    return tuple(f for f in report.faults if CORRECTION_OFFERED not in f.message.en)


def cells_of(row: Mapping[str, Any], register: Register) -> dict[str, str]:
    """A stored row as the text a form begins with: choices by their code, numbers in their unit."""
    return {column.name: _cell(column, row[column.name]) for column in register.columns}


def _cell(column: Column, value: str | int | None) -> str:
    if value is None:
        return ""
    return number_text(int(value), column.scale) if column.kind == "number" else str(value)


def _stale(register: Register, named: str, row: Mapping[str, Any]) -> Refused:
    at = datetime.fromisoformat(row["recorded_at"]).astimezone(HERE)
    when, who = f"{at:%Y-%m-%d %H:%M}", row["recorded_by"]
    return refuse(
        f"“{register.title.zh}”的 {named} 已由{who}于 {when} 更正过，您看到的是更早的内容。"
        "没有写入；请先看新的内容，再决定是否还要更正。",
        f"{named} of {register.title.en} was corrected by {who} at {when}; you were looking at what it said"
        " before. Nothing was written: look at the new content first.",
    )
