"""The whole re-check of a database: chain and digests first, then everything recorded is decided again.

A large database is decided again by child processes beside the checking of the digests. Where those do not hold,
what the children found is left out: it would only say the same less clearly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain as chain_of
from pathlib import Path
from time import perf_counter

from data import chain
from data.auditing.replaying import refused_now
from data.casework.documents import MARK
from data.chain import Difference, Head
from data.integrity import check as check_records
from data.rulekeeping.rechecks import entry_hash_at
from data.store import Database, reading
from data.words import Words
from office.backup.anchors import Anchor, all_anchors, compare
from office.backup.folders import folders_of
from office.rechecking.children import Children
from office.rechecking.differing import Found
from office.rechecking.people import cases_again
from office.rechecking.said import said_again
from office.rechecking.tasks import KINDS, RUN, SETTLEMENT, Task, Work, tasks_of

FEW = 20_000  # answers; so many are decided again in this process, more by children
CHILDREN = 2
RECORDS = Words("核对记录链和摘要", "checking the chain and the digests")

Progress = Callable[[int, int, Words], None]


@dataclass(frozen=True)
class Rechecked:
    """What came of it. `entries` and `head`: the chain as it was then, (0, "") where it cannot be read.

    `decisions`: how many are recorded, `rechecked`: how many of them were decided again; `total`: how many
    differences there are, of which `differences` are the first.
    """

    entries: int = 0
    head: str = ""
    runs: int = 0
    decisions: int = 0
    rechecked: int = 0
    settlements: int = 0
    reports: int = 0
    differences: tuple[Difference, ...] = ()
    total: int = 0
    notes: tuple[Words, ...] = ()
    seconds: float = 0.0
    anchors: int = 0  # ends of the chain noted in the backup folders that it was compared with

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.total


def recheck(
    path: str | Path,
    *,
    progress: Progress = lambda done, total, what: None,
    children: int | None = None,
    anchor: tuple[int, str] | None = None,
    alone: bool = False,
) -> Rechecked:
    """Everything of a database. `children`: how many processes beside this one (None: as many as are worth it).

    `anchor`: an entry's number and hash noted elsewhere; those in the backup folders are looked for, unless it stands
    `alone`, as a copy does. Raises StoreProblem where the file cannot be opened.
    """
    begun = perf_counter()
    noted = (
        [] if alone else all_anchors(folders_of(Path(path)))
    )  # before the database: none lies in its future
    with reading(path) as db:
        found = _all_of(db, Path(path), progress, children, anchor, noted)
    return replace(found, seconds=perf_counter() - begun)


def _all_of(
    db: Database,
    path: Path,
    progress: Progress,
    children: int | None,
    anchor: tuple[int, str] | None,
    noted: Sequence[Anchor],
) -> Rechecked:
    head, tasks = _to_do(db)
    weight = sum(task.weight for task in tasks)
    told = _Told(progress, weight)
    number = children if children is not None else CHILDREN if weight > FEW else 0
    with Children(path, tasks, number, told.done) as beside:
        told.now(RECORDS)
        if basic := check_records(db, _in_full(db, anchor)):
            return Rechecked(head.seq, head.hash, differences=tuple(basic), total=len(basic))
        outside = compare(db, noted)
        found = Found()
        for difference in outside.differences:
            found.add(difference)
        for difference in chain_of(refused_now(db), cases_again(db), said_again(db)):
            found.add(difference)
        found.join(beside.found() if number else _here(db, tasks, told))
    told.finished()
    return Rechecked(
        entries=head.seq,
        head=head.hash,
        runs=_count(tasks, RUN),
        decisions=_weight(tasks, RUN),
        rechecked=_weight(tasks, RUN),
        settlements=_count(tasks, SETTLEMENT),
        reports=len(tasks) - _count(tasks, RUN) - _count(tasks, SETTLEMENT),
        differences=tuple(found.differences),
        total=found.total,
        notes=(*found.notes.values(), *outside.notes),
        anchors=outside.anchors,
    )


def _to_do(db: Database) -> tuple[Head, list[Task]]:
    """The chain's end, and what was recorded by it; of a damaged file nothing, its check will say why."""
    try:
        head = chain.head(db)
        return head, tasks_of(db, head.seq)
    except Exception:
        return Head(0, "", ""), []


def _in_full(db: Database, anchor: tuple[int, str] | None) -> tuple[int, str] | None:
    """A paper bears the beginning of a hash only; where it is that of the entry, the entry's own is meant."""
    if anchor is None or len(anchor[1]) < MARK:
        return anchor
    stored = entry_hash_at(db, anchor[0])
    return (anchor[0], stored) if stored and stored.startswith(anchor[1]) else anchor


def _here(db: Database, tasks: list[Task], told: _Told) -> Found:
    found, work = Found(), Work(db, told.done)
    for task in tasks:
        told.now(KINDS[task.kind])
        found.join(work.do(task))
    return found


def _count(tasks: list[Task], kind: str) -> int:
    return sum(task.kind == kind for task in tasks)


def _weight(tasks: list[Task], kind: str) -> int:
    return sum(task.weight for task in tasks if task.kind == kind)


class _Told:
    """Adds up what is done and passes it on."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done, self._what = progress, total, 0, RECORDS

    def now(self, what: Words) -> None:
        self._what = what
        self.done(0)

    def done(self, number: int) -> None:
        self._done = min(self._done + number, self._total)
        self._progress(self._done, self._total, self._what)

    def finished(self) -> None:
        self._progress(self._total, self._total, self._what)
