"""A backup: copied while others write, checked, named, copied to the second folder, noted, recorded; old ones let go.

What bears a copy's name is whole: it is written under another one, flushed and checked first.
"""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from time import perf_counter

from data.canonical import instant_text, json_text
from data.casework.ledger import Row
from data.problems import Busy, StoreProblem
from data.protection.backups import Cause, forgotten_names, record_steps, step
from data.protection.copying import (
    NEEDED_BESIDES,
    Contents,
    NoCopy,
    copy_database,
    digest_of,
    faults_of_copy,
    flush,
    flush_folder,
    no_room,
)
from data.store import Writer
from data.words import Words
from office.backup.anchors import Anchor, copies_of, note
from office.backup.folders import DIGEST, PART, Folders, alone_in, folders_of, made_folder, name_of
from office.backup.forgetting import copy_of, to_forget
from office.days import now

SYSTEM = "system"


@dataclass(frozen=True)
class Made:
    """A backup that was made. `copies`: in how many folders it lies; `notes`: what did not go as it should."""

    file: Path
    bytes: int
    sha256: str
    contents: Contents
    cause: Cause
    copies: int = 1
    seconds: float = 0.0
    notes: tuple[Words, ...] = ()
    forgotten: tuple[str, ...] = ()
    recorded: bool = False


def make(
    source: Path,
    writer: Writer | None,
    cause: Cause,
    by: str = SYSTEM,
    *,
    to: Path | None = None,
    at: datetime | None = None,
) -> Made:
    """Make a backup of `source` in its folders, or as the one file `to`, and record it where there is a writer.

    Raises StoreProblem in words (no room, no folder, damage); that it failed is recorded too.
    """
    at = at or now()
    try:
        made = _made(source, cause, to, at)
    except StoreProblem as problem:
        if writer is not None:
            _record(writer, [step("fail", cause, "", note=problem.words)], at, by)
        raise
    if writer is None:
        return made
    rows = [row_of(made)]
    recorded = _record(writer, rows, at, by)
    if recorded is not None:
        return replace(made, notes=(*made.notes, recorded))
    return replace(made, recorded=True, forgotten=() if to else _forget(writer, source, made, at))


def row_of(made: Made) -> Row:
    """What is recorded of a backup that was made."""
    head = made.contents.head
    return step(
        "make",
        made.cause,
        made.file.name,
        bytes=made.bytes,
        sha256=made.sha256,
        head_seq=head.seq,
        head_hash=head.hash,
        counts=json_text(dict(made.contents.counts)),
        copies=made.copies,
        seconds=ceil(made.seconds),
        note=_together(made.notes),
    )


def _together(notes: tuple[Words, ...]) -> Words | None:
    if not notes:
        return None
    return Words("；".join(words.zh for words in notes), "; ".join(words.en for words in notes))


def _made(source: Path, cause: Cause, to: Path | None, at: datetime) -> Made:
    begun = perf_counter()
    folders = folders_of(source)
    if to is not None:  # asked for just there, perhaps because the backup folder cannot be used
        with suppress(NoCopy):
            made_folder(folders.first)
    # Nobody else's copy is in the way of a single file.
    with alone_in(made_folder(folders.first)) if to is None else nullcontext():
        made = _copied(source, folders.first if to is None else to.resolve().parent, cause, to, at)
        made = _second(made, folders) if to is None else made
        made = _noted(made, folders, at)
    return replace(made, seconds=perf_counter() - begun)


def _copied(source: Path, folder: Path, cause: Cause, to: Path | None, at: datetime) -> Made:
    """The copy in its first place, checked before it bears its name."""
    _must_have_room(source, folder)
    part = folder / f"office-{os.getpid()}{PART}"
    if to is not None and to.exists():
        raise NoCopy(f"{to} 已经存在，没有覆盖。", f"{to} exists already and was not overwritten.")
    try:
        held = copy_database(source, part)
        if faults := faults_of_copy(part, held):
            raise NoCopy(
                f"备份没有通过检查，已删除：{faults[0].place} {faults[0].message.zh}请运行 verify 检查数据库。",
                f"The backup did not pass its check and was removed: {faults[0].place} {faults[0].message.en}"
                " Run `verify` on the database.",
            )
        file = to.resolve() if to is not None else _free_name(folder, at, held)
        digest = digest_of(part)
        _named(part, file, digest)
    finally:
        part.unlink(missing_ok=True)
    return Made(file, file.stat().st_size, digest, held, cause)


def _named(part: Path, file: Path, digest: str) -> None:
    """First the digest, then the copy: both are there, or no copy is."""
    try:
        beside = file.with_name(file.name + DIGEST)
        beside.write_text(f"{digest}  {file.name}\n", "utf-8")
        beside.chmod(0o600)
        flush(beside)
        part.replace(file)
        flush_folder(file.parent)
    except OSError as error:
        raise NoCopy(
            f"写不到 {file}（{error.strerror}），没有做成备份。",
            f"{file} cannot be written ({error.strerror}); no backup was made.",
        ) from error


