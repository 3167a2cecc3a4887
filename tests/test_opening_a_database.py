"""A file that is not ours, not there or of another version is refused in words; migrations are all or nothing."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from data import store
from data.connections import in_memory
from data.migrations import FIRST_REGISTERS, SCHEMA, SECOND_REGISTERS, THIRD_REGISTERS, migrations
from data.register import REGISTERS
from data.store import (
    Missing,
    Newer,
    NotADatabase,
    Outdated,
    StoreProblem,
    Unreachable,
    open_reader,
    open_writer,
    reading,
)
from tests.entering import new_writer

ROOT = Path(__file__).parent.parent
# The text of everything that the migrations up to a step make. If one changes, databases in use have another
# structure than new ones: leave the step as it was and add the next.
FIRST_STRUCTURE = "4a54279915ebe93a9cc2efb1cf076d5a5eaeec0ec31c6ed83fa4b68b938c0f0b"
SECOND_STRUCTURE = "be1e80473ae7b8097948b6d85918c687fba996c51dcc15d5d4115480da3eab6c"
THIRD_STRUCTURE = "3b7e02a686a9231c4961025878aad85bbc021a1af2ad5e27c392022c773a42fb"
FOURTH_STRUCTURE = "4d8177c770ce89976359d5b402b82ba75c2f1c41fe3e31378362b1253951f794"
FIFTH_STRUCTURE = "e3898d51266babab7f290bc2b57a05531465b1acc1c168545b993d430883c181"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


def structure(stop_before: str | None = None) -> str:
    """The text of everything that the migrations make, those before `stop_before` or all of them."""
    with closing(in_memory()) as conn:
        db = store.Database(conn, recursive_triggers=False, execute_plugins=False)
        migrations.apply(db, stop_before=stop_before)
        rows = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    return "\n".join(sql for (sql,) in rows)


@pytest.mark.parametrize(
    ("next_step", "expected"),
    [
        ("m0002_casework", FIRST_STRUCTURE),
        ("m0003_all_registers_and_reporting", SECOND_STRUCTURE),
        ("m0004_rules_and_audit", THIRD_STRUCTURE),
        ("m0005_accounts_and_protection", FOURTH_STRUCTURE),
        (None, FIFTH_STRUCTURE),
    ],
)
def test_a_released_migration_still_makes_the_same_structure(next_step: str | None, expected: str) -> None:
    assert FIRST_REGISTERS == ("townships", "villages", "households", "products", "goods", "inspections")
    assert SECOND_REGISTERS == ("storage_places", "packaging_items", "shipments")
    assert list(REGISTERS) == [*FIRST_REGISTERS, *SECOND_REGISTERS, *THIRD_REGISTERS]
    text = structure(next_step)
    assert hashlib.sha256(text.encode()).hexdigest() == expected, text


def test_no_folder_no_file_and_an_empty_file_are_said_apart(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    for opening in (open_writer, open_reader):
        with pytest.raises(Missing, match="init"):
            opening(tmp_path / "none.db")
        with pytest.raises(Missing, match="empty"):
            opening(empty)
    with pytest.raises(Missing, match="folder"):
        open_writer(tmp_path / "no" / "office.db", migrate=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.db", "empty.db.lock"]


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "list.db"
    file.write_text("户编号,村编码\n" * 500, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(NotADatabase):
        open_writer(file, migrate=True)
    with pytest.raises(NotADatabase):
        open_reader(file)
    assert file.read_bytes() == before


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    with sqlite3.connect(file) as theirs:
        theirs.execute("CREATE TABLE people (name)")
    theirs.close()
    before = file.read_bytes()
    with pytest.raises(NotADatabase, match="another program"):
        open_writer(file, migrate=True)
    with pytest.raises(NotADatabase, match="another program"):
        open_reader(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(("version", "expected"), [(SCHEMA + 1, Newer), (SCHEMA - 1, Outdated)])
def test_a_database_of_another_version_is_refused(
    file: Path, version: int, expected: type[StoreProblem]
) -> None:
    new_writer(file).close()
    with sqlite3.connect(file) as raw:
        raw.execute(f"PRAGMA user_version = {version}")
    raw.close()
    for opening in (open_writer, open_reader):
        with pytest.raises(expected) as refused:
            opening(file)
        assert type(refused.value) is expected


@contextmanager
def as_somebody_else(folder: Path, mode: int) -> Iterator[None]:
    """The folder with other permissions, and root as a user to whom they apply."""
    for above in (folder, *folder.parents[:3]):
        if above.stat().st_uid == os.geteuid() and above != Path("/tmp"):
            above.chmod(0o755)
    was_root = os.geteuid() == 0
    folder.chmod(mode)
    try:
        if was_root:
            os.seteuid(65534)
        yield
    finally:
        if was_root:
            os.seteuid(0)
        folder.chmod(0o755)


posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")


@posix
def test_a_folder_without_permission_is_said_in_words(tmp_path: Path) -> None:
    with open_writer(tmp_path / "office.db", migrate=True):
        pass
    with as_somebody_else(tmp_path, 0o555):
        for name in ("office.db", "new.db"):
            with pytest.raises(Unreachable) as refused:
                open_writer(tmp_path / name, migrate=True)
            assert "权限" in refused.value.words.zh
        with pytest.raises(Unreachable):
            open_reader(tmp_path / "office.db")


@posix
@pytest.mark.parametrize("beside", ["", "-wal", ".lock"])
def test_a_database_in_a_read_only_folder_is_read_unless_somebody_may_be_writing(
    tmp_path: Path, beside: str
) -> None:
    file = tmp_path / "office.db"
    new_writer(file).close()
    file.chmod(0o644)
    (tmp_path / "office.db.lock").unlink()
    if beside:
        (tmp_path / f"office.db{beside}").touch()
    with as_somebody_else(tmp_path, 0o555):
        if beside:
            with pytest.raises(Unreachable):
                open_reader(file)
        else:
            with reading(file) as db:
                assert db.table("settings").count == 2


@posix
def test_a_read_only_file_is_refused_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    new_writer(file).close()
    (tmp_path / "office.db.lock").unlink()
    file.chmod(0o444)
    with as_somebody_else(tmp_path, 0o777):
        for migrate in (False, True):
            with pytest.raises(Unreachable, match="cannot be written"):
                open_writer(file, migrate=migrate)
        with reading(file) as db:
            assert db.table("settings").count == 2


def test_a_migration_that_fails_leaves_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(db: store.Database) -> None:
        db.execute("CREATE TABLE later (id INTEGER)")
        raise ValueError("no")

    step = migrations._Migration("m9999_fails", fails)
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, step])
    with pytest.raises(ValueError, match="no"):
        open_writer(file, migrate=True)
    assert [path.name for path in file.parent.iterdir()] == ["office.db.lock"]
    monkeypatch.undo()
    new_writer(file).close()
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, step])
    before = file.read_bytes()
    with pytest.raises(ValueError, match="no"):
        open_writer(file, migrate=True)
    assert file.read_bytes() == before


def test_a_later_step_is_applied_once_and_noted_in_the_chain(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_writer(file).close()
    step = migrations._Migration("m9999_more", lambda db: db.execute("CREATE TABLE more (id INTEGER)"))
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, step])
    for _ in range(2):
        with open_writer(file, migrate=True) as writer, writer.transaction() as db:
            assert db.table("more").exists()
            entries = db.execute("SELECT action, body FROM chain").fetchall()
            assert entries == [("migrate", '{"steps":["m9999_more"]}')]
