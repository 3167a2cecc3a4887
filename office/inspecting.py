"""Entering and correcting one inspection, and the list of them as a file: checked, allowed, then written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from data.comparing import shown
from data.exports import export_csv, export_xlsx
from data.faults import Fault
from data.inspection_lists import Asked, inspections_asked
from data.people import Person
from data.register import Column, Register, register
from data.store import Database
from data.versions import current
from data.words import Words
from office import running
from office.days import HERE
from office.importing import Report, carry_out, prepare_rows
from office.permissions import must_be_allowed
from office.refusal import Refused, refuse

ENTERED = "entry-form"  # the chain's word for where a row came from
Action = Literal["import", "enter", "correct"]
CORRECTION_OFFERED = "import it as one"  # what the comparison says of a row that differs (English words)


def prepare_entry(db: Database, cells: Mapping[str, str]) -> Report:
    """Check one inspection typed into the form, by English field names; nothing is written."""
    return prepare_rows(db, register("inspections"), [cells])


def prepare_correction(db: Database, sample_no: str, version: int, cells: Mapping[str, str]) -> Report:
    """Check the new values of a sample that the form showed in that version; nothing is written.

    Raises Refused where there is no such sample, or somebody has corrected it since.
    """
    row = current(db, register("inspections"), sample_no)
    if row is None:
        raise refuse(f"没有样品 {sample_no}", f"there is no sample {sample_no}")
    if row["version"] != version:
        raise _stale(row)
    return prepare_rows(db, register("inspections"), [{**cells, "sample_no": sample_no}], update=True)


def write(
    report: Report, person: Person, action: Action, *, reason: str = "", source: str = ENTERED
) -> Report:
    """Write a prepared report in the person's name, if their role may do this.

    Raises Refused, and data.store.StoreProblem where the register has changed since or is busy.
    """
    must_be_allowed(person.role, action)
    if report.plan is not None and report.plan.changed:
        must_be_allowed(person.role, "correct")
    if report.plan is not None and report.plan.new:
        must_be_allowed(person.role, "import" if action == "import" else "enter")
    return carry_out(running.writer(), report, by=person.name, reason=reason.strip() or None, source=source)


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


def cells_of(row: Mapping[str, Any], kept: Register | None = None) -> dict[str, str]:
    """A stored row as the text a form begins with."""
    about = kept or register("inspections")
    return {c.name: "" if row[c.name] is None else str(row[c.name]) for c in about.columns}


def list_file(db: Database, asked: Asked, kind: Literal["xlsx", "csv"]) -> bytes:
    """The inspections asked for as a file that imports again: Chinese titles, every cell a text."""
    rows = inspections_asked(db, asked)
    make = export_xlsx if kind == "xlsx" else export_csv
    return make(register("inspections"), rows)


def _stale(row: Mapping[str, Any]) -> Refused:
    at = datetime.fromisoformat(row["recorded_at"]).astimezone(HERE)
    when, who, no = f"{at:%Y-%m-%d %H:%M}", row["recorded_by"], row["sample_no"]
    return refuse(
        f"样品 {no} 已由{who}于 {when} 更正过，您看到的是更早的内容。没有写入；请先看新的内容，再决定是否还要更正。",
        f"Sample {no} was corrected by {who} at {when}; you were looking at what it said before."
        " Nothing was written: look at the new content first.",
    )
