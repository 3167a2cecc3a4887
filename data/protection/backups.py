"""What was done with copies of the database, as it was recorded: made, failed, tried, put back, forgotten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from data.canonical import Cell, json_text
from data.casework.ledger import Row, next_id, record
from data.words import Words

Kind = Literal["make", "fail", "try", "restore", "forget"]
Cause = Literal["daily", "asked", "before_upgrade", "command"]


@dataclass(frozen=True)
class BackupStep:
    """One row of `backups`. `counts`: rows per table in the copy; `copies`: in how many folders it lies."""

    id: int
    kind: Kind
    cause: Cause
    file: str
    bytes: int | None
    sha256: str | None
    head_seq: int | None
    head_hash: str | None
    counts: Mapping[str, int] | None
    copies: int | None
    seconds: int | None
    note: Words | None
    recorded_at: str = ""
    recorded_by: str = ""


COLUMNS = "id, kind, cause, file, bytes, sha256, head_seq, head_hash, counts, copies, seconds, note"


def step(kind: Kind, cause: Cause, file: str, *, note: Words | None = None, **more: Cell) -> Row:
    """The row of a new step, to be given to `record_steps`; `more` are its other columns."""
    said = None if note is None else json_text({"zh": note.zh, "en": note.en})
    return {"kind": kind, "cause": cause, "file": file, "note": said, **more}


def record_steps(db: Database, rows: Sequence[Row], *, at: datetime, by: str) -> int:
    """Write steps as one chain entry inside the caller's transaction; gives its number."""
    first = next_id(db, "backups")
    numbered = [{**row, "id": first + number} for number, row in enumerate(rows)]
    return record(db, "backup", {"backups": numbered}, at=at, by=by)


def backup_steps(db: Database, *kinds: Kind, limit: int = 200) -> list[BackupStep]:
    """The newest steps first; of these kinds only, where any are named."""
    where = f" WHERE kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    sql = f"SELECT {COLUMNS}, recorded_at, recorded_by FROM backups{where} ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in db.execute(sql, [*kinds, limit]).fetchall()]


def last_step(db: Database, *kinds: Kind) -> BackupStep | None:
    """The newest step of these kinds."""
    found = backup_steps(db, *kinds, limit=1)
    return found[0] if found else None


def forgotten_names(db: Database) -> frozenset[str]:
    """Files that the rule has let go already."""
    return frozenset(row[0] for row in db.execute("SELECT file FROM backups WHERE kind = 'forget'"))


def _read(row: tuple[str | int | None, ...]) -> BackupStep:
    names = [*COLUMNS.split(", "), "recorded_at", "recorded_by"]
    named: dict[str, Any] = dict(zip(names, row, strict=True))
    counts, note = named["counts"], named["note"]
    named["counts"] = json.loads(counts) if counts else None
    named["note"] = Words(**json.loads(note)) if note else None
    return BackupStep(**named)
