"""A reading connection that stays open: opening one makes SQLite read the layout of every table, which takes longer
than any single question."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from data.connections import problem_of
from data.store import readable


class KeptReader:
    """For single questions from any thread; whoever asks waits for the one before.

    Each question sees what is committed by then: answers are fetched whole inside the block, so that nothing
    is held of an earlier state. Opened anew where the path names another file, closed by `close`.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._db: Database | None = None
        self._of: tuple[Path, int, int] | None = None

    @contextmanager
    def asked(self, path: Path) -> Iterator[Database]:
        """The connection, for the length of the block. Raises as `data.store.open_reader`."""
        file = path.resolve()
        with self._turn:
            try:
                yield self._open(file)
            except BaseException as error:
                self._let_go()
                if isinstance(error, sqlite3.DatabaseError) and (problem := problem_of(error, file)):
                    raise problem from error
                raise

    def close(self) -> None:
        """Close it; the next question would open it again."""
        with self._turn:
            self._let_go()

    def _open(self, file: Path) -> Database:
        found = file.stat() if file.is_file() else None
        now = (file, found.st_dev, found.st_ino) if found else None
        if self._db is None or now != self._of:
            self._let_go()
            self._db, self._of = readable(file, shared=True), now
        return self._db

    def _let_go(self) -> None:
        kept, self._db, self._of = self._db, None, None
        if kept is not None:
            kept.close()
