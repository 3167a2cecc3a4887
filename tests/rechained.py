"""Somebody with the file, the source and patience: after a change every digest and every hash is made to fit again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.canonical import canonical, json_text, rows_digest, sha256_of
from data.casework.ledger import ACTIONS, CASEWORK_TABLES
from data.chain import entry_hash
from data.decisions import DECISION_COLUMNS
from data.register import REGISTERS
from data.tables import digest_columns
from tests.recorded import raw

Statement = str | tuple[str, Sequence[Any]]
OF_A_RUN = ("program", "digest", "as_of", "known_at", "known_seq", "goods", "decisions")


def rechained(file: Path, *statements: Statement) -> None:
    """Change protected rows, then write every digest and hash anew, so that only deciding again can tell."""
    conn = raw(file)
    triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        conn.execute(*((statement,) if isinstance(statement, str) else statement))
    _programs(conn)
    _chain(conn)
    for _, sql in triggers:
        conn.execute(sql)
    conn.close()


def _programs(conn: sqlite3.Connection) -> None:
    for digest, text in conn.execute("SELECT digest, text FROM programs").fetchall():
        fitting = sha256_of(text.encode())
        if fitting != digest:
            for table in ("programs", "runs", "settlements", "publications"):
                conn.execute(f"UPDATE {table} SET digest = ? WHERE digest = ?", [fitting, digest])


def _chain(conn: sqlite3.Connection) -> None:
    prev = conn.execute("SELECT value FROM settings WHERE key = 'genesis'").fetchone()[0]
    for seq, at, actor, action, text in conn.execute(
        "SELECT seq, at, actor, action, body FROM chain ORDER BY seq"
    ).fetchall():
        body = canonical(_fitting(conn, seq, action, json.loads(text))).decode()
        fresh = entry_hash(seq, at, actor, action, body, prev)
        conn.execute("UPDATE chain SET body = ?, prev = ?, hash = ? WHERE seq = ?", [body, prev, fresh, seq])
        prev = fresh


def _fitting(conn: sqlite3.Connection, seq: int, action: str, body: dict[str, Any]) -> dict[str, Any]:
    if action == "import":
        columns = digest_columns(REGISTERS[body["register"]])
        return {**body, "digest": rows_digest(_rows(conn, body["register"], columns, seq))}
    if action == "decide":
        return _of_run(conn, body)
    if action in ACTIONS:
        rows = {table: _rows(conn, table, CASEWORK_TABLES[table], seq) for table in body["rows"]}
        return {"rows": {table: {"count": len(of), "digest": rows_digest(of)} for table, of in rows.items()}}
    return body


def _of_run(conn: sqlite3.Connection, body: dict[str, Any]) -> dict[str, Any]:
    run = body["run"]
    decisions = conn.execute(
        f"SELECT {DECISION_COLUMNS} FROM decisions WHERE run_id = ? ORDER BY id", [run]
    ).fetchall()
    counted = [len({row[2] for row in decisions}), len(decisions), rows_digest(decisions), run]
    conn.execute("UPDATE runs SET goods = ?, decisions = ?, rows_digest = ? WHERE id = ?", counted)
    row = conn.execute(
        f"SELECT {', '.join(OF_A_RUN)}, rows_digest, parameters, engines FROM runs WHERE id = ?", [run]
    ).fetchone()
    parts = {"parameters": json.loads(row[-2]), "engines": json.loads(row[-1]), "rows_digest": row[-3]}
    return {**body, **dict(zip(OF_A_RUN, row, strict=False)), **parts}


def _rows(conn: sqlite3.Connection, table: str, columns: Sequence[str], seq: int) -> list[tuple[Any, ...]]:
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE recorded_seq = ? ORDER BY id"
    return conn.execute(sql, [seq]).fetchall()


def altered_json(file: Path, table: str, row: int, column: str, **values: Any) -> Statement:
    """The statement that changes some values of a JSON object in a row."""
    conn = raw(file)
    text = conn.execute(f"SELECT {column} FROM {table} WHERE id = ?", [row]).fetchone()[0]
    conn.close()
    return f"UPDATE {table} SET {column} = ? WHERE id = ?", [json_text({**json.loads(text), **values}), row]
