"""A copy of a database in use, and whether a copy is whole: SQLite's own backup, then its checks and the chain.

SQLite's backup rather than VACUUM INTO: it joins a read transaction that is already open, so that the rows counted
and the chain's end are those of the very moment that is copied. In one step nobody's writing makes it begin anew, and
writers do not wait. A plain copy of the file is never right: what was committed last lies in the WAL beside it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from data import chain
from data.casework.ledger import next_id, record
from data.chain import Difference, Head
from data.connections import connected, is_empty, problem_of, set_pragmas, version_of
from data.problems import DiskFull, Missing, NotADatabase, StoreProblem, Unreachable
from data.words import Words

NEEDED_BESIDES = 20_000_000  # bytes that must stay free beside a copy


class NoCopy(StoreProblem):
    """No copy was made; what lay there before lies there still."""


@dataclass(frozen=True)
class Contents:
    """What a database held at one moment: its layout's number, whose it is, the chain's end, rows per table."""

    version: int
    install_id: str
    head: Head
    counts: Mapping[str, int]


def copy_database(source: Path, target: Path) -> Contents:
    """Write a copy of `source`, which may be in use, to the new file `target`, for its owner only; flushed to disk.

    Raises StoreProblem for a source that is none of ours or cannot be read, NoCopy where there is no room.
    """
    if not source.is_file():
        raise Missing.file(source)
    with _told(source, target), closing(connected(source, "ro")) as conn:
        if is_empty(conn, source):
            raise Missing.content(source)
        version_of(conn, source)
        conn.execute("PRAGMA query_only = 1")
        conn.execute("BEGIN")
        held = _held(conn)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(connected(target, "rw")) as into:
            conn.backup(into, pages=-1)
            into.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, readable from a folder that is not writable
        conn.execute("ROLLBACK")
    flush(target)
    return held


def fold(file: Path) -> bool:
    """Fold what SQLite keeps beside a file that nobody has open into it; False where that cannot be done."""
    try:
        with closing(connected(file, "rw")) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sqlite3.Error, UnicodeDecodeError, StoreProblem):
        return False
    return not file.with_name(f"{file.name}-wal").exists()


def contents(file: Path) -> Contents:
    """What a file holds, whatever version of ours made it. Raises StoreProblem where it cannot be read."""
    if not file.is_file():
        raise Missing.file(file)
    with _told(file, file), closing(connected(file, "ro")) as conn:
        if is_empty(conn, file):
            raise Missing.content(file)
        version_of(conn, file)
        return _held(conn)


def faults_of_copy(file: Path, expected: Contents | None = None) -> list[Difference]:
    """What is wrong with a copy: its pages, references, chain, and rows per table against those of its source."""
    try:
        with closing(connected(file, "ro")) as conn:
            set_pragmas(conn, query_only=1)
            return list(_faults(_wrapped(conn), expected))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # damaged bytes in what SQLite quotes
        return [_fault("file", f"无法读取：{error}", f"It cannot be read: {error}")]


def entries_after(file: Path, seq: int) -> list[tuple[int, str, str, str]]:
    """The chain's entries after a number: number, instant, action, by whom."""
    with _told(file, file), closing(connected(file, "ro")) as conn:
        sql = "SELECT seq, at, action, actor FROM chain WHERE seq > ? ORDER BY seq"
        return [(int(row[0]), row[1], row[2], row[3]) for row in conn.execute(sql, [seq])]


def hash_of_entry(file: Path, seq: int) -> str | None:
    """The hash of a chain entry of a file; None where it has no such entry."""
    with _told(file, file), closing(connected(file, "ro")) as conn:
        row = conn.execute("SELECT hash FROM chain WHERE seq = ?", [seq]).fetchone()
        return str(row[0]) if row else None


