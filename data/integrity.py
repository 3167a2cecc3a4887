"""Whether the database still is what was recorded: SQLite's own checks, structure, chain, and every row's digest.

What lies after the last anchor noted outside the file can be rewritten by whoever can write the file; `anchor`
brings such a note back.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from data.as_numbers import day_number
from data.canonical import rows_digest
from data.casework.ledger import ACTIONS, CASEWORK_TABLES, RECORDED
from data.chain import Difference, check_chain
from data.decisions import DECISION_COLUMNS, RUN_COLUMNS, run_row
from data.integrity_texts import texts
from data.protection.accounts import secrets_that_differ
from data.register import REGISTERS, Register
from data.settings import FIXED
from data.store import empty_copy
from data.tables import RECORD_COLUMNS, derived_columns, digest_columns, month_number
from data.words import Words

__all__ = ["Difference", "check"]


def check(db: Database, anchor: tuple[int, str] | None = None) -> list[Difference]:
    """What does not hold, the most basic first; empty if all holds. `anchor`: an entry's number and hash.

    Each stage rests on the one before it: file and structure, then the chain, then the rows it speaks of.
    """
    try:
        return list(_found(db, anchor))
    except sqlite3.DatabaseError:  # bytes that are no UTF-8, or a page that cannot be read at all
        return _found_in_damage(db, anchor)


def _found(db: Database, anchor: tuple[int, str] | None) -> Iterator[Difference]:
    """What the first stage finds that finds anything."""
    with db.atomic():  # one view of the file, whatever is written meanwhile
        for stage in (_file(db), _chain(db, anchor), _rows(db)):
            here = None
            for here in stage:
                yield here
            if here is not None:
                return


def _found_in_damage(db: Database, anchor: tuple[int, str] | None) -> list[Difference]:
    """The same as far as the file can be read. A byte that is no UTF-8 is an altered row with its place."""
    found: list[Difference] = []
    before = db.conn.text_factory
    db.conn.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    try:
        for difference in _found(db, anchor):
            found.append(difference)  # kept when the next one cannot be read
    except sqlite3.DatabaseError as error:
        found.append(_damaged(str(error)))
    finally:
        db.conn.text_factory = before
    return found or [
        _damaged("a text is no UTF-8")
    ]  # whatever it looks like written out, it is not what was written


def _file(db: Database) -> Iterator[Difference]:
    yield from _sqlite(db)
    yield from _structure(db)


def _chain(db: Database, anchor: tuple[int, str] | None) -> Iterator[Difference]:
    if broken := check_chain(db, anchor):
        yield broken


def _rows(db: Database) -> Iterator[Difference]:
    for part in (_registers, _runs, _casework, texts, _settings, secrets_that_differ):
        yield from part(db)


def _damaged(message: str, db: Database | None = None) -> Difference:
    """What SQLite says of the file; the place is the table that it names, if it names one."""
    tables = set(db.table_names()) if db is not None else set()
    named = [word for word in re.findall(r"\w+", message) if word in tables]
    place = named[-1] if named else "file"
    return Difference(place, Words(f"数据库文件损坏：{message}", f"The database file is damaged: {message}"))


def _sqlite(db: Database) -> Iterator[Difference]:
    for (message,) in db.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield _damaged(message, db)
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        zh, en = f"所指的 {parent} 不存在。", f"The {parent} it refers to does not exist."
        yield Difference(f"{table} {row}", Words(zh, en))


def _structure(db: Database) -> Iterator[Difference]:
    """Tables, indices and triggers must be, word for word, those that the migrations make."""
    expected = _expected()
    found = _statements(db)
    for name in [*expected, *(name for name in found if name not in expected)]:
        if name not in found:
            yield Difference(
                name, Words("此表、索引或触发器不见了。", "This table, index or trigger is missing.")
            )
        elif name not in expected:
            yield Difference(
                name, Words("不应有此表、索引或触发器。", "This table, index or trigger should not be here.")
            )
        elif found[name] != expected[name]:
            yield Difference(
                name, Words("此表、索引或触发器被改动过。", "This table, index or trigger was altered.")
            )


@cache
def _expected() -> dict[str, str]:
    with empty_copy() as fresh:
        return _statements(fresh)


def _statements(db: Database) -> dict[str, str]:
    rows = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY rowid"
    )
    return {f"{kind} {name}": sql for kind, name, sql in rows}


def _registers(db: Database) -> Iterator[Difference]:
    """Every import's rows must have its digest, and every row must belong to an import."""
    entries = db.execute(
        "SELECT seq, at, actor, body FROM chain WHERE action = 'import' ORDER BY seq"
    ).fetchall()
    expected: dict[str, dict[int, tuple[str, str, Any]]] = {name: {} for name in REGISTERS}
    for seq, at, actor, text in entries:
        body = json.loads(text)
        if body["register"] in expected:
            expected[body["register"]][seq] = (at, actor, body)
        else:
            yield _difference(body["register"], seq, "没有这样的登记簿。", "There is no such register.")
    for register in REGISTERS.values():
        yield from _register(db, register, expected[register.name])
        yield from _computed(db, register)


