"""Every register alike: template, import from both kinds of file, correction, history, export, refusals in words."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.exports import export_csv, export_xlsx
from data.integrity import check
from data.register import GROUPS, REGISTERS, Column, Register
from data.store import Writer, open_writer, reading
from data.tables import reference_columns
from data.templates import template
from data.versions import Key, as_known, current, entities, history
from office.importing import Report, carry_out, prepare
from office.refusal import Refused
from tests.register_rows import (
    BY,
    Row,
    another_value,
    as_csv,
    as_xlsx,
    enter_rows,
    example_row,
    needed_by,
    reported,
    rows_for,
)

ALL = list(REGISTERS)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "office.db"
    open_writer(path, migrate=True).close()
    return path


@pytest.fixture
def writer(tmp_path: Path, empty: Path) -> Iterator[Writer]:
    path = tmp_path / "office.db"
    shutil.copy(empty, path)
    with open_writer(path) as writer:
        yield writer


@pytest.fixture(scope="module")
def full(empty: Path) -> Iterator[Writer]:
    """A database with the examples of all registers in it, to ask and not to write."""
    path = empty.with_name("full.db")
    shutil.copy(empty, path)
    with open_writer(path) as writer:
        enter_rows(writer, {name: example_row(name) for name in ALL})
        yield writer


def read(writer: Writer, register: Register, name: str, content: bytes) -> Report:
    with writer.transaction() as db:
        return prepare(db, register, name, content)


def counts(report: Report) -> tuple[int, int, int]:
    return report.accepted, report.unchanged, len(report.faults)


def told(report: Report) -> list[tuple[str, str]]:
    assert all(fault.message.zh and fault.message.en for fault in report.faults)
    return [(fault.column, fault.message.zh) for fault in report.faults]


def key_of(register: Register, stored: dict[str, Any]) -> Key:
    key: tuple[Any, ...] = tuple(stored[name] for name in register.key)
    return key if len(key) > 1 else key[0]


def may_change(register: Register) -> list[Column]:
    """The columns that name nothing, neither the row nor another."""
    naming = {name for reference in register.references for name in reference.columns}
    return [column for column in register.columns if column.name not in {*register.key, *naming}]


def a_correction(writer: Writer, register: Register, row: Row) -> tuple[Column, Row]:
    """The row with one other value that the register takes, and its column."""
    for column in may_change(register):
        other = row | {column.name: another_value(column, row[column.name])}
        if reported(writer, register.name, other, update=True).good:
            return column, other
    raise AssertionError(f"no column of {register.name} may change by itself")


def rows_in(writer: Writer, register: Register) -> list[dict[str, Any]]:
    with reading(writer.path) as db:
        return list(as_known(db, register))


@pytest.mark.parametrize("name", ALL)
def test_a_row_goes_in_by_file_is_corrected_and_comes_out(name: str, writer: Writer) -> None:
    register, row = REGISTERS[name], example_row(name)
    enter_rows(writer, {parent: example_row(parent) for parent in needed_by(name)})
    assert counts(read(writer, register, "list.xlsx", as_xlsx(register, row))) == (1, 0, 0)
    report = read(writer, register, "list.csv", as_csv(register, row))
    assert counts(report) == (1, 0, 0), told(report)
    carry_out(writer, report, by=BY, source="sha256:0")

    (stored,) = rows_in(writer, register)
    assert all(stored[column] == 1 for column in reference_columns(register) if stored[column] is not None)
    for file, content in (("list.csv", as_csv(register, row)), ("list.xlsx", as_xlsx(register, row))):
        assert counts(read(writer, register, file, content)) == (0, 1, 0), "the same again changes nothing"
    assert export_csv(register, [stored]) == as_csv(register, row)
    exported = export_xlsx(register, [stored])
    assert counts(read(writer, register, "out.xlsx", exported)) == (0, 1, 0), "an export comes back in"

    column, corrected = a_correction(writer, register, row)
    ((place, message),) = told(reported(writer, name, corrected))
    assert place == column.title.zh
    assert (corrected[column.name] in message) and ((row[column.name] or "空白") in message), message
    again = reported(writer, name, corrected, update=True)
    carry_out(writer, again, by=BY, reason="示例理由", source="sha256:1")
    key = key_of(register, stored)
    with reading(writer.path) as db:
        now, versions = current(db, register, key), history(db, register, key)
        assert entities(db, register, [key]) == {key: 1}
        assert check(db) == []
    assert now is not None and (now["version"], now["reason"]) == (2, "示例理由")
    assert versions[0] == stored, "the earlier version is kept as it was"
    assert now[column.name] != stored[column.name]


@pytest.mark.parametrize("name", ALL)
def test_a_blank_in_a_required_column_is_refused_at_its_place(name: str, full: Writer) -> None:
    register, row = REGISTERS[name], example_row(name)
    for column in register.columns:
        report = reported(full, name, row | {column.name: ""})
        if column.required:
            assert (column.title.zh, "不能为空。") in told(report)
        else:
            assert (column.title.zh, "不能为空。") not in told(report)


@pytest.mark.parametrize("name", [name for name in ALL if REGISTERS[name].references])
def test_what_is_not_registered_cannot_be_named(name: str, full: Writer) -> None:
    register, row = REGISTERS[name], example_row(name)
    for reference in register.references:
        column = register.column(reference.columns[-1])
        faults = told(reported(full, name, row | {column.name: "NO-SUCH"}))
        title = column.title.zh
        assert any(place == title and "登记簿中没有" in message for place, message in faults), faults


@pytest.mark.parametrize("name", ALL)
def test_the_form_has_every_column_and_the_register_says_where_it_belongs(name: str) -> None:
    register = REGISTERS[name]
    sheet = openpyxl.load_workbook(io.BytesIO(template(register))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.title.zh for column in register.columns]
    assert register.clauses and register.group in GROUPS
    assert register.day == "" or register.column(register.day).kind in ("date", "month", "number")


@pytest.mark.parametrize("name", ALL)
def test_the_examples_of_a_register_and_of_what_it_names_fit_each_other(name: str) -> None:
    rows = rows_for(name)
    for named, row in rows.items():
        for reference in REGISTERS[named].references:
            cells = [row[column] for column in reference.columns]
            if all(cells):
                key = [rows[reference.register][part] for part in REGISTERS[reference.register].key]
                assert cells == key


def registered(writer: Writer, name: str, *rows: Row) -> None:
    report = reported(writer, name, *rows)
    assert report.good, told(report)
    carry_out(writer, report, by=BY, source="entry-form")


def test_a_number_in_a_key_is_a_number_in_history_and_in_messages(writer: Writer) -> None:
    register = REGISTERS["catalogue_entries"]
    enter_rows(writer, rows_for("catalogue_entries"))
    registered(writer, "catalogue_entries", example_row("catalogue_entries", year="2021"))
    with reading(writer.path) as db:
        found = entities(db, register, [("P01", 2020), ("P01", 2021), ("P01", 2022)])
        assert found == {("P01", 2020): 1, ("P01", 2021): 2}
        row = current(db, register, ("P01", 2021))
        assert row is not None and row["year"] == 2021
        assert current(db, register, ("P01", "2021")) == row, "as it comes from an address"
    (_, message), *_rest = told(reported(writer, "catalogue_entries", example_row(register.name, output="1")))
    assert message.startswith("P01/2020 已登记")
    twice = [example_row(register.name, year="2022", output=output) for output in ("1", "2")]
    (first, _second) = told(reported(writer, "catalogue_entries", *twice))
    assert first[0] == "年度" and first[1].startswith("P01/2022 在第")


@pytest.mark.parametrize(
    ("reason", "said"),
    [("示例13800138000", "mobile"), ("示\x00例", "control characters"), ("字" * 2001, "2000")],
)
def test_a_reason_that_may_not_be_kept_is_refused_and_nothing_is_corrected(
    reason: str, said: str, writer: Writer
) -> None:
    enter_rows(writer, rows_for("households"))
    again = reported(writer, "households", example_row("households", head_name="示例人"), update=True)
    with pytest.raises(Refused, match=said):
        carry_out(writer, again, by=BY, reason=reason)
    with reading(writer.path) as db:
        assert len(history(db, REGISTERS["households"], example_row("households")["household_no"])) == 1
