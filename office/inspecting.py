"""Entering and correcting one inspection, as any row of a register is, and the list of them as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from data.exports import export_csv, export_xlsx
from data.inspection_lists import Asked, inspections_asked
from data.register import register
from data.store import Database
from office.importing import Report
from office.registry import entering
from office.registry.entering import changes_of, faults_by_field, other_faults, rows_that_differ, write

__all__ = [
    "cells_of",
    "changes_of",
    "faults_by_field",
    "list_file",
    "other_faults",
    "prepare_correction",
    "prepare_entry",
    "rows_that_differ",
    "write",
]


def prepare_entry(db: Database, cells: Mapping[str, str]) -> Report:
    """Check one inspection typed into the form, by English field names; nothing is written."""
    return entering.prepare_entry(db, register("inspections"), cells)


def prepare_correction(db: Database, sample_no: str, version: int, cells: Mapping[str, str]) -> Report:
    """Check the new values of a sample that the form showed in that version; nothing is written.

    Raises Refused where there is no such sample, or somebody has corrected it since.
    """
    return entering.prepare_correction(db, register("inspections"), (sample_no,), version, cells)


def cells_of(row: Mapping[str, Any]) -> dict[str, str]:
    """A stored inspection as the text a form begins with."""
    return entering.cells_of(row, register("inspections"))


def list_file(db: Database, asked: Asked, kind: Literal["xlsx", "csv"]) -> bytes:
    """The inspections asked for as a file that imports again: Chinese titles, every cell a text."""
    rows = inspections_asked(db, asked)
    make = export_xlsx if kind == "xlsx" else export_csv
    return make(register("inspections"), rows)
