"""The door to the database file: one writer per file, readers that cannot write, and what can go wrong in words.

SQLite before 3.51.3 can damage a WAL file when two connections write; the lock beside the file and the single
writer behind it close that. Nothing else in the project opens a connection.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from sqlite_utils import Database

from data import chain
from data.connections import (
    check_usable,
    connected,
    guard,
    in_memory,
    is_empty,
    make_room,
    problem_of,
    set_pragmas,
    version_of,
)
from data.drives import must_not_be_on_network
from data.folding import Folding
from data.laid_ready import taken_over
from data.migrations import migrations
from data.problems import Busy, DiskFull, Missing, Newer, NotADatabase, Outdated, StoreProblem, Unreachable
from data.same_file import SameFile
from data.waiting import Turns

__all__ = [
    "SQLITE_VERSION",
    "Busy",
    "Database",
    "DiskFull",
    "Missing",
    "Newer",
    "NotADatabase",
    "Outdated",
    "StoreProblem",
    "Unreachable",
    "Writer",
    "empty_copy",
    "open_reader",
    "open_writer",
    "reading",
    "utc_now",
]

WAIT_SECONDS = 10.0
CLOSING_SECONDS = 60.0  # a long import is let finish
SQLITE_VERSION = sqlite3.sqlite_version


def utc_now() -> datetime:
    return datetime.now(UTC)


class Writer:
    """The one connection that writes, owned until `close`; threads take turns in `transaction`."""

    def __init__(self, path: Path, lock: BaseFileLock, db: Database, clock: Callable[[], datetime]) -> None:
        self.path, self.now = path, clock
        self._file_lock, self._db = lock, db
        self._turns, self._holder, self._same = Turns(), 0, SameFile(path)
        self._closed = False
        self._folding = Folding(db.conn)

    @contextmanager
    def transaction(self, *, laid: bytes | None = None) -> Iterator[Database]:
        """All or nothing: committed at the end of the block, rolled back on anything that is raised in it.

        `laid`: the rows of a large import, for `data.laid_ready.pour`. sqlite-utils calls inside join it. Threads come in the order of asking; `data.waiting.told_while_waiting`
        tells a person who waits. Raises `Busy` after ten seconds of waiting, `DiskFull`, `Gone` where the file was
        moved away meanwhile.
        """
        if self._holder == threading.get_ident():
            raise RuntimeError("this thread already has a transaction open")
        if not self._turns.take(WAIT_SECONDS):
            raise Busy.writing()
        self._holder = threading.get_ident()
        try:
            if self._closed:
                raise Busy.closing()
            self._same.must_still_be_there(self._db.conn)
            if laid is not None:
                self._folding.put_off()
            with taken_over(self._db.conn, laid), _all_or_nothing(self._db.conn, self.path):
                self._same.note_wal()
                yield self._db
        finally:
            self._holder = 0
            if not self._closed:
                self._folding.after_turn(others_wait=self._turns.are_awaited)
            self._turns.pass_on()

    def close(self) -> None:
        """Close the connection, which folds the WAL back into the file, and let go of the file.

        Waits for who is writing: SQLite ends the process where a connection is closed under another thread's hands.
        Who comes later hears that the application is closing.
        """
        ours = self._holder != threading.get_ident() and self._turns.take(CLOSING_SECONDS)
        self._closed = True
        try:
            self._db.close()
        finally:
            self._file_lock.release()
            if ours:
                self._turns.pass_on()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_writer(
    path: str | Path, *, clock: Callable[[], datetime] = utc_now, migrate: bool = False
) -> Writer:
    """Take the database for this process; with `migrate` it is made or brought up to date first.

    Raises `Busy` (another process has it), `Missing`, `Unreachable`, `NotADatabase`, `Outdated`, `Newer`.
    """
    file = Path(path).resolve()
    if not migrate and file.parent.is_dir() and not file.is_file():
        raise Missing.file(file)
    must_not_be_on_network(file)
    lock = _locked(file)
    made = False
    try:
        made = migrate and _made(file)
        db = _writable(file, new=migrate)
        try:
            writer = Writer(file, lock, db, clock)
            if migrate:
                _brought_up_to_date(writer, db)
            guard(db.conn)
            return writer
        except BaseException:
            db.close()
            raise
    except BaseException:
        if made:
            file.unlink(missing_ok=True)
        lock.release()
        raise


def open_reader(path: str | Path) -> Database:
    """A connection that cannot write, for one run; the caller closes it. Raises as `open_writer`."""
    file = Path(path).resolve()
    if not file.is_file():
        raise Missing.file(file)
    try:
        return readable(file)
    except Unreachable:
        # SQLite keeps files beside a database in use and cannot make them in a folder that is read-only.
        # Where they and our lock are missing nobody writes, and the file can be read as it lies.
        if any(file.with_name(file.name + ending).exists() for ending in ("-wal", ".lock")):
            raise
        return readable(file, "ro&immutable=1")


@contextmanager
def reading(path: str | Path) -> Iterator[Database]:
    """`open_reader`, closed at the end of the block; damage that shows only then is said in words too."""
    with closing(open_reader(path)) as db:
        try:
            yield db
        except sqlite3.DatabaseError as error:
            if problem := problem_of(error, Path(path).resolve()):
                raise problem from error
            raise


@contextmanager
def empty_copy() -> Iterator[Database]:
    """A database in memory as the migrations make it, to compare a file's structure with."""
    with closing(in_memory()) as conn:
        db = Database(conn, recursive_triggers=False, execute_plugins=False)
        migrations.apply(db)
        yield db


