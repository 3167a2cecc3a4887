"""A copy put back: checked, what would be lost said first, the former database moved aside, nothing ever deleted."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from data.chain import head
from data.integrity import check
from data.protection.backups import backup_steps
from data.protection.copying import NoCopy
from data.store import Busy, StoreProblem, open_writer, reading
from office.backup.anchors import all_anchors, compare
from office.backup.folders import folders_of
from office.backup.foreseeing import foresee
from office.backup.making import make
from office.backup.restoring import restore
from office.refusal import Refused
from tests.backing_up import NOON, changed, command, days, folders_beside_the_database, made_at, office, rows
from tests.recorded import make_recorded

__all__ = ["folders_beside_the_database", "office"]


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def test_what_was_copied_is_back_and_the_restoring_is_recorded(office: Path) -> None:
    (made,) = made_at(office, NOON)
    restored = restore(made.file, office, at=NOON + days(1))
    assert restored.seq == made.contents.head.seq + 1
    with reading(office) as db:
        assert check(db) == []
        (step,) = backup_steps(db)
        assert head(db).seq == restored.seq
    assert (step.kind, step.file) == ("restore", made.file.name)
    assert os.stat(office).st_mode & 0o077 == 0


def test_the_former_database_lies_aside_whole(office: Path) -> None:
    (made,) = made_at(office, NOON)
    changed(office)
    with reading(office) as db:
        former = head(db)
    restored = restore(made.file, office, sure=True, at=NOON)
    assert restored.aside is not None and restored.aside.name == "office-replaced-20261102T120000.db"
    with reading(restored.aside) as db:
        assert head(db) == former and check(db) == []


def test_entries_after_the_copy_are_named_and_nothing_is_done_without_a_yes(office: Path) -> None:
    (made,) = made_at(office, NOON)
    changed(office)
    before = bytes_of(office)
    with pytest.raises(Refused) as refused:
        restore(made.file, office)
    first = made.contents.head.seq + 1
    assert f"第 {first} 至 {first + 1} 条" in refused.value.words.zh and "设置 1" in refused.value.words.zh
    assert "settings 1" in refused.value.words.en and "--yes" in refused.value.words.en
    assert bytes_of(office) == before
    assert restore(made.file, office, sure=True).aside is not None


def test_that_a_copy_was_made_is_no_loss(office: Path) -> None:
    (made,) = made_at(office, NOON)
    assert not foresee(made.file, office).loses
    changed(office)
    assert foresee(made.file, office).loses


def test_while_the_application_runs_it_is_refused(office: Path) -> None:
    (made,) = made_at(office, NOON)
    with open_writer(office), pytest.raises(Busy):
        restore(made.file, office, sure=True)


def test_a_copy_that_was_altered_is_refused_and_the_database_stays(office: Path) -> None:
    (made,) = made_at(office, NOON)
    before = bytes_of(office)
    content = bytearray(made.file.read_bytes())
    content[-100] ^= 1
    made.file.write_bytes(content)
    with pytest.raises(Refused, match="did not pass"):
        restore(made.file, office, sure=True)
    assert bytes_of(office) == before


def test_a_copy_of_a_database_in_which_a_row_was_changed_is_not_taken_by_its_digest_alone(
    office: Path,
) -> None:
    (made,) = made_at(office, NOON)
    conn = sqlite3.connect(made.file)
    conn.execute("DROP TRIGGER chain_no_update")
    conn.execute("UPDATE chain SET actor = '别人' WHERE seq = 2")
    conn.commit()
    conn.close()
    made.file.with_name(made.file.name + ".sha256").unlink()
    with pytest.raises(Refused) as refused:
        restore(made.file, office, sure=True)
    assert "chain 2" in refused.value.faults[0].en


def test_on_a_new_machine_it_is_simply_put_there(office: Path, tmp_path: Path) -> None:
    (made,) = made_at(office, NOON)
    (tmp_path / "new").mkdir()
    restored = restore(made.file, tmp_path / "new" / "office.db")
    assert restored.aside is None
    with reading(tmp_path / "new" / "office.db") as db:
        assert check(db) == []


def test_a_damaged_database_is_replaced_once_that_is_wanted(office: Path) -> None:
    (made,) = made_at(office, NOON)
    office.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(Refused, match="cannot be read"):
        restore(made.file, office)
    restored = restore(made.file, office, sure=True)
    assert restored.aside is not None and restored.aside.read_bytes().startswith(b"not a database")
    with reading(office) as db:
        assert check(db) == []


def test_another_offices_copy_is_put_back_only_with_a_yes(office: Path, tmp_path: Path) -> None:
    make_recorded(tmp_path / "other.db")
    made = make(tmp_path / "other.db", None, "asked", at=NOON)
    with pytest.raises(Refused, match="no earlier state"):
        restore(made.file, office)
    assert restore(made.file, office, sure=True).aside is not None


def test_open_sign_ins_of_the_copy_are_ended(people_db: Path) -> None:
    """A session that was ended after the copy must not live again."""
    with open_writer(people_db) as writer, writer.transaction() as db:
        db.execute(
            "INSERT INTO web_sessions VALUES ('h', 'demo-clerk', 'password', '2026-11-02T00:00:00Z',"
            " '2026-11-02T00:00:00Z', NULL)"
        )
    (made,) = made_at(people_db, NOON)
    restore(made.file, people_db)
    assert rows(people_db, "SELECT count(*) FROM web_sessions WHERE ended_at IS NULL") == [(0,)]


def test_verify_knows_of_it_and_tells_what_is_not_in_the_chain_any_more(office: Path) -> None:
    (first,) = made_at(office, NOON)
    changed(office)
    made_at(office, NOON + days(1))
    restore(first.file, office, sure=True, at=NOON + days(2))
    with reading(office) as db:
        found = compare(db, all_anchors(folders_of(office)))
    assert found.differences == () and found.anchors == 2
    assert "用备份恢复过" in found.notes[0].zh
    made_at(office, NOON + days(3))
    with reading(office) as db:
        assert compare(db, all_anchors(folders_of(office))).differences == ()


@pytest.mark.parametrize("step", ["copyfile", "mark_restored", "_moved_aside"])
def test_what_fails_half_way_leaves_the_database_or_its_place_free(
    office: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (made,) = made_at(office, NOON)

    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    where = "shutil.copyfile" if step == "copyfile" else f"office.backup.restoring.{step}"
    monkeypatch.setattr(where, refused)
    with pytest.raises(NoCopy, match="No space left"):
        restore(made.file, office)
    monkeypatch.undo()
    with reading(office) as db:
        assert check(db) == []
    assert not list(office.parent.glob("*.restoring"))
    assert restore(made.file, office).seq == made.contents.head.seq + 1


KILLED = """
import os, sys
from pathlib import Path
from office.backup import restoring
real, move = os.link, Path.replace
def link(one, other):
    if sys.argv[3] == "no second names":
        raise OSError("none on this drive")
    real(one, other)
    os.kill(os.getpid(), 9)