def _register(
    db: Database, register: Register, expected: dict[int, tuple[str, str, Any]]
) -> Iterator[Difference]:
    covered = digest_columns(register)
    columns = ", ".join((*covered, *RECORD_COLUMNS))
    rows = db.execute(f"SELECT {columns} FROM {register.name} ORDER BY id")
    missing = dict(expected)
    for seq, group in groupby(rows, key=lambda row: row[len(covered)]):
        recorded: set[Any] = set()
        digest = rows_digest(_noting(group, len(covered), recorded))
        entry = missing.pop(seq, None)
        if entry is None:
            yield _difference(
                register.name, seq, "有未经登记的行。", "There are rows that no import brought."
            )
        elif digest != entry[2]["digest"]:
            yield _difference(
                register.name, seq, "此次导入的行被改动过。", "Rows of this import were altered."
            )
        elif recorded != {(seq, *entry[:2], entry[2]["reason"])}:
            yield _difference(
                register.name, seq, "导入的时间、人或理由被改动过。", "Who, when or why was altered."
            )
    for seq in missing:
        yield _difference(register.name, seq, "此次导入的行不见了。", "The rows of this import are missing.")


def _computed(db: Database, register: Register) -> Iterator[Difference]:
    """Columns that SQLite computed from a day or a month and keeps: decisions read them, and no digest covers them."""
    for name, told in derived_columns(register).items():
        value = day_number(told["of"]) if told["as"] == "day" else month_number(told["of"])
        wrong = f"SELECT id FROM {register.name} WHERE {name} IS NOT ({value}) ORDER BY id LIMIT 1"
        for (row,) in db.execute(wrong).fetchall():
            zh, en = f"{name} 与 {told['of']} 不符。", f"{name} is not what {told['of']} gives."
            yield Difference(f"{register.name} {row}", Words(zh, en))


def _noting(rows: Iterator[tuple[Any, ...]], width: int, recorded: set[Any]) -> Iterator[tuple[Any, ...]]:
    """The part of each row that the digest covers; who, when and why are collected beside it."""
    for row in rows:
        recorded.add(row[width:])
        yield row[:width]


def _runs(db: Database) -> Iterator[Difference]:
    """Every run must be what its chain entry says, and its decisions must have its digest."""
    entries = db.execute("SELECT seq, at, actor, body FROM chain WHERE action = 'decide'")
    expected = {seq: run_row(json.loads(body), actor, at, seq) for seq, at, actor, body in entries}
    found = {row["recorded_seq"]: row for row in db.query(f"SELECT {RUN_COLUMNS} FROM runs ORDER BY id")}
    for seq in sorted({*expected, *found}):
        if expected.get(seq) != found.get(seq):
            yield _difference(
                "runs", seq, "此次判定的记录与链不符。", "The record of this run is not what the chain says."
            )
    digests = {row["id"]: (seq, row["rows_digest"]) for seq, row in expected.items()}
    rows = db.execute(f"SELECT {DECISION_COLUMNS} FROM decisions ORDER BY id")
    for run_id, group in groupby(rows, key=lambda row: row[1]):
        seq, digest = digests.pop(run_id, (0, ""))
        if rows_digest(group) != digest:
            yield _difference(
                "decisions", seq, "此次判定的结果被改动过。", "Decisions of this run were altered."
            )
    for seq, digest in digests.values():
        if digest != rows_digest(()):
            yield _difference(
                "decisions", seq, "此次判定的结果不见了。", "The decisions of this run are missing."
            )


def _casework(db: Database) -> Iterator[Difference]:
    """Every row of casework must belong to one of its entries, with the digest that the entry gives the table."""
    marks = ", ".join("?" * len(ACTIONS))
    entries = db.execute(
        f"SELECT seq, at, actor, body FROM chain WHERE action IN ({marks}) ORDER BY seq", list(ACTIONS)
    ).fetchall()
    expected: dict[str, dict[int, tuple[str, str, Any]]] = {table: {} for table in CASEWORK_TABLES}
    for seq, at, actor, text in entries:
        for table, given in json.loads(text)["rows"].items():
            if table in expected:
                expected[table][seq] = (at, actor, given)
            else:
                yield _difference(table, seq, "没有这样的表。", "There is no such table.")
    for table, of_table in expected.items():
        yield from _casework_table(db, table, of_table)


def _casework_table(
    db: Database, table: str, expected: dict[int, tuple[str, str, Any]]
) -> Iterator[Difference]:
    columns = CASEWORK_TABLES[table]
    rows = db.execute(f"SELECT {', '.join((*columns, *RECORDED))} FROM {table} ORDER BY id")
    missing = dict(expected)
    for seq, group in groupby(rows, key=lambda row: row[len(columns)]):
        kept = list(group)
        entry = missing.pop(seq, None)
        given = {"count": len(kept), "digest": rows_digest(row[: len(columns)] for row in kept)}
        if entry is None:
            yield _difference(table, seq, "有未经登记的行。", "There are rows that no entry brought.")
        elif given != entry[2]:
            yield _difference(table, seq, "此次办理的行被改动过。", "Rows of this entry were altered.")
        elif {row[len(columns) :] for row in kept} != {(seq, *entry[:2])}:
            yield _difference(table, seq, "办理的时间或人被改动过。", "Who or when was altered.")
    for seq in missing:
        yield _difference(table, seq, "此次办理的行不见了。", "The rows of this entry are missing.")


def _settings(db: Database) -> Iterator[Difference]:
    """Every setting must have the value that the chain gave it last."""
    bodies = db.execute("SELECT body FROM chain WHERE action = 'setting' ORDER BY seq")
    expected = {body["key"]: body["value"] for (text,) in bodies if (body := json.loads(text))}
    found = {key: value for key, value in db.execute("SELECT key, value FROM settings") if key not in FIXED}
    for key in sorted({*expected, *found}):
        if expected.get(key) != found.get(key):
            zh, en = "设置的值与链中所记不符。", "The setting does not have the value recorded in the chain."
            yield Difference(f"settings {key}", Words(zh, en))


def _difference(table: str, seq: int, zh: str, en: str) -> Difference:
    return Difference(f"{table}, chain {seq}", Words(zh, en))
