"""Somebody with the file writes the chain anew from some entry on, with hashes that fit: only what was noted outside tells."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from time import perf_counter

from data.casework.ledger import CASEWORK_TABLES
from data.chain import check_chain, entry_hash
from data.integrity import check
from data.register import REGISTERS
from data.store import open_writer, reading
from office.backup.anchors import all_anchors, compare
from office.backup.folders import folders_of
from office.backup.making import make
from office.rechecking.whole import recheck
from soak.setting import base, own_copy
from soak.trial import Line, all_of
from soak.works import WORKS

ROUNDS = 200
IN_FULL = 5  # of them checked by the whole of `verify`, too
FORGER = "示例改写者"
PRINTED = 16  # digits of the hash that a printed paper bears


def run(seconds: float | None) -> Iterator[Line]:
    """200 times another entry before the note; `seconds` ends it sooner."""
    until = None if seconds is None else perf_counter() + seconds
    with own_copy(base()) as path:
        with open_writer(path) as writer:
            made = make(path, writer, "asked", "示例管理员")
        head = made.contents.head
        list(WORKS["grants to all plain cases"].steps(path))  # something recorded after the note
        yield from _rounds(path, (head.seq, head.hash), until)


def _rounds(path: Path, anchor: tuple[int, str], until: float | None) -> Iterator[Line]:
    draw, tried, by_paper, by_folder, alone, whole, in_full = Random(7), 0, 0, 0, 0, 0, 0
    forged = path.with_name("forged.db")
    anchors = all_anchors(folders_of(path))
    for number in range(ROUNDS):
        if until is not None and number and perf_counter() > until:
            break
        shutil.copy(path, forged)
        rewrite(forged, draw.randint(1, anchor[0]))
        tried += 1
        with reading(forged) as db:
            by_paper += check_chain(db, anchor) is not None
            by_folder += bool(compare(db, anchors).differences)
            if number < IN_FULL:
                alone += not check(db)
        if number < IN_FULL:
            in_full += 1
            whole += (
                not recheck(forged).ok and not recheck(forged, anchor=(anchor[0], anchor[1][:PRINTED])).ok
            )
    yield all_of(
        "chain written anew from a random entry on, found by the head that was printed", by_paper, tried
    )
    yield all_of("the same, found by anchors.txt of the backup folder", by_folder, tried)
    yield all_of(
        "the same, found by the whole of verify, with the folder and with a printed head", whole, in_full
    )
    yield Line(
        "the same, without anything noted outside: everything seems to hold",
        f"{alone} of {in_full}",
        "said, not promised",
        True,
    )


def rewrite(file: Path, first: int) -> None:
    """Put another name under an entry and its rows, and hash everything from there on anew; triggers as they were."""
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        triggers = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        conn.execute("BEGIN")
        for name, _ in triggers:
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("UPDATE chain SET actor = ? WHERE seq = ?", [FORGER, first])
        for table in ("runs", *REGISTERS, *CASEWORK_TABLES):
            conn.execute(f"UPDATE {table} SET recorded_by = ? WHERE recorded_seq = ?", [FORGER, first])
        _hash_anew(conn, first)
        for _, sql in triggers:
            conn.execute(sql)
        conn.execute("COMMIT")


def _hash_anew(conn: sqlite3.Connection, first: int) -> None:
    prev = conn.execute("SELECT prev FROM chain WHERE seq = ?", [first]).fetchone()[0]
    rows = conn.execute("SELECT seq, at, actor, action, body FROM chain WHERE seq >= ? ORDER BY seq", [first])
    for seq, at, actor, action, body in rows.fetchall():
        fresh = entry_hash(seq, at, actor, action, body, prev)
        conn.execute("UPDATE chain SET prev = ?, hash = ? WHERE seq = ?", [prev, fresh, seq])
        prev = fresh
