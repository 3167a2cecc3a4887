"""Where copies lie: a folder beside the database or as OFFICE_BACKUP says, and a second one, which nobody makes here.

In each lies `anchors.txt` with a line for every copy: the folder says by itself which copies are whose, and which
entry ended the chain then. A second folder that is missing may be a drive that is not there: made anew, it would lie
on the very disk whose loss it is meant to outlive.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from data.protection.copying import NoCopy
from office.days import HERE

NAME = re.compile(r"office-(\d{8}T\d{6})-seq(\d+)-([0-9a-f]{8})\.db")
PART, DIGEST, TRYING = ".part", ".sha256", ".trying-"
WAIT = 60.0  # seconds until another copy being made is done


@dataclass(frozen=True)
class Folders:
    """The first folder, and the second where one is configured."""

    first: Path
    second: Path | None = None

    def present(self) -> list[Path]:
        """Those that are there."""
        return [one for one in (self.first, self.second) if one is not None and one.is_dir()]


def folders_of(database: Path) -> Folders:
    """The folders of a database."""
    first, second = os.environ.get("OFFICE_BACKUP"), os.environ.get("OFFICE_BACKUP_SECOND")
    beside = database.resolve().parent / "backups"
    return Folders(Path(first).resolve() if first else beside, Path(second).resolve() if second else None)


def name_of(at: datetime, seq: int, digest: str) -> str:
    """A copy's name: when by the office's clock, and the entry that ended the chain then."""
    return f"office-{at.astimezone(HERE):%Y%m%dT%H%M%S}-seq{seq}-{digest[:8]}.db"


def made_folder(folder: Path) -> Path:
    """The folder, made for its owner only where it is missing. Raises NoCopy."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NoCopy(
            f"备份文件夹 {folder} 不存在，也建不了（{error.strerror}）。没有做成备份；请检查 OFFICE_BACKUP 和权限。",
            f"The backup folder {folder} does not exist and cannot be made ({error.strerror}). No backup was made;"
            " check OFFICE_BACKUP and the permissions.",
        ) from None
    return folder


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Nobody else makes or forgets copies in the folder meanwhile; what an interrupted one left is cleared."""
    lock = FileLock(folder / ".lock", timeout=WAIT, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise NoCopy(
            "另一次备份还没有做完，请稍后再试。",
            "Another backup is still being made; try again in a moment.",
        ) from None
    except OSError as error:
        raise NoCopy(
            f"备份文件夹 {folder} 不能写入（{error.strerror}）。没有做成备份；请检查它的权限。",
            f"The backup folder {folder} cannot be written ({error.strerror}). No backup was made;"
            " check its permissions.",
        ) from None
    try:
        _clear(folder)
        yield
    finally:
        lock.release()


def _clear(folder: Path) -> None:
    """Halves of copies that were interrupted: nothing that bears a copy's name is one."""
    for left in [*folder.glob(f"office-*{PART}"), *folder.glob(f"office-*{PART}-*")]:
        left.unlink(missing_ok=True)
    for digest in folder.glob(f"office-*{DIGEST}"):
        if NAME.fullmatch(digest.name.removesuffix(DIGEST)) and not digest.with_name(digest.stem).exists():
            digest.unlink(missing_ok=True)
