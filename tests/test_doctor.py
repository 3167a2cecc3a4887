"""Looking over the installation: each thing that can be wrong is found, said in both languages, with what to do."""

from __future__ import annotations

import re
from collections import namedtuple
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import chain
from data.people import Person
from data.store import open_writer
from office.__main__ import main
from office.backup.folders import folders_of
from office.days import HERE
from office.doctor import care, software
from office.doctor.findings import Finding, Surroundings
from office.doctor.whole import look_over, surroundings
from office.installed import Part
from tests.backing_up import NOON, command, folders_beside_the_database, made_at
from tests.rechained import rechained

__all__ = ["folders_beside_the_database"]

NAMES = {
    *("database", "wal", "pragmas", "sqlite", "anchors", "lock"),
    *("disk_space", "folder_rights", "file_rights"),
    *("backup", "second_copy", "restore_tried", "verified", "administrators"),
    *("clock", "time_zone", "python", "pins", "rules", "address"),
}


@pytest.fixture
def path(office_db: Path) -> Path:
    """An office's own database in a folder of its own."""
    folder = office_db.parent / "own"
    folder.mkdir(mode=0o700)
    office_db.chmod(0o600)
    return office_db.rename(folder / "office.db")


def around(path: Path, **other: Any) -> Surroundings:
    return replace(surroundings(path), **{"environment": {}, "drift": None, "at": NOON, **other})


def found(path: Path, name: str, **other: Any) -> Finding:
    seen = around(path, **other)
    (one,) = [one for one in look_over(replace(seen, folders=folders_of(path))) if one.name == name]
    return one


def state(path: Path, name: str, **other: Any) -> str:
    return found(path, name, **other).state


def test_everything_is_looked_at_and_said_in_both_languages(path: Path) -> None:
    seen = look_over(around(path))
    assert {one.name for one in seen} == NAMES
    for one in seen:
        for words in (one.title, one.found, one.means, one.todo):
            if words is not None:
                assert words.zh and words.en and not re.search(r"[\u3000-\u9fff\uff00-\uffef]", words.en), (
                    one.name
                )
        assert (one.todo is not None) == (one.state != "fine"), one.name


def test_a_demonstration_is_fine_without_backups(people_db: Path) -> None:
    people_db.chmod(0o600)
    names = ("backup", "second_copy", "restore_tried", "verified", "administrators")
    assert {state(people_db, name) for name in names} == {"fine"}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=26), "fine"),
        (timedelta(hours=26, seconds=1), "look"),
        (timedelta(days=3), "look"),
        (timedelta(days=3, seconds=1), "wrong"),
    ],
)
def test_the_last_backup_grows_old(path: Path, age: timedelta, expected: str) -> None:
    made_at(path, NOON)
    assert state(path, "backup", at=NOON + age) == expected


@pytest.mark.parametrize("folder", ["first", "second"])
def test_a_newest_copy_that_was_altered_since_is_wrong(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "second").mkdir()
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "second"))
    (made,) = made_at(path, NOON)
    assert state(path, "backup", at=NOON) == "fine"
    file = made.file if folder == "first" else tmp_path / "second" / made.file.name
    damaged = bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.write_bytes(damaged)
    altered = found(path, "backup", at=NOON)
    assert altered.state == "wrong" and str(file) in altered.found.en and altered.todo


def test_no_backup_at_all_is_wrong(path: Path) -> None:
    assert state(path, "backup") == "wrong"


def test_a_second_folder_is_asked_for_found_and_missed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state(path, "second_copy") == "look"
    (tmp_path / "second").mkdir()
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "second"))
    made_at(path, NOON)
    same = found(path, "second_copy")
    assert same.state == "look" and "同一个磁盘" in same.found.zh
    monkeypatch.setattr(care, "_same_disk", lambda one, other: False)
    assert state(path, "second_copy") == "fine"
    monkeypatch.setenv("OFFICE_BACKUP_SECOND", str(tmp_path / "gone"))
    assert state(path, "second_copy") == "wrong"


@pytest.mark.parametrize(
    ("free", "expected"),
    [(1_000_000_000, "fine"), (999_999_999, "look"), (200_000_000, "look"), (199_999_999, "wrong")],
)
def test_disk_space_runs_low(path: Path, monkeypatch: pytest.MonkeyPatch, free: int, expected: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, free))
    assert state(path, "disk_space") == expected


def test_a_file_that_others_can_read_is_named(path: Path) -> None:
    assert state(path, "file_rights") == "fine"
    path.chmod(0o640)
    assert "chmod 600" in found(path, "file_rights").todo.en  # type: ignore[union-attr]


def test_a_folder_that_anybody_may_write_is_named_unless_each_keeps_their_own(path: Path) -> None:
    path.parent.chmod(0o777)
    assert state(path, "folder_rights") == "look"
    path.parent.chmod(0o1777)
    assert state(path, "folder_rights") == "fine"