def replace(self, target):
    move(self, target)
    if "replaced" in str(target):
        os.kill(os.getpid(), 9)
os.link, Path.replace = link, replace
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), sure=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is another system's")
@pytest.mark.parametrize("drive", ["second names", "no second names"])
def test_killed_between_moving_aside_and_putting_in_it_is_done_again(office: Path, drive: str) -> None:
    (made,) = made_at(office, NOON)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(made.file), str(office), drive])
    assert ended.returncode == -9
    assert office.exists() == (drive == "second names")  # then a whole database stands there at every moment
    again = restore(made.file, office)
    assert (again.aside is not None) == (drive == "second names")
    asides = list(office.parent.glob("office-replaced-*.db"))
    for file in (office, *asides):
        with reading(file) as db:
            assert check(db) == []
    assert len(asides) == (2 if drive == "second names" else 1)


def test_the_command_tries_says_and_does(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = command(capsys, office, "backup", "--by", "示例管理员")
    assert code == 0 and made["recorded"] and made["copies"] == 1
    code, listed = command(capsys, office, "backup", "--list")
    assert [one["file"] for one in listed["copies"]] == [Path(made["file"]).name]
    changed(office)
    code, foreseen = command(capsys, office, "restore", made["file"], "--dry-run")
    assert code == 0 and foreseen["lost"]["actions"] == {"backup": 1, "setting": 1}
    code, refused = command(capsys, office, "restore", made["file"])
    assert code == 1 and "--yes" in refused["error"]
    code, restored = command(capsys, office, "restore", made["file"], "--yes")
    assert code == 0 and Path(restored["aside"]).exists() and not restored["upgrade"]


def test_a_backup_by_command_while_the_application_runs_is_made_and_said_to_be_unrecorded(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_writer(office):
        code, made = command(capsys, office, "backup")
    assert code == 0 and not made["recorded"] and Path(made["file"]).exists()


def test_a_backup_to_a_named_file_never_overwrites(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "带走.db"
    assert command(capsys, office, "backup", str(target))[0] == 0
    before = bytes_of(target)
    code, refused = command(capsys, office, "backup", str(target))
    assert code == 1 and "已经存在" in refused["error"] and bytes_of(target) == before
    assert command(capsys, office, "restore", str(target), "--dry-run")[0] == 0


def test_a_file_that_is_not_there_is_refused_in_words(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, refused = command(capsys, office, "restore", str(office.parent / "none.db"))
    assert code == 1 and "none.db" in refused["error"]


def test_a_file_named_from_the_folder_one_is_in_is_found(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (made,) = made_at(office, NOON)
    monkeypatch.chdir(office.parent)
    copy = str(made.file.relative_to(office.parent))
    code, document = command(capsys, Path("office.db"), "restore", "--dry-run", copy)
    assert code == 0 and document["own"] is True
    code, document = command(capsys, Path("office.db"), "restore", copy)
    assert code == 0 and document["seq"] == made.contents.head.seq + 1


def test_a_digest_file_that_is_no_text_refuses_the_copy_in_words(office: Path) -> None:
    (made,) = made_at(office, NOON)
    made.file.with_name(made.file.name + ".sha256").write_bytes(b"\xff\xfe\x00")
    before = bytes_of(office)
    with pytest.raises(Refused, match="did not pass its check"):
        restore(made.file, office, at=NOON)
    assert bytes_of(office) == before


def test_damaged_bytes_in_a_definition_are_said_in_words(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made,) = made_at(office, NOON)
    whole = made.file.read_bytes()
    name = b"personal_steps_no_update"
    made.file.write_bytes(whole.replace(name, b"person\xe1l_steps_no_update", 1))
    with pytest.raises(StoreProblem, match="is damaged"):
        foresee(made.file, office)
    code, document = command(capsys, office, "restore", "--try", str(made.file))
    assert code == 1 and document["ok"] is False


def test_a_password_put_into_a_copy_with_a_fitting_digest_is_not_restored(office: Path) -> None:
    (made,) = made_at(office, NOON)
    with sqlite3.connect(made.file) as conn:
        conn.execute("INSERT INTO credentials (login, password) VALUES ('x', 'y')")
    conn.close()
    made.file.with_name(made.file.name + ".sha256").unlink()
    with pytest.raises(Refused, match="did not pass its check"):
        restore(made.file, office, sure=True, at=NOON)
