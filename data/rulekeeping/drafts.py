"""Drafts of programmes as they were saved: the versions of a name, and the names that stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class SavedDraft:
    """One version. `based_on` is the digest of the text it began from; `removed`: the name was taken away with it."""

    id: int
    name: str
    program: str
    version: int
    removed: bool
    based_on: str
    text: str
    note: str | None
    recorded_at: str
    recorded_by: str


_SELECT = "SELECT id, name, program, version, removed, based_on, text, note, recorded_at, recorded_by FROM rule_drafts"


def standing_drafts(db: Database) -> tuple[SavedDraft, ...]:
    """The newest version of every name that was not taken away, the one saved last first."""
    last = "id IN (SELECT max(id) FROM rule_drafts GROUP BY name)"
    rows = db.execute(f"{_SELECT} WHERE {last} AND removed = 0 ORDER BY id DESC").fetchall()
    return tuple(map(_saved, rows))


def draft_versions(db: Database, name: str) -> tuple[SavedDraft, ...]:
    """Every version of a name, the oldest first, removals too."""
    return tuple(map(_saved, db.execute(f"{_SELECT} WHERE name = ? ORDER BY version", [name]).fetchall()))


def _saved(row: tuple[object, ...]) -> SavedDraft:
    number, name, program, version, removed, based_on, text, note, at, by = row
    return SavedDraft(
        id=int(str(number)),
        name=str(name),
        program=str(program),
        version=int(str(version)),
        removed=bool(removed),
        based_on=str(based_on),
        text=str(text),
        note=None if note is None else str(note),
        recorded_at=str(at),
        recorded_by=str(by),
    )
