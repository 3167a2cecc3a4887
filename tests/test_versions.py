"""A correction replaces a row from its own recording time on; both versions are kept, and K chooses between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import chain
from data.chain import evidence_seq, head
from data.register import REGISTERS
from data.store import Writer, reading
from data.tables import reference_columns, register_table
from data.versions import END_OF_TIME, as_known, current, current_rows, entities, history, known, known_rows
from tests.entering import enter, enter_county, good, household, new_writer, sample

INSPECTIONS = REGISTERS["inspections"]
GOODS = REGISTERS["goods"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        enter_county(writer)
        yield writer


def instant_of_last(writer: Writer) -> str:
    with writer.transaction() as db:
        return head(db).at


def conclusions(file: Path, known_at: str | None) -> dict[str, str]:
    with reading(file) as db:
        rows = [(row["sample_no"], row["conclusion"]) for row in as_known(db, INSPECTIONS, known_at)]
    assert len(dict(rows)) == len(rows), "one version of each row speaks"
    return dict(rows)


def test_what_was_recorded_later_is_not_known_earlier(writer: Writer, file: Path) -> None:
    before = instant_of_last(writer)
    enter(writer, "inspections", [sample("S1")])
    first = instant_of_last(writer)
    enter(writer, "inspections", [sample("S2")])
    assert conclusions(file, before) == {}
    assert conclusions(file, first) == {"S1": "pass"}
    assert conclusions(file, None) == {"S1": "pass", "S2": "pass"}


def test_a_correction_counts_from_its_own_instant_on(writer: Writer, file: Path) -> None:
    enter(writer, "inspections", [sample("S1"), sample("S2")])
    first = instant_of_last(writer)
    enter(writer, "inspections", [sample("S1", conclusion="fail")], reason="录入有误")
    second = instant_of_last(writer)
    enter(writer, "inspections", [sample("S1", conclusion="pending")], reason="再次核对")
    assert conclusions(file, first) == {"S1": "pass", "S2": "pass"}
    just_before = second[:-2] + "-Z"  # sorts before the same instant
    assert conclusions(file, just_before) == {"S1": "pass", "S2": "pass"}
    assert conclusions(file, second) == {"S1": "fail", "S2": "pass"}
    assert conclusions(file, None) == {"S1": "pending", "S2": "pass"}


def test_the_history_keeps_every_version_with_who_when_and_why(writer: Writer, file: Path) -> None:
    enter(writer, "inspections", [sample("S0"), sample("S1")])
    enter(writer, "inspections", [sample("S1", conclusion="fail")], reason="录入有误", by="李示例")
    with reading(file) as db:
        first, second = history(db, INSPECTIONS, "S1")
        assert (first["id"], first["entity"], first["version"], first["reason"]) == (2, 2, 1, None)
        assert (second["id"], second["entity"], second["version"], second["reason"]) == (3, 2, 2, "录入有误")
        assert (first["recorded_by"], second["recorded_by"]) == ("周示例", "李示例")
        assert first["recorded_at"] < second["recorded_at"] and second["recorded_seq"] == head(db).seq
        assert current(db, INSPECTIONS, "S1") == second
        assert current(db, INSPECTIONS, "S9") is None and history(db, INSPECTIONS, "S9") == []


def test_a_row_refers_to_entities_which_corrections_of_the_parent_do_not_move(
    writer: Writer, file: Path
) -> None:
    enter(writer, "households", [household("H2", left_on="2021-06-01")], reason="已退出")
    enter(writer, "goods", [good("H2", "P2")])
    with reading(file) as db:
        row = current(db, GOODS, ("H2", "P2"))
        assert row and row["household_entity"] == 2
        left = dict(known_rows(db, REGISTERS["households"], ("entity", "left_on")))
        assert left == {1: None, 2: "2021-06-01"}


def test_a_blank_result_date_is_the_sampling_date_and_days_are_counted(writer: Writer, file: Path) -> None:
    enter(
        writer,
        "inspections",
        [sample("S1", "1970-01-02"), sample("S2", "2020-03-16", result_date="2020-03-18")],
    )
    with reading(file) as db:
        rows = list(known_rows(db, INSPECTIONS, ("result_date", "sampling_day", "result_day", "good_entity")))
    assert rows == [("1970-01-02", 1, 1, 1), ("2020-03-18", 18337, 18339, 1)]


def test_a_day_that_is_none_is_refused_by_the_table_itself(writer: Writer) -> None:
    with pytest.raises(Exception, match="CHECK constraint failed: sampling_date"):
        enter(writer, "inspections", [sample("S1", "2020-02-30")])


def test_keys_of_one_and_of_two_columns_are_found_in_one_go(writer: Writer, file: Path) -> None:
    enter(writer, "inspections", [sample("001"), sample("1")])
    with reading(file) as db:
        assert entities(db, INSPECTIONS, ["1", "S9"]) == {"1": 2}
        assert entities(db, GOODS, [("H1", "P2"), ("H2", "P2")]) == {("H1", "P2"): 2}
        assert entities(db, GOODS, []) == {}
        found = current_rows(db, GOODS, [("H1", "P2"), ("H9", "P1")])
        assert found == {("H1", "P2"): (2, 1, ("H1", "P2", "grown", None, "2019-01-02"))}


@pytest.mark.parametrize(
    ("register", "columns"),
    [
        ("townships", ()),
        ("villages", ("township_entity",)),
        ("households", ("village_entity",)),
        ("products", ()),
        ("goods", ("household_entity", "product_entity")),
        ("inspections", ("good_entity", "original_entity")),
    ],
)
def test_every_register_has_a_strict_table_with_its_references(
    register: str, columns: tuple[str, ...]
) -> None:
    assert reference_columns(REGISTERS[register]) == columns
    table = register_table(REGISTERS[register])[0]
    assert table.endswith("STRICT")
    for name in columns:
        assert f"{name} INTEGER" in table


def test_evidence_is_counted_by_entries_that_changed_a_register(writer: Writer, file: Path) -> None:
    enter(writer, "inspections", [sample("S1")])
    sixth = instant_of_last(writer)
    with writer.transaction() as db:
        chain.append(db, at=writer.now(), actor="a", action="sign_in", body={})
    seventh = instant_of_last(writer)
    enter(writer, "inspections", [sample("S2")])
    with reading(file) as db:
        assert [evidence_seq(db, known_at) for known_at in (sixth, seventh, None, "2000")] == [6, 6, 8, 0]


def plan_of(file: Path, sql: str, **bind: Any) -> str:
    with reading(file) as db:
        return "\n".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", bind).fetchall())


def test_the_rows_of_one_good_and_the_replaced_ones_are_found_by_index(writer: Writer, file: Path) -> None:
    sql = f"SELECT id FROM inspections WHERE good_entity = 1 AND {known('inspections')}"
    plan = plan_of(file, sql, k=END_OF_TIME)
    assert "USING INDEX inspections_good_entity" in plan
    assert "SCAN new USING INDEX inspections_replacing" in plan
    assert "SCAN old" not in plan
