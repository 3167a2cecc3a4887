"""Recorded runs as lists to be held against each other: which there are, and what each said of every good."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from data.decisions import Run, run


@dataclass(frozen=True)
class ListOfRun:
    """A run's decisions about one benefit: subject → (the good's entity, the verdict)."""

    verdicts: dict[str, tuple[int, str]]


def runs_of_all_goods(db: Database) -> list[Run]:
    """Every run that was about all goods, the latest recorded first."""
    numbers = db.execute("SELECT id FROM runs WHERE scope = '' ORDER BY id DESC").fetchall()
    return [found for (number,) in numbers if (found := run(db, number)) is not None]


def lists_of(db: Database, run_id: int) -> dict[str, ListOfRun]:
    """What a run said, per benefit in the order of its first decision."""
    found: dict[str, ListOfRun] = {}
    rows = db.execute(
        "SELECT benefit, subject, good_entity, verdict FROM decisions WHERE run_id = ? ORDER BY id", [run_id]
    )
    for benefit, subject, entity, verdict in rows:
        if benefit not in found:
            found[benefit] = ListOfRun({})
        found[benefit].verdicts[subject] = entity, verdict
    return found


def findings_of(
    db: Database, run_id: int, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, str]]:
    """The findings that a run kept with some of its decisions, by (subject, benefit)."""
    asked = json.dumps(sorted(set(wanted)))
    rows = db.execute(
        "SELECT subject, benefit, findings FROM decisions WHERE run_id = ? AND (subject, benefit) IN"
        " (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
        [run_id, asked],
    )
    read = cache(json.loads)  # few different ones: each is read once, and equal ones are one object
    return {(subject, benefit): read(text) for subject, benefit, text in rows}


def versions_of_inspections(db: Database, rows: NDArray[np.int64]) -> dict[int, tuple[int, int]]:
    """(entity, version) of each of these row versions of inspections, by row id."""
    asked = json.dumps(np.unique(rows).tolist())
    found: list[Any] = db.execute(
        "SELECT id, entity, version FROM inspections WHERE id IN (SELECT value FROM json_each(?))", [asked]
    ).fetchall()
    return {row: (entity, version) for row, entity, version in found}
