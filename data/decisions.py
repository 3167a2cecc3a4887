"""Keeping what was decided: a run with its inputs, its frozen decisions, and the text of the programme it used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from data import chain
from data.canonical import Cell, json_text, rows_digest, sha256_of
from data.chain import evidence_seq
from data.many_rows import insert

__all__ = [
    "Decision",
    "RecordedDecision",
    "Run",
    "RunHeader",
    "decision_number",
    "decision_numbers",
    "decisions_about",
    "decisions_of",
    "evidence_seq",
    "find_run",
    "keep_program",
    "latest_run",
    "program_text",
    "record_run",
    "run",
]

DECISION_COLUMNS = "id, run_id, good_entity, subject, benefit, verdict, row, findings, facts, evidence"
RUN_COLUMNS = (
    "id, program, digest, scope, as_of, known_at, known_seq, parameters, engines,"
    " recorded_by, recorded_at, recorded_seq, goods, decisions, rows_digest"
)


@dataclass(frozen=True)
class RunHeader:
    """What a run was asked with. `known_at` is canonical UTC text, `digest` that of the programme file's bytes.

    `scope` is the one good that it is about; "" means every good registered by then.
    """

    program: str
    digest: str
    as_of: date
    known_at: str
    parameters: Mapping[str, int]
    engines: Mapping[str, str]
    scope: str = ""


class Decision(NamedTuple):
    """One decision to be kept; the last three are canonical JSON texts (`data.canonical.json_text`).

    `evidence` is an array of row-version ids of inspections, `row` the verdict row that matched.
    """

    good_entity: int
    subject: str
    benefit: str
    verdict: str
    row: int
    findings: str
    facts: str
    evidence: str


@dataclass(frozen=True)
class Run:
    """A recorded run; `scope` as in `RunHeader`."""

    id: int
    program: str
    digest: str
    scope: str
    as_of: date
    known_at: str
    known_seq: int
    parameters: dict[str, int]
    engines: dict[str, str]
    recorded_by: str
    recorded_at: str
    recorded_seq: int
    goods: int
    decisions: int
    rows_digest: str


@dataclass(frozen=True)
class RecordedDecision:
    """A decision as it was kept."""

    id: int
    run_id: int
    good_entity: int
    subject: str
    benefit: str
    verdict: str
    row: int
    findings: dict[str, str]
    facts: dict[str, Any]
    evidence: list[int]


def find_run(db: Database, header: RunHeader) -> int | None:
    """The run already recorded with the same programme, scope, day, parameters and evidence, if there is one."""
    row = db.execute(
        "SELECT id FROM runs WHERE digest = ? AND scope = ? AND as_of = ? AND parameters = ? AND known_seq = ?",
        [*_inputs(header), evidence_seq(db, header.known_at)],
    ).fetchone()
    return row[0] if row else None


def record_run(
    db: Database, header: RunHeader, rows: Iterable[Decision], text: str, *, at: datetime, by: str
) -> int:
    """Keep a run inside the caller's transaction; gives its id. The same inputs again give the run already there.

    `text` is the programme file as read; raises ValueError if it has not the header's digest.
    """
    if sha256_of(text.encode("utf-8")) != header.digest:
        raise ValueError("the programme's text does not have the digest that was decided with")
    if (found := find_run(db, header)) is not None:
        return found
    run_id = _next_id(db, "runs")
    kept = [(number, run_id, *row) for number, row in enumerate(rows, _next_id(db, "decisions"))]
    body = _body(db, header, run_id, kept)
    seq = chain.append(db, at=at, actor=by, action="decide", body=body)
    keep_program(db, header.digest, header.program, text, seq)
    db.table("runs").insert(run_row(body, by, chain.entry_at(db, seq), seq))
    insert(db.conn, "decisions", DECISION_COLUMNS.split(", "), kept)
    return run_id


def keep_program(db: Database, digest: str, program: str, text: str, seq: int) -> None:
    """Keep the text of a programme with the newest chain entry, the first that used it; once only."""
    if program_text(db, digest) is None:
        db.execute(
            "INSERT INTO programs (digest, program, text, recorded_seq) VALUES (?, ?, ?, ?)",
            [digest, program, text, seq],
        )


def run_row(body: Mapping[str, Any], by: str, at: str, seq: int) -> dict[str, Cell]:
    """The row of `runs` that a chain entry's body stands for."""
    texts = {name: json_text(body[name]) for name in ("parameters", "engines")}
    values = {
        "scope": "",
        **body,
        **texts,
        "id": body["run"],
        "recorded_by": by,
        "recorded_at": at,
        "recorded_seq": seq,
    }
    return {name: values[name] for name in RUN_COLUMNS.replace(" ", "").split(",")}


