"""The running application: its one database, the one writer, and readers for everybody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from data import settings
from data.kept_reader import KeptReader
from data.reader_pool import ReaderPool
from data.store import Database, Writer, open_writer, reading
from data.waiting import change_threads_often
from office.days import now

DEFAULT_DATABASE = Path("var/office.db")


class NotRunning(RuntimeError):
    """The writer was asked for before `start` or after `stop`."""


class _State:
    path: Path | None = None
    writer: Writer | None = None
    questions = KeptReader()
    readers = ReaderPool()


def start(db_path: Path | str | None = None) -> None:
    """Open the one writer of the process on `db_path` (default: $OFFICE_DB, else var/office.db).

    Raises what `open_writer` raises: no database there, another process writes to it, not a
    database of ours, an older or newer layout; each a data.store.StoreProblem in words.
    """
    if _State.writer is not None:
        raise RuntimeError("the application is already running")
    path = Path(db_path) if db_path is not None else configured_path()
    change_threads_often()
    _State.writer = open_writer(path)
    _State.path = path


def stop() -> None:
    """Close the writer; a second call does nothing."""
    open_one, _State.writer, _State.path = _State.writer, None, None
    _State.questions.close()  # first, for the writer's closing folds the WAL back only as the last one
    _State.readers.close()
    if open_one is not None:
        open_one.close()


def configured_path() -> Path:
    """Where the database is unless `start` was told otherwise."""
    return Path(os.environ.get("OFFICE_DB") or DEFAULT_DATABASE)


def database_path() -> Path:
    """The running application's database."""
    return _State.path or configured_path()


def writer() -> Writer:
    """The one writer; `with writer().transaction() as db:` around every change."""
    if _State.writer is None:
        raise NotRunning("no writer: the application was not started")
    return _State.writer


@contextmanager
def reader() -> Iterator[Database]:
    """A read-only connection of its own, for one run of a page; given back or closed on leaving.

    While the application runs they stay open between runs, a few of them.
    """
    if _State.writer is None:
        with reading(database_path()) as db:
            yield db
    else:
        with _State.readers.lent(database_path()) as db:
            yield db


@contextmanager
def question() -> Iterator[Database]:
    """A read-only connection for a single question by its key, quick enough for the event loop.

    While the application runs it is one that stays open; ask no other question inside the block.
    """
    if _State.writer is None:
        with reader() as db:
            yield db
    else:
        with _State.questions.asked(database_path()) as db:
            yield db


def is_demonstration() -> bool:
    """Whether the database is marked as holding invented data."""
    with question() as db:
        return settings.is_demonstration(db)


def working_day() -> date:
    """The stored day of a demonstration database, the clock's day here of an office's."""
    with question() as db:
        return settings.working_day(db, now())
