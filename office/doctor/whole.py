"""The whole looking over, the worst first within each part; nothing is changed by it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from data.problems import StoreProblem
from data.store import reading
from data.words import Words
from office.backup.folders import folders_of
from office.days import now
from office.doctor.care import care_findings
from office.doctor.clock import clock_findings
from office.doctor.database import WHOLE, database_findings
from office.doctor.disk import disk_findings
from office.doctor.findings import Finding, Surroundings
from office.doctor.software import software_findings


class _Began:
    """The clock beside one that nobody sets, as both stood when the application started."""

    between: float | None = None


def remember_the_clock() -> None:
    """At the start of the application: from now on a clock that is moved is noticed."""
    _Began.between = now().timestamp() - time.monotonic()


def surroundings(path: Path) -> Surroundings:
    """This machine, now."""
    at = now()
    moved = None if _Began.between is None else at.timestamp() - time.monotonic() - _Began.between
    offset = at.astimezone().utcoffset()
    assert offset is not None
    return Surroundings(path.resolve(), at, os.environ, folders_of(path), offset, moved)


def look_over(around: Surroundings) -> list[Finding]:
    """Everything, in the order in which one would look."""
    return list(_all(around))


def _all(around: Surroundings) -> Iterator[Finding]:
    try:
        with reading(around.path) as db:
            yield from database_findings(around, db)
            yield from disk_findings(around)
            yield from care_findings(around, db)
            yield from clock_findings(around, db)
            yield from software_findings(around, db)
    except StoreProblem as problem:
        words = Words(problem.words.zh, problem.words.en)
        yield Finding("database", WHOLE, "wrong", words, UNOPENED, RESTORE)
        yield from disk_findings(around)
        yield from software_findings(around, None)


UNOPENED = Words(
    "打不开数据库，与它有关的都没有查。",
    "The database cannot be opened; nothing about it could be looked at.",
)
RESTORE = Words(
    "照上面的话做；文件坏了的，用最近一份好的备份恢复（restore）。",
    "Do as it says; where the file is damaged, put the last good copy back (`restore`).",
)
