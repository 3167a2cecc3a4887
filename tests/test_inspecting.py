"""Entering and correcting one inspection: every fault at its field, nobody overwrites what they have not seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.inspection_lists import Asked
from data.people import Person
from data.problems import StoreProblem
from data.register import register
from data.store import Database, reading
from data.versions import history
from office import running
from office.importing import prepare
from office.inspecting import (
    cells_of,
    changes_of,
    faults_by_field,
    list_file,
    other_faults,
    prepare_correction,
    prepare_entry,
    rows_that_differ,
    write,
)
from office.refusal import Refused
from tests.entering import enter, enter_county, good, household, new_writer, sample

CLERK, REVIEWER = Person("c", "周示例", "clerk"), Person("r", "吴示例", "reviewer")
AUDITOR = Person("a", "郑示例", "auditor")
CELLS = {
    "sample_no": "S2",
    "household_no": "H1",
    "product_code": "P1",
    "sampling_date": "2020-03-16",
    "method": "速测",
    "conclusion": "合格",
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The application's inside on a small county with one failed sample S1."""
    path = tmp_path / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1", "2020-03-01", "fail")])
    running.start(path)
    try:
        with reading(path) as found:
            yield found
    finally:
        running.stop()


def told(db: Database, name: str, lines: str, **more: Any) -> list[tuple[int | None, str, str]]:
    """Row, column and value of every fault of a text file."""
    report = prepare(db, register(name), "a.csv", lines.encode(), **more)
    assert not report.good and report.plan is None
    return [(fault.row, fault.column, fault.value) for fault in report.faults]


INSPECTIONS = "样品编号,户编号,产品编码,抽样日期,结果日期,方法,结论,复检原样品编号\n"
HOUSEHOLDS = "户编号,村编码,户主姓名,建档日期,退出日期\n"


def test_a_row_with_a_faulty_cell_is_held_against_the_registers_too(db: Database) -> None:
    assert told(db, "inspections", INSPECTIONS + "S2,H9,P9,2020-03-16,,速测,好,\n") == [
        (2, "户编号", "H9"),
        (2, "产品编码", "P9"),
        (2, "结论", "好"),
    ]
    assert told(
        db, "households", HOUSEHOLDS + "H5,V9,示例,2019-01-02,2019-01-01\nH1,V1,示例户主,昨天,\n"
    ) == [
        (2, "村编码", "V9"),
        (2, "退出日期", "2019-01-01"),
        (3, "建档日期", "昨天"),
    ]


def test_a_key_twice_is_told_although_one_row_is_faulty(db: Database) -> None:
    rows = "S2,H1,P1,2020-03-16,,速测,合格,\nS2,H1,P1,2020-03-16,,速测,好,\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [
        (2, "样品编号", "S2"),
        (3, "样品编号", "S2"),
        (3, "结论", "好"),
    ]
    rows = "H5,V1,示例,x,\nH5,V9,示例,y,\n"
    assert told(db, "households", HOUSEHOLDS + rows) == [
        (2, "户编号", "H5"),
        (2, "建档日期", "x"),
        (3, "户编号", "H5"),
        (3, "村编码", "V9"),
        (3, "建档日期", "y"),
    ]


def test_both_rows_of_a_doubled_known_key_are_told_what_differs(db: Database) -> None:
    rows = "H1,V1,甲,x,\nH1,V1,乙,2019-01-01,\n"
    assert told(db, "households", HOUSEHOLDS + rows) == [
        (2, "户编号", "H1"),
        (2, "户主姓名", "甲"),
        (2, "建档日期", "x"),
        (3, "户编号", "H1"),
        (3, "户主姓名", "乙"),
    ]


def test_a_known_row_with_a_faulty_cell_is_told_what_else_differs(db: Database) -> None:
    rows = "S1,H1,P1,2020-03-01,x,定量,不合格,\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [(2, "结果日期", "x"), (2, "方法", "定量")]
    assert told(db, "inspections", INSPECTIONS + rows, update=True) == [(2, "结果日期", "x")]
    assert told(db, "inspections", INSPECTIONS + "S1,H1,P1,,,速测,不合格,\n") == [(2, "抽样日期", "")]


def test_a_missing_column_is_told_once_and_the_others_are_still_looked_at(db: Database) -> None:
    without = INSPECTIONS.replace("产品编码,", "")
    rows = "S2,H1,2020-03-16,,速测,合格,\nS3,H9,2020-03-16,,速测,合格,\nS1,H1,2020-03-01,,速测,合格,\n"
    assert told(db, "inspections", without + rows) == [
        (1, "产品编码", ""),
        (3, "户编号", "H9"),
        (4, "结论", "合格"),
    ]


