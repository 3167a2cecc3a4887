"""Copies made while three threads write; each put back elsewhere and looked through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from data import settings
from data.chain import head
from data.integrity import check
from data.register import REGISTERS
from data.store import StoreProblem, Writer, open_writer, reading
from office.backup.anchors import anchors_in, compare
from office.backup.making import Made, make
from office.backup.restoring import restore
from office.days import now
from office.importing import carry_out, prepare
from office.rechecking.whole import recheck
from soak.setting import CLERK, inspections

WRITERS, ROWS = 3, 40


@dataclass
class Written:
    """What the writers did meanwhile: commits answered, and what was raised."""

    commits: int = 0
    errors: list[str] = field(default_factory=list)


def under_writers(path: Path, number: int) -> tuple[list[Made], Written]:
    """So many copies, one after the other, while threads import and set."""
    written = Written()
    with open_writer(path) as writer, _writing(writer, written):
        made = [make(path, writer, "asked") for _ in range(number)]
    return made, written


def restored_and_verified(made: Made, *, again: bool) -> bool:
    """All digests hold, it ends where the anchor says, and decides the same `again`."""
    with TemporaryDirectory() as place:
        path = Path(place) / "office.db"
        restored = restore(made.file, path)
        anchors = [one for one in anchors_in(made.file.parent) if one.file == made.file.name]
        with reading(path) as db:
            ends = compare(db, anchors)
            after = head(db).seq == made.contents.head.seq + 1 == restored.seq
            whole = after and ends.anchors == 1 and not ends.differences and not check(db)
        return whole and (not again or recheck(path, children=0, alone=True).ok)


@contextmanager
def _writing(writer: Writer, written: Written) -> Iterator[None]:
    stopped, guard = threading.Event(), threading.Lock()

    def work(name: str) -> None:
        turn = 0
        while not stopped.wait(0.02):
            turn += 1
            try:
                _one_write(writer, name, turn)
            except StoreProblem as problem:
                with guard:
                    written.errors.append(problem.words.en)
            else:
                with guard:
                    written.commits += 1

    threads = [threading.Thread(target=work, args=(f"K{number}",)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


def _one_write(writer: Writer, name: str, turn: int) -> None:
    """Small changes, and now and then, by one of them, a file of inspections."""
    if turn % 5 or name != "K0":  # a file is checked against a register that only its own thread changes
        with writer.transaction() as db:
            settings.put(db, f"example_{name}", str(turn), at=now(), by="示例")
        return
    content = inspections(writer.path, ROWS, f"{name}{turn:05}")
    with reading(writer.path) as db:
        report = prepare(db, REGISTERS["inspections"], "inspections.csv", content)
    carry_out(writer, report, by=CLERK)
