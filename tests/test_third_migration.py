"""A database of the second step is taken into the third with everything it holds, and verifies as before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.casework.casework_tables import CASEWORK
from data.casework.ledger import CASEWORK_TABLES
from data.migrations import (
    FIRST_REGISTERS,
    SCHEMA,
    SECOND_REGISTERS,
    THIRD_REGISTERS,
    migrations,
)
from data.register import REGISTERS
from data.store import Outdated, open_reader, open_writer, reading
from tests.entering import enter, enter_county, new_writer, sample
from tests.recorded import differences, record
from tests.register_rows import enter_rows, rows_for

STEP = "m0003_all_registers_and_reporting"
REPORTING_TABLES = ("reported_figures", "scenarios", "bulletins", "assessments", "vetoes")
KEPT = ("chain", "runs", "decisions", "programs", "settings", *FIRST_REGISTERS, *SECOND_REGISTERS)
PLACE = {"place_code": "K1", "place_name": "示例仓库", "township_code": "T1"}
ITEM = {"item_code": "W1", "item_name": "示例箱", "item_kind": "material", "item_unit": "个"}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the second step made it: registers of both steps, a correction and a run."""
    file = tmp_path / "office.db"
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[:2])
    with new_writer(file) as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1"), sample("S2", "2020-04-01", "fail")])
        enter(writer, "inspections", [sample("S1", agency="示例站")], reason="补填")
        enter(writer, "storage_places", [PLACE])
        enter(writer, "packaging_items", [ITEM])
        record(writer, date(2021, 6, 30))
    monkeypatch.undo()
    return file


def contents(file: Path) -> dict[str, list[dict[str, Any]]]:
    db = open_reader(file)
    found = {table: list(db.query(f"SELECT * FROM {table} ORDER BY rowid")) for table in KEPT}
    db.close()
    return found


def test_it_is_refused_until_it_is_brought_up_to_date(old: Path) -> None:
    for opening in (open_reader, open_writer):
        with pytest.raises(Outdated, match="init"):
            opening(old)


def test_everything_is_kept_and_verifies(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.connections.SCHEMA", 2)
    before = contents(old)
    monkeypatch.undo()
    open_writer(old, migrate=True).close()
    after = contents(old)
    assert (
        after["chain"].pop()["body"]
        == f'{{"steps":["{STEP}","m0004_rules_and_audit","m0005_accounts_and_protection"]}}'
    )
    assert after == before and len(after["inspections"]) == 3
    assert differences(old) == []
    with reading(old) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_every_register_and_every_table_of_reporting_is_there_and_empty(old: Path) -> None:
    open_writer(old, migrate=True).close()
    with reading(old) as db:
        for table in (*THIRD_REGISTERS, *REPORTING_TABLES):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert set(REPORTING_TABLES) <= set(CASEWORK_TABLES)
    assert not any(f"CREATE TABLE {table} " in sql for table in REPORTING_TABLES for sql in CASEWORK)
    assert set(REGISTERS) == {*FIRST_REGISTERS, *SECOND_REGISTERS, *THIRD_REGISTERS}


@pytest.mark.parametrize("name", ["shop_sales", "attendances", "trace_movements", "enterprise_interest"])
def test_the_new_registers_take_rows_in_a_migrated_database(old: Path, name: str) -> None:
    with open_writer(old, migrate=True) as writer:
        enter_rows(writer, rows_for(name))
    assert differences(old) == []


def test_months_and_days_have_their_numbers_beside_them(old: Path) -> None:
    with open_writer(old, migrate=True) as writer:
        for name in ("shop_sales", "station_returns", "broadband_counts", "payouts", "training_sessions"):
            enter_rows(writer, rows_for(name))
    with reading(old) as db:
        for table in ("shop_sales", "station_returns", "broadband_counts"):
            found = db.execute(f"SELECT month, month_number FROM {table}").fetchall()
            assert found == [("2021-06", 2021 * 12 + 5)]
        paid = date(2021, 6, 10).toordinal() - date(1970, 1, 1).toordinal()
        assert db.execute("SELECT paid_day FROM payouts").fetchone() == (paid,)


def test_migrating_twice_adds_nothing(old: Path) -> None:
    for _ in range(2):
        open_writer(old, migrate=True).close()
    with reading(old) as db:
        bodies = [body for (body,) in db.execute("SELECT body FROM chain WHERE action = 'migrate'")]
    assert sum(STEP in body for body in bodies) == 1
