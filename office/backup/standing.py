"""How it stands with the copies: which lie there, when one was made last, what is wrong with that, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from data import settings
from data.protection.backups import BackupStep, backup_steps, last_step
from data.store import Database
from data.words import Words
from office.backup.anchors import Anchor, all_anchors, copies_of
from office.backup.folders import Folders, folders_of

LATE = timedelta(hours=26)  # a day, and time to notice
VERY_LATE = timedelta(days=3)


@dataclass(frozen=True)
class Lying:
    """One copy that lies in a folder, in which of them, and what is known of it."""

    anchor: Anchor
    bytes: int
    first: bool
    second: bool
    tried: BackupStep | None


def last_good(db: Database, path: Path, *, not_after: datetime | None = None) -> datetime | None:
    """When the newest copy was made that still lies in a folder; `not_after`: leave out what a wrong clock dated later."""
    install = settings.install_id(db)
    lying = [one for folder in folders_of(path).present() for one in copies_of(folder, install)]
    made = [datetime.fromisoformat(one.at) for one in lying]
    return max((at for at in made if not_after is None or at <= not_after), default=None)


def lying(db: Database, path: Path) -> list[Lying]:
    """The copies of this installation, the newest first."""
    tried = {one.file: one for one in reversed(backup_steps(db, "try"))}
    return _lying(folders_of(path), settings.install_id(db), tried)


def lying_there(path: Path) -> list[Lying]:
    """The copies in the folders of a database that cannot be opened, of whatever installation, the newest first."""
    folders = folders_of(path)
    installs = {one.install for one in all_anchors(folders)}
    found = [one for install in installs for one in _lying(folders, install, {})]
    return sorted(found, key=lambda one: (one.anchor.at, one.anchor.seq), reverse=True)


def _lying(folders: Folders, install: str, tried: Mapping[str, BackupStep]) -> list[Lying]:
    in_first = {one.file: one for one in copies_of(folders.first, install)}
    second = folders.second
    in_second = {one.file: one for one in copies_of(second, install)} if second else {}
    both = sorted({**in_second, **in_first}.values(), key=lambda one: (one.at, one.seq), reverse=True)
    return [
        Lying(one, _size(folders, one.file), one.file in in_first, one.file in in_second, tried.get(one.file))
        for one in both
    ]


def file_of(path: Path, name: str, db: Database) -> Path | None:
    """The file of a copy of this installation by its name; None for any other name: never a path from outside."""
    for folder in folders_of(path).present():
        if any(one.file == name for one in copies_of(folder, settings.install_id(db))):
            return folder / name
    return None


def warnings(db: Database, path: Path, at: datetime) -> list[Words]:
    """What an administrator must hear about the copies; empty where all is well, and for invented data."""
    if settings.is_demonstration(db):
        return []
    found = [*_late(last_good(db, path, not_after=at), at), *_failed(db), *_second(db, folders_of(path))]
    return found


def _late(last: datetime | None, at: datetime) -> list[Words]:
    if last is None:
        return [Words("还没有任何备份", "There is no backup yet")]
    if at - last > LATE:
        days = (at - last).days
        return [
            Words(
                f"最近一次备份是 {days} 天以前的，应当每天一次",
                f"The last backup is {days} days old; there should be one a day",
            )
        ]
    return []


def _failed(db: Database) -> list[Words]:
    last = last_step(db, "make", "fail")
    if last is None or last.kind == "make":
        return []
    why = last.note or Words("", "")
    return [Words(f"上一次备份没有做成：{why.zh}", f"The last backup failed: {why.en}")]


def _second(db: Database, folders: Folders) -> list[Words]:
    if folders.second is None:
        return []
    if not folders.second.is_dir():
        return [
            Words(
                f"第二个备份文件夹 {folders.second} 不在",
                f"The second backup folder {folders.second} is not there",
            )
        ]
    last = last_step(db, "make")
    if last is not None and (last.copies or 0) < 2:
        return [
            Words("最近一次备份没有复制到第二个文件夹", "The last backup did not reach the second folder")
        ]
    return []


def _size(folders: Folders, name: str) -> int:
    for folder in folders.present():
        if (folder / name).is_file():
            return (folder / name).stat().st_size
    return 0
