"""Programmes as they were published: which text decides on a day as known at an instant, and how it came to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True)
class PublicationStep:
    """What was done with a proposal: `publish` or `drop`, on which day, by whom."""

    kind: str
    done_on: str
    document_no: str | None
    reason: str | None
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Publication:
    """One text of a programme. Days are ISO texts; `effective_on` is None for the baseline: since the beginning."""

    id: int
    program: str
    digest: str
    kind: str
    effective_on: str | None
    based_on: str | None
    done_on: str
    reason: str
    document_no: str | None
    recorded_at: str
    recorded_by: str
    step: PublicationStep | None

    @property
    def state(self) -> str:
        """`baseline`, `proposed`, `published` or `dropped`."""
        if self.kind == "baseline":
            return "baseline"
        return {None: "proposed", "publish": "published", "drop": "dropped"}[
            self.step.kind if self.step else None
        ]


_PUBLICATION = (
    "p.id, p.program, p.digest, p.kind, p.effective_on, p.based_on, p.done_on, p.reason, p.document_no,"
    " p.recorded_at, p.recorded_by"
)
_STEP = "s.kind, s.done_on, s.document_no, s.reason, s.recorded_at, s.recorded_by"
_FROM = "FROM publications AS p LEFT JOIN publication_steps AS s ON s.publication_id = p.id"


def publications(db: Database, program: str | None = None) -> tuple[Publication, ...]:
    """Every publication and proposal (of one programme), the newest first."""
    sql = f"SELECT {_PUBLICATION}, {_STEP} {_FROM} WHERE ? IS NULL OR p.program = ? ORDER BY p.id DESC"
    return tuple(map(_publication, db.execute(sql, [program, program]).fetchall()))


def publication(db: Database, number: int) -> Publication | None:
    """One publication or proposal by its id."""
    row = db.execute(f"SELECT {_PUBLICATION}, {_STEP} {_FROM} WHERE p.id = ?", [number]).fetchone()
    return _publication(row) if row else None


def texts_in_force(
    db: Database, program: str, known_at: str | None = None
) -> tuple[tuple[str | None, str], ...]:
    """(first day or None, digest) of the texts that decide one after the other, as published by an instant.

    The baseline counts for every instant: it decided before anything was published. Of several that count from one
    day the one published last decides.
    """
    sql = (
        f"SELECT p.effective_on, p.digest {_FROM} WHERE p.program = :program AND (p.kind = 'baseline'"
        " OR (s.kind = 'publish' AND (:known IS NULL OR s.recorded_at <= :known)))"
        " ORDER BY coalesce(p.effective_on, ''), coalesce(s.id, 0)"
    )
    rows = db.execute(sql, {"program": program, "known": known_at}).fetchall()
    return tuple(dict(rows).items())


def published_names(db: Database) -> tuple[str, ...]:
    """The programmes that have a text which decides."""
    rows = db.execute("SELECT program FROM publications WHERE kind = 'baseline' ORDER BY id").fetchall()
    return tuple(name for (name,) in rows)


def newest_published(db: Database, program: str) -> str | None:
    """The digest of the text published last, whether its first day has come or not."""
    row = db.execute(
        f"SELECT p.digest {_FROM} WHERE p.program = ? AND (p.kind = 'baseline' OR s.kind = 'publish')"
        " ORDER BY coalesce(s.id, 0) DESC LIMIT 1",
        [program],
    ).fetchone()
    return str(row[0]) if row else None


def _publication(row: tuple[Any, ...]) -> Publication:
    step = None if row[11] is None else PublicationStep(*row[11:])
    values: tuple[Any, ...] = (*row[:11], step)
    return Publication(*values)
