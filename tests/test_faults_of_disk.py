"""Locked by another program, moved away, on a network drive, nearly full: said in words, and nothing half written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from data import connections, drives
from data.drives import must_not_be_on_network
from data.integrity import check
from data.kept_reader import KeptReader
from data.problems import Busy, DiskFull, StoreProblem, Unreachable
from data.register import REGISTERS
from data.same_file import Gone
from data.store import open_writer, reading
from office.importing import carry_out, prepare
from tests.entering import enter, enter_county, new_writer, sample

CSV = "乡镇编码,乡镇名称\r\nT9,示例新镇\r\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
    return path


def said(problem: pytest.ExceptionInfo[StoreProblem]) -> str:
    words = problem.value.words
    assert "database is locked" not in words.en and "database is locked" not in words.zh
    return words.zh


@contextmanager
def locked_for_everybody(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as foreign:
        foreign.execute("PRAGMA locking_mode = EXCLUSIVE")
        foreign.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.PRAGMAS, "busy_timeout", 20)
    connect = sqlite3.connect

    def impatient(*args: object, **more: object) -> sqlite3.Connection:
        conn: sqlite3.Connection = connect(*args, **more)  # type: ignore[call-overload]
        conn.execute("PRAGMA busy_timeout = 20")
        return conn

    monkeypatch.setattr(sqlite3, "connect", impatient)


def test_a_file_locked_for_everybody_is_said_in_words_to_who_opens_and_who_reads(
    file: Path, short_wait: None
) -> None:
    with locked_for_everybody(file):
        with pytest.raises(Busy) as opening:
            open_writer(file)
        assert "另一个程序锁住" in said(opening)
        with pytest.raises(Busy) as looking, reading(file):
            pass
        assert "另一个程序锁住" in said(looking)
        kept = KeptReader()
        with pytest.raises(Busy), kept.asked(file):
            pass
    open_writer(file).close()
    with kept.asked(file) as db:
        assert db.table("townships").count == 1
    kept.close()


def test_a_lock_that_begins_while_reading_is_said_in_words(file: Path) -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    with pytest.raises(Busy, match="another program"), reading(file):
        raise error


def test_who_writes_while_another_program_does_is_told_that_it_is_another_program(file: Path) -> None:
    with open_writer(file) as writer:
        with writer.transaction() as db:
            db.execute("PRAGMA busy_timeout = 20")
        with closing(sqlite3.connect(file, isolation_level=None)) as foreign:
            foreign.execute("BEGIN IMMEDIATE")
            with pytest.raises(Busy) as busy:
                enter(writer, "townships", [{"township_code": "T2", "township_name": "示例二镇"}])
            assert "另一个程序锁住" in said(busy)
            foreign.execute("ROLLBACK")
        enter(writer, "townships", [{"township_code": "T2", "township_name": "示例二镇"}])


BREAKS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda file: file.unlink(),
    "replaced": lambda file: os.replace(file.with_name("other"), file),
    "WAL deleted": lambda file: file.with_name(f"{file.name}-wal").unlink(),
    "folder renamed": lambda file: file.parent.rename(file.parent.with_name("elsewhere")),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_database_moved_away_while_running_takes_no_more_and_keeps_what_it_took(
    tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file, former = folder / "office.db", tmp_path / "former.db"
    new_writer(folder / "other").close()
    writer = new_writer(file)
    enter_county(writer)
    os.link(file, former)
    BREAKS[how](file)
    with pytest.raises(Gone) as gone:
        enter(writer, "inspections", [sample("S1")])
    assert "移走、删除或替换" in said(gone) and "Stop the application" in gone.value.words.en
    assert ("is kept in" in gone.value.words.en) == folder.exists()
    with pytest.raises(Gone):
        enter(writer, "inspections", [sample("S1")])
    writer.close()
    rescued = file.with_name("office.db.rescued")
    assert rescued.exists() == folder.exists()
    for kept in (former, rescued) if folder.exists() else (former,):
        with reading(kept) as db:
            assert db.table("goods").count == 3
            assert db.table("inspections").count == 0
            assert check(db) == []
    if how == "replaced":  # no WAL of another file lies beside it
        with open_writer(file), reading(file) as db:
            assert db.table("goods").count == 0 and check(db) == []


def test_the_same_file_under_the_same_name_is_no_fault(file: Path) -> None:
    with open_writer(file) as writer:
        os.utime(file)
        for number in range(3):
            enter(writer, "inspections", [sample(f"S{number}")])
            with reading(file) as db:
                assert db.table("inspections").count == number + 1


def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    table = tmp_path / "mounts"
    table.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(drives, "MOUNTS", table)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_drive_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    escaped = str(folder).replace(" ", "\\040")
    mounts(tmp_path, monkeypatch, "/dev/sda / ext4 rw 0 0", f"server:/x {escaped} {kind} rw 0 0")
    with pytest.raises(Unreachable, match="network drive"):
        open_writer(folder / "office.db", migrate=True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "tmpfs", "overlay", "virtiofs"])
def test_a_disk_of_this_machine_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounts(
        tmp_path, monkeypatch, f"x {tmp_path}x nfs rw 0 0", "x / nfs rw 0 0", f"x {tmp_path} {kind} rw 0 0"
    )
    must_not_be_on_network(tmp_path / "office.db")


def test_where_mounts_cannot_be_told_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "MOUNTS", tmp_path / "none")
    must_not_be_on_network(tmp_path / "office.db")


def free(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10**12, 0, size))


@pytest.mark.parametrize(("size", "taken"), [(200_000_000, True), (199_999_999, False)])
def test_a_file_is_imported_only_while_200_mb_are_free(
    file: Path, monkeypatch: pytest.MonkeyPatch, size: int, taken: bool
) -> None:
    with open_writer(file) as writer:
        with reading(file) as db:
            report = prepare(db, REGISTERS["townships"], "t.csv", CSV)
        assert report.good, report.faults
        free(monkeypatch, size)
        if taken:
            carry_out(writer, report, by="周示例")
        else:
            with pytest.raises(DiskFull, match="199 MB") as full:
                carry_out(writer, report, by="周示例")
            assert "200 MB" in said(full)
    with reading(file) as db:
        assert db.table("townships").count == 1 + taken


def test_a_row_typed_in_is_still_taken_with_less(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_writer(file) as writer:
        free(monkeypatch, 1_000_000)
        enter(writer, "inspections", [sample("S1")])


def test_nothing_in_the_project_forks_with_a_connection_open() -> None:
    root = Path(__file__).parent.parent
    sources = [
        path for folder in ("data", "office", "rules", "pages") for path in (root / folder).rglob("*.py")
    ]
    forking = [
        path.name
        for path in [*sources, root / "app.py"]
        if any(
            word in path.read_text("utf-8")
            for word in ("os.fork(", 'get_context("fork', "multiprocessing.Process(")
        )
    ]
    assert forking == []


def test_an_sqlite_that_does_not_keep_a_pragma_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.PRAGMAS, "synchronous", 7)
    with pytest.raises(RuntimeError, match="does not keep synchronous"):
        connections.in_memory()
