"""Making or trying a copy from the page: one at a time beside the pages; whoever looks sees how far it is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from data.problems import StoreProblem
from data.words import Words
from office import running
from office.backup.anchors import all_anchors
from office.backup.folders import folders_of
from office.backup.making import Made, make
from office.backup.standing import file_of
from office.backup.trying import Tried, record_try, try_copy
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.log import event
from office.refusal import InWords, Refused, refuse

COPYING = Words("正在备份", "making a backup")
TRYING = Words("正在试恢复", "trying the copy")

_lock = threading.Lock()


@dataclass
class Job:
    """What is being done, by whom, and in the end what came of it."""

    path: Path
    by: str
    file: Path | None = None  # the copy to try; None: make one
    done: int = 0
    total: int = 0
    what: Words = COPYING
    made: Made | None = None
    tried: Tried | None = None
    refused: InWords | None = None
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.made is None and self.tried is None and self.refused is None

    def wait(self, seconds: float) -> None:
        """Until it is done, or so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)

    def begin(self) -> None:
        """In a thread of its own."""
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            if self.file is None:
                self.made = make(self.path, running.writer(), "asked", self.by)
                return
            anchors = all_anchors(folders_of(self.path))
            tried = try_copy(self.file, anchors=anchors, progress=self._progress)
            record_try(running.writer(), tried, "asked", self.by)
            self.tried = tried
        except (StoreProblem, Refused) as problem:
            self.refused = problem.words
        except Exception as error:
            event("backup_failed", error=error)
            self.refused = Words(
                "没有做完，原有的备份都没有变动。请再试一次。",
                "It was not completed; the copies are as they were. Please try again.",
            )

    def _progress(self, done: int, total: int, what: Words) -> None:
        self.done, self.total, self.what = done, total, what


class _Latest:
    job: Job | None = None


def begin_making(doer: Doer) -> Job:
    """A new backup of the running application's database, or what is under way. Raises Refused."""
    return _begun(doer, None)


def begin_trying(doer: Doer, name: str) -> Job:
    """Try a copy of this installation, by its name; or what is under way. Raises Refused."""
    with running.reader() as db:
        file = file_of(running.database_path(), name, db)
    if file is None:
        raise refuse("备份文件夹里没有这份备份", "there is no such copy in the backup folders")
    return _begun(doer, file)


def latest() -> Job | None:
    """The last one of this process for the database it runs on."""
    job = _Latest.job
    return job if job is not None and job.path == running.database_path() else None


def _begun(doer: Doer, file: Path | None) -> Job:
    with running.reader() as db:
        by = allowed(db, doer, "back_up")
    with _lock:
        known = latest()
        if known is None or not known.running:
            known = Job(running.database_path(), by, file, what=COPYING if file is None else TRYING)
            _Latest.job = known
            known.begin()
        return known
