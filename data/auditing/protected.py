"""Every table that the chain protects, and all its rows exactly as they lie there, damaged ones too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlite_utils import Database

from data.canonical import Cell
from data.casework.ledger import CASEWORK_TABLES, RECORDED
from data.decisions import DECISION_COLUMNS, RUN_COLUMNS
from data.problems import Refused
from data.register import REGISTERS, Register
from data.tables import RECORD_COLUMNS, derived_columns, digest_columns

Kind = Literal["chain", "settings", "programs", "runs", "decisions", "register", "casework"]


@dataclass(frozen=True)
class Protected:
    """One table. `covered` are the columns under its entry's digest (or said by the entry itself), `recorded` who
    recorded a row when; `derived` maps a column that SQLite computes to what it is computed from, and how."""

    name: str
    kind: Kind
    order: str
    covered: tuple[str, ...]
    recorded: tuple[str, ...] = ()
    derived: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column, in the order of the rows."""
        return (*self.covered, *self.recorded, *self.derived)


def protected_tables() -> tuple[Protected, ...]:
    """All of them, in the order in which they are looked through."""
    runs, decisions = (tuple(columns.split(", ")) for columns in (RUN_COLUMNS, DECISION_COLUMNS))
    return (
        Protected("settings", "settings", "key", ("key", "value")),
        Protected("chain", "chain", "seq", ("seq", "at", "actor", "action", "body", "prev", "hash")),
        *(_of_register(register) for register in REGISTERS.values()),
        Protected("runs", "runs", "id", runs),
        Protected("decisions", "decisions", "id", decisions),
        Protected("programs", "programs", "rowid", ("digest", "program", "text", "recorded_seq")),
        *(Protected(name, "casework", "id", own, RECORDED) for name, own in CASEWORK_TABLES.items()),
    )


@contextmanager
def as_it_lies(db: Database) -> Iterator[None]:
    """One view of the file for the block; bytes that are no UTF-8 come as lone surrogates, so that none is lost."""
    before = db.conn.text_factory
    db.conn.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        with db.atomic():
            yield
    except sqlite3.OperationalError as error:
        raise Refused(
            f"数据库不完整，打不成审计包（{error}）。请先运行 verify。",
            f"The database is not whole and no pack can be made of it ({error}). Run verify first.",
        ) from error
    finally:
        db.conn.text_factory = before


def rows_of(db: Database, table: Protected) -> Iterator[tuple[Cell, ...]]:
    """All rows of a table, one by one."""
    # Quoted: a column may bear a word of SQL (`row`, `key`).
    columns = ", ".join(f'"{name}"' for name in table.columns)
    return iter(db.execute(f"SELECT {columns} FROM {table.name} ORDER BY {table.order}"))


def count_of(db: Database, table: Protected) -> int:
    """How many rows it has."""
    return int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])


def _of_register(register: Register) -> Protected:
    covered, derived = digest_columns(register), derived_columns(register)
    return Protected(register.name, "register", "id", covered, RECORD_COLUMNS, derived)


def last_entry(db: Database) -> dict[str, Any]:
    """The chain's newest entry as it lies there."""
    row = db.execute("SELECT seq, hash, at FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    return dict(zip(("seq", "hash", "at"), row or (0, "", ""), strict=True))