def test_a_reinspection_is_held_against_its_original_whatever_else_is_at_fault(db: Database) -> None:
    rows = "S2,H1,P2,2020-02-28,,快测,待确证,S1\nS3,H1,P1,2020-02-30,2020-02-01,速测,合格,S1\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [
        (2, "产品编码", "P2"),
        (2, "结果日期", "2020-02-28"),
        (2, "方法", "快测"),
        (2, "结论", "待确证"),
        (3, "抽样日期", "2020-02-30"),
        (3, "结果日期", "2020-02-01"),
    ]
    rows = "S_2,H1,P2,2020-03-16,,速测,合格,S1\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [(2, "样品编号", "S_2"), (2, "产品编码", "P2")]


def test_an_original_that_is_in_the_file_but_faulty_is_not_said_to_be_missing(db: Database) -> None:
    rows = "S2,H1,P1,x,,速测,合格,\nS3,H1,P1,2020-03-16,,速测,合格,S2\nS4,H1,P1,2020-03-16,,速测,合格,S9\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [(2, "抽样日期", "x"), (4, "复检原样品编号", "S9")]


def test_a_sample_that_names_itself_is_told_so_once(db: Database) -> None:
    rows = "S2,H1,P1,2020-03-16,,速测,合格,S2\n"
    assert told(db, "inspections", INSPECTIONS + rows) == [(2, "复检原样品编号", "S2")]


def test_faults_come_in_the_order_of_the_sheets(db: Database) -> None:
    book = openpyxl.Workbook()
    for name, row in (("二月", ["S2", "H9"]), ("一月", ["S3", "H1"])):
        sheet = book.create_sheet(name)
        sheet.append(INSPECTIONS.strip().split(","))
        sheet.append([*row, "P1", "2020-03-16", "", "速测", "好"])
    content = io.BytesIO()
    book.save(content)
    report = prepare(db, register("inspections"), "a.xlsx", content.getvalue())
    assert [(fault.sheet, fault.column) for fault in report.faults] == [
        ("二月", "户编号"),
        ("二月", "结论"),
        ("一月", "结论"),
    ]


def versions(db: Database, number: str) -> list[tuple[int, str, str, str | None]]:
    rows = history(db, register("inspections"), number)
    return [(row["version"], row["conclusion"], row["recorded_by"], row["reason"]) for row in rows]


def test_an_entry_is_checked_then_written_in_the_persons_name(db: Database) -> None:
    report = prepare_entry(db, CELLS)
    assert report.good and versions(db, "S2") == []
    write(report, CLERK, "enter")
    assert versions(db, "S2") == [(1, "pass", "周示例", None)]


def test_every_fault_of_an_entry_is_told_at_its_field(db: Database) -> None:
    report = prepare_entry(
        db, {**CELLS, "sample_no": "", "result_date": "2020-03-01", "household_no": "H7", "conclusion": ""}
    )
    found = faults_by_field(report)
    assert {"sample_no", "result_date", "conclusion", "household_no"} == set(found)
    assert "早于抽样日期" in found["result_date"][0].zh
    assert "没有 H7。" in found["household_no"][0].zh


def test_an_entry_for_a_good_that_is_not_registered_is_told_by_what_is_missing(db: Database) -> None:
    unknown = faults_by_field(prepare_entry(db, {**CELLS, "household_no": "H7"}))
    assert list(unknown) == ["household_no"] and "没有 H7。" in unknown["household_no"][0].zh
    pair = faults_by_field(prepare_entry(db, {**CELLS, "household_no": "H2", "product_code": "P2"}))
    assert list(pair) == ["product_code"] and "没有 H2/P2。" in pair["product_code"][0].zh


def test_a_reinspection_of_another_good_is_refused_at_its_field(db: Database) -> None:
    found = faults_by_field(prepare_entry(db, {**CELLS, "product_code": "P2", "reinspection_of": "S1"}))
    assert "不是同一帮扶农产品" in found["product_code"][0].zh


def test_the_same_entry_again_changes_nothing(db: Database) -> None:
    write(prepare_entry(db, CELLS), CLERK, "enter")
    again = prepare_entry(db, CELLS)
    assert (again.good, again.accepted, again.unchanged) == (True, 0, 1)


def test_a_correction_keeps_the_old_version_and_names_its_reason(db: Database) -> None:
    cells = {**cells_of(history(db, register("inspections"), "S1")[0]), "conclusion": "pass"}
    report = prepare_correction(db, "S1", 1, cells)
    ((column, before, after),) = changes_of(report)
    assert (column.name, before.zh, after.zh) == ("conclusion", "不合格", "合格")
    write(report, REVIEWER, "correct", reason=" 按报告更正 ")
    assert versions(db, "S1") == [(1, "fail", "周示例", None), (2, "pass", "吴示例", "按报告更正")]


def test_a_correction_that_changes_nothing_has_no_changes(db: Database) -> None:
    cells = cells_of(history(db, register("inspections"), "S1")[0])
    assert changes_of(prepare_correction(db, "S1", 1, cells)) == ()


