"""Disk space, folders and files: is there room, may we write, and can nobody else read."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from data.words import Words
from office.doctor.findings import Finding, State, Surroundings, size_words

LITTLE, TOO_LITTLE = 1_000_000_000, 200_000_000  # bytes
ROOM, RIGHTS, FILES = (
    Words("磁盘空间", "disk space"),
    Words("文件夹权限", "rights of the folders"),
    Words("文件权限", "rights of the files"),
)


def disk_findings(around: Surroundings) -> Iterator[Finding]:
    """Of the database's folder and the backup folders."""
    yield _space(around)
    yield _folders(around)
    if os.name != "nt":
        yield _files(around)


def _places(around: Surroundings) -> list[Path]:
    return [around.path.resolve().parent, *around.folders.present()]


def _space(around: Surroundings) -> Finding:
    free = {place: shutil.disk_usage(place).free for place in _places(around) if place.is_dir()}
    least = min(free, key=lambda place: free[place], default=around.path.parent)
    left = free.get(least, 0)
    state: State = "wrong" if left < TOO_LITTLE else "look" if left < LITTLE else "fine"
    found = Words(f"{least} 还有 {size_words(left)}", f"{size_words(left)} free in {least}")
    means = Words(
        "磁盘满了以后什么都登记不了；已经登记的不会丢。",
        "On a full disk nothing can be recorded; what is recorded is not lost.",
    )
    todo = Words("清理磁盘，或者换一个大一些的磁盘。", "Free some space, or use a larger disk.")
    return Finding("disk_space", ROOM, state, found, means, None if state == "fine" else todo)


def _folders(around: Surroundings) -> Finding:
    refusing = [place for place in _places(around) if not os.access(place, os.W_OK | os.X_OK)]
    open_ones = [place for place in _places(around) if os.name != "nt" and _mode(place) & stat.S_IWOTH]
    # Where everybody may write but only remove their own (/tmp) nobody can take our file away.
    open_ones = [place for place in open_ones if not _mode(place) & stat.S_ISVTX]
    if refusing:
        return Finding(
            "folder_rights",
            RIGHTS,
            "wrong",
            Words(f"不能写入 {refusing[0]}", f"{refusing[0]} cannot be written"),
            Words("数据库要能在它的文件夹里建临时文件。", "The database needs to make files beside it."),
            Words(
                "把这个文件夹的写权限给运行本系统的用户。", "Let the user who runs this write in that folder."
            ),
        )
    if open_ones:
        return Finding(
            "folder_rights",
            RIGHTS,
            "look",
            Words(f"{open_ones[0]} 任何用户都能写入", f"anybody on this machine can write in {open_ones[0]}"),
            Words("别的用户可以移走或替换数据库。", "Others could take the database away or replace it."),
            Words(f"运行 chmod o-w {open_ones[0]}", f"Run chmod o-w {open_ones[0]}"),
        )
    return Finding(
        "folder_rights",
        RIGHTS,
        "fine",
        Words("可以写入，别的用户不能", "we may write, others may not"),
        Words("数据库和备份都有地方放。", "There is a place for the database and its copies."),
    )


def _files(around: Surroundings) -> Finding:
    beside = [around.path.with_name(around.path.name + ending) for ending in ("", "-wal", "-shm")]
    copies = [file for folder in around.folders.present() for file in folder.glob("office-*.db")]
    readable = [file for file in [*beside, *copies] if file.is_file() and _mode(file) & 0o077]
    means = Words(
        "库里有户主姓名和账号：只有运行本系统的用户应能读取（0600）。",
        "It holds names and accounts: only the user who runs this should be able to read it (0600).",
    )
    if not readable:
        return Finding("file_rights", FILES, "fine", Words("只有本用户能读写", "ours alone"), means)
    first = readable[0]
    return Finding(
        "file_rights",
        FILES,
        "look",
        Words(
            f"{len(readable)} 个文件别的用户也能读取，例如 {first}",
            f"{len(readable)} files can be read by others, for example {first}",
        ),
        means,
        Words(f"运行 chmod 600 {first}", f"Run chmod 600 {first}"),
    )


def _mode(place: Path) -> int:
    try:
        return place.stat().st_mode
    except OSError:
        return 0