def _locked(file: Path) -> BaseFileLock:
    """The operating system's lock beside the file: it dies with the process that holds it."""
    if not file.parent.is_dir():
        raise Missing.folder(file.parent)
    lock = FileLock(
        f"{file}.lock",
        timeout=0,
        mode=0o600,
        thread_local=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )
    try:
        lock.acquire()
    except Timeout:
        raise Busy.elsewhere(file) from None
    except OSError as error:
        raise Unreachable.to_write(file, error) from error
    return lock


def _made(file: Path) -> bool:
    """Make the file, readable by its owner only, if there is none; tells whether it did."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise Unreachable.to_write(file, error) from error
    return True


def readable(file: Path, mode: str = "ro", *, shared: bool = False) -> Database:
    """A connection that cannot write; `shared` as in `connected`."""
    conn = connected(file, mode, shared=shared)
    try:
        check_usable(conn, file)
        set_pragmas(conn, query_only=1)
        return Database(conn, recursive_triggers=False, execute_plugins=False)
    except BaseException:
        conn.close()
        raise


def _writable(file: Path, *, new: bool) -> Database:
    if not file.is_file():
        raise Missing.file(file)
    # SQLite would open it for reading only, without a word.
    if not os.access(file, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise Unreachable.to_write(file, PermissionError("read-only"))
    conn = connected(file, "rw", shared=True)
    try:
        if not new:
            check_usable(conn, file)
        elif not is_empty(conn, file):
            version_of(conn, file)
        set_pragmas(conn)
        if conn.execute("PRAGMA journal_mode = WAL").fetchone() != (
            "wal",
        ):  # as on a drive without shared memory
            raise Unreachable.to_write(file, OSError("no WAL"))
        conn.execute("PRAGMA cache_size = -65536")  # 64 MB: a large import does not spill half-way
        conn.execute("PRAGMA temp_store = MEMORY")  # what it puts aside meanwhile lies in no file
        make_room(conn)
    except sqlite3.OperationalError as error:
        conn.close()
        raise problem_of(error, file) or Unreachable.to_write(file, error) from error
    except BaseException:
        conn.close()
        raise
    return Database(conn, recursive_triggers=False, execute_plugins=False)


def _brought_up_to_date(writer: Writer, db: Database) -> None:
    """Apply the pending migrations, all in one transaction, and note in the chain that a file was changed."""
    names = [migration.name for migration in migrations.pending(db)]
    if not names:
        return
    with writer.transaction():
        is_new = not migrations.applied(db)
        migrations.apply(db)
        if not is_new:  # a new database's chain begins with its first record, whatever day that bears
            chain.append(db, at=writer.now(), actor="system", action="migrate", body={"steps": names})


@contextmanager
def _all_or_nothing(conn: sqlite3.Connection, file: Path) -> Iterator[None]:
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise problem_of(error, file) or Busy.by_another_program(file) from error
    try:
        yield
        conn.execute("COMMIT")
    except BaseException as error:
        # BaseException: Streamlit ends a run with one that is no Exception.
        with suppress(sqlite3.Error):
            if conn.in_transaction:
                conn.execute("ROLLBACK")
        if problem := problem_of(error, file):
            raise problem from error
        raise
