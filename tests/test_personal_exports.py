"""Files say what they hold: which of it is personal, what for, how long, who took it along and when; and they import again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.checking import check
from data.lists import ListColumn, list_xlsx
from data.people import Person
from data.personal_notice import MARK, Taken, marked, of_list, of_register
from data.protection.personal_fields import personal_columns, tells_of_one
from data.reading import read_file
from data.register import REGISTERS
from data.register_lists import RowsAsked
from data.store import reading
from office.personal.taking import taken_by
from office.registry.listing import list_file
from tests.conftest import WORKING_DAY, OpenPage
from tests.walking import offered_files, text_inside

TAKEN = Taken("示例录入员", "2021-09-30 17:00", "10 年")
CLERK, AUDITOR = Person("demo-clerk", "示例录入员", "clerk"), Person("demo-auditor", "示例审计员", "auditor")


def notes(content: bytes) -> dict[str, str]:
    book = load_workbook(BytesIO(content))
    if "说明" not in book.sheetnames:
        return {}
    return {str(row[0].value): str(row[1].value) for row in book["说明"].iter_rows()}


@pytest.mark.parametrize("name", list(REGISTERS))
def test_a_registers_workbook_says_what_of_it_is_personal(demo_master: Path, name: str) -> None:
    register = REGISTERS[name]
    with reading(demo_master) as db:
        content = list_file(db, RowsAsked(name), "clerk", "xlsx", taken_by(CLERK, name))
    said = notes(content)
    if not (personal_columns(register) or tells_of_one(name)):
        assert said == {}
        return
    assert list(said)[0] == "含个人信息"
    assert all(column.title.zh in said["含个人信息"] for column in personal_columns(register))
    assert said["导出"].startswith("示例录入员，") and said["用途"] and " 年（" in said["保存多久"]


@pytest.mark.parametrize("name", ["households", "participants", "followups", "inspections", "products"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_imports_again_as_it_was(demo_master: Path, name: str, kind: str) -> None:
    with reading(demo_master) as db:
        content = list_file(db, RowsAsked(name), "clerk", kind, taken_by(CLERK, name))  # type: ignore[arg-type]
        count = db.execute(f"SELECT count(DISTINCT entity) FROM {name}").fetchone()[0]
    found = check(REGISTERS[name], read_file(f"a.{kind}", content), today=WORKING_DAY)
    assert not found.faults and not found.left_out
    assert len(found.places) == count


def test_a_masked_file_says_so(demo_master: Path) -> None:
    with reading(demo_master) as db:
        full = list_file(db, RowsAsked("households"), "clerk", "xlsx", taken_by(CLERK, "households"))
        less = list_file(db, RowsAsked("households"), "auditor", "xlsx", taken_by(AUDITOR, "households"))
    assert "只有姓氏" not in notes(full)["含个人信息"]
    assert "户主姓名（只有姓氏）" in notes(less)["含个人信息"]
    assert notes(less)["导出"].startswith("示例审计员")


def test_a_list_that_names_people_says_so_before_all_else_and_another_does_not() -> None:
    about = [("行数", "0")]
    with_names = list_xlsx("表", [ListColumn("户编号", 8), ListColumn("户主姓名", 8)], [], about, TAKEN)
    without = list_xlsx("表", [ListColumn("户编号", 8)], [], about, TAKEN)
    assert list(notes(with_names)) == ["含个人信息", "用途", "保存多久", "导出", "行数"]
    assert list(notes(without)) == ["行数"]


def test_what_is_said_of_a_register_without_people_is_nothing() -> None:
    assert of_register(REGISTERS["townships"], TAKEN) == [] and of_list(["村"], TAKEN) == []


def test_the_mark_stands_before_the_ending() -> None:
    assert marked("贫困户.xlsx", MARK.zh) == "贫困户（含个人信息）.xlsx"
    assert marked("岳电商办结算〔2021〕1号.docx", MARK.zh).endswith("1号（含个人信息）.docx")


def test_the_pages_give_the_marked_names(app_test: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    files = offered_files(monkeypatch)
    app_test("registers", "clerk", register="households")
    names = [name for name, _content in files]
    assert "贫困户（含个人信息）.xlsx" in names and "贫困户（含个人信息）.csv" in names
    csv = next(content for name, content in files if name.endswith(".csv"))
    assert text_inside(csv).splitlines()[0].endswith("户编号,村编码,户主姓名,建档日期,退出日期")
    files.clear()
    app_test("registers", "clerk", register="products")
    assert not any("个人信息" in name for name, _content in files)
    files.clear()
    app_test("goods", "clerk")
    (goods,) = [content for name, content in files if name.startswith("资格清单") and "含个人信息" in name]
    assert notes(goods)["含个人信息"] == "户主姓名"
    files.clear()
    app_test("goods", "auditor")
    assert files and not any("个人信息" in name for name, _content in files)
