"""The chain of everything recorded: each entry carries the hash of the one before it.

`append` is the only way in; the triggers of the table refuse whatever does not continue it. Before a
hash is taken an entry is the canonical JSON object {action, actor, at, body, prev, seq}, `body` an object.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from data.canonical import canonical, instant_text, json_text
from data.words import Words

FORMAT = "office-chain-v1"
REGISTER_ACTIONS = ("import", "correction")


@dataclass(frozen=True)
class Head:
    """The newest entry: its number (0: none yet), hash (the genesis value if none) and instant ("" if none)."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True)
class Difference:
    """Something that does not hold, and where."""

    place: str
    message: Words


def genesis(install_id: str) -> str:
    """What stands before the first entry: of this installation only, so that two offices' chains differ."""
    return _hash(canonical({"format": FORMAT, "install_id": install_id}).decode())


def head(db: Database) -> Head:
    row = db.execute("SELECT seq, hash, at FROM chain ORDER BY seq DESC LIMIT 1").fetchone()
    if row:
        return Head(*row)
    return Head(0, db.execute("SELECT value FROM settings WHERE key = 'genesis'").fetchone()[0], "")


def append(db: Database, *, at: datetime, actor: str, action: str, body: dict[str, Any]) -> int:
    """Add one entry inside the caller's transaction; gives its number.

    `at` is the clock's instant; if the clock stands behind the last entry, the instant right after that one is taken,
    so that an instant of knowledge still tells the two apart.
    """
    last = head(db)
    seq, when = last.seq + 1, instant_text(at)
    if when < last.at:
        when = instant_text(datetime.fromisoformat(last.at) + timedelta(microseconds=1))
    text = canonical(body).decode()
    entry = (seq, when, actor, action, text, last.hash)
    db.execute("INSERT INTO chain VALUES (?, ?, ?, ?, ?, ?, ?)", [*entry, entry_hash(*entry)])
    return seq


def entry_hash(seq: int, at: str, actor: str, action: str, body: str, prev: str) -> str:
    """The hash of one entry; `body` is canonical JSON text and goes in as it stands."""
    words = map(json_text, (action, actor, at))
    named = "".join(f'"{name}":{word},' for name, word in zip(("action", "actor", "at"), words, strict=True))
    return _hash(f'{{{named}"body":{body},"prev":"{prev}","seq":{seq}}}')


def entry_at(db: Database, seq: int) -> str:
    """The instant of an entry, which the rows recorded with it carry too."""
    return str(db.execute("SELECT at FROM chain WHERE seq = ?", [seq]).fetchone()[0])


def evidence_seq(db: Database, known_at: str | None = None) -> int:
    """Number of the last entry that changed a register, up to an instant (canonical UTC text; None: now); 0: none."""
    marks = ", ".join("?" * len(REGISTER_ACTIONS))
    row = db.execute(
        f"SELECT seq FROM chain WHERE action IN ({marks}) AND (? IS NULL OR at <= ?) ORDER BY seq DESC LIMIT 1",
        [*REGISTER_ACTIONS, known_at, known_at],
    ).fetchone()
    return int(row[0]) if row else 0


def check_chain(db: Database, anchor: tuple[int, str] | None = None) -> Difference | None:
    """Recompute every entry, and look for the anchor (number, hash) noted outside the database."""
    settings = dict(db.execute("SELECT key, value FROM settings"))
    prev, at = settings.get("genesis", ""), ""
    if prev != genesis(settings.get("install_id", "")):
        return _at(
            0, "链的起点与本安装的编号不符。", "The chain's beginning is not that of this installation."
        )
    for expected, row in enumerate(db.execute("SELECT * FROM chain ORDER BY seq"), start=1):
        if fault := _wrong(expected, prev, at, row):
            return fault
        if anchor and anchor[0] == expected and anchor[1] != row[6]:
            return _at(
                expected,
                "此条与外部留存的锚点不符。",
                "This entry is not the one noted outside the database.",
            )
        prev, at = row[6], row[1]
    last = head(db).seq
    if anchor and not 1 <= anchor[0] <= last:
        return _at(
            last,
            f"锚点为第 {anchor[0]} 条，链到此为止。",
            f"The chain ends here; the anchor is entry {anchor[0]}.",
        )
    return None


def _wrong(expected: int, prev: str, at: str, row: tuple[Any, ...]) -> Difference | None:
    if row[0] != expected:
        return _at(
            expected,
            f"缺少此条（下一条是第 {row[0]} 条）。",
            f"This entry is missing (the next one is {row[0]}).",
        )
    if row[5] != prev:
        return _at(expected, "与前一条不相接。", "It does not continue the entry before it.")
    if row[1] < at:
        return _at(expected, "时间早于前一条。", "Its instant lies before that of the entry before it.")
    if entry_hash(*row[:6]) != row[6]:
        return _at(expected, "内容与其哈希值不符。", "Its content does not have its hash.")
    return None


def _at(seq: int, zh: str, en: str) -> Difference:
    return Difference(f"chain {seq}", Words(zh, en))


def _hash(text: str) -> str:
    return hashlib.sha256(f"{FORMAT}\0{text}".encode()).hexdigest()
