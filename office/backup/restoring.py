"""A copy put back in the place of the database: checked, what would be lost said, the present file moved aside.

Nothing is deleted. At no moment does half a database bear the name: the present one is renamed away with the files
beside it, then the copy, which is whole and flushed, is renamed into its place.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from data.canonical import instant_text
from data.migrations import SCHEMA
from data.problems import Busy, Missing
from data.protection.backups import step
from data.protection.copying import (
    NoCopy,
    flush,
    flush_folder,
    fold,
    mark_restored,
)
from data.words import Words
from office.backup.anchors import RESTORED, Anchor, note
from office.backup.folders import folders_of
from office.backup.foreseeing import Foreseen, foresee, would_be_lost
from office.backup.making import SYSTEM
from office.days import HERE, now
from office.refusal import refuse

BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """A copy was put back. `aside`: where the former database lies; `older`: it is to be upgraded with `init`."""

    foreseen: Foreseen
    file: Path
    aside: Path | None
    seq: int
    hash: str
    older: bool
    notes: tuple[Words, ...] = ()


def restore(
    file: Path, path: Path, *, sure: bool = False, by: str = SYSTEM, at: datetime | None = None
) -> Restored:
    """Put a copy back. Refused while the application has the database, for a copy that is not whole, and, unless
    `sure`, where something recorded would be lost.
    """
    path, at = path.resolve(), at or now()
    if file.resolve() == path:
        raise refuse("要恢复的文件就是现在的数据库", "that file is the database itself")
    if not path.parent.is_dir():
        raise Missing.folder(path.parent)
    lock = FileLock(f"{path}.lock", timeout=0, mode=0o600, thread_local=False, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise Busy.elsewhere(path) from None
    try:
        foreseen = foresee(file, path)
        if foreseen.loses and not sure:
            raise refuse(*would_be_lost(foreseen))
        return _restored(file, path, foreseen, by, at)
    except OSError as error:
        raise NoCopy(
            f"恢复没有做完（{error.strerror}：{error.filename}）。请检查权限和磁盘空间后再运行一次。",
            f"Restoring was not completed ({error.strerror}: {error.filename}). Check permissions and disk space,"
            " then run it again.",
        ) from error
    finally:
        lock.release()


def _restored(file: Path, path: Path, foreseen: Foreseen, by: str, at: datetime) -> Restored:
    fresh = path.with_name(f"{path.name}.restoring")
    head = foreseen.copy.head
    row = step("restore", "command", file.name, head_seq=head.seq, head_hash=head.hash, note=_note(foreseen))
    try:
        shutil.copyfile(file, fresh)
        fresh.chmod(0o600)
        end = mark_restored(fresh, row, at=at, by=by)
        aside = _moved_aside(path, at)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    flush(path)
    line = Anchor(instant_text(at), foreseen.copy.install_id, end.seq, end.hash, RESTORED, "-")
    older = foreseen.copy.version < SCHEMA
    return Restored(foreseen, path, aside, end.seq, end.hash, older, _noted(path, line))


def _note(foreseen: Foreseen) -> Words | None:
    lost = foreseen.lost
    if lost is None:
        return None
    return Words(
        f"原来第 {lost.first} 至 {lost.last} 条不在恢复后的库里",
        f"the former entries {lost.first} to {lost.last} are not in the restored database",
    )


def _moved_aside(path: Path, at: datetime) -> Path | None:
    """The database under another name too, or, where what SQLite keeps beside it cannot be folded in, only there.

    In the first case there is a whole database under the name at every moment. In the second the database goes first, so
    that it is never opened without the rest of it.
    """
    stem = f"{path.stem}-replaced-{at.astimezone(HERE):%Y%m%dT%H%M%S}"
    aside = path.with_name(f"{stem}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}{path.suffix}")
    if path.exists() and fold(path):
        with suppress(OSError):  # a drive without second names
            os.link(path, aside)
            flush_folder(path.parent)
            return aside
    moved = False
    for ending in BESIDE:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
            moved = moved or not ending
    flush_folder(path.parent)
    return aside if moved else None


def _noted(path: Path, line: Anchor) -> tuple[Words, ...]:
    """In every anchor file there is, so that verifying knows of it."""
    notes = []
    for folder in folders_of(path).present():
        try:
            note(folder, line)
        except OSError as error:
            notes.append(
                Words(
                    f"{folder} 里的 anchors.txt 没能写入（{error.strerror}），verify 会指出链首不符。",
                    f"anchors.txt in {folder} could not be written ({error.strerror}); `verify` will point at it.",
                )
            )
    return tuple(notes)
