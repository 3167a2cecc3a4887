"""Cases that every draft of a programme is tried on, as they were saved: the newest version of a name stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class SavedCase:
    """One version of a case; `text` is the TOML of one case."""

    id: int
    program: str
    name: str
    version: int
    removed: bool
    text: str
    recorded_at: str
    recorded_by: str


_SELECT = "SELECT id, program, name, version, removed, text, recorded_at, recorded_by FROM rule_cases"


def standing_cases(db: Database, program: str) -> tuple[SavedCase, ...]:
    """The cases of a programme that stand, in the order in which they were first saved."""
    rows = db.execute(
        f"{_SELECT} AS c WHERE program = ? AND removed = 0 AND version ="
        " (SELECT max(version) FROM rule_cases WHERE program = c.program AND name = c.name)"
        " ORDER BY (SELECT min(id) FROM rule_cases WHERE program = c.program AND name = c.name)",
        [program],
    ).fetchall()
    return tuple(map(_saved, rows))


def case_versions(db: Database, program: str, name: str) -> tuple[SavedCase, ...]:
    """Every version of a case, the oldest first, removals too."""
    rows = db.execute(
        f"{_SELECT} WHERE program = ? AND name = ? ORDER BY version", [program, name]
    ).fetchall()
    return tuple(map(_saved, rows))


def _saved(row: tuple[object, ...]) -> SavedCase:
    number, program, name, version, removed, text, at, by = row
    return SavedCase(
        id=int(str(number)),
        program=str(program),
        name=str(name),
        version=int(str(version)),
        removed=bool(removed),
        text=str(text),
        recorded_at=str(at),
        recorded_by=str(by),
    )
