"""Audit packs in tests: made from a database file, checked inside this process or by their own verify.py."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from data.store import reading
from office.audit_pack.building import build
from office.audit_pack.checking.main import Result, check


def packed(database: Path, pack: Path, *, level: int = 0) -> Path:
    """The pack of a database."""
    with reading(database) as db, pack.open("wb") as target:
        build(db, target, level=level)
    return pack


def unpacked(pack: Path) -> Path:
    """A folder beside it with what it holds."""
    folder = pack.with_suffix("")
    with zipfile.ZipFile(pack) as zipped:
        zipped.extractall(folder)
    return folder


def checked(database: Path, folder: Path, most: int = 20) -> Result:
    """What the checker finds in the pack of a database."""
    return check(packed(database, folder / "pack.zip"), most=most)


def told(result: Result) -> list[str]:
    """Each difference with its place, in English."""
    return [f"{one.place} | {one.en}" for one in result.differences]


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The pack's own verify.py, without this project, its packages or anything of the environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", str(folder / "verify.py"), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env={},
    )
