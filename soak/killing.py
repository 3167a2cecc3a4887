"""kill -9 at random moments of the office's work: nothing partial, nothing answered lost, the same work done again."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from data.integrity import check
from data.store import open_writer, reading
from office.backup.making import make
from soak.old_databases import STEPS, old_database
from soak.setting import base, own_copy
from soak.trial import Line, longest, none_of
from soak.works import WORKS, Ack

SHARES = {  # of 200 kills
    "imports of 10,000 rows": 50,
    "recordings of decisions": 40,
    "settlements": 30,
    "grants to all plain cases": 20,
    "migrations": 20,
    "backups": 20,
    "restores": 20,
}
PATIENCE = 120.0


@dataclass
class Found:
    """What all kills together showed."""

    kills: int = 0
    answered: int = 0  # steps that were answered before the kill
    finished: int = 0  # the work was over before the kill came
    partial: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)


def run(seconds: float | None) -> Iterator[Line]:
    """200 kills; with `seconds`, as many of each kind in turn as fit."""
    draw, until = Random(20210930), None if seconds is None else perf_counter() + seconds
    for name, share in SHARES.items():
        found = Found()
        ends = None if until is None else perf_counter() + (until - perf_counter()) * share / 200
        spans: dict[str, float] = {}
        for number in range(share):
            if ends is not None and number and perf_counter() > ends:
                break
            killed_once(name, _database_for(name, draw), draw, found, spans)
        yield from _lines(name, found)


def _lines(name: str, found: Found) -> Iterator[Line]:
    said = f"{name}: {found.kills} kills, {found.answered} steps answered before them"
    yield none_of(f"{said}; rows, chain or file not whole", len(found.partial), found.kills)
    yield none_of(f"{name}: answered work that is gone", len(found.lost), found.kills)
    yield none_of(f"{name}: the same work cannot be done again", len(found.undone), found.kills)
    if name == "migrations":
        yield longest(f"{name}: opening the database again, brought up to date", found.opening, 30.0)
    elif found.opening:
        yield longest(f"{name}: opening the database again", found.opening, 5.0)
    for fault in (*found.partial, *found.lost, *found.undone)[:5]:
        yield Line(f"{name}: {fault}", "found", "nothing", False)


def _database_for(name: str, draw: Random) -> Path:
    return old_database(draw.choice(STEPS)) if name == "migrations" else base()


def killed_once(name: str, of: Path, draw: Random, found: Found, spans: dict[str, float]) -> None:
    """One kill in a copy of its own, and everything that must hold after it."""
    with own_copy(of) as path:
        if name == "restores":
            _something_to_restore(path)
        key = of.name
        if key not in spans:  # once to the end, to know how long it takes
            with own_copy(of) as other:
                if name == "restores":
                    _something_to_restore(other)
                spans[key] = _let_run(name, other)
        acks = _killed(name, path, draw.uniform(0, spans[key]), found)
        found.kills += 1
        found.answered += len(acks)
        _examine(name, path, acks, found)


def _something_to_restore(path: Path) -> None:
    """A copy, and something recorded after it that the restoring will take away."""
    with open_writer(path) as writer:
        make(path, writer, "asked", "示例管理员")
    list(WORKS["grants to all plain cases"].steps(path))


def _work(name: str, path: Path, answers: Connection) -> None:
    """In the child: begin when told to, answer after every step."""
    answers.send(None)
    answers.recv()
    for ack in WORKS[name].steps(path):
        answers.send(ack)
    answers.send("over")


@contextmanager
def _child(name: str, path: Path) -> Iterator[tuple[int, Connection]]:
    """A fresh process ready to begin. The server it comes from has no database open; it only saves the imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["soak.works", "soak.killing"])
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(name, path, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            raise AssertionError("the child did not start")
        ours.recv()
        yield child.pid or 0, ours
    finally:
        child.kill()
        child.join()
        ours.close()


def _let_run(name: str, path: Path) -> float:
    with _child(name, path) as (_, answers):
        begun = perf_counter()
        answers.send("go")
        while answers.recv() != "over":
            pass
        return perf_counter() - begun


def _killed(name: str, path: Path, after: float, found: Found) -> list[Ack]:
    """Begin, kill after so many seconds, and give what had been answered by then."""
    with _child(name, path) as (pid, answers):
        answers.send("go")
        sleep(after)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        acks: list[Ack] = []
        with suppress(EOFError, ConnectionResetError):
            while answers.poll(PATIENCE):
                answer = answers.recv()
                if answer == "over":
                    found.finished += 1
                else:
                    acks.append(answer)
    return acks


def _examine(name: str, path: Path, acks: list[Ack], found: Found) -> None:
    try:
        if name not in ("migrations", "restores"):
            begun = perf_counter()
            open_writer(path).close()
            found.opening.append(perf_counter() - begun)
        if name == "migrations":
            begun = perf_counter()
            open_writer(path, migrate=True).close()
            found.opening.append(perf_counter() - begun)
        if name == "restores" and not path.exists():
            found.partial.append(f"no database after a kill, beside it {_beside(path)}")
            WORKS[name].again(path)
        _must_be_whole(path, acks, found)
        WORKS[name].again(path)
        _must_be_whole(path, [], found)
    except Exception as error:
        found.undone.append(f"{type(error).__name__}: {error}")


def _must_be_whole(path: Path, acks: list[Ack], found: Found) -> None:
    with reading(path) as db:
        found.partial += [f"{d.place}: {d.message.en}" for d in check(db)]
        for seq, digest in acks:
            row = db.execute("SELECT hash FROM chain WHERE seq = ?", [seq]).fetchone()
            if row != (digest,):
                found.lost.append(f"entry {seq} was answered and is not there")


def _beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())
