"""Whether the database still is the file that was opened: what is written into one that was moved away is lost.

On most systems a file that is open can be deleted or replaced, and SQLite goes on writing into what has no name any
more. So each transaction first looks whether name and file belong together, the WAL's too.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from data.connections import connected
from data.problems import Unreachable

Identity = tuple[int, int]


class Gone(Unreachable):
    """The file, or the WAL beside it, was moved, deleted or replaced while it was in use."""

    @classmethod
    def while_in_use(cls, file: Path, rescued: Path | None) -> Gone:
        kept_zh = f"此前登记的全部内容已另存为 {rescued}。" if rescued else ""
        kept_en = f" All that was recorded before is kept in {rescued}." if rescued else ""
        return cls(
            f"数据库文件 {file} 在使用中被移走、删除或替换了。没有写入任何内容。{kept_zh}"
            "请马上停止应用，查明原因，把正确的文件放回原处，用 python -m office verify 检查后再启动。",
            f"The database file {file} was moved, deleted or replaced while in use. Nothing was written.{kept_en}"
            " Stop the application now, find out why, put the right file in its place, check it with"
            " `python -m office verify`, then start again.",
        )


class SameFile:
    """Remembers which file a path named when it was opened, and which one its WAL."""

    def __init__(self, file: Path) -> None:
        self._file, self._wal = file, file.with_name(f"{file.name}-wal")
        self._known, self._known_wal = _identity(file), _identity(self._wal)

    def must_still_be_there(self, conn: sqlite3.Connection) -> None:
        """Raises `Gone`. Two questions to the file system, some millionths of a second."""
        if _identity(self._file) != self._known:
            raise Gone.while_in_use(self._file, _rescued(conn, self._file))
        if self._known_wal is not None and _identity(self._wal) != self._known_wal:
            raise Gone.while_in_use(self._wal, _rescued(conn, self._file))

    def note_wal(self) -> None:
        """The first transaction has made the WAL."""
        if self._known_wal is None:
            self._known_wal = _identity(self._wal)


def _rescued(conn: sqlite3.Connection, file: Path) -> Path | None:
    """A copy of what the connection still sees, beside the file, made once; None where it cannot be.

    SQLite does not fold the WAL back into a file that was moved, and what has no name is gone with the process. Folding
    it here also empties the WAL, which else would lie beside whatever file comes in the place.
    """
    copy = file.with_name(f"{file.name}.rescued")
    try:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if not copy.exists():
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with closing(connected(copy, "rw")) as into:
                conn.backup(into)
    except (OSError, sqlite3.Error):
        copy.unlink(missing_ok=True)
        return None
    return copy


def _identity(file: Path) -> Identity | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
