"""A re-inspection fits its original, whichever comes first, and no correction breaks the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.integrity import check
from data.register import REGISTERS
from data.store import Writer, reading
from tests.entering import Rows, enter, enter_county, new_writer, planned, sample

INSPECTIONS = REGISTERS["inspections"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def writer(file: Path) -> Iterator[Writer]:
    with new_writer(file) as writer:
        enter_county(writer)
        yield writer
        with writer.transaction() as db:
            assert check(db) == []


def faults(
    writer: Writer, rows: Rows, *, register: str = "inspections", update: bool = False
) -> list[tuple[Any, ...]]:
    found = planned(writer, register, rows, update=update).faults
    assert all(fault.message.zh and fault.message.en for fault in found)
    return [(fault.row, fault.column, fault.value) for fault in found]


def test_a_reinspection_may_stand_before_its_original_or_come_later(writer: Writer, file: Path) -> None:
    again = sample("S1F", "2020-03-20", reinspection_of="S1")
    enter(writer, "inspections", [again, sample("S2"), sample("S1", conclusion="fail")])
    enter(writer, "inspections", [sample("S2F", "2020-03-21", reinspection_of="S2")])
    with reading(file) as db:
        rows = db.execute(
            "SELECT a.sample_no, o.sample_no FROM inspections a JOIN inspections o ON o.id = a.original_entity ORDER BY a.id"
        ).fetchall()
    assert rows == [("S1F", "S1"), ("S2F", "S2")]


@pytest.mark.parametrize("original_in_file", [True, False])
@pytest.mark.parametrize(
    ("original", "again", "column"),
    [
        (sample("S1"), sample("R1", household_no="H2"), "产品编码"),
        (sample("S1"), sample("R1", product_code="P2"), "产品编码"),
        (sample("S1", result_date="2020-03-20"), sample("R1", result_date="2020-03-19"), "结果日期"),
        (sample("S1"), sample("R1", conclusion="pending"), "结论"),
        (sample("S1"), sample("R1", conclusion="not_applicable"), "结论"),
    ],
)
def test_a_reinspection_must_fit_its_original(
    writer: Writer, original: dict[str, Any], again: dict[str, Any], column: str, original_in_file: bool
) -> None:
    again = {**again, "reinspection_of": "S1"}
    if not original_in_file:
        enter(writer, "inspections", [original])
    rows = [again, original] if original_in_file else [again]
    assert [found[:2] for found in faults(writer, rows)] == [(2, column)]


def test_a_reinspection_with_its_result_on_the_originals_day_is_fine(writer: Writer) -> None:
    rows = [
        sample("S1", result_date="2020-03-20"),
        sample("R1", result_date="2020-03-20", reinspection_of="S1"),
    ]
    assert faults(writer, rows) == []


@pytest.mark.parametrize("known", [[], ["S1"], ["S1", "R1"]])
def test_a_reinspection_of_a_reinspection_is_refused(writer: Writer, known: list[str]) -> None:
    rows = [sample("S1"), sample("R1", reinspection_of="S1"), sample("R2", reinspection_of="R1")]
    enter(writer, "inspections", [row for row in rows if row["sample_no"] in known])
    assert [found[1:] for found in faults(writer, rows)] == [("复检原样品编号", "R1")]


def test_a_sample_is_not_its_own_reinspection(writer: Writer) -> None:
    assert [found[1] for found in faults(writer, [sample("S1", reinspection_of="S1")])] == ["复检原样品编号"]


@pytest.mark.parametrize(
    ("correction", "column"),
    [
        ({"household_no": "H2"}, "产品编码"),
        ({"result_date": "2020-03-21"}, "结果日期"),
        ({"reinspection_of": "S0"}, "复检原样品编号"),
    ],
)
def test_a_correction_must_not_break_the_reinspections_of_its_sample(
    writer: Writer, correction: dict[str, Any], column: str
) -> None:
    again = sample("R1", result_date="2020-03-20", reinspection_of="S1")
    enter(writer, "inspections", [sample("S0"), sample("S1"), again])
    broken = sample("S1", **correction)
    found = planned(writer, "inspections", [broken], update=True).faults
    assert [(fault.row, fault.column) for fault in found] == [(2, column)]
    assert "R1" in found[0].message.zh


def test_a_correction_that_keeps_them_whole_is_fine(writer: Writer, file: Path) -> None:
    again = sample("R1", result_date="2020-03-20", reinspection_of="S1")
    enter(writer, "inspections", [sample("S1"), again])
    enter(writer, "inspections", [sample("S1", result_date="2020-03-20", conclusion="fail")], reason="更正")
    moved = [sample("S1", household_no="H2"), {**again, "household_no": "H2"}]
    enter(writer, "inspections", moved, reason="户编号有误")
    with reading(file) as db:
        rows = db.execute(
            "SELECT good_entity, original_entity FROM inspections ORDER BY id DESC LIMIT 2"
        ).fetchall()
    assert sorted(rows, key=str) == [(3, 1), (3, None)]


def test_a_reinspection_let_go_frees_its_original(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S0"), sample("S1"), sample("R1", reinspection_of="S1")])
    enter(writer, "inspections", [sample("R1")], reason="不是复检")
    assert faults(writer, [sample("S1", reinspection_of="S0")], update=True) == []
    assert faults(writer, [sample("R2", "2020-05-01", reinspection_of="R1")]) == []


def test_both_may_be_corrected_by_one_file_in_any_order(writer: Writer) -> None:
    enter(writer, "inspections", [sample("S1"), sample("R1", reinspection_of="S1")])
    turned = [sample("S1", reinspection_of="R1"), sample("R1")]
    for rows in (turned, turned[::-1]):
        assert faults(writer, rows, update=True) == []
