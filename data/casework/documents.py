"""Papers that were numbered: their numbers, one run a year per series, and what stood on them, frozen.

A paper's context is canonical JSON. Its key `template` says by digest which template it is printed with; the first
paper that used a template keeps it, so that each can be printed again as it was (`printed_with`).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from data.canonical import Cell, json_text
from data.casework.ledger import Row, next_id
from data.papers.rendering import OWN_FOLDER, digest

MARK = 16  # characters of a hash at a paper's foot
_NUMBER = re.compile(r"(.+)〔(\d{4})〕([1-9]\d*)号")
_BRACKETS = str.maketrans("[]()（）［］【】", "〔〕〔〕〔〕〔〕〔〕")


@dataclass(frozen=True)
class Numbered:
    """A paper's number in its series and year; `text` is how it is written: 岳电商办告知〔2021〕1号."""

    series: str
    year: int
    serial: int

    @property
    def text(self) -> str:
        return f"{self.series}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True)
class Listed:
    """A numbered paper without what stands on it. `about` is what it belongs to, such as `act:12`."""

    id: int
    number: str
    kind: str
    about: str
    subject: str | None
    done_on: str
    recorded_seq: int
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Document(Listed):
    """A numbered paper with what stands on it."""

    context: dict[str, Any]


_LISTED = ", ".join(field.name for field in fields(Listed))


def next_number(db: Database, series: str, day: date, beside: Sequence[Row] = ()) -> Numbered:
    """The number after the last of the series in the day's year, `beside` rows of documents not yet written."""
    row = db.execute(
        "SELECT coalesce(max(serial), 0) FROM documents WHERE series = ? AND year = ?", [series, day.year]
    ).fetchone()
    waiting = [row["serial"] for row in beside if (row["series"], row["year"]) == (series, day.year)]
    return Numbered(series, day.year, max([row[0], *waiting]) + 1)


def number_from(text: str) -> Numbered | None:
    """A number as somebody typed it, brackets of any kind and the last 号 or none; None if it is none."""
    plain = "".join(text.split()).translate(_BRACKETS)
    found = _NUMBER.fullmatch(plain if plain.endswith("号") else f"{plain}号")
    return Numbered(found[1], int(found[2]), int(found[3])) if found else None


def document_row(
    db: Database,
    number: Numbered,
    context: Mapping[str, Any],
    *,
    kind: str,
    template: bytes,
    about: str,
    subject: str | None,
    done_on: date,
    beside: Sequence[Row] = (),
) -> dict[str, Cell]:
    """The row for `data.casework.ledger.record` of a paper; `beside` are the rows of documents recorded with it, before it."""
    kept = {**context, "template": _reference(db, kind, template)}
    return {
        "id": next_id(db, "documents") + len(beside),
        "number": number.text,
        "series": number.series,
        "year": number.year,
        "serial": number.serial,
        "kind": kind,
        "about": about,
        "subject": subject,
        "done_on": done_on.isoformat(),
        "context": json_text(kept),
    }


def document(db: Database, number: str) -> Document | None:
    """One paper by its number as it is written."""
    row = db.execute(f"SELECT {_LISTED}, context FROM documents WHERE number = ?", [number]).fetchone()
    if row is None:
        return None
    listed = dict(zip((field.name for field in fields(Listed)), row, strict=False))
    return Document(**listed, context=json.loads(row[-1]))


def documents_about(db: Database, subject: str) -> list[Listed]:
    """Every paper about a good (`户编号/产品编码`), the newest first."""
    return _listed(db, "subject = ?", [subject])


def all_documents(db: Database) -> list[Listed]:
    """Every paper, the newest first."""
    return _listed(db, "TRUE", [])


def printed_with(db: Database, kept: Document) -> bytes:
    """The template that the paper was numbered with."""
    reference = kept.context["template"]
    holder = document(db, reference["in"]) if reference["in"] else kept
    if holder is None:
        raise LookupError(f"{reference['in']} keeps the template of {kept.number} and is not there")
    return base64.b64decode(holder.context["template"]["docx"])


def chain_mark(db: Database, *, seq: int | None = None, known_at: str | None = None) -> dict[str, Any]:
    """The number of a chain entry and the beginning of its hash, as they stand at a paper's foot.

    The entry `seq`, else the last one by an instant (canonical UTC text); number 0 where there is none yet.
    """
    row = db.execute(
        "SELECT seq, hash FROM chain WHERE (:seq IS NULL OR seq = :seq) AND (:at IS NULL OR at <= :at)"
        " ORDER BY seq DESC LIMIT 1",
        {"seq": seq, "at": known_at},
    ).fetchone()
    return {"number": row[0], "hash": row[1][:MARK]} if row else {"number": 0, "hash": ""}


def own_templates(db: Database) -> Path | None:
    """Where the office's edited templates are: a folder beside the database; None for one in memory."""
    file = next((path for _, name, path in db.execute("PRAGMA database_list") if name == "main"), "")
    return Path(file).parent / OWN_FOLDER if file else None


def _reference(db: Database, kind: str, template: bytes) -> dict[str, str | None]:
    """What a paper says of its template: its digest and the paper that keeps it, or, the first time, itself."""
    row = db.execute(
        "SELECT number, json_extract(context, '$.template.digest'), json_extract(context, '$.template.in')"
        " FROM documents WHERE kind = ? ORDER BY id DESC LIMIT 1",
        [kind],
    ).fetchone()
    if row and row[1] == digest(template):
        return {"digest": row[1], "in": row[2] or row[0], "docx": None}
    return {"digest": digest(template), "in": None, "docx": base64.b64encode(template).decode()}


def _listed(db: Database, where: str, values: Sequence[str]) -> list[Listed]:
    rows = db.execute(f"SELECT {_LISTED} FROM documents WHERE {where} ORDER BY id DESC", list(values))
    return [Listed(*row) for row in rows.fetchall()]
