"""Scenarios as they were saved: the versions of a name, and the names that stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class SavedScenario:
    """One version. `levers` are whole steps by lever name; `removed`: the name was taken away with it."""

    id: int
    name: str
    version: int
    removed: bool
    levers: Mapping[str, int]
    note: str | None
    recorded_at: str
    recorded_by: str


_SELECT = "SELECT id, name, version, removed, levers, note, recorded_at, recorded_by FROM scenarios"


def standing_scenarios(db: Database) -> tuple[SavedScenario, ...]:
    """The newest version of every name that was not taken away, by name."""
    last = "id IN (SELECT max(id) FROM scenarios GROUP BY name)"
    return tuple(map(_saved, db.execute(f"{_SELECT} WHERE {last} AND removed = 0 ORDER BY name").fetchall()))


def versions_of(db: Database, name: str) -> tuple[SavedScenario, ...]:
    """Every version of a name, the oldest first, removals too."""
    rows = db.execute(f"{_SELECT} WHERE name = ? ORDER BY version", [name]).fetchall()
    return tuple(map(_saved, rows))


def _saved(row: tuple[object, ...]) -> SavedScenario:
    number, name, version, removed, levers, note, at, by = row
    return SavedScenario(
        id=int(str(number)),
        name=str(name),
        version=int(str(version)),
        removed=bool(removed),
        levers=json.loads(str(levers)),
        note=None if note is None else str(note),
        recorded_at=str(at),
        recorded_by=str(by),
    )