def test_a_clock_before_the_last_entry_is_wrong(path: Path) -> None:
    last = datetime(2026, 11, 2, 4, tzinfo=UTC) + timedelta(days=400)
    with open_writer(path) as writer, writer.transaction() as db:
        chain.append(db, at=last, actor="示例", action="sign_out", body={})
    assert state(path, "clock", at=last - timedelta(seconds=6)) == "wrong"
    assert state(path, "clock", at=last - timedelta(seconds=5)) == "fine"


def test_entries_made_while_the_clock_stood_behind_are_noticed(path: Path) -> None:
    later = datetime(2027, 11, 2, 4, tzinfo=UTC)
    with open_writer(path) as writer:
        for at in (later, later - timedelta(hours=1)):
            with writer.transaction() as db:
                chain.append(db, at=at, actor="示例", action="sign_out", body={})
    seen = found(path, "clock", at=later + timedelta(days=1))
    assert seen.state == "look" and seen.found.en.startswith("it is 2027-11-03 12:00 Beijing time; 1 recent")


@pytest.mark.parametrize(("drift", "expected"), [(120.0, "fine"), (121.0, "look"), (-121.0, "look")])
def test_a_clock_moved_while_the_application_runs_is_noticed(path: Path, drift: float, expected: str) -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)
    assert state(path, "clock", at=at, drift=drift) == expected


def test_another_time_zone_is_no_fault_and_explained(path: Path) -> None:
    assert "Beijing" in found(path, "time_zone", offset=timedelta(0)).means.en
    assert found(path, "time_zone", offset=HERE.utcoffset(None)).found.zh == "UTC+8"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "look"),
        ("https://office.example", "fine"),
        ("http://office.example", "wrong"),
        ("http://127.0.0.1:8501", "look"),
        ("http:" + "//[broken", "wrong"),
        ("office.example", "wrong"),
    ],
)
def test_the_address_should_be_https(path: Path, address: str, expected: str) -> None:
    assert state(path, "address", environment={"OFFICE_ADDRESS": address}) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part("streamlit", "1.67.0", "1.67.0", "", True), "fine"),
        (Part("streamlit", "1.66.0", "1.67.0", "", True), "wrong"),
        (Part("streamlit", "", "1.67.0", "", True), "wrong"),
        (Part("attrs", "1", "2", "", False), "look"),
        (Part("attrs", "1", "", "", False), "fine"),
    ],
)
def test_a_library_of_another_version_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch, part: Part, expected: str
) -> None:
    monkeypatch.setattr(software, "parts", lambda: (part,))
    assert state(path, "pins") == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "wrong"), (1, "look"), (2, "fine")])
def test_one_administrator_is_few_and_none_is_wrong(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    people = [Person("a", "示例", "administrator")] * number + [Person("b", "示例", "clerk")]
    monkeypatch.setattr(care, "active_people", lambda _: people)
    assert state(path, "administrators") == expected


def test_a_rewritten_chain_is_found_by_its_anchors(path: Path) -> None:
    made_at(path, NOON)
    assert state(path, "anchors") == "fine"
    rechained(path, "UPDATE townships SET township_name = '别处' WHERE id = 1")
    assert state(path, "anchors") == "wrong"


def test_rule_files_other_than_what_is_published_are_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state(path, "rules") == "fine"
    monkeypatch.setattr(software, "differing_on_disk", lambda _: ("produce-support",))
    assert "produce-support" in found(path, "rules").found.en


def test_a_damaged_database_is_said_and_the_rest_is_looked_at_all_the_same(path: Path) -> None:
    path.write_bytes(b"no database at all, whatever it is called" * 50)
    seen = look_over(around(path))
    assert seen[0].name == "database" and seen[0].state == "wrong"
    assert {"disk_space", "python", "pins", "address"} <= {one.name for one in seen}


def test_pages_of_the_file_that_are_damaged_are_found(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(40, 60):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    seen = look_over(around(path))
    assert any(one.name == "database" and one.state == "wrong" for one in seen)


@pytest.mark.parametrize("wrong", [True, False])
def test_the_command_ends_with_one_where_something_is_wrong(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: bool
) -> None:
    people = [Person("a", "示例", "administrator")] * 2
    monkeypatch.setattr(care, "active_people", lambda _: people)
    if not wrong:
        assert command(capsys, path, "backup")[0] == 0
    code, document = command(capsys, path, "doctor")
    bad = [one["name"] for one in document["findings"] if one["state"] == "wrong"]
    assert (code, bad) == ((1, ["backup"]) if wrong else (0, []))
    assert document["ok"] is not wrong


def test_in_words_only_what_is_not_fine_is_explained(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "--db", str(path), "doctor"]) == 1
    said = capsys.readouterr().out
    assert "✕ the last backup: there is none yet" in said
    assert "→ Make one here, or run `backup`." in said
    assert "✔ version of Python: 3." in said and "20 things looked at" in said
