"""Reading connections that stay open between the runs of pages: SQLite reads the layout of every table anew for each
that is opened, which takes longer than most questions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from data.connections import problem_of
from data.problems import Missing
from data.store import readable

MOST_IDLE = 6  # more are open while more people look at once, and closed as they come back
_MARK = "reader_is_idle"

Place = tuple[Path, int, int]


class ReaderPool:
    """Lends each run a connection of its own; every question on it sees what is committed by then.

    A connection comes back into the pool only if nothing is being read on it any more: else it would keep an
    earlier state of the file alive for whoever gets it next.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[Place, Database]] = []

    @contextmanager
    def lent(self, path: Path) -> Iterator[Database]:
        """A connection for the length of the block. Raises as `data.store.open_reader`."""
        file = path.resolve()
        place = _place_of(file)
        db = self._taken(place) or readable(file, shared=True)
        try:
            yield db
        except sqlite3.DatabaseError as error:
            if problem := problem_of(error, file):
                db.close()
                raise problem from error
            raise
        finally:
            self._back(place, db)

    def close(self) -> None:
        """Close all that are not lent; those that are close themselves only if the pool is full by then."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, db in idle:
            db.close()

    def _taken(self, place: Place) -> Database | None:
        with self._lock:
            fit = [pair for pair in self._idle if pair[0] == place]
            old, self._idle = [pair for pair in self._idle if pair[0] != place], fit[:-1]
        for _, db in old:  # of a file that was replaced
            db.close()
        return fit[-1][1] if fit else None

    def _back(self, place: Place, db: Database) -> None:
        if _is_idle(db.conn):
            with self._lock:
                if len(self._idle) < MOST_IDLE:
                    self._idle.append((place, db))
                    return
        db.close()


def _place_of(file: Path) -> Place:
    try:
        found = file.stat()
    except FileNotFoundError:
        raise Missing.file(file) from None
    return file, found.st_dev, found.st_ino


def _is_idle(conn: sqlite3.Connection) -> bool:
    """SQLite replaces a function only while no statement is under way; nothing else tells from here."""
    try:
        conn.create_function(_MARK, 0, None)
        conn.create_function(_MARK, 0, _nothing)
    except sqlite3.Error:  # also: closed
        return False
    return not conn.in_transaction


def _nothing() -> None:
    return None
