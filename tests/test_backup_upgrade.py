"""An upgrade makes a backup first, says where, and is not done without; a newer database is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.integrity import check
from data.migrations import SCHEMA, migrations
from data.problems import Newer
from data.protection.backups import backup_steps
from data.protection.copying import contents
from data.store import Busy, Outdated, open_writer, reading
from office.backup.restoring import restore
from office.backup.trying import try_copy
from office.refusal import Refused
from office.starting import start, start_demonstration
from tests.backing_up import command, folders_beside_the_database
from tests.entering import enter_county, new_writer

__all__ = ["folders_beside_the_database"]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the version before this one left it, with a few rows."""
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[: SCHEMA - 1])
    with new_writer(tmp_path / "office.db") as writer:
        enter_county(writer)
    monkeypatch.undo()
    return tmp_path / "office.db"


def copies(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("office-*.db"))


def test_the_database_is_copied_before_it_is_changed_and_that_is_recorded(old: Path) -> None:
    before = contents(old)
    started = start(old)
    assert started.kept is not None and copies(old) == [started.kept.file]
    assert contents(started.kept.file) == before and before.version == SCHEMA - 1
    with reading(old) as db:
        assert check(db) == []
        (step,) = backup_steps(db)
    assert (step.kind, step.cause, step.file) == ("make", "before_upgrade", started.kept.file.name)


def test_the_command_says_where_it_is(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = command(capsys, old, "init")
    assert code == 0 and document["backup"] == str(copies(old)[0])
    code, document = command(capsys, old, "init")
    assert code == 0 and "backup" not in document and len(copies(old)) == 1


def test_without_a_backup_nothing_is_upgraded(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old.parent / "no folder").write_text("")
    monkeypatch.setenv("OFFICE_BACKUP", str(old.parent / "no folder"))
    before = old.read_bytes()
    with pytest.raises(Refused, match="nothing was upgraded"):
        start(old)
    assert old.read_bytes() == before
    with pytest.raises(Outdated):
        open_writer(old)


def test_a_new_database_needs_none(tmp_path: Path) -> None:
    assert start(tmp_path / "office.db").kept is None
    assert not (tmp_path / "backups").exists()


def test_while_somebody_has_it_nothing_is_copied_or_changed(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[: SCHEMA - 1])
    monkeypatch.setattr("data.connections.SCHEMA", SCHEMA - 1)
    with open_writer(old):
        monkeypatch.undo()
        with pytest.raises(Busy):
            start(old)
    assert copies(old) == []


def test_a_demonstration_asked_for_where_an_old_database_lies_keeps_a_copy_too(old: Path) -> None:
    with pytest.raises(Refused, match="holds data already"):
        start_demonstration(old, households=1)
    assert len(copies(old)) == 1


def test_the_way_back_is_the_copy_and_the_earlier_version(old: Path) -> None:
    kept = start(old).kept
    assert kept is not None
    restored = restore(kept.file, old, sure=True)
    assert restored.older and contents(old).version == SCHEMA - 1
    with pytest.raises(Outdated):
        open_writer(old)
    again = start(old)
    assert again.kept is not None
    with reading(old) as db:
        assert check(db) == []


def test_a_copy_of_an_earlier_version_is_tried_as_an_upgrade_would_take_it(old: Path) -> None:
    kept = start(old).kept
    assert kept is not None
    tried = try_copy(kept.file)
    assert tried.ok, tried.faults
    assert contents(kept.file).version == SCHEMA - 1  # the copy itself was only read
    assert sorted(file.name for file in kept.file.parent.glob(".trying-*")) == []


def test_a_newer_database_is_refused_by_every_way_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "office.db"
    start(path)
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    conn.close()
    before = path.read_bytes()
    for words in (
        ("init",),
        ("backup",),
        ("verify",),
        ("restore", str(path.with_name("copy.db")), "--dry-run"),
    ):
        path.with_name("copy.db").write_bytes(before)
        code, refused = command(capsys, path, *words)
        assert code == 1 and "较新的版本" in refused["error"], words
    code, found = command(capsys, path, "doctor")
    assert (
        code == 1
        and found["findings"][0]["state"] == "wrong"
        and "较新的版本" in found["findings"][0]["found"]
    )
    assert path.read_bytes() == before
    with pytest.raises(Newer):
        open_writer(path)


def test_a_database_that_waits_for_its_upgrade_can_be_backed_up_by_command(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(old)
    code, document = command(capsys, old, "backup")
    assert code == 0 and document["recorded"] is False and contents(old) == before
    assert contents(copies(old)[0]) == before


@pytest.mark.parametrize("version", [SCHEMA - 1, SCHEMA + 1])
def test_the_copies_are_listed_though_the_database_is_of_another_version(
    old: Path, capsys: pytest.CaptureFixture[str], version: int
) -> None:
    command(capsys, old, "backup")
    with closing(sqlite3.connect(old)) as conn:
        conn.execute(f"PRAGMA user_version = {version}")
    code, document = command(capsys, old, "backup", "--list")
    assert code == 0 and [one["file"] for one in document["copies"]] == [copies(old)[0].name]
