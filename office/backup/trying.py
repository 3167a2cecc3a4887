"""A copy tried: opened in a place of its own, brought up to date, verified, everything in it decided again, removed.

The copy itself is only read. What came of it is recorded, so that the last time a copy was tried is known.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from time import perf_counter

from data.chain import Difference
from data.problems import Missing, StoreProblem
from data.protection.backups import Cause, record_steps, step
from data.protection.copying import (
    NEEDED_BESIDES,
    Contents,
    contents,
    digest_of,
    faults_of_copy,
    hash_of_entry,
    no_room,
)
from data.store import Writer, open_writer
from data.words import Words
from office.backup.anchors import Anchor
from office.backup.folders import DIGEST, TRYING
from office.days import now
from office.rechecking.apart import recheck_apart
from office.rechecking.whole import Progress, Rechecked
from office.refusal import Refused


@dataclass(frozen=True)
class Tried:
    """What came of it. `found` is None where the copy could not be opened, or did not pass the first checks."""

    file: Path
    bytes: int
    sha256: str
    contents: Contents | None = None
    found: Rechecked | None = None
    faults: tuple[Difference, ...] = ()
    notes: tuple[Words, ...] = ()
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the copy can be put back as it is."""
        return not self.faults and self.found is not None and self.found.ok


def try_copy(
    file: Path,
    *,
    anchors: Sequence[Anchor] = (),
    progress: Progress = lambda done, total, what: None,
) -> Tried:
    """Try a copy. `anchors`: what was noted of its installation. Raises StoreProblem where there is no such file."""
    if not file.is_file():
        raise Missing.file(file)
    begun = perf_counter()
    held, sha256, found = None, digest_of(file), None
    faults = faults_of_file(file, sha256)
    try:
        held = contents(file)
        faults += faults_of_copy(file)
        if not faults:
            faults += _unanchored(file, held, anchors)
    except StoreProblem as problem:
        faults.append(Difference(file.name, problem.words))
    if not faults:
        found = _decided_again(file, progress)
        faults = list(found.differences)
    size, seconds = file.stat().st_size, perf_counter() - begun
    notes = found.notes if found else ()
    return Tried(file, size, sha256, held, found, tuple(faults), notes, seconds)


def faults_of_file(file: Path, digest: str) -> list[Difference]:
    """Whether the file still is what was written, as the digest beside it says; none where there is no digest."""
    try:
        noted = file.with_name(file.name + DIGEST).read_text("utf-8", "replace").lower().split()[:1]
    except OSError:
        return []
    if noted == [digest]:
        return []
    return [
        Difference(
            file.name,
            Words(
                f"文件与旁边 {DIGEST} 里的摘要不符：备份以后被改动过，或者磁盘有损坏。",
                "The file is not what the digest beside it says: it was altered since, or the disk is damaged.",
            ),
        )
    ]


def record_try(writer: Writer, tried: Tried, cause: Cause, by: str, at: datetime | None = None) -> None:
    """Record that a copy was tried, and the first thing that was wrong with it."""
    head = tried.contents.head if tried.contents else None
    row = step(
        "try",
        cause,
        tried.file.name,
        bytes=tried.bytes,
        sha256=tried.sha256,
        head_seq=head.seq if head else None,
        head_hash=head.hash if head else None,
        seconds=ceil(tried.seconds),
        note=None if tried.ok else _first_fault(tried),
    )
    with writer.transaction() as db:
        record_steps(db, [row], at=at or now(), by=by)


def _first_fault(tried: Tried) -> Words:
    first = tried.faults[0]
    return Words(f"{first.place}：{first.message.zh}", f"{first.place}: {first.message.en}")


def _decided_again(file: Path, progress: Progress) -> Rechecked:
    """In a folder of its own: the copy of the copy is opened as an upgrade would, then verified by a child."""
    with tempfile.TemporaryDirectory(prefix=TRYING, dir=_roomy(file)) as place:
        copy = Path(place) / "office.db"
        shutil.copyfile(file, copy)
        copy.chmod(0o600)
        try:
            open_writer(copy, migrate=True).close()
            return recheck_apart(copy, progress, alone=True)
        except (StoreProblem, Refused) as problem:
            words = Words(problem.words.zh, problem.words.en)
            return Rechecked(differences=(Difference(file.name, words),), total=1)


def _roomy(file: Path) -> Path | None:
    """Beside the copy where that is possible, else where the system keeps what is passing."""
    needed = file.stat().st_size * 2 + NEEDED_BESIDES
    for folder in (file.parent, Path(tempfile.gettempdir())):
        try:
            if shutil.disk_usage(folder).free > needed:
                with tempfile.NamedTemporaryFile(prefix=TRYING, dir=folder):
                    return folder
        except OSError:
            continue
    raise no_room(file.parent)


def _unanchored(file: Path, held: Contents, anchors: Sequence[Anchor]) -> list[Difference]:
    """Whether the copy ends as the line of its own name says."""
    own = [one for one in anchors if one.file == file.name and one.install == held.install_id]
    if all(hash_of_entry(file, one.seq) == one.hash for one in own):
        return []
    return [
        Difference(
            file.name,
            Words(
                "链首与 anchors.txt 里这份备份的一行不符。",
                "Its chain does not end as the line of this copy in anchors.txt says.",
            ),
        )
    ]
