"""The rows of a large import, laid into a temporary table of the writer before anybody has to wait for them.

What is left for the transaction is one statement, which SQLite carries out by itself: a third of the time, and no
other thread of Python can be in its way, however busy the pages are. The table lies in memory and ends with the block.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

from data.canonical import Cell
from data.many_rows import insert
from data.problems import StoreProblem
from data.store import Writer

FEW = 1_000  # fewer are written as quickly without
AT_ONCE = 5_000  # rows laid in one turn: about 30 ms
_NUMBERS = count(1)


@contextmanager
def laid_ready(
    writer: Writer, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Iterator[str | None]:
    """The name of the temporary table that holds the rows for the length of the block; None for few rows.

    Others may write between its turns. Raises as `Writer.transaction`.
    """
    if len(rows) < FEW:
        yield None
        return
    name = f"laid_ready_{next(_NUMBERS)}"
    try:
        with writer.transaction() as db:
            db.conn.execute(f"CREATE TEMP TABLE {name} ({', '.join(columns)})")
        for first in range(0, len(rows), AT_ONCE):
            with writer.transaction() as db:
                insert(db.conn, f"temp.{name}", columns, rows[first : first + AT_ONCE])
        yield name
    finally:
        with suppress(StoreProblem), writer.transaction() as db:  # a closed writer has taken it along
            db.conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def pour(
    conn: sqlite3.Connection, laid: str, table: str, columns: Sequence[str], same: Sequence[Cell] = ()
) -> None:
    """Insert what lies ready, in its order; `same` are the values of the last columns, which every row has alike.

    Raises what the table's triggers and checks refuse.
    """
    alike = "".join(", ?" for _ in same)
    conn.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT *{alike} FROM temp.{laid} ORDER BY rowid", same
    )
