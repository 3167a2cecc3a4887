"""Awkward files as offices send them: each is answered exactly as it should be, and nothing more is said."""

from __future__ import annotations

import time
from datetime import date

import pytest

from data.checking import Checked, check
from data.faults import Unreadable
from data.raw import MOST_BYTES
from data.reading import read_file
from data.register import register
from tests.awkward_files import (
    FILES,
    INSPECTIONS,
    LINE,
    Awkward,
    far_corner,
    formatted_blank_rows,
    line,
    text,
    xlsx,
)

TODAY = date(2021, 9, 30)


def checked(file: Awkward) -> Checked:
    return check(register(file.register), read_file(file.name, file.content()), today=TODAY)


def named(file: Awkward) -> str:
    return file.name


READABLE = [file for file in FILES if not file.refused]


@pytest.mark.parametrize("file", [file for file in FILES if file.refused], ids=named)
def test_a_file_that_cannot_be_read_is_refused_in_words(file: Awkward) -> None:
    with pytest.raises(Unreadable) as refused:
        checked(file)
    assert file.refused in refused.value.words.zh
    assert refused.value.words.en


@pytest.mark.parametrize("file", READABLE, ids=named)
def test_every_fault_is_told_at_its_place_and_nothing_more(file: Awkward) -> None:
    found = checked(file).faults
    assert [(fault.row, fault.column) for fault in found] == [(row, column) for row, column, _ in file.faults]
    for fault, (_, _, words) in zip(found, file.faults, strict=True):
        assert words in fault.message.zh
        assert fault.message.en


@pytest.mark.parametrize("file", READABLE, ids=named)
def test_rows_dropped_columns_and_left_out_rows_are_as_stated(file: Awkward) -> None:
    found = checked(file)
    assert len(found.rows) == len(found.places) == file.rows
    assert tuple(found.ignored_columns) == file.ignored
    said = [left.message.zh for left in found.left_out]
    if file.name != "sep-line.csv":
        assert len(said) == len(file.left_out)
        assert all(any(words in one for one in said) for words in file.left_out)


def test_a_file_of_more_than_fifty_megabytes_is_refused() -> None:
    with pytest.raises(Unreadable, match="50 MB"):
        read_file("big.csv", b"x" * (MOST_BYTES + 1))


def test_a_file_of_two_hundred_thousand_rows_is_read_and_one_more_refused() -> None:
    rows = [["653128100", "x"]] * 199_999
    assert len(read_file("a.csv", text(["乡镇编码", "乡镇名称"], *rows)).sheets[0].rows) == 200_000
    with pytest.raises(Unreadable, match="200000"):
        read_file("a.csv", text(["乡镇编码", "乡镇名称"], *rows, rows[0], rows[0]))


def test_cells_in_the_corners_and_blank_rows_cost_no_time() -> None:
    blank = xlsx(INSPECTIONS, LINE, change=formatted_blank_rows)
    corner = xlsx(INSPECTIONS, LINE, change=far_corner)
    start = time.perf_counter()
    read_file("blank.xlsx", blank)
    with pytest.raises(Unreadable):
        read_file("corner.xlsx", corner)
    assert time.perf_counter() - start < 5


def test_a_row_after_a_long_gap_is_still_read_with_its_number() -> None:
    raw = read_file("gap.xlsx", xlsx(INSPECTIONS, LINE, *[[]] * 500, line(样品编号="S2")))
    assert raw.sheets[0].numbers == [1, 2, 503]


def test_the_file_name_is_never_used_as_a_path() -> None:
    assert read_file("../../etc/passwd\0.csv", text(INSPECTIONS, LINE)).sheets[0].rows


def test_days_of_a_workbook_that_counts_from_1904_are_right() -> None:
    file = next(file for file in FILES if file.name == "since-1904.xlsx")
    assert checked(file).rows[0]["sampling_date"] == "2021-03-16"
