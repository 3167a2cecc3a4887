"""Where the database lies: a network drive does not lock as SQLite needs it, and a full disk is better met early."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from data.problems import DiskFull, Unreachable

LEAST_FREE = 200_000_000  # bytes; below them nothing large is begun
MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset(
    "nfs nfs4 cifs smb smb3 smbfs ncpfs afs 9p davfs glusterfs fuse.glusterfs fuse.sshfs fuse.davfs2 fuse.rclone".split()
)


def must_not_be_on_network(file: Path) -> None:
    """Raises `Unreachable` for a path on a drive of another machine, where that can be told: on Linux, and for
    Windows' names of the form \\\\server\\share."""
    kind = "network" if str(file).startswith("\\\\") else _kind_of_drive(file.parent)
    if kind in NETWORK or kind == "network":
        raise Unreachable(
            f"{file} 在网络驱动器上（{kind}）。那里不能可靠地加锁，数据库会损坏；请放到本机的磁盘上。",
            f"{file} lies on a network drive ({kind}). Locks cannot be relied upon there and the database would be"
            " damaged; put it on a disk of this machine.",
        )


def must_have_room(file: Path) -> None:
    """Raises `DiskFull` in words before something large is begun with too little room."""
    try:
        free = shutil.disk_usage(file.parent).free
    except OSError:
        return  # what is wrong with the folder, the writer will say
    if free < LEAST_FREE:
        left, needed = f"{free // 1_000_000:,}", f"{LEAST_FREE // 1_000_000:,}"
        raise DiskFull(
            f"磁盘只剩 {left} MB，导入至少要有 {needed} MB。没有写入任何内容；请腾出空间后重试。",
            f"Only {left} MB are free on the disk; an import needs {needed} MB. Nothing was written; free some space"
            " and try again.",
        )


def _kind_of_drive(folder: Path) -> str:
    """The kind of file system that a folder lies on; "" where it cannot be told."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounted = [(point.replace("\\040", " "), kind) for _, point, kind, *_ in map(str.split, lines)]
    above = [(len(point), kind) for point, kind in mounted if _is_within(os.path.realpath(folder), point)]
    return above[max(range(len(above)), key=lambda at: (above[at][0], at))][1] if above else ""


def _is_within(folder: str, point: str) -> bool:
    return folder == point or folder.startswith(point.rstrip("/") + "/")
