"""The page of inspections: the list, files brought into any register, and single results entered by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.migrations import FIRST_REGISTERS, SECOND_REGISTERS
from data.people import Person
from data.register import register
from data.store import reading
from data.templates import template
from office import importing_apart, running
from office.importing import prepare, prepare_rows
from office.inspecting import write
from pages.parts.tables import ROW
from pages.parts.upload import OF_GOODS
from pages.parts.upload_report import WRAPPED
from tests.conftest import OpenPage

CLERK = Person("demo-clerk", "示例录入员", "clerk")
HEADER = "样品编号,户编号,产品编码,抽样日期,方法,结论\n"
FILES = {
    "townships": "乡镇编码,乡镇名称\nT1,示例镇\n",
    "villages": "村编码,乡镇编码,村名,是否贫困村\nV1,T1,示例村,是\n",
    "households": "户编号,村编码,户主姓名,建档日期\nH1,V1,示例户主,2019-01-01\n",
    "products": "产品编码,产品名称,类别,是否标准化\nP1,示例产品,果品,否\n",
    "goods": "户编号,产品编码,来源,是否符合网销,登记日期\nH1,P1,种植,是,2019-01-02\n",
    "inspections": HEADER + "S1,H1,P1,2021-03-01,速测,合格\n",
}


def asked(path: Path, sql: str) -> Any:
    with reading(path) as db:
        return db.execute(sql).fetchall()


def rows_of(path: Path, name: str) -> int:
    return int(asked(path, f"SELECT count(*) FROM {name}")[0][0])


def table(app: AppTest, column: str) -> Any:
    return next(element.value for element in app.dataframe if column in element.value.columns)


def upload(app: AppTest, text: str | bytes, name: str = "表.csv") -> AppTest:
    content = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    return app.file_uploader[0].upload(name, content, "text/csv").run()


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.fixture
def filled(empty_app_test: OpenPage, people_db: Path) -> OpenPage:
    """A county with one good and one inspection, all through the real import."""
    for name, text in FILES.items():
        with running.reader() as db:
            report = prepare(db, register(name), "a.csv", text.encode())
        write(report, CLERK, "import")
    return empty_app_test


@pytest.fixture(params=["here", "apart"])
def wherever_checked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files are checked here and large ones in a process of their own; on the page nothing differs."""
    if request.param == "apart":
        monkeypatch.setattr(importing_apart, "LARGE", 0)


def test_the_list_shows_what_had_a_result_by_the_day_newest_first(app_test: OpenPage) -> None:
    app = app_test("inspections", "auditor", day="2020-06-30")
    assert not app.exception
    rows = table(app, "样品编号")
    assert len(rows) == 100 and {"乡镇和村", "方法", "结论", "复检", "更正次数"} <= set(rows.columns)
    assert not [words for words in rows["结论"] if re.search("[a-z]", words)]
    later = table(app_test("inspections", "auditor", day="2021-09-30"), "样品编号")
    assert set(later["样品编号"]) != set(rows["样品编号"])


@pytest.mark.parametrize(
    ("params", "holds"),
    [
        ({"conclusion": "fail"}, lambda rows: set(rows["结论"]) == {"✕ 不合格"}),
        ({"method": "rapid"}, lambda rows: set(rows["方法"]) == {"速测"}),
        ({"again": "1"}, lambda rows: all("复检自" in words for words in rows["复检"])),
        ({"good": "H0001"}, lambda rows: all(g.startswith("H0001/") for g in rows["户编号/产品编码"])),
        ({"until": "2018-12-31"}, lambda rows: all(d < "2019" for d in rows["抽样日期"])),
    ],
)
def test_a_filter_in_the_address_is_kept_to(
    app_test: OpenPage, params: dict[str, str], holds: Callable[[Any], bool]
) -> None:
    rows = table(app_test("inspections", "clerk", **params), "样品编号")
    assert len(rows) and holds(rows)


def test_a_filter_writes_itself_into_the_address_and_can_be_cleared(app_test: OpenPage) -> None:
    app = app_test("inspections", "clerk")
    app.multiselect(key="inspections_conclusion").set_value(["fail", "pending"]).run()
    app.checkbox(key="inspections_again").check().run()
    assert (app.query_params["conclusion"], app.query_params["again"]) == ("fail,pending", "1")
    app.button(key="inspections_clear").click().run()
    assert "conclusion" not in app.query_params and "again" not in app.query_params
    assert app.multiselect(key="inspections_conclusion").value == []