def test_a_correction_without_a_reason_is_refused(db: Database) -> None:
    cells = {**cells_of(history(db, register("inspections"), "S1")[0]), "conclusion": "pass"}
    with pytest.raises(StoreProblem, match="reason"):
        write(prepare_correction(db, "S1", 1, cells), REVIEWER, "correct", reason="  ")
    assert len(versions(db, "S1")) == 1


def test_a_stale_correction_is_told_who_was_faster(db: Database) -> None:
    cells = cells_of(history(db, register("inspections"), "S1")[0])
    write(
        prepare_correction(db, "S1", 1, {**cells, "conclusion": "pass"}), REVIEWER, "correct", reason="更正"
    )
    with pytest.raises(Refused) as refused:
        prepare_correction(db, "S1", 1, {**cells, "conclusion": "pending"})
    assert "吴示例" in refused.value.words.zh and "没有写入" in refused.value.words.zh
    assert len(versions(db, "S1")) == 2


def test_a_correction_of_a_sample_that_is_not_there_is_refused(db: Database) -> None:
    with pytest.raises(Refused, match="S9"):
        prepare_correction(db, "S9", 1, CELLS)


def test_what_was_registered_between_checking_and_writing_stops_the_writing(db: Database) -> None:
    early = prepare_entry(db, CELLS)
    write(prepare_entry(db, {**CELLS, "sample_no": "S3"}), CLERK, "enter")
    with pytest.raises(StoreProblem, match="has changed"):
        write(early, CLERK, "enter")
    assert versions(db, "S2") == []


def test_only_the_roles_that_may_can_write(db: Database) -> None:
    entry = prepare_entry(db, CELLS)
    cells = {**cells_of(history(db, register("inspections"), "S1")[0]), "conclusion": "pass"}
    correction = prepare_correction(db, "S1", 1, cells)
    for person, report, action in (
        (AUDITOR, entry, "enter"),
        (REVIEWER, entry, "enter"),
        (REVIEWER, entry, "correct"),
        (REVIEWER, entry, "import"),
        (AUDITOR, correction, "correct"),
    ):
        with pytest.raises(Refused, match="only"):
            write(report, person, action, reason="更正")  # type: ignore[arg-type]
    assert versions(db, "S2") == [] and len(versions(db, "S1")) == 1


def test_rows_that_differ_are_told_apart_from_other_faults(db: Database) -> None:
    title = "户编号,村编码,户主姓名,建档日期,退出日期\n"
    differs = title + "H1,V1,改名户主,2019-01-01,\nH2,V1,示例户主,2019-01-01,\n"
    report = prepare(db, register("households"), "a.csv", differs.encode())
    assert (rows_that_differ(report), other_faults(report)) == (1, ())
    worse = differs + "H3,V8,示例户主,2019-01-01,\n"
    report = prepare(db, register("households"), "a.csv", worse.encode())
    assert (rows_that_differ(report), len(other_faults(report))) == (1, 1)
    corrected = prepare(db, register("households"), "a.csv", differs.encode(), update=True)
    assert corrected.good and corrected.plan and len(corrected.plan.changed) == 1


def test_the_list_goes_out_as_a_file_that_comes_in_again(db: Database) -> None:
    formula = {**CELLS, "item": "=1+1", "measured": "-5", "agency": "'=x"}
    write(prepare_entry(db, formula), CLERK, "enter")
    for kind, name in (("csv", "a.csv"), ("xlsx", "a.xlsx")):
        content = list_file(db, Asked(), kind)  # type: ignore[arg-type]
        again = prepare(db, register("inspections"), name, content)
        assert (again.good, again.accepted, again.unchanged) == (True, 0, 2)
    book = openpyxl.load_workbook(io.BytesIO(list_file(db, Asked(sample="S2"), "xlsx")))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 2 and {cell.data_type for cell in book.active[2]} <= {"s", "n"}  # type: ignore[index]
    text = list_file(db, Asked(sample="S1"), "csv").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["结论"] for line in lines] == ["不合格"]


def test_a_new_household_and_its_good_can_be_entered_from_nothing_else_than_their_files(db: Database) -> None:
    write(
        prepare(db, register("households"), "h.csv", _csv(register("households").columns, household("H5"))),
        CLERK,
        "import",
    )
    write(
        prepare(db, register("goods"), "g.csv", _csv(register("goods").columns, good("H5", "P1"))),
        CLERK,
        "import",
    )
    report = prepare_entry(db, {**CELLS, "household_no": "H5"})
    assert report.good and report.accepted == 1


def _csv(columns: object, row: dict[str, object]) -> bytes:
    names = [column.name for column in columns]  # type: ignore[attr-defined]
    values = ["" if row[name] is None else str(row[name]) for name in names]
    return (",".join(names) + "\n" + ",".join(values) + "\n").encode()
