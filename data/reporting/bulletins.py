"""Bulletins as they were issued: one row an edition of a month, with the figures it rests on and what it changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Issued:
    """One edition. `context` holds `figures` (place → figure → value), `names` of places, `texts` and digests."""

    id: int
    month: str
    edition: int
    number: str
    done_on: str
    known_at: str
    context: dict[str, Any]
    changes: list[dict[str, Any]]
    remark: str | None
    recorded_at: str
    recorded_by: str


_COLUMNS = ", ".join(field.name for field in fields(Issued))


def bulletins(db: Database) -> list[Issued]:
    """Every edition, the newest first."""
    return _read(db, "TRUE", [])


def last_of_month(db: Database, month: str) -> Issued | None:
    """The newest edition of a month (`2021-08`)."""
    return next(iter(_read(db, "month = ?", [month])), None)


def _read(db: Database, where: str, values: list[Any]) -> list[Issued]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM bulletins WHERE {where} ORDER BY id DESC", values).fetchall()
    found = [dict(zip((field.name for field in fields(Issued)), row, strict=True)) for row in rows]
    for one in found:
        one["context"], one["changes"] = json.loads(one["context"]), json.loads(one["changes"])
    return [Issued(**one) for one in found]
