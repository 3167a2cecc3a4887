"""The disk full, not writable, locked by another program, the file moved away: words, nothing half written, and it goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from data import drives
from data.integrity import check
from data.problems import StoreProblem
from data.register import REGISTERS
from data.store import Writer, open_writer, reading
from office.backup.making import make
from office.importing import Report, carry_out, prepare, source_of
from soak.setting import CLERK, base, inspections, own_copy
from soak.trial import Line

SIZE = 64_000_000  # of the small file system
LEFT = 1_500_000  # bytes left free when it is called full
ROWS = 10_000
TRIES = 20
HOLD = (
    "import sqlite3, sys, time; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
    "db.execute('PRAGMA busy_timeout = 9000'); db.execute(sys.argv[3]);"
    "db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); time.sleep(float(sys.argv[2]))"
)


def run(seconds: float | None) -> Iterator[Line]:
    """Each fault once (the full disk twenty times), `seconds` or not."""
    with _small_disk() as folder:
        if folder is None:
            yield Line(
                "full disk, disk that is read only", "no small file system can be mounted here", "–", None
            )
        else:
            yield from _full(folder, TRIES if seconds is None else 3)
            yield from _read_only(folder)
    yield from _locked()
    yield from _moved_away()


@contextmanager
def _small_disk() -> Iterator[Path | None]:
    """A file system of its own in memory; None where this process may not mount one."""
    with TemporaryDirectory(prefix="soak-disk-") as folder:
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        if shutil.which("mount") is None or subprocess.run(mounting, capture_output=True).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def _full(folder: Path, tries: int) -> Iterator[Line]:
    path = Path(shutil.copy(base(), folder / "office.db"))
    filler = folder / "filler"
    needed, drives.LEAST_FREE = drives.LEAST_FREE, 0  # else it is refused before anything is tried
    try:
        with open_writer(path) as writer:
            entries, said, copies = _entries(path), 0, 0
            filler.write_bytes(b"\0" * (shutil.disk_usage(folder).free - LEFT))
            for number in range(tries):
                said += _in_words(partial(import_rows, path, writer, f"F{number}"), "磁盘已满")
                copies += _in_words(lambda: make(path, None, "asked"), "空间")
            whole = not _faults(path) and _entries(path) == entries
            yield Line("imports on a full disk, told so in words", f"{said} of {tries}", "all", said == tries)
            yield Line(
                "backups on a full disk, told so in words", f"{copies} of {tries}", "all", copies == tries
            )
            yield Line("after them: nothing half written, all holds", _yes(whole), "yes", whole)
            filler.unlink()
            import_rows(path, writer, "G")
            good = not _faults(path) and _entries(path) == entries + 1
            yield Line("room again: the same import is done, all holds", _yes(good), "yes", good)
            drives.LEAST_FREE = needed
            early = _in_words(lambda: import_rows(path, writer, "H"), "MB")
            yield Line("less than 200 MB free: refused before it begins", _yes(early), "yes", early)
    finally:
        drives.LEAST_FREE = needed


def _read_only(folder: Path) -> Iterator[Line]:
    path = folder / "office.db"
    path.with_name(f"{path.name}.lock").unlink()  # as in an archive: with it, somebody may be writing
    _remount(folder, "ro")
    try:
        said = _in_words(lambda: open_writer(path).close(), "不能写入", "只能读取")
        with reading(path) as db:
            readable = db.table("chain").count > 0
    finally:
        _remount(folder, "rw")
    open_writer(path).close()
    yield Line("read-only folder: writing refused in words", _yes(said), "yes", said)
    yield Line(
        "read-only folder: reading works where SQLite's files are gone", _yes(readable), "yes", readable
    )


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how},size={SIZE}", str(folder)], check=True)


def _locked() -> Iterator[Line]:
    """Another program holds the file: for less than the wait (5 s) nobody notices, for more it is said."""
    with own_copy(base()) as path, open_writer(path) as writer:
        for hold, words in ((2.0, ""), (30.0, "另一个程序锁住")):
            entries = _entries(path)
            report = _prepared(path, f"L{hold:.0f}")
            with _foreign(path, hold, "SELECT 1"):
                begun = perf_counter()
                said = _in_words(partial(carry_out, writer, report, by=CLERK, source="sha256:0"), words)
                took = perf_counter() - begun
                held_reading = _entries(path) >= entries
            good = said if words else _entries(path) == entries + 1
            what = "said in words" if words else "waited for, then written"
            yield Line(
                f"locked by another program for {hold:.0f} s (the wait is 5 s): {what}",
                f"{took:.1f} s",
                "yes",
                good and held_reading,
            )
        import_rows(path, writer, "Z")
        yield Line("after it: works again, all holds", _yes(not _faults(path)), "yes", not _faults(path))
    with own_copy(base()) as path, _foreign(path, 30.0, "PRAGMA locking_mode = EXCLUSIVE"):
        opened = _in_words(lambda: open_writer(path).close(), "另一个程序锁住")
        read = _in_words(lambda: _entries(path), "另一个程序锁住")
        yield Line(
            "locked for everybody: opening and reading say so in words",
            _yes(opened and read),
            "yes",
            opened and read,
        )


@contextmanager
def _foreign(path: Path, seconds: float, first: str) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(path), str(seconds), first]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        if child.stdout is None or child.stdout.readline() != "held\n":
            raise AssertionError("the other program did not get the lock")
        try:
            yield
        finally:
            child.kill()


def _moved_away() -> Iterator[Line]:
    """What is written into a file without a name would be lost: it is refused, and what was answered is kept."""
    faults: dict[str, Callable[[Path], object]] = {
        "the folder is renamed": lambda path: path.parent.rename(
            path.parent.with_name(f"{path.parent.name}-x")
        ),
        "the file is replaced by another": lambda path: os.replace(
            shutil.copy(base(), path.with_name("other")), path
        ),
        "the WAL is deleted": lambda path: path.with_name(f"{path.name}-wal").unlink(),
    }
    for what, break_it in faults.items():
        with own_copy(base()) as path:
            former = path.with_name("former.db")
            os.link(path, former)
            writer = open_writer(path)
            import_rows(path, writer, "V1")
            report = _prepared(path, "V2")
            break_it(path)
            said = _in_words(
                partial(carry_out, writer, report, by=CLERK, source="sha256:0"),
                "移走、删除或替换",
            )
            writer.close()
            with suppress(FileNotFoundError):
                path.parent.with_name(f"{path.parent.name}-x").rename(path.parent)
            with reading(former) as db:
                kept = db.execute("SELECT count(*) FROM inspections WHERE sample_no LIKE 'V1%'").fetchone()[0]
                good = kept == ROWS and not check(db)
            yield Line(f"while running {what}: refused in words", _yes(said), "yes", said)
            yield Line(
                f"while running {what}: what was answered is in the former file", _yes(good), "yes", good
            )


def import_rows(path: Path, writer: Writer, name: str) -> None:
    """Import a file of 10,000 rows."""
    carry_out(writer, _prepared(path, name), by=CLERK, source=source_of(name.encode()))


def _prepared(path: Path, name: str) -> Report:
    with reading(path) as db:
        return prepare(db, REGISTERS["inspections"], f"{name}.csv", inspections(path, ROWS, name))


def _in_words(work: Callable[[], object], *expected: str) -> bool:
    """Whether the work is refused as a fault of the file or disk, in both languages, and says what is expected."""
    try:
        work()
    except StoreProblem as problem:
        zh, en = problem.words.zh, problem.words.en
        return bool(zh and en) and "database is locked" not in en and any(word in zh for word in expected)
    return False


def _entries(path: Path) -> int:
    with reading(path) as db:
        return int(db.execute("SELECT count(*) FROM chain").fetchone()[0])


def _faults(path: Path) -> list[object]:
    with reading(path) as db:
        return list(check(db))


def _yes(held: bool) -> str:
    return "yes" if held else "no"
