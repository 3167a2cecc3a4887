"""What is noted outside the database finds a chain that was written anew with hashes that fit one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.integrity import check
from data.store import open_writer, reading
from office.backup.anchors import FILE, LINE, Anchor, all_anchors, anchors_in, compare, note
from office.backup.folders import folders_of
from office.backup.making import make
from office.rechecking.whole import recheck
from tests.backing_up import NOON, changed, command, days, folders_beside_the_database, made_at, office
from tests.rechained import rechained

__all__ = ["folders_beside_the_database", "office"]

REWRITTEN = ("UPDATE households SET head_name = '别人' WHERE id = 1",)


def compared(path: Path) -> list[str]:
    with reading(path) as db:
        return [one.place for one in compare(db, all_anchors(folders_of(path))).differences]


def test_a_chain_that_only_grew_holds(people_db: Path) -> None:
    made_at(people_db, NOON)
    changed(people_db)
    made_at(people_db, NOON + days(1))
    assert compared(people_db) == []
    found = recheck(people_db, children=0)
    assert found.ok and found.anchors == 2


def test_a_chain_rewritten_with_valid_hashes_is_found_by_the_folder_alone(office: Path) -> None:
    (made,) = made_at(office, NOON)
    rechained(office, *REWRITTEN)
    with reading(office) as db:
        assert check(db) == []  # within itself everything fits
    assert compared(office) == [f"chain {made.contents.head.seq}"]


def test_verify_finds_it_too_and_says_from_where_on(
    people_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (first,) = made_at(people_db, NOON)
    changed(people_db, "示例办公室")
    (second,) = made_at(people_db, NOON + days(1))
    rechained(
        people_db,
        "UPDATE settings SET value = '别的办公室' WHERE key = 'office_name'",
        "UPDATE chain SET body = replace(body, '示例办公室', '别的办公室') WHERE action = 'setting'",
    )
    code, document = command(capsys, people_db, "verify")
    assert code == 1 and not document["ok"]
    (found,) = document["differences"]
    assert found["place"] == f"chain {second.contents.head.seq}"
    assert f"第 {first.contents.head.seq} 条以后" in found["message"]


def test_verify_says_how_many_it_was_compared_with(
    people_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_at(people_db, NOON, NOON + days(1))
    code, document = command(capsys, people_db, "verify")
    assert code == 0 and document["anchors"] == 2


def test_a_chain_cut_off_before_an_anchor_is_found(office: Path) -> None:
    (made,) = made_at(office, NOON)
    seq = made.contents.head.seq
    rechained(
        office,
        "DELETE FROM backups",
        ("DELETE FROM settings WHERE key IN ('demonstration', 'working_day')", []),
        f"DELETE FROM chain WHERE seq >= {seq}",
    )
    assert compared(office) == [f"chain {seq}"]


def test_another_installations_lines_say_nothing_about_this_one(office: Path) -> None:
    (made,) = made_at(office, NOON)
    stranger = Anchor("2026-11-02T04:00:00.000000Z", "0" * 32, 1, "f" * 64, "daily", "-")
    note(made.file.parent, stranger)
    assert compared(office) == [] and len(anchors_in(made.file.parent)) == 2


def test_a_line_broken_off_spoils_neither_those_before_nor_those_after(office: Path) -> None:
    (first,) = made_at(office, NOON)
    with (first.file.parent / FILE).open("a") as file:
        file.write("2026-11-02T04:00:00.000000Z 00000000")
    changed(office)
    (second,) = made_at(office, NOON + days(1))
    assert [one.file for one in anchors_in(first.file.parent)] == [first.file.name, second.file.name]
    assert compared(office) == []


def test_a_line_reads_as_it_was_written() -> None:
    line = Anchor(
        "2026-11-02T04:00:00.000000Z", "a" * 32, 12, "b" * 64, "before_upgrade", "office-x.db"
    ).line()
    assert LINE.fullmatch(line)


def test_a_copy_made_without_a_record_is_noted_all_the_same(office: Path) -> None:
    make(office, None, "command", at=NOON)
    rechained(office, *REWRITTEN)
    assert len(compared(office)) == 1


def test_a_forged_line_of_putting_back_takes_nothing_back(office: Path) -> None:
    """Who can rewrite the database but not the chain's past cannot excuse it by a line the chain does not have."""
    (made,) = made_at(office, NOON)
    rechained(office, *REWRITTEN)
    forged = Anchor("2026-11-03T04:00:00.000000Z", made.contents.install_id, 1, "f" * 64, "restore", "-")
    note(made.file.parent, forged)
    assert compared(office) != []


def test_the_writer_of_the_running_application_is_no_hindrance(office: Path) -> None:
    with open_writer(office) as writer:
        make(office, writer, "asked", at=NOON)
        assert compared(office) == []
