"""Papers as workbooks: numbers that add up, texts that are never calculated, pages that print well."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from data.papers.workbook_pages import PAGES
from data.papers.workbooks import workbook
from office.paperwork.papers import Paper
from tests import examples_of_papers as examples
from tests.test_papers import on_paper

WITH_WORKBOOK = [paper for paper in (*examples.SHORT, *examples.LONG) if paper.kind in PAGES]


def sheet_of(paper: Paper, **other: Any) -> Any:
    return load_workbook(BytesIO(workbook(paper.kind, {**on_paper(paper), **other}))).active


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def place_of(sheet: Any, title: str) -> tuple[int, int]:
    """Row and column (from 1) of a column's title."""
    return next((c.row, c.column) for row in sheet.iter_rows() for c in row if c.value == title)


@pytest.mark.parametrize("paper", WITH_WORKBOOK, ids=lambda paper: paper.kind)
def test_a_workbook_says_what_it_is_and_has_nothing_odd_in_it(paper: Paper) -> None:
    sheet = sheet_of(paper)
    assert sheet["A2"].value == on_paper(paper)["number"]
    assert "".join(texts(sheet)).count("（盖章）　2021年9月30日") == 1
    assert not [text for text in texts(sheet) if "None" in text or "nan" in text]


@pytest.mark.parametrize("paper", WITH_WORKBOOK, ids=lambda paper: paper.kind)
def test_a_workbook_prints_on_a4_as_wide_as_the_page_with_its_titles_on_every_one(paper: Paper) -> None:
    sheet = sheet_of(paper)
    row, _ = place_of(sheet, "序号")
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what Excel takes where nothing is said
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${row}:${row}"
    assert "链号 128 · 0123456789abcdef" in sheet.oddFooter.center.text
    assert (sheet.page_setup.orientation == "landscape") == (paper.kind == "settlement")


def test_money_is_a_number_of_yuan_and_the_sum_is_a_formula_over_the_rows() -> None:
    paper = examples.settlement(2, 3)
    sheet = sheet_of(paper)
    row, column = place_of(sheet, "实付（元）")
    cells = [sheet.cell(row + at, column) for at in range(1, 8)]
    assert [round(cell.value * 100) for cell in cells[:6]] == [
        line.paid for one in paper.households for line in one.lines
    ]
    assert {cell.number_format for cell in cells} == {"#,##0.00"}
    letter = cells[0].column_letter
    assert cells[6].value == f"=SUM({letter}{row + 1}:{letter}{row + 6})"
    assert any("人民币伍拾贰元肆角捌分（52.48 元）" in text for text in texts(sheet))


def test_the_sum_is_there_for_readers_that_do_not_calculate() -> None:
    paper = examples.settlement(2, 3)
    content = BytesIO(workbook(paper.kind, on_paper(paper)))
    sheet: Any = load_workbook(content, data_only=True).active
    row, column = place_of(sheet, "实付（元）")
    assert round(sheet.cell(row + 7, column).value * 100) == paper.total_paid


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(1)", "#REF!"])
def test_a_text_that_looks_like_a_formula_stays_a_text(live: str) -> None:
    paper = examples.recovery()
    line = {**on_paper(paper)["lines"][0], "item_name": live, "note": live}
    good = {**on_paper(paper)["good"], "head_name": live}
    sheet = sheet_of(paper, lines=[line], good=good)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if cell.data_type in ("f", "e")] == []
    assert live in texts(sheet)


def test_a_long_text_gets_the_height_it_needs() -> None:
    sheet = sheet_of(examples.recovery(count=2))
    row, _ = place_of(sheet, "序号")
    short, long = sheet.row_dimensions[row + 1].height, sheet.row_dimensions[row + 2].height
    assert long > short


def test_a_notice_of_things_has_no_sum_of_unlike_units() -> None:
    sheet = sheet_of(examples.public_notice(3, None))
    assert "合计" not in texts(sheet)
    assert "合计" in texts(sheet_of(examples.public_notice(3)))


@pytest.mark.parametrize("paper", WITH_WORKBOOK, ids=lambda paper: paper.kind)
def test_the_same_paper_is_the_same_workbook(paper: Paper) -> None:
    assert workbook(paper.kind, on_paper(paper)) == workbook(paper.kind, on_paper(paper))
