"""Assessments as they were issued, and the vetoes (弄虚作假) that were imposed on townships and lifted."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class Assessed:
    """One edition of a period's assessment. `digest` is that of rules/assessment.toml, `scores` what it says, frozen."""

    id: int
    period_from: str
    period_to: str
    edition: int
    number: str
    done_on: str
    known_at: str
    digest: str
    scores: dict[str, Any]
    changes: list[dict[str, Any]]
    remark: str | None
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Veto:
    """One act of a veto: `impose` or `lift`, of a township's score of a year, with its reason."""

    id: int
    township_code: str
    year: int
    kind: str
    done_on: str
    reason: str
    document_no: str | None
    recorded_at: str
    recorded_by: str


_ASSESSED = ", ".join(field.name for field in fields(Assessed))
_VETO = ", ".join(field.name for field in fields(Veto))


def assessments(db: Database) -> list[Assessed]:
    """Every edition, the newest first."""
    return _read(db, "TRUE", [])


def last_of_period(db: Database, period_from: str, period_to: str) -> Assessed | None:
    """The newest edition of a period."""
    return next(iter(_read(db, "period_from = ? AND period_to = ?", [period_from, period_to])), None)


def vetoes(db: Database) -> list[Veto]:
    """Every act, the newest first."""
    rows = db.execute(f"SELECT {_VETO} FROM vetoes ORDER BY id DESC").fetchall()
    return [Veto(*row) for row in rows]


def in_force(db: Database, year: int, known_at: str) -> dict[str, Veto]:
    """The vetoes of a year that were imposed and not lifted again by K, by township."""
    sql = f"SELECT {_VETO} FROM vetoes WHERE year = ? AND recorded_at <= ? ORDER BY id"
    last = {veto.township_code: veto for veto in (Veto(*row) for row in db.execute(sql, [year, known_at]))}
    return {code: veto for code, veto in last.items() if veto.kind == "impose"}


def _read(db: Database, where: str, values: list[Any]) -> list[Assessed]:
    rows = db.execute(f"SELECT {_ASSESSED} FROM assessments WHERE {where} ORDER BY id DESC", values)
    found = [
        dict(zip((field.name for field in fields(Assessed)), row, strict=True)) for row in rows.fetchall()
    ]
    for one in found:
        one["scores"], one["changes"] = json.loads(one["scores"]), json.loads(one["changes"])
    return [Assessed(**one) for one in found]
