"""Connections to the database file: how each is set up, whether the file is ours, what may not happen on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from data.migrations import APPLICATION_ID, SCHEMA
from data.problems import Busy, DiskFull, Missing, Newer, NotADatabase, Outdated, StoreProblem, Unreachable

PRAGMAS = {
    "foreign_keys": 1,
    "synchronous": 2,  # FULL: a commit that was answered survives a power cut
    "busy_timeout": 5000,
    "recursive_triggers": 1,  # without it INSERT OR REPLACE deletes past the DELETE trigger
    "trusted_schema": 0,
    "mmap_size": 0,
}
# SQLite tells the table in the first word of these …
_CHANGING = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE}
# … and in the second of these.
_ALTERING = {sqlite3.SQLITE_ALTER_TABLE, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_DROP_INDEX}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# Our own threads never meet these two: they take turns before they ask SQLite.
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BEYOND_REACH = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_ATTACHING = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
ROOM = "laid"  # what a writing connection calls the place for rows that lie ready (`data.laid_ready`)
_filling: ContextVar[bool] = ContextVar("filling_the_room", default=False)


def connected(file: Path, mode: str, *, shared: bool = False) -> sqlite3.Connection:
    """isolation_level None: no transaction begins or ends but by our own BEGIN and COMMIT.

    `shared`: threads take turns on it, behind a lock of their owner's.
    """
    try:
        return sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=not shared,
        )
    except sqlite3.OperationalError as error:
        raise Unreachable.to_read(file, error) from error


def in_memory() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    set_pragmas(conn)
    return conn


def set_pragmas(conn: sqlite3.Connection, **more: int) -> None:
    """Set them, and look whether they are: an SQLite built without one of them takes it without a word."""
    for name, value in {**PRAGMAS, **more}.items():
        conn.execute(f"PRAGMA {name} = {value}")
        found = conn.execute(f"PRAGMA {name}").fetchone()
        if found != (value,) and (name, found) != ("mmap_size", None):  # a database in memory has no mapping
            raise RuntimeError(f"SQLite {sqlite3.sqlite_version} does not keep {name} = {value}")


def make_room(conn: sqlite3.Connection) -> None:
    """Give a connection a database in memory beside its file; only before it is guarded."""
    conn.execute(f"ATTACH ':memory:' AS {ROOM}")


def fill_room(conn: sqlite3.Connection, content: bytes) -> None:
    """Put a database given as bytes in the room, in place of what was there; outside of any transaction.

    SQLite asks the guard for it as for an ATTACH.
    """
    before = _filling.set(True)
    try:
        conn.deserialize(content, name=ROOM)
    finally:
        _filling.reset(before)


def is_empty(conn: sqlite3.Connection, file: Path) -> bool:
    with _told(file):
        return not conn.execute("SELECT 1 FROM sqlite_master").fetchone()


def version_of(conn: sqlite3.Connection, file: Path) -> int:
    """The number of the last migration the file has seen; refuses what is not ours or is from later on."""
    with _told(file):
        ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        version = int(conn.execute("PRAGMA user_version").fetchone()[0])
    if not ours:
        raise NotADatabase.of_ours(file)
    if version > SCHEMA:
        raise Newer.than_this(file)
    return version


def check_usable(conn: sqlite3.Connection, file: Path) -> None:
    if is_empty(conn, file):
        raise Missing.content(file)
    if version_of(conn, file) < SCHEMA:
        raise Outdated.file(file)


def problem_of(error: BaseException, file: Path) -> StoreProblem | None:
    """What SQLite says of the file while it is used, in words; None where the fault is not the file's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull.while_writing()
    if code in _LOCKED:
        return Busy.by_another_program(file)
    if code == sqlite3.SQLITE_READONLY:
        return Unreachable.to_write(file, error)
    if code in _BEYOND_REACH:
        return Unreachable.to_read(file, error)
    return NotADatabase.at_all(file) if code in _DAMAGE else None


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """What SQLite says when it first looks into a file, in words."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise problem_of(error, file) or Unreachable.to_read(file, error) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # The second: SQLite quotes the damaged bytes of a table's definition, which need not be UTF-8.
        raise NotADatabase.at_all(file) from error


def guard(conn: sqlite3.Connection) -> None:
    """A second wall behind the triggers: on this connection nothing protected can be dropped or altered.

    It also stops `transform()` of sqlite-utils, which drops a table's triggers without a word.
    """
    rows = conn.execute(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_update'"
    )
    protected = {row[0] for row in rows}

    def allowed(action: int, what: str | None, on: str | None, *_: str | None) -> int:
        changes = (action in _CHANGING and what in protected) or (action in _ALTERING and on in protected)
        schema = action == sqlite3.SQLITE_PRAGMA and what == "writable_schema"
        attaching = action in _ATTACHING and not _filling.get()
        refused = changes or schema or attaching
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    conn.set_authorizer(allowed)
