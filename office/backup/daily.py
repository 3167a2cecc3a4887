"""The daily backup: when it is due, and the thread of the application that makes it.

Missed because the machine was off, it is made soon after the next start. What failed is tried again an hour later.
A demonstration has none: its data are invented.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from data import settings
from data.problems import StoreProblem
from data.store import Database
from office import running
from office.backup.hour import backup_hour
from office.backup.making import make
from office.backup.standing import last_good
from office.days import HERE, now
from office.log import event, warning

SOON = 20.0  # seconds after the start until it is looked at first
EVERY = 60.0  # and then
AGAIN = 3600.0  # and after one that failed, by a clock that nobody sets


def due(at: datetime, last: datetime | None, hour: int) -> bool:
    """Whether a backup is due at the instant `at`: none was made since the last time it was `hour` o'clock here."""
    if last is None:
        return True
    here = at.astimezone(HERE)
    turn = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if turn > here:
        turn -= timedelta(days=1)
    return last < turn


def due_now(db: Database, at: datetime) -> bool:
    """Whether the running application has to make one."""
    last = last_good(db, running.database_path(), not_after=at)
    return not settings.is_demonstration(db) and due(at, last, backup_hour(db))


class Daily:
    """The thread: looks every minute whether a backup is due, and makes it. `stop` waits for one being made."""

    def __init__(self, soon: float = SOON, every: float = EVERY) -> None:
        self._soon, self._every = soon, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily backup", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wait = self._soon
        while not self._stopped.wait(wait):
            look()
            wait = self._every


def look() -> None:
    """Make a backup if one is due. Whatever goes wrong is logged, and looked at again: the thread never ends by it."""
    if monotonic() < _NOT_BEFORE.get(running.database_path(), 0.0):
        return
    try:
        with running.reader() as db:
            if not due_now(db, now()):
                return
        made = make(running.database_path(), running.writer(), "daily")
        event("backup_made", bytes=made.bytes, copies=made.copies, forgotten=len(made.forgotten))
    except StoreProblem:
        _later()
        warning("backup_failed")
    except Exception as error:
        _later()
        event("backup_failed", error=error)


_NOT_BEFORE: dict[Path, float] = {}


def _later() -> None:
    _NOT_BEFORE[running.database_path()] = monotonic() + AGAIN