def mark_restored(file: Path, row: Mapping[str, str | int | None], *, at: datetime, by: str) -> Head:
    """Note in a copy that is about to be put in place that it was, and end the sign-ins that were open in it.

    A copy of a layout before backups were recorded gets a bare entry. Gives the chain's end.
    """
    with _told(file, file), closing(connected(file, "rw")) as conn:
        set_pragmas(conn)
        db = _wrapped(conn)
        conn.execute("BEGIN IMMEDIATE")
        if db.table("backups").exists():
            record(db, "backup", {"backups": [{**row, "id": next_id(db, "backups")}]}, at=at, by=by)
        else:
            body = {name: row.get(name) for name in ("file", "head_seq", "head_hash")}
            chain.append(db, at=at, actor=by, action="restore", body=body)
        last = chain.head(db)
        if db.table("web_sessions").exists():
            conn.execute("UPDATE web_sessions SET ended_at = ? WHERE ended_at IS NULL", [last.at])
        conn.execute("COMMIT")
    flush(file)
    return last


def digest_of(file: Path) -> str:
    """SHA-256 of a whole file, in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def flush(file: Path) -> None:
    """To the disk: what the file holds, and its name in the folder."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """To the disk: which names a folder holds (Windows does so by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _held(conn: sqlite3.Connection) -> Contents:
    db = _wrapped(conn)
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    counts = {
        name: int(conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
        for (name,) in conn.execute(names).fetchall()
    }
    whose = conn.execute("SELECT value FROM settings WHERE key = 'install_id'").fetchone()
    return Contents(int(version), str(whose[0]) if whose else "", chain.head(db), counts)


def _faults(db: Database, expected: Contents | None) -> Iterator[Difference]:
    for (message,) in db.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield _fault("file", f"数据库文件损坏：{message}", f"The database file is damaged: {message}")
            return
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield _fault(
            f"{table} {row}", f"所指的 {parent} 不存在。", f"The {parent} it refers to does not exist."
        )
    if broken := chain.check_chain(db):
        yield broken
    if expected is None:
        return
    found = _held(db.conn)
    if found != expected:
        tables = sorted({*found.counts, *expected.counts})
        differing = [name for name in tables if found.counts.get(name) != expected.counts.get(name)]
        named = ", ".join(differing) or "chain"
        yield _fault(named, "行数或链首与原件不同。", "Rows or the chain's end are not those of the source.")


def _fault(place: str, zh: str, en: str) -> Difference:
    return Difference(place, Words(zh, en))


def _wrapped(conn: sqlite3.Connection) -> Database:
    return Database(conn, recursive_triggers=False, execute_plugins=False)


@contextmanager
def _told(source: Path, target: Path) -> Iterator[None]:
    """What SQLite or the folder says, in words: a full disk is the copy's, damage is the source's."""
    try:
        yield
    except sqlite3.Error as error:
        problem = problem_of(error, source)
        if isinstance(problem, DiskFull):
            raise no_room(target.parent) from error
        if isinstance(
            problem, Unreachable
        ):  # SQLite does not say which of the two it could not read or write
            raise _not_written(target, error) from error
        raise problem or _not_written(target, error) from error
    except UnicodeDecodeError as error:  # damaged bytes in what SQLite quotes
        raise NotADatabase.at_all(source) from error
    except OSError as error:
        raise _not_written(target, error) from error


def no_room(folder: Path) -> NoCopy:
    """The refusal where a folder has no room for a copy."""
    return NoCopy(
        f"文件夹 {folder} 所在的磁盘空间不够，没有做成备份；原来的备份都还在。请腾出空间后再试。",
        f"There is no room for a copy in {folder}; no backup was made, and earlier ones are still there."
        " Free some space and try again.",
    )


def _not_written(target: Path, error: Exception) -> NoCopy:
    return NoCopy(
        f"没有做成备份：{target.parent} 不能读写（{error}）。请检查这个文件夹和它的权限。",
        f"No backup was made: {target.parent} cannot be read or written ({error})."
        " Check the folder and its permissions.",
    )
