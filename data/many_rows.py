"""Many rows into a table with few statements.

`executemany` runs one statement a row, and between two of them Python lets other threads go first: beside busy pages
100,000 rows would hold the writer for half a minute. A thousand rows a statement take a thousandth of those turns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain

from data.canonical import Cell

# Few different sizes, because SQLite's compiled statements are kept; what remains goes row by row.
SIZES = (1_000, 100)


def insert(
    conn: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    same: Sequence[Cell] = (),
) -> None:
    """Insert rows in their order; `same` are the values of the last columns, which every row has alike.

    All or nothing is the caller's transaction. Raises what the table's triggers and checks refuse.
    """
    width, done = len(columns) - len(same), 0
    most = conn.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) - len(same)
    for size in SIZES:
        if size * width > most or len(rows) - done < size:
            continue
        sql = _statement(table, columns, len(same), size)
        while len(rows) - done >= size:
            conn.execute(sql, [*same, *chain.from_iterable(rows[done : done + size])])
            done += size
    conn.executemany(_statement(table, columns, len(same), 1), ((*same, *row) for row in rows[done:]))


def _statement(table: str, columns: Sequence[str], alike: int, rows: int) -> str:
    """The values that every row has alike are numbered first and bound once; a bare `?` takes the next number."""
    shared = [f"?{number}" for number in range(1, alike + 1)]
    row = ["?"] * (len(columns) - alike)
    first = f"({', '.join([f'?{alike + 1}', *row[1:], *shared])})"
    others = f", ({', '.join([*row, *shared])})" * (rows - 1)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {first}{others}"
