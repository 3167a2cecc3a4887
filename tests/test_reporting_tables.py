"""The tables of reporting refuse what no function may write, and `verify` finds what was changed behind the back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.integrity import check
from data.store import reading
from tests.casework import Office
from tests.recorded import behind_the_back, raw

NAMES = {
    "reported_figures": "reported_figure",
    "scenarios": "scenario",
    "bulletins": "bulletin",
    "assessments": "assessment",
    "vetoes": "veto",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def row(office: Office, table: str) -> dict[str, Cell]:
    """A row that the table takes as its first."""
    day = office.day.isoformat()
    known, digest = "2021-09-01T00:00:00.000000Z", "d" * 64
    rows: dict[str, dict[str, Cell]] = {
        "reported_figures": {
            "target": "training",
            "as_of": day,
            "known_at": known,
            "done_on": day,
            "digest": digest,
            "figures": "{}",
        },
        "scenarios": {"name": "多开班", "version": 1, "removed": 0, "levers": "{}"},
        "bulletins": {
            "month": "2021-08",
            "edition": 1,
            "number": "示例通报〔2021〕1号",
            "done_on": day,
            "known_at": known,
            "context": "{}",
            "changes": "[]",
        },
        "assessments": {
            "period_from": "2021-01-01",
            "period_to": "2021-08-31",
            "edition": 1,
            "number": "示例考核〔2021〕1号",
            "done_on": day,
            "known_at": known,
            "digest": digest,
            "scores": "{}",
            "changes": "[]",
        },
        "vetoes": {
            "township_code": _a_township(office),
            "year": 2021,
            "kind": "impose",
            "done_on": day,
            "reason": "虚报销售额",
        },
    }
    return rows[table]


def _a_township(office: Office) -> str:
    with reading(office.file) as db:
        return str(db.execute("SELECT township_code FROM townships ORDER BY id").fetchone()[0])


def write(office: Office, table: str, **more: Any) -> None:
    with office.writer.transaction() as db:
        given = {"id": next_id(db, table), **row(office, table), **more}
        record(db, NAMES[table], {table: [given]}, at=office.clock(), by="吴审核")


@pytest.mark.parametrize("table", NAMES)
def test_a_good_row_is_taken_and_never_changed_or_taken_away(office: Office, table: str) -> None:
    write(office, table)
    with raw(office.file) as conn:
        for statement in (f"UPDATE {table} SET recorded_by = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="rows are only added"):
                conn.execute(statement)
    with reading(office.file) as db:
        assert check(db) == []


@pytest.mark.parametrize("table", NAMES)
def test_a_row_changed_behind_the_back_is_found(office: Office, table: str) -> None:
    write(office, table)
    column = {"scenarios": "levers", "vetoes": "reason", "reported_figures": "figures"}.get(table, "changes")
    behind_the_back(office.file, f"UPDATE {table} SET {column} = 'forged'")
    with reading(office.file) as db:
        assert [found.place.partition(",")[0] for found in check(db)] == [table]


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("reported_figures", {"done_on": "2021-01-03"}),
        ("reported_figures", {"as_of": "2099-01-01"}),
        ("scenarios", {"name": "  "}),
        ("scenarios", {"version": 2}),
        ("bulletins", {"month": "2021-13"}),
        ("bulletins", {"month": "2021-8"}),
        ("bulletins", {"edition": 2}),
        ("bulletins", {"done_on": "2021-01-03"}),
        ("assessments", {"period_from": "2021-09-01"}),
        ("assessments", {"edition": 0}),
        ("vetoes", {"reason": ""}),
        ("vetoes", {"kind": "lift"}),
        ("vetoes", {"township_code": "000"}),
    ],
)
def test_what_cannot_be_is_refused(office: Office, table: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write(office, table, **wrong)
    with reading(office.file) as db:
        assert db.table(table).count == 0


def test_editions_and_versions_go_on_by_one(office: Office) -> None:
    write(office, "bulletins")
    with pytest.raises(sqlite3.IntegrityError):
        write(office, "bulletins", number="示例通报〔2021〕2号")
    write(office, "bulletins", edition=2, number="示例通报〔2021〕2号")
    write(office, "scenarios")
    write(office, "scenarios", version=2, removed=1)
    with reading(office.file) as db:
        assert (db.table("bulletins").count, db.table("scenarios").count) == (2, 2)


def test_a_veto_is_imposed_once_and_lifted_once_each_year(office: Office) -> None:
    write(office, "vetoes")
    with pytest.raises(sqlite3.IntegrityError, match="imposed on a township that has none"):
        write(office, "vetoes")
    write(office, "vetoes", year=2020)
    write(office, "vetoes", kind="lift")
    with pytest.raises(sqlite3.IntegrityError):
        write(office, "vetoes", kind="lift")
    write(office, "vetoes")