def run(db: Database, run_id: int) -> Run | None:
    row = db.execute(f"SELECT {RUN_COLUMNS} FROM runs WHERE id = ?", [run_id]).fetchone()
    return _run(row) if row else None


def latest_run(db: Database, before: date | None = None, program: str | None = None) -> Run | None:
    """The run about all goods of the latest day, of one day the one recorded last; `before` leaves out that day
    and later ones."""
    row = db.execute(
        f"SELECT {RUN_COLUMNS} FROM runs WHERE scope = '' AND as_of < ? AND (? IS NULL OR program = ?)"
        " ORDER BY as_of DESC, id DESC LIMIT 1",
        [before.isoformat() if before else "9999", program, program],
    ).fetchone()
    return _run(row) if row else None


def decisions_of(db: Database, run_id: int) -> list[RecordedDecision]:
    """Every decision of a run, in the order of recording."""
    rows = db.execute(f"SELECT {DECISION_COLUMNS} FROM decisions WHERE run_id = ? ORDER BY id", [run_id])
    return [_decision(row) for row in rows]


def decisions_about(db: Database, subject: str) -> list[RecordedDecision]:
    """Every decision ever recorded about one good, the newest first."""
    rows = db.execute(
        f"SELECT {DECISION_COLUMNS} FROM decisions WHERE subject = ? ORDER BY id DESC", [subject]
    )
    return [_decision(row) for row in rows]


def decision_number(db: Database, run_id: int, subject: str, benefit: str) -> int:
    """The id of a run's decision about one good and benefit. Raises LookupError where it has none."""
    row = db.execute(
        "SELECT id FROM decisions WHERE run_id = ? AND subject = ? AND benefit = ?",
        [run_id, subject, benefit],
    ).fetchone()
    if row is None:
        raise LookupError(f"run {run_id} has no decision about {subject} {benefit}")
    return int(row[0])


def decision_numbers(db: Database, run_id: int, benefit: str) -> dict[str, int]:
    """The ids of all decisions of a run about one benefit, by subject."""
    rows = db.execute("SELECT subject, id FROM decisions WHERE run_id = ? AND benefit = ?", [run_id, benefit])
    return dict(rows.fetchall())


def program_text(db: Database, digest: str) -> str | None:
    """The text of a programme that decided once."""
    row = db.execute("SELECT text FROM programs WHERE digest = ?", [digest]).fetchone()
    return row[0] if row else None


def _body(db: Database, header: RunHeader, run_id: int, kept: list[tuple[Any, ...]]) -> dict[str, Any]:
    scope = {"scope": header.scope} if header.scope else {}
    return {
        **scope,
        "run": run_id,
        "program": header.program,
        "digest": header.digest,
        "as_of": header.as_of.isoformat(),
        "known_at": header.known_at,
        "known_seq": evidence_seq(db, header.known_at),
        "parameters": dict(header.parameters),
        "engines": dict(header.engines),
        "goods": len({row[2] for row in kept}),
        "decisions": len(kept),
        "rows_digest": rows_digest(kept),
    }


def _inputs(header: RunHeader) -> list[str]:
    return [header.digest, header.scope, header.as_of.isoformat(), json_text(dict(header.parameters))]


def _next_id(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _run(row: tuple[Any, ...]) -> Run:
    values: list[Any] = list(row)
    values[4] = date.fromisoformat(values[4])
    values[7:9] = map(json.loads, values[7:9])
    return Run(*values)


def _decision(row: tuple[Any, ...]) -> RecordedDecision:
    return RecordedDecision(*row[:7], *map(json.loads, row[7:]))
