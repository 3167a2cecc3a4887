"""Figures of targets as they were reported and signed for; they are only added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class ReportedFigure:
    """One target's figure. `digest` is that of targets.toml, `figures` what the standing said, never changed."""

    id: int
    target: str
    as_of: str
    known_at: str
    done_on: str
    digest: str
    figures: Mapping[str, Any]
    remark: str | None
    recorded_at: str
    recorded_by: str


_SELECT = (
    "SELECT id, target, as_of, known_at, done_on, digest, figures, remark, recorded_at, recorded_by"
    " FROM reported_figures"
)


def reported_figures(db: Database, target: str | None = None) -> tuple[ReportedFigure, ...]:
    """Every reported figure (of one target), the newest first."""
    where, bind = ("", []) if target is None else (" WHERE target = ?", [target])
    return tuple(map(_figure, db.execute(f"{_SELECT}{where} ORDER BY id DESC", bind).fetchall()))


def _figure(row: tuple[Any, ...]) -> ReportedFigure:
    number, target, as_of, known_at, done_on, digest, figures, remark, at, by = row
    return ReportedFigure(
        number, target, as_of, known_at, done_on, digest, json.loads(figures), remark, at, by
    )
