"""Fifty backups while three people write: each of them is whole, and can be put back and verified."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from data.chain import head
from data.register import REGISTERS
from data.store import Writer, open_writer, reading
from office.backup.anchors import all_anchors
from office.backup.folders import folders_of
from office.backup.making import make
from office.backup.restoring import restore
from office.backup.trying import try_copy
from office.importing import carry_out, prepare, source_of
from office.rechecking.whole import recheck
from soak.setting import CLERK, base, inspections, own_copy
from soak.trial import Line, all_of, longest, none_of

BACKUPS, WRITERS, ROWS = 50, 3, 50
LONGEST = 60.0  # for a gigabyte; these are smaller


def run(seconds: float | None) -> Iterator[Line]:
    """50 backups, or as many as half of `seconds` allows; each is tried and put back."""
    until = None if seconds is None else perf_counter() + seconds / 2
    with own_copy(base()) as path, open_writer(path) as writer:
        errors: list[str] = []
        copies, taken = _made(path, writer, errors, until)
        yield none_of(f"errors of {WRITERS} who wrote meanwhile", len(errors), len(copies))
        for error in errors[:3]:
            yield Line(error, "found", "nothing", False)
        anchors = all_anchors(folders_of(path))
        tried = sum(try_copy(copy, anchors=anchors).ok for copy in copies)
        yield all_of("backups made under writing that hold, decisions made again", tried, len(copies))
        put_back, back = _put_back(copies)
        yield all_of("backups that were put back and verify", put_back, len(copies))
        yield longest("making a backup", taken, LONGEST)
        yield longest("putting one back", back, LONGEST)


def _made(
    path: Path, writer: Writer, errors: list[str], until: float | None
) -> tuple[list[Path], list[float]]:
    over = threading.Event()
    people = [threading.Thread(target=_write, args=(n, path, writer, errors, over)) for n in range(WRITERS)]
    for one in people:
        one.start()
    copies, taken = [], []
    try:
        for number in range(BACKUPS):
            if until is not None and number and perf_counter() > until:
                break
            begun = perf_counter()
            made = make(path, writer, "asked", "示例管理员", to=path.with_name(f"copy-{number}.db"))
            taken.append(perf_counter() - begun)
            copies.append(made.file)
    finally:
        over.set()
        for one in people:
            one.join()
    return copies, taken


def _write(number: int, path: Path, writer: Writer, errors: list[str], over: threading.Event) -> None:
    """Imports of fifty rows, each checked again where another was faster."""
    draw, turn = Random(number), 0
    while not over.is_set():
        content = inspections(path, ROWS, f"B{number}T{turn}")
        try:
            with reading(path) as db:
                report = prepare(db, REGISTERS["inspections"], "rows.csv", content)
            carry_out(writer, report, by=CLERK, source=source_of(content))
            turn += 1
        except Exception as error:
            if "since the file was checked" not in str(error):
                errors.append(f"{type(error).__name__}: {error}")
        over.wait(draw.random() / 20)


def _put_back(copies: list[Path]) -> tuple[int, list[float]]:
    good, taken = 0, []
    for copy in copies:
        with TemporaryDirectory(prefix="soak-") as folder:
            target = Path(folder) / "office.db"
            begun = perf_counter()
            done = restore(copy, target, sure=True)
            taken.append(perf_counter() - begun)
            with reading(target) as db:
                good += recheck(target).ok and head(db).seq == done.seq
    return good, taken
