"""What goes out comes back in: forms, exports, marked copies, and the data dictionary that describes them."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from data.checking import Checked, check
from data.dictionary import dictionary_markdown
from data.exports import export_csv, export_xlsx
from data.header import PROBLEMS
from data.marked import marked_copy
from data.provinces import OWN_PROVINCE
from data.reading import read_file
from data.register import REGISTERS, Column, Register, register
from data.templates import EXPLANATIONS, template
from tests.awkward_files import FILES, HOUSE, HOUSEHOLDS, INSPECTIONS, LINE, house, line, text, xlsx

TODAY = date(2021, 9, 30)
ALL = list(REGISTERS.values())


def named(one: Register) -> str:
    return one.name


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def read_back(one: Register, content: bytes, name: str) -> Checked:
    return check(one, read_file(name, content), today=TODAY)


def an_example(column: Column) -> str:
    """The example of a column, or a day that is not before any other example."""
    return column.example or "2021-09-01" if column.kind == "date" else column.example


@pytest.mark.parametrize("one", ALL, ids=named)
def test_an_empty_form_is_a_file_without_rows(one: Register) -> None:
    found = read_back(one, template(one), "form.xlsx")
    assert [fault.message.zh for fault in found.faults] == ["文件里没有数据行。"]


@pytest.mark.parametrize("one", ALL, ids=named)
def test_a_form_filled_with_its_examples_imports(one: Register) -> None:
    form = book(template(one))
    form.worksheets[0].append([an_example(column) for column in one.columns])
    filled = io.BytesIO()
    form.save(filled)
    found = read_back(one, filled.getvalue(), "form.xlsx")
    assert found.faults == []
    assert len(found.rows) == 1
    assert found.left_out == [], "its own page of explanations is no sheet that was overlooked"
    form.worksheets[1]["A1"] = "别的表"
    other = io.BytesIO()
    form.save(other)
    assert [one.sheet for one in read_back(one, other.getvalue(), "form.xlsx").left_out] == ["填写说明"]


@pytest.mark.parametrize("one", ALL, ids=named)
def test_a_form_explains_every_column_and_offers_its_choices(one: Register) -> None:
    sheet, explanations = book(template(one)).worksheets
    assert explanations.title == EXPLANATIONS
    assert [row[0].value for row in explanations.iter_rows(2, len(one.columns) + 1)] == [
        f"{c.title.zh}（{c.unit.zh}）" if c.unit else c.title.zh for c in one.columns
    ]
    lists = {
        str(rule.sqref).split(":")[0]: str(rule.formula1)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    for at, column in enumerate(one.columns):
        cell = sheet.cell(1, at + 1)
        assert cell.comment is not None
        assert column.description.zh in cell.comment.text
        offered = lists.get(f"{get_column_letter(at + 1)}2", "")
        assert all(words.zh in offered for words in column.choices.values())
        assert bool(offered) == (column.kind in ("choice", "yes_no"))
    assert sheet.freeze_panes == "A2"


def stored(one: Register) -> st.SearchStrategy[dict[str, Any]]:
    """Any row as it could be stored."""
    values = st.fixed_dictionaries({column.name: stored_value(column) for column in one.columns})
    return values.map(lambda row: mended(one, row)).filter(fits)


def mended(one: Register, row: dict[str, Any]) -> dict[str, Any]:
    """The row so that what the register asks across its columns holds; all days are one, so that none is too early."""
    for across in one.across:
        first, second, *_rest = across.columns
        code = "2019-01-01" if one.column(first).kind == "date" else "X1"
        if "_at_most_" in across.name and None not in (row[first], row[second]):
            row[first] = min(row[first], row[second])
        elif "_needed_for_" in across.name or across.name == f"{first}_or_{second}":
            row[first] = row[first] or code
        elif across.name == f"either_{first}_or_{second}":
            row[second] = None if row[first] else row[second] or code
        elif across.name == f"{second}_needs_{first}":
            row[second] = row[second] if row[first] else None
        elif across.name.endswith("_of_sc") and row[second] == "sc":
            row[first] = "SC10165312800001"
        elif across.name.endswith("_is_not_itself") and row[first] == row[second]:
            row[first] = None
    return row


def stored_value(column: Column) -> st.SearchStrategy[Any]:
    letters = st.text(st.sampled_from("abcXYZ019-户镇编"), min_size=1, max_size=8)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "code": letters.filter(lambda code: code.strip("-") != ""),
        "name": st.text(st.sampled_from("示例户主·a1 =+-@'\",;"), min_size=1, max_size=9)
        .map(folded)
        .filter(bool),
        "text": st.text(st.sampled_from("农残<5.0%=+-@'\",;(次) "), min_size=1, max_size=9)
        .map(folded)
        .filter(bool),
        "date": st.dates(date(2019, 1, 1), date(2019, 1, 1)).map(date.isoformat),
        "month": st.dates(date(2015, 1, 1), date(2019, 1, 1)).map(lambda day: day.isoformat()[:7]),
        "choice": st.sampled_from(list(column.choices) or [""]),
        "yes_no": st.sampled_from([0, 1]),
        "number": st.integers(column.low, column.high),
    }
    return kinds[column.kind] if column.required else st.none() | kinds[column.kind]


def folded(words: str) -> str:
    return re.sub(r"\s*·\s*", "·", " ".join(words.split()))


def fits(row: dict[str, Any]) -> bool:
    """Leaves out what the register itself would refuse, and blanks that are stored as another value."""
    if row.get("destination_in_county") == 1 and row["destination_province"] != OWN_PROVINCE:
        return False
    if "result_date" not in row:
        return True
    again = row["reinspection_of"]
    row["result_date"] = row["result_date"] or row["sampling_date"]
    return again is None or (again != row["sample_no"] and row["conclusion"] in ("pass", "fail"))


@pytest.mark.parametrize("one", ALL, ids=named)
@settings(max_examples=8, deadline=None)
@given(st.data())
def test_an_exported_csv_comes_back_unchanged(one: Register, data: st.DataObject) -> None:
    rows = data.draw(st.lists(stored(one), min_size=1, max_size=4))
    found = read_back(one, export_csv(one, rows), "out.csv")
    assert found.faults == []
    assert found.rows == rows


@pytest.mark.parametrize("one", ALL, ids=named)
@settings(max_examples=2, deadline=None)
@given(st.data())
def test_an_exported_workbook_comes_back_unchanged(one: Register, data: st.DataObject) -> None:
    rows = data.draw(st.lists(stored(one), min_size=1, max_size=4))
    found = read_back(one, export_xlsx(one, rows), "out.xlsx")
    assert found.faults == []
    assert found.rows == rows


def test_an_empty_register_exports_its_header_alone() -> None:
    one = register("townships")
    assert export_csv(one, []) == "乡镇编码,乡镇名称\r\n".encode("utf-8-sig")
    assert [[cell.value for cell in row] for row in book(export_xlsx(one, [])).worksheets[0]] == [
        ["乡镇编码", "乡镇名称"]
    ]


@pytest.mark.parametrize("risky", ["=1+1", "+1+1", "-1-1", "-H1", "@x", "＝1", "#N/A", "#div/0!", "+1e5"])
def test_no_exported_cell_is_calculated(risky: str) -> None:
    one = register("townships")
    rows = [{"township_code": "1", "township_name": risky}]
    exported = export_csv(one, rows).decode("utf-8-sig").splitlines()[1]
    assert exported.startswith("1,'") or risky.startswith("＝")
    cell = book(export_xlsx(one, rows)).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", risky)


@pytest.mark.parametrize("number", ["-5", "+3.2", "-0.5%", "12"])
def test_a_plain_number_is_exported_as_it_is(number: str) -> None:
    one = register("townships")
    rows = [{"township_code": "1", "township_name": number}]
    assert export_csv(one, rows).decode("utf-8-sig").splitlines()[1] == f"1,{number}"


@pytest.mark.parametrize(
    "text_of_cell", ["=1+1", "'=1", "-5", "'-5", "''+3", "@x", "#N/A", "'#ref!", "'", "#1"]
)
def test_what_looks_like_a_formula_or_an_error_comes_back_from_an_export(text_of_cell: str) -> None:
    one = register("townships")
    rows = [{"township_code": "1", "township_name": text_of_cell}]
    assert read_back(one, export_csv(one, rows), "out.csv").rows == rows
    if not text_of_cell.startswith("#"):  # openpyxl writes an error word as an error
        assert read_back(one, export_xlsx(one, rows), "out.xlsx").rows == rows


def copy_of(name: str, content: bytes, file: str) -> tuple[Any, Checked]:
    raw = read_file(file, content)
    found = check(register(name), raw, today=TODAY)
    return book(marked_copy(register(name), raw, found.faults)).worksheets[0], found


def test_a_marked_copy_keeps_positions_and_says_what_is_wrong() -> None:
    content = xlsx(["某县检验表"], INSPECTIONS, LINE, [], line(样品编号="S2", 结论="好", 抽样日期="x"))
    sheet, found = copy_of("inspections", content, "a.xlsx")
    assert sheet.title == "一月"
    assert sheet["A1"].value is None
    assert sheet["A2"].value == "样品编号"
    assert sheet["A5"].value == "S2"
    assert sheet["J5"].value == "好"
    assert "只能填" in sheet["J5"].comment.text
    assert sheet["J5"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["J3"].fill.fgColor.rgb != "FFFFC7CE"
    assert sheet["M2"].value == PROBLEMS
    assert sheet["M3"].value is None
    assert sheet["M5"].value == "；".join(f"{fault.column}：{fault.message.zh}" for fault in found.faults)


def test_a_mended_marked_copy_imports_and_its_column_of_problems_is_ignored_silently() -> None:
    raw = read_file(
        "a.csv", text([*HOUSEHOLDS, "备注"], HOUSE + ["x"], [*house(户编号="H2", 建档日期="?"), "x"])
    )
    one = register("households")
    copy = book(marked_copy(one, raw, check(one, raw, today=TODAY).faults))
    copy.worksheets[0]["D3"] = "2018-01-02"
    mended = io.BytesIO()
    copy.save(mended)
    found = read_back(one, mended.getvalue(), "copy.xlsx")
    assert (found.faults, found.ignored_columns) == ([], [])
    assert [row["registered_on"] for row in found.rows] == ["2018-01-01", "2018-01-02"]


def test_a_missing_column_stands_ready_to_be_filled_in_a_marked_copy() -> None:
    sheet, _ = copy_of(
        "households", text([*HOUSEHOLDS[:1], *HOUSEHOLDS[2:]], [*HOUSE[:1], *HOUSE[2:]]), "a.csv"
    )
    assert [cell.value for cell in sheet[1]] == [
        "户编号",
        "户主姓名",
        "建档日期",
        "退出日期",
        "村编码",
        PROBLEMS,
    ]
    assert "缺少" in sheet["E1"].comment.text


@pytest.mark.parametrize("file", [file for file in FILES if file.faults], ids=lambda file: file.name)
def test_every_fault_is_in_the_marked_copy(file: Any) -> None:
    one = register(file.register)
    raw = read_file(file.name, file.content())
    found = check(one, raw, today=TODAY)
    words = "".join(
        f"{cell.value or ''}{cell.comment.text if cell.comment else ''}"
        for sheet in book(marked_copy(one, raw, found.faults))
        for row in sheet.iter_rows()
        for cell in row
    )
    assert all(fault.message.zh in words for fault in found.faults)


def test_the_data_dictionary_is_current_and_names_every_column() -> None:
    written = dictionary_markdown()
    assert Path(__file__).parent.parent.joinpath("docs", "数据字典.md").read_text(encoding="utf-8") == written
    for one in ALL:
        for column in one.columns:
            assert f"| {column.title.zh} | `{column.name}` | {column.title.en} |" in written
