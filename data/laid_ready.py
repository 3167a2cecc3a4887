"""The rows of a large import, laid ready as a small database in bytes before anybody has to wait for them.

The writer takes the bytes over as they are, so that one statement is left for the transaction: SQLite carries it out
by itself, and no other thread of Python can be in its way, however busy the pages are. Another process may lay them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from data.canonical import Cell
from data.connections import ROOM, fill_room, in_memory
from data.many_rows import insert

FEW = 1_000  # fewer are written as quickly without


def laid_ready(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The rows in their order, for `Writer.transaction(laid=…)` and `pour`."""
    with closing(in_memory()) as conn:
        conn.execute(f"CREATE TABLE laid_rows ({', '.join(columns)})")
        conn.execute("BEGIN")
        insert(conn, "laid_rows", columns, rows)
        conn.execute("COMMIT")
        return conn.serialize()


_NOTHING = laid_ready(["no_column"], [])


@contextmanager
def taken_over(conn: sqlite3.Connection, laid: bytes | None) -> Iterator[None]:
    """The rows lie in the connection's memory for the length of the block, which is outside of any transaction."""
    if laid is None:
        yield
        return
    fill_room(conn, laid)
    try:
        yield
    finally:
        fill_room(conn, _NOTHING)


def pour(conn: sqlite3.Connection, table: str, columns: Sequence[str], same: Sequence[Cell] = ()) -> None:
    """Insert what was taken over, in its order; `same` are the values of the last columns, which every row has alike.

    Raises what the table's triggers and checks refuse.
    """
    alike = "".join(", ?" for _ in same)
    conn.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT *{alike} FROM {ROOM}.laid_rows ORDER BY rowid",
        same,
    )
