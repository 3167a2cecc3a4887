"""A backup: a whole copy under its name or none, checked, in both folders, noted outside and recorded in the chain."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest

from data.chain import head
from data.integrity import check
from data.problems import StoreProblem
from data.protection import copying
from data.protection.backups import backup_steps
from data.protection.copying import NoCopy, faults_of_copy
from data.store import open_writer, reading
from office.backup.anchors import anchors_in
from office.backup.folders import NAME
from office.backup.making import make
from tests.backing_up import (
    NOON,
    changed,
    changed_in,
    days,
    folders_beside_the_database,
    made_at,
    office,
    rows,
)
from tests.backups_under_writers import restored_and_verified, under_writers

__all__ = ["folders_beside_the_database", "office"]


def steps(path: Path) -> list[tuple[str, str]]:
    with reading(path) as db:
        return [(one.kind, one.cause) for one in reversed(backup_steps(db))]


def test_a_copy_is_named_by_day_and_chain_and_holds_what_the_database_held(office: Path) -> None:
    with reading(office) as db:
        before = head(db)
    (made,) = made_at(office, NOON)
    assert made.file.parent == office.parent / "backups"
    assert made.file.name == f"office-20261102T120000-seq{before.seq}-{before.hash[:8]}.db"
    assert NAME.fullmatch(made.file.name)
    assert made.contents.counts["inspections"] == rows(office, "SELECT count(*) FROM inspections")[0][0]
    with reading(made.file) as db:
        assert check(db) == [] and head(db) == before
    assert made.file.with_name(made.file.name + ".sha256").read_text() == f"{made.sha256}  {made.file.name}\n"


def test_it_is_recorded_with_its_digest_and_the_chain_still_holds(office: Path) -> None:
    (made,) = made_at(office, NOON, by="示例管理员", cause="asked")
    with reading(office) as db:
        (step,) = backup_steps(db)
        assert check(db) == []
    assert (step.kind, step.cause, step.file, step.sha256) == ("make", "asked", made.file.name, made.sha256)
    assert (step.copies, step.recorded_by, step.head_seq) == (1, "示例管理员", made.contents.head.seq)
    assert step.counts == made.contents.counts


def test_every_copy_is_noted_in_the_folder_with_the_chains_end(office: Path) -> None:
    (made,) = made_at(office, NOON)
    (line,) = anchors_in(made.file.parent)
    assert (line.seq, line.hash) == (made.contents.head.seq, made.contents.head.hash)
    assert (line.install, line.file, line.cause) == (made.contents.install_id, made.file.name, "daily")


def test_only_its_owner_can_read_a_copy(office: Path) -> None:
    (made,) = made_at(office, NOON)
    for file in [made.file.parent, *made.file.parent.iterdir()]:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_two_copies_within_one_second_have_two_names(office: Path) -> None:
    with open_writer(office) as writer:
        one = make(office, None, "asked", at=NOON)
        two = make(office, writer, "asked", at=NOON)
    assert one.file.name[15:] != two.file.name[15:] and one.file.exists() and two.file.exists()


def test_the_second_folder_gets_the_same_copy(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(second))
    (made,) = made_at(office, NOON)
    assert made.copies == 2 and made.notes == ()
    assert (second / made.file.name).read_bytes() == made.file.read_bytes()
    assert anchors_in(second) == anchors_in(made.file.parent)


def test_a_missing_second_folder_is_said_and_not_made(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "drive"))
    (made,) = made_at(office, NOON)
    assert made.copies == 1 and "第二个备份文件夹" in made.notes[0].zh
    assert not (tmp_path / "drive").exists() and made.file.exists()
    with reading(office) as db:
        note = backup_steps(db)[0].note
    assert note is not None and "one copy only" in note.en


def test_a_copy_that_does_not_pass_its_check_gets_no_name(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copying.copy_database

    def spoiled(source: Path, target: Path) -> copying.Contents:
        held = real(source, target)
        conn = sqlite3.connect(target)
        conn.execute("DROP TRIGGER inspections_no_delete")
        conn.execute("DELETE FROM inspections WHERE id = 1")
        conn.commit()
        conn.close()
        return held

    monkeypatch.setattr("office.backup.making.copy_database", spoiled)
    with open_writer(office) as writer, pytest.raises(NoCopy, match="did not pass"):
        make(office, writer, "daily", at=NOON)
    assert [file.name for file in (office.parent / "backups").iterdir()] == [".lock"]
    assert steps(office) == [("fail", "daily")]


def test_what_an_interrupted_copy_left_is_cleared_and_nothing_else(office: Path) -> None:
    (made,) = made_at(office, NOON)
    folder = made.file.parent
    (folder / "office-77.part").write_bytes(b"half")
    (folder / "office-20261101T120000-seq9-00000000.db.sha256").write_text("x")
    (folder / "notes.txt").write_text("ours")
    changed(office)
    made_at(office, NOON + days(1))
    left = {file.name for file in folder.iterdir()}
    assert "office-77.part" not in left and "office-20261101T120000-seq9-00000000.db.sha256" not in left
    assert {"notes.txt", made.file.name, made.file.name + ".sha256"} <= left


def test_too_little_room_is_said_before_anything_is_written(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    size = office.stat().st_size
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, size + copying.NEEDED_BESIDES - 1))
    with open_writer(office) as writer:
        with pytest.raises(NoCopy, match="no room"):
            make(office, writer, "daily", at=NOON)
        enough = usage(1, 1, size + copying.NEEDED_BESIDES + 100_000)
        monkeypatch.setattr("shutil.disk_usage", lambda _: enough)
        assert make(office, writer, "daily", at=NOON).file.exists()
    assert steps(office) == [("fail", "daily"), ("make", "daily")]


def test_a_folder_that_cannot_be_made_is_named_and_the_failure_recorded(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("OFFICE_BACKUP", str(tmp_path / "file" / "backups"))
    with open_writer(office) as writer, pytest.raises(NoCopy, match="OFFICE_BACKUP"):
        make(office, writer, "asked", at=NOON)
    assert steps(office) == [("fail", "asked")]


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (a)").connection.close()
    with pytest.raises(StoreProblem, match="another program"):
        make(tmp_path / "other.db", None, "asked")


def test_a_copy_needs_no_folder_that_can_be_written(office: Path) -> None:
    """One file: no WAL belongs to it, so that a read-only drive will do."""
    (made,) = made_at(office, NOON)
    assert made.file.read_bytes()[18:20] == b"\x01\x01"
    assert faults_of_copy(made.file, made.contents) == []
    assert sorted(p.suffix for p in made.file.parent.glob("office-*")) == [".db", ".sha256"]


def test_a_copy_of_the_plain_file_would_miss_what_lies_in_the_wal(office: Path, tmp_path: Path) -> None:
    """Why it is never done: the very last entries are not in the file yet."""
    with open_writer(office) as writer:
        with writer.transaction() as db:
            last = head(db).seq
        changed_in(writer, "刚刚登记")
        shutil.copyfile(office, tmp_path / "plain.db")
        made = make(office, writer, "asked", at=NOON)
    assert made.contents.head.seq == last + 1
    assert copying.contents(tmp_path / "plain.db").head.seq <= last


def test_ten_copies_under_three_writers_all_restore_and_verify(demo_db: Path) -> None:
    made, written = under_writers(demo_db, 10)
    assert written.errors == [] and written.commits > 10
    assert len({one.file for one in made}) == 10
    assert [restored_and_verified(one, again=one is made[-1]) for one in made] == [True] * 10
    with reading(demo_db) as db:
        assert check(db) == []


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are another system's")
def test_a_disk_that_fills_while_copying_leaves_nothing_and_is_said(office: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from office.backup.making import make\n"
        "from data.problems import StoreProblem\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: make(Path(sys.argv[1]), None, 'asked')\n"
        "except StoreProblem as problem: print(problem.words.en)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(office)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "No backup was made" in done.stdout or "no backup was made" in done.stdout
    assert [file.name for file in (office.parent / "backups").iterdir()] == [".lock"]


def test_a_folder_that_became_read_only_keeps_its_copies_and_the_backup_is_good(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = made_at(office, NOON)

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self == first.file:
            raise OSError(30, "Read-only file system", str(self))
        original(self, missing_ok=missing_ok)

    original = Path.unlink
    monkeypatch.setattr(Path, "unlink", refuse)
    (later,) = made_at(office, NOON + timedelta(days=400), NOON + timedelta(days=401))[1:]
    assert later.file.exists() and later.recorded


def test_a_folder_that_the_newest_copy_did_not_reach_keeps_what_it_has(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "drive"
    second.mkdir()
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(second))
    (early,) = made_at(office, NOON)
    monkeypatch.setattr(shutil, "copyfile", full)
    (late,) = made_at(office, NOON + timedelta(hours=1))
    assert late.copies == 1 and not early.file.exists()
    assert (second / early.file.name).exists()


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_asked_for_elsewhere_is_written_though_the_backup_folder_cannot_be_used(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("")
    monkeypatch.setenv("OFFICE_BACKUP", str(tmp_path / "no folder"))
    with open_writer(office) as writer:
        made = make(office, writer, "command", to=tmp_path / "by hand.db", at=NOON)
    assert made.recorded and faults_of_copy(made.file) == []
