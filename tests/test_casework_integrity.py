"""Whoever changes casework behind the program's back is found out: every cell, every row, every entry."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.casework.ledger import CASEWORK_TABLES, RECORDED
from data.store import empty_copy
from tests.casework import CLERK, Office
from tests.recorded import behind_the_back, differences, raw


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A benefit granted, taken away by the whole path, its papers, and a bulk confirmation."""
    file = tmp_path_factory.mktemp("casework") / "master.db"
    office = Office(file)
    with office.writer:
        office.inspect("pass", subject="H2/P1")
        office.bulk()
        office.revoked().act("deliver_decision", CLERK, how="post", to="示例户主")
    return file


@pytest.fixture
def acted(master: Path, tmp_path: Path) -> Path:
    """A copy of that database for one test."""
    return Path(shutil.copy(master, tmp_path / "office.db"))


def test_what_the_office_did_holds(acted: Path) -> None:
    assert differences(acted) == []


# A plausible other value of every column of the newest row; the ids of other rows must exist.
OTHERWISE = {
    "good_entity": "good_entity % 3 + 1",
    "case_id": "1",
    "decision_id": "1",
    "kind": "'deliver'",
    "state": "'withheld'",
    "overrides": "1 - overrides",
    "recorded_seq": "recorded_seq - 1",
    "recorded_at": "'2020-01-01T00:00:00.000000Z'",
}
DAYS = ("done_on", "effective_on", "delivered_on", "defence_until")


def _cells() -> Iterator[tuple[str, str]]:
    for table in ("acts", "documents"):
        for column in (*CASEWORK_TABLES[table], *RECORDED):
            if column != "id":
                yield table, column


@pytest.mark.parametrize(("table", "column"), list(_cells()))
def test_one_changed_cell_is_found_and_its_table_named(acted: Path, table: str, column: str) -> None:
    conn = raw(acted)
    kinds = {row[1]: row[2] for row in conn.execute(f"PRAGMA table_info({table})")}
    (row,) = conn.execute(f"SELECT max(id) FROM {table} WHERE {column} IS NOT NULL").fetchone()
    conn.close()
    assert row is not None
    day = f"date({column}, '-1 day')" if column in DAYS else None
    other = f"{column} + 7" if kinds[column] == "INTEGER" else f"{column} || 'x'"
    value = OTHERWISE.get(column) or day or other
    # What a column's CHECK would refuse is refused anyway: this is somebody who may write as they please.
    behind_the_back(
        acted,
        "PRAGMA ignore_check_constraints = 1",
        f"UPDATE {table} SET {column} = {value} WHERE id = {row}",
    )
    found = differences(acted)
    assert found and any(difference.place.startswith((table, "file")) for difference in found), found


@pytest.mark.parametrize(
    ("statements", "place"),
    [
        (["DELETE FROM acts WHERE id = (SELECT max(id) FROM acts)"], "acts"),
        (["DELETE FROM documents WHERE id = 2"], "documents"),
        (["DELETE FROM documents"], "documents"),
        (["INSERT INTO acts SELECT id + 90, good_entity, subject, benefit, kind, done_on, case_id, state, effective_on,"
          " overrides, decision_id, delivered_on, defence_until, document_no, reason, details, 1, recorded_at,"
          " recorded_by FROM acts WHERE id = 1"], "acts, chain 1"),
        (["INSERT INTO acts SELECT id + 90, good_entity, subject, benefit, kind, done_on, case_id, state, effective_on,"
          " overrides, decision_id, delivered_on, defence_until, document_no, reason, details, recorded_seq, recorded_at,"
          " recorded_by FROM acts ORDER BY id DESC LIMIT 1"], "acts"),
    ],
)  # fmt: skip
def test_rows_gone_or_added_are_found_and_named(acted: Path, statements: list[str], place: str) -> None:
    behind_the_back(acted, *statements)
    assert differences(acted)[0].place.startswith(place)


@pytest.mark.parametrize("trigger", ["acts_need_a_second_person", "acts_go_step_by_step", "acts_no_update"])
def test_a_protection_taken_away_is_found(acted: Path, trigger: str) -> None:
    conn = raw(acted)
    conn.execute(f"DROP TRIGGER {trigger}")
    conn.close()
    assert [difference.place for difference in differences(acted)] == [f"trigger {trigger}"]


def test_every_table_of_casework_is_covered_column_by_column() -> None:
    with empty_copy() as db:
        for table, columns in CASEWORK_TABLES.items():
            assert list(db.table(table).columns_dict) == [*columns, *RECORDED], table