def _free_name(folder: Path, at: datetime, held: Contents) -> Path:
    while (file := folder / name_of(at, held.head.seq, held.head.hash)).exists():
        at += timedelta(seconds=1)
    return file


def _must_have_room(source: Path, folder: Path) -> None:
    try:
        free = shutil.disk_usage(folder).free
        size = source.stat().st_size
    except OSError:
        return  # what is missing is said where it is opened
    if free < size + NEEDED_BESIDES:
        raise no_room(folder)


def _second(made: Made, folders: Folders) -> Made:
    """The same file in the second folder, read back there. What fails is a note: the first copy is good."""
    if folders.second is None:
        return made
    if not folders.second.is_dir():
        return _with_note(
            made,
            f"第二个备份文件夹 {folders.second} 不在（磁盘没有接上？），这次只有一份",
            f"the second backup folder {folders.second} is not there (a drive that is not connected?);"
            " there is one copy only",
        )
    target = folders.second / made.file.name
    part = target.with_name(target.name + PART)
    try:
        shutil.copyfile(made.file, part)
        part.chmod(0o600)
        flush(part)
        if digest_of(part) != made.sha256:
            raise OSError(0, "the digest differs")
        _named(part, target, made.sha256)
    except (OSError, NoCopy) as error:
        why = error.strerror if isinstance(error, OSError) else error.words.zh
        return _with_note(
            made,
            f"没有能复制到第二个文件夹 {folders.second}（{why}），这次只有一份",
            f"it could not be copied to the second folder {folders.second} ({why}); there is one copy only",
        )
    finally:
        part.unlink(missing_ok=True)
    return replace(made, copies=2)


def _noted(made: Made, folders: Folders, at: datetime) -> Made:
    head, ours = made.contents.head, made.file.parent in (folders.first, folders.second)
    line = Anchor(
        instant_text(at),
        made.contents.install_id,
        head.seq,
        head.hash,
        made.cause,
        made.file.name if ours else "-",
    )
    for folder in folders.present():
        try:
            note(folder, line)
        except OSError as error:
            made = _with_note(
                made,
                f"{folder} 里的 anchors.txt 不能写入（{error.strerror}）",
                f"anchors.txt in {folder} cannot be written ({error.strerror})",
            )
    return made


def _forget(writer: Writer, source: Path, made: Made, at: datetime) -> tuple[str, ...]:
    """Let go what the rule lets go: recorded first, then removed.

    Each folder by the copies that lie in it: one that the newest copy did not reach keeps what it has instead.
    """
    going_from = {folder: _going(folder, made, at) for folder in folders_of(source).present()}
    going = sorted({one for found in going_from.values() for one in found}, key=lambda one: (one.at, one.seq))
    if not going:
        return ()
    with writer.transaction() as db:
        known = forgotten_names(db)
        fresh = [one for one in going if one.file not in known]
        if fresh:
            rows = [
                step("forget", _cause(one), one.file, head_seq=one.seq, head_hash=one.hash) for one in fresh
            ]
            record_steps(db, rows, at=at, by=SYSTEM)
    for folder, found in going_from.items():
        with suppress(OSError):  # a folder that became read-only: what stays there is let go another time
            for one in found:
                (folder / one.file).unlink(missing_ok=True)
                (folder / (one.file + DIGEST)).unlink(missing_ok=True)
    return tuple(one.file for one in going)


def _going(folder: Path, made: Made, at: datetime) -> list[Anchor]:
    lying = {one.file: one for one in copies_of(folder, made.contents.install_id)}
    return [
        lying[copy.file]
        for copy in to_forget(map(copy_of, lying.values()), at)
        if copy.file != made.file.name
    ]


def _cause(anchor: Anchor) -> Cause:
    known: dict[str, Cause] = {"asked": "asked", "before_upgrade": "before_upgrade", "command": "command"}
    return known.get(anchor.cause, "daily")


def _record(writer: Writer, rows: list[Row], at: datetime, by: str) -> Words | None:
    """Write the rows; where that is not possible just now, why, for the copy is there all the same."""
    try:
        with writer.transaction() as db:
            record_steps(db, rows, at=at, by=by)
    except Busy:
        return Words(
            "系统正忙，备份做好了但没有登记", "the system was busy: the backup is there but was not recorded"
        )
    except StoreProblem as problem:
        return problem.words
    return None


def _with_note(made: Made, zh: str, en: str) -> Made:
    return replace(made, notes=(*made.notes, Words(zh, en)))
