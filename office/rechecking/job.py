"""The re-check that runs beside the pages: one at a time for a database; whoever looks sees how far it is, and its result."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from data.words import Words
from office.rechecking.apart import recheck_apart
from office.rechecking.whole import RECORDS, Rechecked
from office.refusal import InWords, Refused

_jobs: dict[Path, Job] = {}
_lock = threading.Lock()


@dataclass
class Job:
    """One re-check, begun by somebody. `result` or `refused` is there once it is done; `recorded`: its entry was made."""

    path: Path
    by: str
    done: int = 0
    total: int = 0
    what: Words = RECORDS
    result: Rechecked | None = None
    refused: InWords | None = None
    recorded: bool = False
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.result is None and self.refused is None

    def wait(self, seconds: float) -> None:
        """Until it is done, or so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self.result = recheck_apart(self.path, self._progress)
        except Refused as refused:
            self.refused = refused.words
        except OSError as error:
            self.refused = Words(f"没有能够开始复核：{error}", f"The re-check could not be started: {error}")

    def _progress(self, done: int, total: int, what: Words) -> None:
        self.done, self.total, self.what = done, total, what


def begin(path: Path, by: str) -> Job:
    """A new re-check, or the one that is running."""
    with _lock:
        known = _jobs.get(path.resolve())
        if known is None or not known.running:
            known = _jobs[path.resolve()] = Job(path.resolve(), by)
            known._begin()
        return known


def latest(path: Path) -> Job | None:
    """The last one of this process, running or done."""
    return _jobs.get(path.resolve())
