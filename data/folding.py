"""Bringing what was written from the WAL into the file: after a large import only once nobody waits any more.

SQLite does so within the commit that fills the WAL, before anybody else may write: a fifth of a second for the pages
of 100,000 rows, which those who have waited for the import would wait as well.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

FOLDED_AT = 1_000  # pages in the WAL; SQLite's own number
MOST_TURNS = 100  # of others before it is done all the same


class Folding:
    """For the one connection that writes; called by whoever has the turn."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._turns: int | None = None  # since a large import; None: SQLite does it by itself

    def put_off(self) -> None:
        """A large import is about to be written."""
        self._conn.execute("PRAGMA wal_autocheckpoint = 0")
        self._turns = 0

    def after_turn(self, *, others_wait: bool) -> None:
        """Do what was put off, unless others wait and have not waited for too many already."""
        if self._turns is None:
            return
        if others_wait and self._turns < MOST_TURNS:
            self._turns += 1
            return
        self._turns = None
        with suppress(sqlite3.Error):  # it is tried again after the next write, as SQLite itself does
            self._conn.execute("PRAGMA main.wal_checkpoint(PASSIVE)").fetchall()
        with suppress(sqlite3.Error):
            self._conn.execute(f"PRAGMA wal_autocheckpoint = {FOLDED_AT}")
