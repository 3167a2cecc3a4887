"""Charts on paper are native: numbers that stay editable, no picture, no font, the same bytes every time."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import load_workbook

from data.papers.charts import COLOURS, chart_workbook, chart_xml
from data.papers.rendering import render, template
from office.paperwork.papers import context
from tests import examples_of_reports as examples

C = "{http" + "://schemas.openxmlformats.org/drawingml/2006/chart}"
FROZEN: dict[str, Any] = {
    "kind": "columns",
    "title": "示例",
    "unit": "万元",
    "scale": 6,
    "categories": ["甲镇", "乙<乡>&"],
    "series": [{"name": "本月", "values": [1_234_567, None]}, {"name": "上月", "values": [0, 5_000_000]}],
}


def printed(edition: int = 1) -> ZipFile:
    paper = examples.bulletin(edition=edition)
    on_paper = {**context(paper), "number": "示例〔2021〕1号", "chain": {"number": 1, "hash": "0"}}
    return ZipFile(BytesIO(render("bulletin", on_paper, template("bulletin"))))


def values_of(xml: bytes) -> list[list[tuple[str, str]]]:
    """The points of every series: place and value as they stand in the part."""
    root = parse_xml(xml)
    return [
        [(point.get("idx"), point.findtext(f"{C}v")) for point in series.iter(f"{C}pt")]
        for series in root.iter(f"{C}val")
    ]


def test_a_bulletin_has_three_charts_with_their_numbers_and_no_picture() -> None:
    with printed() as archive:
        names = archive.namelist()
        assert [name for name in names if name.startswith("word/charts/chart")] == [
            f"word/charts/chart{at}.xml" for at in (1, 2, 3)
        ]
        assert [name for name in names if name.endswith(".xlsx")] == [
            f"word/embeddings/chart{at}.xlsx" for at in (1, 2, 3)
        ]
        assert not [name for name in names if "media" in name]
        body = archive.read("word/document.xml").decode()
    assert body.count("<c:chart ") == 3 and 'descr="近24个月交易额"' in body


def test_the_charts_are_the_same_bytes_every_time() -> None:
    with printed() as one, printed() as other:
        for name in one.namelist():
            assert one.read(name) == other.read(name), name


def test_a_chart_shows_its_frozen_numbers_and_a_gap_where_there_is_none() -> None:
    assert values_of(chart_xml(FROZEN, "rId1")) == [
        [("0", "1.234567")],
        [("0", "0.000000"), ("1", "5.000000")],
    ]


def test_the_workbook_behind_a_chart_holds_the_same_numbers_where_the_chart_looks() -> None:
    content = chart_workbook(FROZEN)
    assert content == chart_workbook(FROZEN)
    sheet = load_workbook(BytesIO(content))["Sheet1"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "本月", "上月"],
        ["甲镇", 1.234567, 0],
        ["乙<乡>&", None, 5],
    ]
    xml = chart_xml(FROZEN, "rId1").decode()
    for place in ("Sheet1!$A$2:$A$3", "Sheet1!$B$1", "Sheet1!$C$2:$C$3"):
        assert place in xml
    assert "乙&lt;乡&gt;&amp;" in xml and 'r:id="rId1"' in xml


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    frozen = {**FROZEN, "categories": ["=1+1", "http" + "://x"]}
    sheet = load_workbook(BytesIO(chart_workbook(frozen)))["Sheet1"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("kind", ["columns", "stacked", "bars"])
def test_bars_begin_at_nought_unless_something_is_below(kind: str) -> None:
    assert '<c:min val="0' in chart_xml({**FROZEN, "kind": kind}, "r").decode()
    below = {**FROZEN, "kind": kind, "series": [{"name": "本月", "values": [-1, 2]}]}
    assert "<c:min " not in chart_xml(below, "r").decode()


def test_series_have_the_offices_colours_in_order() -> None:
    xml = chart_xml(FROZEN, "r").decode()
    assert xml.index(COLOURS[0]) < xml.index(COLOURS[1])


def test_a_chart_of_nothing_can_be_drawn() -> None:
    empty = {**FROZEN, "categories": [], "series": [{"name": "本月", "values": []}]}
    assert values_of(chart_xml(empty, "r")) == [[]]
    assert chart_workbook(empty)
    none = {**FROZEN, "categories": [], "series": []}
    assert chart_xml(none, "r")


def test_a_paper_with_charts_opens_again() -> None:
    with printed(edition=2) as archive:
        document = Document(archive.fp)
    assert len(document.inline_shapes) == 3