def test_an_original_names_its_reinspection_and_the_chosen_row_shows_the_pair(
    app_test: OpenPage, demo_db: Path
) -> None:
    ((number,), *_more) = asked(
        demo_db, "SELECT reinspection_of FROM inspections WHERE reinspection_of IS NOT NULL ORDER BY id"
    )
    app = app_test("inspections", "clerk", sample=number)
    rows = table(app, "样品编号")
    (words,) = rows[rows["样品编号"] == number]["复检"]
    assert words.startswith("已由 S")
    place = list(rows["样品编号"]).index(number)
    app.session_state["inspections_rows_1"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()
    pair = table(app, "复检原样品编号")
    assert list(pair["样品编号"])[0] == number and list(pair["复检原样品编号"])[1] == number


def test_filters_that_leave_nothing_can_be_taken_back(app_test: OpenPage) -> None:
    app = app_test("inspections", "clerk", sample="NICHTS")
    assert any("没有符合" in info.value for info in app.info)
    app.button(key="inspections_clear_all").click().run()
    assert len(table(app, "样品编号")) == 100


@pytest.mark.parametrize("params", [{"conclusion": "good"}, {"since": "gestern"}, {"township": "T99"}])
def test_a_broken_filter_in_the_address_is_left_aside(app_test: OpenPage, params: dict[str, str]) -> None:
    app = app_test("inspections", "clerk", **params)
    assert not app.exception
    assert any("不予理会" in info.value for info in app.info)
    assert len(table(app, "样品编号")) == 100


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_only_a_clerk_is_offered_to_import_or_enter(app_test: OpenPage, role: str) -> None:
    app = app_test("inspections", role, view="upload")
    assert not app.file_uploader and len(table(app, "样品编号")) == 100
    assert app_test("inspections", "clerk", view="upload").file_uploader


def test_an_office_can_begin_with_nothing(empty_app_test: OpenPage, people_db: Path) -> None:
    app = empty_app_test("inspections", "clerk", view="upload")
    for name, text in FILES.items():
        app.query_params["register"] = name
        app.run()
        upload(app, text)
        assert figures(app)["新增"] == "1" and rows_of(people_db, name) == 0, name
        app.button(key="upload_write").click().run()
        assert rows_of(people_db, name) == 1, name
        assert any("新增 1 行" in done.value for done in app.success)


@pytest.mark.parametrize("name", [*FIRST_REGISTERS, *SECOND_REGISTERS])
def test_every_register_offers_its_form_and_takes_it_back(empty_app_test: OpenPage, name: str) -> None:
    page = {"shipments": "logistics", "storage_places": "packaging", "packaging_items": "packaging"}
    if name in OF_GOODS or name in page:
        app = empty_app_test(page.get(name, "inspections"), "clerk", view="upload", register=name)
    else:
        app = empty_app_test("registers", "clerk", view="import", register=name)
    upload(app, template(register(name)), "空表.xlsx")
    assert not app.exception
    assert any("没有数据行" in str(row) for row in table(app, "问题与要求")["问题与要求"])


@pytest.mark.usefixtures("wherever_checked")
def test_a_file_with_a_fault_writes_nothing_and_tells_each_place(filled: OpenPage, people_db: Path) -> None:
    app = filled("inspections", "clerk", view="upload")
    upload(
        app, HEADER + "S2,H1,P1,2021-03-02,速测,合格\nS3,H1,P1,昨天,速测,好\nS4,H9,P1,2021-03-02,速测,合格\n"
    )
    faults = table(app, "问题与要求")
    assert [(r["行"], r["列"], r["值"]) for _, r in faults.iterrows()] == [
        ("3", "抽样日期", "昨天"),
        ("3", "结论", "好"),
        ("4", "户编号", "H9"),
    ]
    assert figures(app)["有问题的行"] == "2"
    assert app.get("download_button") and not [b for b in app.button if b.key == "upload_write"]
    assert rows_of(people_db, "inspections") == 1


def test_a_file_of_something_else_has_no_red_cells_and_none_are_spoken_of(filled: OpenPage) -> None:
    app = filled("inspections", "clerk", view="upload")
    upload(app, "a,b\n1,2\n")
    assert "按下面的说明" in app.error[0].value and "红色" not in app.error[0].value
    assert "upload_marked" not in {button.key for button in app.get("download_button")}
    shown = next(t.proto for t in app.dataframe if "问题与要求" in t.value.columns)
    assert shown.row_height == WRAPPED, "a long sentence wraps"
    upload(app, HEADER + "S3,H1,P1,昨天,速测,合格\n")
    assert "红色" in app.error[0].value
    shown = next(t.proto for t in app.dataframe if "问题与要求" in t.value.columns)
    assert shown.row_height == ROW, "short ones stand in one line"


@pytest.mark.usefixtures("wherever_checked")
def test_the_mended_file_is_written_and_the_same_again_changes_nothing(
    filled: OpenPage, people_db: Path
) -> None:
    app = filled("inspections", "clerk", view="upload")
    text = HEADER + "S1,H1,P1,2021-03-01,速测,合格\nS2,H1,P1,2021-03-02,速测,合格\n"
    upload(app, text)
    assert (figures(app)["新增"], figures(app)["没有变化"]) == ("1", "1")
    assert list(table(app, "检测机构")["样品编号"]) == ["S2"]
    app.button(key="upload_write").click().run()
    assert rows_of(people_db, "inspections") == 2
    upload(app, text)
    assert any("完全一致" in done.value for done in app.success)
    assert not [b for b in app.button if b.key == "upload_write"]
    assert rows_of(people_db, "inspections") == 2


@pytest.mark.usefixtures("wherever_checked")
def test_dropped_columns_and_rows_left_out_are_named(filled: OpenPage) -> None:
    app = filled("inspections", "clerk", view="upload")
    text = "二月检验,,,,,,\n样品编号,户编号,产品编码,抽样日期,方法,结论,身份证号\n"
    text += "S5,H1,P1,2021-02-01,速测,合格,11010519491231002X\n填表人：示例,,,,,,\n"
    upload(app, text)
    assert any("身份证号" in info.value for info in app.info)
    assert figures(app)["略过的行"] == "2" and figures(app)["新增"] == "1"
    shown = [str(e.value) for e in [*app.info, *app.dataframe, *app.markdown, *app.caption]]
    assert not [words for words in shown if "11010519491231002X" in words]


@pytest.mark.usefixtures("wherever_checked")
def test_rows_that_differ_are_offered_as_corrections_with_a_reason(filled: OpenPage, people_db: Path) -> None:
    app = filled("inspections", "clerk", view="upload")
    upload(app, HEADER + "S1,H1,P1,2021-03-01,速测,不合格\n")
    assert any("按更正导入" in info.value for info in app.info)
    app.toggle(key="upload_update_inspections").set_value(True).run()
    assert list(table(app, "更正为")["更正为"]) == ["不合格"]
    app.button(key="upload_write").click().run()
    assert any("理由" in error.value for error in app.error) and rows_of(people_db, "inspections") == 1
    app.text_input(key="upload_reason").set_value("按报告更正").run()
    app.button(key="upload_write").click().run()
    kept = asked(people_db, "SELECT conclusion, reason, recorded_by FROM inspections ORDER BY version")
    assert kept == [("pass", None, "示例录入员"), ("fail", "按报告更正", "示例录入员")]


def test_a_register_changed_in_between_is_told_and_the_file_checked_again(
    filled: OpenPage, people_db: Path
) -> None:
    app = filled("inspections", "clerk", view="upload")
    upload(app, HEADER + "S2,H1,P1,2021-03-02,速测,合格\n")
    cells = {"sample_no": "S2", "household_no": "H1", "product_code": "P1", "sampling_date": "2021-03-02"}
    with running.reader() as db:
        other = prepare_rows(
            db, register("inspections"), [{**cells, "method": "速测", "conclusion": "不合格"}]
        )
    write(other, CLERK, "enter")
    app.button(key="upload_write").click().run()
    assert any("又有变动" in warning.value for warning in app.warning)
    assert list(table(app, "问题与要求")["列"]) == ["结论"]
    assert rows_of(people_db, "inspections") == 2


def test_a_check_that_ends_without_an_answer_is_told_and_can_be_done_again(
    filled: OpenPage, people_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = filled("inspections", "clerk", view="upload")
    with monkeypatch.context() as broken:
        broken.setattr(importing_apart, "LARGE", 0)
        broken.setattr(importing_apart, "MOST_SECONDS", 0.01)
        upload(app, HEADER + "S2,H1,P1,2021-03-02,速测,合格\n")
    assert not app.exception and "没有写入任何内容" in app.error[0].value
    assert not [b for b in app.button if b.key == "upload_write"]
    app.button(key="upload_again").click().run()
    assert not app.error and figures(app)["新增"] == "1"
    assert rows_of(people_db, "inspections") == 1


def test_what_is_no_table_is_told_in_a_sentence(filled: OpenPage, people_db: Path) -> None:
    app = filled("inspections", "clerk", view="upload")
    upload(app, b"PK\x03\x04 this is no workbook", "a.xlsx")
    assert not app.exception and len(app.error) == 1 and not app.metric
    assert rows_of(people_db, "inspections") == 1


def pick(app: AppTest, words: str) -> AppTest:
    return app.text_input(key="entry_words").set_value(words).run()


def test_one_result_is_entered_and_leads_to_its_good(filled: OpenPage, people_db: Path) -> None:
    app = pick(filled("inspections", "clerk", view="entry"), "示例产品 H1")
    prefix = "entry_0_H1/P1"
    app.text_input(key=f"{prefix}_sample_no").set_value("S7")
    app.date_input(key=f"{prefix}_sampling_date").set_value(date(2021, 4, 1))
    app.selectbox(key=f"{prefix}_method").set_value("rapid")
    app.selectbox(key=f"{prefix}_conclusion").set_value("pass")
    app.selectbox(key=f"{prefix}_reinspection_of").set_value("S1")
    app.button(key=f"FormSubmitter:{prefix}-核对并登记").click().run()
    assert any("S7" in done.value for done in app.success)
    assert asked(
        people_db, "SELECT reinspection_of, result_date, recorded_by FROM inspections WHERE sample_no = 'S7'"
    ) == [("S1", "2021-04-01", "示例录入员")]


def test_every_fault_of_an_entry_stands_beside_its_field(filled: OpenPage, people_db: Path) -> None:
    app = pick(filled("inspections", "clerk", view="entry"), "H1")
    prefix = "entry_0_H1/P1"
    app.text_input(key=f"{prefix}_sample_no").set_value("S 7!")
    app.date_input(key=f"{prefix}_sampling_date").set_value(date(2021, 4, 1))
    app.date_input(key=f"{prefix}_result_date").set_value(date(2021, 3, 1))
    app.button(key=f"FormSubmitter:{prefix}-核对并登记").click().run()
    told = [error.value for error in app.error]
    assert len(told) == 5 and "没有登记任何内容，请改好标出的地方。" in told
    assert any("早于抽样日期" in words for words in told)
    assert app.text_input(key=f"{prefix}_sample_no").value == "S 7!"
    assert rows_of(people_db, "inspections") == 1


def test_the_same_number_with_other_content_is_refused(filled: OpenPage, people_db: Path) -> None:
    app = pick(filled("inspections", "clerk", view="entry"), "H1")
    prefix = "entry_0_H1/P1"
    app.text_input(key=f"{prefix}_sample_no").set_value("S1")
    app.date_input(key=f"{prefix}_sampling_date").set_value(date(2021, 3, 1))
    app.selectbox(key=f"{prefix}_method").set_value("rapid")
    app.selectbox(key=f"{prefix}_conclusion").set_value("fail")
    app.button(key=f"FormSubmitter:{prefix}-核对并登记").click().run()
    assert any("已登记" in error.value for error in app.error)
    assert rows_of(people_db, "inspections") == 1


def test_the_page_speaks_english(filled: OpenPage) -> None:
    app = filled("inspections", "clerk", view="upload", lang="en")
    upload(app, HEADER + "S3,H1,P1,昨天,速测,好\n")
    words = [*(m.label for m in app.metric), *(e.value for e in app.error), *(c.value for c in app.caption)]
    words += [*table(app, "Column").columns, *table(app, "Column")["Column"]]
    assert [text for text in words if re.search("[\u4e00-\u9fff]", text)] == []


def test_an_empty_list_offers_the_way_to_begin(empty_app_test: OpenPage) -> None:
    app = empty_app_test("inspections", "clerk")
    assert not app.exception and any("空表" in info.value for info in app.info)
