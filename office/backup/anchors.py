"""`anchors.txt` in the backup folders: the chain's ends, noted outside the database, and whether the chain still has them.

A line: instant, installation, number, hash, cause, file. A chain that was written anew with hashes that fit one another
does not have the hashes noted here. After a copy was put back the entries after it are not in the chain, rightly: a
line with the cause `restore` says so, and the lines before it that it takes back are only told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.chain import Difference
from data.protection.copying import flush_folder
from data.rulekeeping.rechecks import entry_hash_at
from data.settings import install_id
from data.store import Database
from data.words import Words
from office.backup.folders import NAME, Folders

FILE = "anchors.txt"
RESTORED = "restore"
LINE = re.compile(
    r"(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f]{32}) (\d{1,15}) ([0-9a-f]{64}) ([a-z_]+) (office-[\w.-]+|-)"
)


@dataclass(frozen=True)
class Anchor:
    """One end of the chain that was noted. `file`: the copy, "-" where there is none by a name of ours."""

    at: str
    install: str
    seq: int
    hash: str
    cause: str
    file: str

    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.at} {self.install} {self.seq} {self.hash} {self.cause} {self.file}"


@dataclass(frozen=True)
class Compared:
    """How many anchors the chain was compared with, what does not hold, and what is to be told besides."""

    anchors: int = 0
    differences: tuple[Difference, ...] = ()
    notes: tuple[Words, ...] = ()


def note(folder: Path, anchor: Anchor) -> None:
    """Add a line, flushed to disk; one that was broken off before is ended first. Raises OSError."""
    file = folder / FILE
    handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600)
    try:
        size = os.fstat(handle).st_size
        broken_off = size > 0 and _last_byte(file) != b"\n"
        os.write(handle, (("\n" if broken_off else "") + anchor.line() + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    flush_folder(folder)


def anchors_in(folder: Path) -> list[Anchor]:
    """The lines of a folder in their order; what is no line of ours is passed over. Empty where there are none."""
    try:
        text = (folder / FILE).read_text("utf-8", "replace")
    except OSError:
        return []
    found = (LINE.fullmatch(line.strip()) for line in text.splitlines())
    return [Anchor(m[1], m[2], int(m[3]), m[4], m[5], m[6]) for m in found if m]


def all_anchors(folders: Folders) -> list[Anchor]:
    """The lines of all folders, each once, by instant."""
    return sorted(
        {one for folder in folders.present() for one in anchors_in(folder)}, key=lambda a: (a.at, a.seq)
    )


def copies_of(folder: Path, install: str) -> list[Anchor]:
    """The copies of an installation that lie in a folder, the newest first."""
    named = {
        one.file: one for one in anchors_in(folder) if one.install == install and NAME.fullmatch(one.file)
    }
    return sorted(
        (one for one in named.values() if (folder / one.file).is_file()),
        key=lambda one: (one.at, one.seq),
        reverse=True,
    )


def compare(db: Database, anchors: Iterable[Anchor]) -> Compared:
    """Whether the chain has every entry that was noted for it. Read the anchors before the database's first answer."""
    mine = sorted((a for a in anchors if a.install == install_id(db)), key=lambda a: (a.at, a.seq))
    standing, notes = _standing(db, mine)
    wrong = [one for one in sorted(standing, key=lambda a: a.seq) if entry_hash_at(db, one.seq) != one.hash]
    if not wrong:
        return Compared(len(standing), (), tuple(notes))
    good = [one.seq for one in standing if one.seq < wrong[0].seq and one not in wrong]
    return Compared(len(standing), (_difference(db, wrong, max(good, default=0)),), tuple(notes))


def _standing(db: Database, mine: Sequence[Anchor]) -> tuple[list[Anchor], list[Words]]:
    """The lines that must hold: without those that a copy put back has taken back."""
    standing: list[Anchor] = []
    notes: list[Words] = []
    for one in mine:
        if one.cause == RESTORED and entry_hash_at(db, one.seq) == one.hash:
            gone = [a for a in standing if a.seq >= one.seq]
            standing = [a for a in standing if a.seq < one.seq]
            if gone:
                last, day = max(a.seq for a in gone), one.at[:10]
                notes.append(
                    Words(
                        f"{day} 用备份恢复过：原来第 {one.seq} 至 {last} 条不在现在的链里，在当时移开的文件里。",
                        f"A copy was put back on {day}: the former entries {one.seq} to {last} are not in this chain"
                        " but in the file that was moved aside.",
                    )
                )
        standing.append(one)
    return standing, notes


def _difference(db: Database, wrong: Sequence[Anchor], good: int) -> Difference:
    first = wrong[0]
    zh = f"与 {first.at[:10]} 记在备份文件夹里的链首（anchors.txt）不符，共 {len(wrong)} 行不符"
    en = (
        f"It is not the entry noted in the backup folder (anchors.txt) on {first.at[:10]};"
        f" {len(wrong)} lines do not hold"
    )
    if entry_hash_at(db, first.seq) is None:
        zh, en = zh + "：这一条不见了", en + ": the entry is gone"
    return Difference(
        f"chain {first.seq}",
        Words(
            f"{zh}。第 {good} 条以后的记录在那以后被改写过。",
            f"{en}. What follows entry {good} was rewritten since.",
        ),
    )


def _last_byte(file: Path) -> bytes:
    with file.open("rb") as handle:
        handle.seek(-1, os.SEEK_END)
        return handle.read(1)
