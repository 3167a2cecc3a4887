"""The one way to write casework: rows of several tables as one entry of the chain, with a digest of each table's.

The tables stand in `data/casework/casework_tables.py`; their triggers refuse what must not be. `CASEWORK_TABLES` gives each
table's own columns in order, so that a digest can be taken again from what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from data import chain
from data.canonical import Cell, rows_digest
from data.many_rows import insert

Row = Mapping[str, Cell]
RECORDED = ("recorded_seq", "recorded_at", "recorded_by")
ACTIONS = (
    *("act", "packaging", "settlement", "public_notice"),
    *("reported_figure", "scenario", "bulletin", "assessment", "veto"),
    *("rule_draft", "rule_case", "publication", "confirmation"),
    *("audit_sample", "audit_finding", "recheck"),
    *("account", "personal", "backup"),
)

CASEWORK_TABLES: Mapping[str, tuple[str, ...]] = {
    "acts": (
        "id",
        "good_entity",
        "subject",
        "benefit",
        "kind",
        "done_on",
        "case_id",
        "state",
        "effective_on",
        "overrides",
        "decision_id",
        "delivered_on",
        "defence_until",
        "document_no",
        "reason",
        "details",
    ),
    "packaging_moves": (
        "id",
        "slip_no",
        "kind",
        "item_entity",
        "quantity",
        "from_place",
        "to_place",
        "from_good",
        "to_good",
        "subject",
        "act_id",
        "done_on",
        "reason",
    ),
    "settlements": (
        "id",
        "number",
        "program",
        "digest",
        "claimed_until",
        "done_on",
        "known_at",
        "known_seq",
        "parameters",
        "engines",
        "pool",
        "lines",
        "due",
        "paid",
        "note",
    ),
    "settlement_lines": (
        "id",
        "settlement_id",
        "kind",
        "shipment_entity",
        "shipment_row",
        "claim_no",
        "subject",
        "household_no",
        "shipped_on",
        "verdict",
        "row",
        "findings",
        "facts",
        "evidence",
        "due",
        "capped",
        "paid",
        "adjusts",
    ),
    "settlement_steps": ("id", "settlement_id", "kind", "done_on", "document_no", "reason"),
    "public_notices": (
        "id",
        "number",
        "kind",
        "settlement_id",
        "period_from",
        "period_to",
        "posted_on",
        "days",
        "ends_on",
        "place",
        "phone",
        "entries",
    ),
    "public_notice_steps": ("id", "notice_id", "kind", "done_on", "answers", "text"),
    "documents": (
        "id",
        "number",
        "series",
        "year",
        "serial",
        "kind",
        "about",
        "subject",
        "done_on",
        "context",
    ),
    "reported_figures": ("id", "target", "as_of", "known_at", "done_on", "digest", "figures", "remark"),
    "scenarios": ("id", "name", "version", "removed", "levers", "note"),
    "bulletins": (
        *("id", "month", "edition", "number", "done_on", "known_at"),
        *("context", "changes", "remark"),
    ),
    "assessments": (
        *("id", "period_from", "period_to", "edition", "number", "done_on", "known_at"),
        *("digest", "scores", "changes", "remark"),
    ),
    "vetoes": ("id", "township_code", "year", "kind", "done_on", "reason", "document_no"),
    "rule_drafts": ("id", "name", "program", "version", "removed", "based_on", "text", "note"),
    "rule_cases": ("id", "program", "name", "version", "removed", "text"),
    "publications": (
        *("id", "program", "digest", "kind", "effective_on", "based_on"),
        *("done_on", "reason", "document_no"),
    ),
    "publication_steps": ("id", "publication_id", "kind", "done_on", "document_no", "reason"),
    "confirmations": (
        *("id", "file", "part", "kind", "stated", "confirmed_by", "confirmed_on"),
        *("document_no", "remark", "done_on"),
    ),
    "audit_samples": (
        *("id", "number", "seed", "size", "population", "population_digest"),
        *("asked", "drawn", "done_on", "remark"),
    ),
    "audit_findings": ("id", "sample_id", "decision_id", "kind", "text", "done_on"),
    "rechecks": (
        *("id", "head_seq", "head_hash", "decisions", "differences"),
        *("first", "seconds", "done_on"),
    ),
    "accounts": (
        *("id", "login", "name", "role", "active", "kind"),
        *("password_digest", "code_digest", "reason"),
    ),
    "personal_steps": (
        *("id", "kind", "register", "household_no", "fields", "rows"),
        *("answers", "reason", "done_on"),
    ),
    "backups": (
        *("id", "kind", "cause", "file", "bytes", "sha256", "head_seq", "head_hash"),
        *("counts", "copies", "seconds", "note"),
    ),
}


def next_id(db: Database, table: str) -> int:
    """The number that the next row of a casework table has."""
    _known(table)
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def record(db: Database, action: str, tables: Mapping[str, Sequence[Row]], *, at: datetime, by: str) -> int:
    """Write rows inside the caller's transaction, in the order given, as one chain entry; gives its number.

    Each row names its own columns (CASEWORK_TABLES), `id` included and in order from `next_id`; a column that it
    does not name is empty. Raises sqlite3.IntegrityError for what the tables refuse, ValueError for an unknown
    action, table or column.
    """
    if action not in ACTIONS:
        raise ValueError(f"{action} is no action of casework")
    ordered = {table: [_ordered(table, row) for row in rows] for table, rows in tables.items() if rows}
    seq = chain.append(db, at=at, actor=by, action=action, body={"rows": digests(ordered)})
    recorded = (seq, chain.entry_at(db, seq), by)
    for table, rows in ordered.items():
        insert(db.conn, table, (*CASEWORK_TABLES[table], *RECORDED), rows, recorded)
    return seq


def digests(tables: Mapping[str, Sequence[Sequence[Cell]]]) -> dict[str, dict[str, Any]]:
    """How many rows of each table an entry has, and their digest."""
    return {table: {"count": len(rows), "digest": rows_digest(rows)} for table, rows in tables.items()}


def _ordered(table: str, row: Row) -> tuple[Cell, ...]:
    columns = _known(table)
    if strangers := row.keys() - set(columns):
        raise ValueError(f"{table} has no column {', '.join(sorted(strangers))}")
    return tuple(row.get(column) for column in columns)


def _known(table: str) -> tuple[str, ...]:
    if table not in CASEWORK_TABLES:
        raise ValueError(f"{table} is no table of casework")
    return CASEWORK_TABLES[table]
