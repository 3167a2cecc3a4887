"""What was decided within some days, grouped by what was found: recorded decisions on goods, settled claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from data.canonical import json_text

_GOODS = """
    FROM decisions AS d JOIN runs AS r ON r.id = d.run_id
    WHERE r.program = ? AND r.as_of BETWEEN ? AND ?"""
# Claims decide when their settlement is confirmed; what cannot be decided comes again and is no decision yet.
_CLAIMS = """
    FROM settlement_lines AS l
    JOIN settlements AS s ON s.id = l.settlement_id
    JOIN settlement_steps AS c ON c.settlement_id = s.id AND c.kind = 'confirm'
    WHERE l.kind = 'claim' AND s.program = ? AND c.done_on BETWEEN ? AND ?"""


@dataclass(frozen=True)
class FoundAlike:
    """So many decisions by one text with the same findings, verdict and row. `findings`: canonical JSON.

    `benefit` is "" for claims, whose programme answers one question.
    """

    digest: str
    benefit: str
    row: int
    verdict: str
    findings: str
    number: int


@dataclass(frozen=True)
class OneDecided:
    """One decision: `day` is the day decided for (a claim: of shipment), `about` the claim's number where it is one."""

    subject: str
    benefit: str
    verdict: str
    row: int
    day: str
    about: str
    findings: str


def runs_between(db: Database, program: str, first: date, last: date) -> list[tuple[int, str, str]]:
    """(id, digest of the text, digest of the rows) of the recorded runs whose day lies within first..last."""
    rows = db.execute(
        "SELECT id, digest, rows_digest FROM runs WHERE program = ? AND as_of BETWEEN ? AND ?",
        [program, first.isoformat(), last.isoformat()],
    )
    return [(int(number), str(digest), str(rows_digest)) for number, digest, rows_digest in rows]


def decided_in_run(db: Database, run: int, digest: str) -> list[FoundAlike]:
    """The decisions of a recorded run, grouped; they never change. `digest`: of the text that decided them."""
    rows = db.execute(
        "SELECT benefit, row, verdict, findings, count(*) FROM decisions WHERE run_id = ? GROUP BY 1, 2, 3, 4",
        [run],
    )
    return [FoundAlike(digest, *row) for row in rows]


def claims_decided(db: Database, program: str, first: date, last: date) -> list[FoundAlike]:
    """Claims whose settlement was confirmed within first..last, grouped."""
    rows = db.execute(
        f"SELECT s.digest, '', l.row, l.verdict, l.findings, count(*){_CLAIMS} GROUP BY 1, 3, 4, 5",
        [program, first.isoformat(), last.isoformat()],
    )
    return [FoundAlike(*row) for row in rows]


def goods_found(
    db: Database, program: str, first: date, last: date, benefit: str, findings: Collection[str], most: int
) -> list[OneDecided]:
    """The recorded decisions about a benefit with these findings, the latest first, at most so many."""
    rows = db.execute(
        f"SELECT d.subject, d.benefit, d.verdict, d.row, r.as_of, '', d.findings{_GOODS}"
        " AND d.benefit = ? AND d.findings IN (SELECT value FROM json_each(?)) ORDER BY r.as_of DESC, d.id DESC LIMIT ?",
        [program, first.isoformat(), last.isoformat(), benefit, json_text(sorted(findings)), most],
    )
    return [OneDecided(*row) for row in rows]


def claims_found(
    db: Database, program: str, first: date, last: date, findings: Collection[str], most: int
) -> list[OneDecided]:
    """The settled claims with these findings, the latest first, at most so many."""
    rows = db.execute(
        f"SELECT l.subject, '', l.verdict, l.row, l.shipped_on, l.claim_no, l.findings{_CLAIMS}"
        " AND l.findings IN (SELECT value FROM json_each(?)) ORDER BY c.done_on DESC, l.id DESC LIMIT ?",
        [program, first.isoformat(), last.isoformat(), json_text(sorted(findings)), most],
    )
    return [OneDecided(*row) for row in rows]
