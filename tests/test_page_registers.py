"""The page of registers, for every one of them: empty list, adding, correcting, history, links, files, and what is masked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.register import REGISTERS, Column, Register
from data.register_lists import RowsAsked
from data.versions import history
from office import running
from office.importing import carry_out
from office.registry.linking import key_from, key_text, row_address
from office.registry.listing import list_file, listed
from tests.conftest import OpenPage
from tests.register_rows import another_value, enter_rows, example_row, reported, rows_for

OWNER = "示例户主"  # the one personal value that the examples hold
PREFERRED = ("name", "text", "yes_no", "number", "month", "date", "choice", "code")


def key_of(register: Register) -> tuple[Any, ...]:
    """The key of the example row, as stored."""
    cells = typed(register, example_row(register.name))
    found = key_from(register, key_text([cells[name] for name in register.key]))
    assert found is not None
    return found


def typed(register: Register, row: dict[str, str]) -> dict[str, str]:
    """The texts of a row as the form's fields hold them: choices by code, yes as 1."""
    return {column.name: _typed(column, row[column.name]) for column in register.columns}


def _typed(column: Column, text: str) -> str:
    if column.kind == "choice":
        return next((code for code, words in column.choices.items() if words.zh == text), "")
    return {"是": "1", "否": "0"}.get(text, text) if column.kind == "yes_no" else text


def fill(app: AppTest, prefix: str, cells: dict[str, str]) -> None:
    """Put the cells into the fields of a form, whatever kind of field each is."""
    for name, text in cells.items():
        key = f"{prefix}_{name}"
        for kind in (app.date_input, app.selectbox, app.text_input):
            field: Any = next((one for one in kind if one.key == key), None)
            if field is None:
                continue
            is_day = kind is app.date_input or type(field).__name__ == "DateInput"
            field.set_value((date.fromisoformat(text) if is_day else text) if text else None)
            break
        else:
            raise AssertionError(f"there is no field {key}")


def changeable(register: Register) -> Column | None:
    """A column that a correction may change by itself: not of the key, and naming nothing."""
    named = {name for reference in register.references for name in reference.columns}
    free = [c for c in register.columns if c.name not in named and c.name not in register.key]
    return min(reversed(free), key=lambda column: PREFERRED.index(column.kind), default=None)


def said(app: AppTest) -> str:
    """Everything on the page as one text."""
    shown = [*app.info, *app.success, *app.error, *app.warning, *app.caption, *app.markdown, *app.subheader]
    words = [str(element.value) for element in shown]
    words += [element.proto.body for element in app.get("html")]
    words += [frame.value.to_string() for frame in app.dataframe]
    words += [element.proto.label for element in app.get("page_link")]
    return "\n".join(words)


@pytest.mark.parametrize("name", list(REGISTERS))
def test_a_row_of_every_register_is_added_seen_and_corrected(empty_app_test: OpenPage, name: str) -> None:
    register, rows = REGISTERS[name], rows_for(name)
    own = rows.pop(name)
    enter_rows(running.writer(), rows)
    app = empty_app_test("registers", "clerk", register=name)
    assert not app.exception and "还没有登记" in said(app)

    app.query_params["view"] = "add"
    app.run()
    prefix = f"registers_add_{name}_0"
    fill(app, prefix, typed(register, own))
    app.button(key=f"FormSubmitter:{prefix}-核对并登记").click().run()
    assert not app.exception and [done.value for done in app.success], said(app)

    del app.query_params["view"]
    app.run()
    assert "共 1 行" in said(app) and len(app.dataframe[0].value) == 1
    key = key_of(register)
    app.query_params["key"] = row_address(name, key)["key"]
    app.query_params["edit"] = "1"
    app.run()
    assert not app.exception and "首次登记" in said(app)
    correct(app, register, key)
    app.run()
    assert not app.exception


def correct(app: AppTest, register: Register, key: tuple[Any, ...]) -> None:
    """Change one column with a reason, where the register has one; both versions are in the history then."""
    column = changeable(register)
    if column is None:
        return
    prefix = f"registers_correct_{register.name}_{key_text(key)}_1"
    before = example_row(register.name)[column.name]
    changed = _typed(column, another_value(column, before))
    fill(app, prefix, {column.name: changed})
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert any("理由" in error.value for error in app.error), said(app)
    app.text_input(key=f"{prefix}_reason").set_value("录入错误")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    app.button(key=f"registers_correct_{register.name}_confirm").click().run()
    assert not app.exception and any("已更正" in done.value for done in app.success), said(app)
    lines = app.dataframe[0].value
    assert list(lines["版本"]) == ["2", "1"] and lines["理由"].iloc[0] == "录入错误"
    with running.reader() as db:
        versions = history(db, register, key)
    assert [row["version"] for row in versions] == [1, 2]
    assert versions[0][column.name] != versions[1][column.name]


def test_an_auditor_sees_every_register_without_forms_and_without_names(empty_app_test: OpenPage) -> None:
    """One visit to a list and a row of every register: no form however it is asked for, no name, files all the same."""
    for name in REGISTERS:
        enter_rows(running.writer(), {name: example_row(name)})
    app = empty_app_test("registers", "auditor")
    for name, register in REGISTERS.items():
        people = {example_row(name)[c.name] for c in register.columns if c.personal} - {""} | {OWNER}
        texts = visited(app, register=name, view="add")
        assert "共 1 行" in texts, name
        texts += visited(app, edit="1", **row_address(name, key_of(register)))
        assert "首次登记" in texts, name
        with running.reader() as db:
            files = [list_file(db, RowsAsked(name), "auditor", kind) for kind in ("xlsx", "csv")]
        texts += files[1].decode("utf-8-sig")
        assert files[0].startswith(b"PK") and texts.count("\n") >= 2
        assert [person for person in people if person in texts] == [], name


def visited(app: AppTest, **params: str) -> str:
    """The page with just these in its address, as one text; it has no form but the one that asks why names are to be
    shown, and nothing that can be typed into a row."""
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception and not app.file_uploader, params
    forms = {button.form_id for button in app.button if button.form_id}
    typed = {field.key or "" for field in app.text_input} - {"registers_search"}
    assert [one for one in forms | typed if not one.startswith("registers_names_")] == []
    return said(app)


def test_a_name_is_found_by_those_who_may_see_it_and_by_nobody_else(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("goods"))
    for name in ("households", "goods"):
        asked = RowsAsked(name, search="户主")
        with running.reader() as db:
            found = {role: listed(db, asked, role).total for role in ("clerk", "reviewer", "auditor")}
        assert found == {"clerk": 1, "reviewer": 1, "auditor": 0}, name
    app = empty_app_test("registers", "auditor", register="households")
    assert "示*" in said(app)


def test_a_corrected_name_stays_masked_in_the_history(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("households"))
    renamed = reported(
        running.writer(), "households", example_row("households", head_name="新户主"), update=True
    )
    carry_out(running.writer(), renamed, by="示例审核员", reason="姓名写错", source="entry-form")
    key = row_address("households", "H0001")
    full, less = (said(empty_app_test("registers", role, **key)) for role in ("reviewer", "auditor"))
    assert OWNER in full and "新户主" in full
    assert OWNER not in less and "新户主" not in less and "新*" in less and "姓名写错" in less


def test_a_row_leads_to_what_it_names_and_to_what_names_it(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("station_returns"))
    app = empty_app_test("registers", "clerk", **row_address("stations", ("Z001",)))
    assert any(button.label.startswith("乡镇：") for button in app.button)
    (to_returns,) = [button for button in app.button if button.label == "站点月报：1 行"]
    to_returns.click().run()
    assert dict(app.query_params) == {"register": "station_returns", "of": "stations", "of_key": "Z001"}
    (back,) = [button for button in app.button if button.label.startswith("只列与")]
    assert len(app.dataframe[0].value) == 1
    back.click().run()
    assert dict(app.query_params) == row_address("stations", "Z001")
    app = empty_app_test("registers", "clerk", register="station_returns", of="stations", of_key="Z999")
    assert "没有登记" in said(app) and len(app.dataframe[0].value) == 1


def test_a_good_leads_to_its_page_and_a_batch_to_its_chain(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("trace_movements"))
    app = empty_app_test("registers", "clerk", **row_address("inspections", "S2021-0001"))
    assert "打开一户一品 H0001/P01" in said(app)
    app = empty_app_test("registers", "clerk", **row_address("trace_movements", ("ZS2021-0001", 1)))
    assert "追溯这一批" in said(app)


def test_a_form_that_somebody_overtook_is_told_so_and_writes_nothing(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("stations"))
    app = empty_app_test("registers", "clerk", edit="1", **row_address("stations", "Z001"))
    other = reported(
        running.writer(), "stations", example_row("stations", station_name="新站名"), update=True
    )
    carry_out(running.writer(), other, by="示例审核员", reason="改名", source="entry-form")
    prefix = "registers_correct_stations_Z001_1"
    app.text_input(key=f"{prefix}_station_name").set_value("旧表单里的站名")
    app.text_input(key=f"{prefix}_reason").set_value("录入错误")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert any("示例审核员" in told.value and "没有写入" in told.value for told in app.warning)
    with running.reader() as db:
        assert [row["station_name"] for row in history(db, REGISTERS["stations"], "Z001")][-1] == "新站名"
    app.button(key=f"{prefix}_reload").click().run()
    again = "registers_correct_stations_Z001_2_station_name"
    assert app.text_input(key=again).value == "新站名"


def test_faults_of_a_new_row_stand_beside_their_fields_and_nothing_is_written(
    empty_app_test: OpenPage,
) -> None:
    enter_rows(running.writer(), {"townships": example_row("townships")})
    app = empty_app_test("registers", "clerk", register="stations", view="add")
    prefix = "registers_add_stations_0"
    row = example_row("stations", village_code="", opened_on="2021-05-01", closed_on="2021-04-01")
    fill(app, prefix, {n: t for n, t in typed(REGISTERS["stations"], row).items() if n != "township_code"})
    app.button(key=f"FormSubmitter:{prefix}-核对并登记").click().run()
    told = [error.value for error in app.error]
    assert "没有登记任何内容，请改好标出的地方。" in told and any("不能早于" in words for words in told)
    with running.reader() as db:
        assert listed(db, RowsAsked("stations"), "clerk").total == 0


@pytest.mark.parametrize(
    "params",
    [
        {"register": "nichts"},
        {"register": "stations", "key": "a~b~c"},
        {"register": "stations", "key": "Z404"},
        {"register": "catalogue_entries", "key": "P01~x"},
        {"register": "stations", "of": "townships", "of_key": "T~T"},
        {"register": "stations", "f_level": "moon", "since": "gestern", "page": "99", "village": "V9"},
        {"group": "moon", "clause": "九(九)"},
    ],
)
def test_a_broken_address_is_answered_calmly(empty_app_test: OpenPage, params: dict[str, str]) -> None:
    enter_rows(running.writer(), rows_for("stations"))
    app = empty_app_test("registers", "clerk")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception and app.info


def test_filters_write_themselves_into_the_address_and_are_cleared(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("stations"))
    app = empty_app_test("registers", "clerk", register="stations")
    app.selectbox(key="registers_f_level").set_value("county").run()
    assert app.query_params["f_level"] == "county" and "没有符合" in said(app)
    app.button(key="registers_clear").click().run()
    assert "f_level" not in app.query_params and "共 1 行" in said(app)
    app.selectbox(key="registers_register").set_value("villages").run()
    assert app.query_params["register"] == "villages"


def test_all_registers_are_shown_with_their_rows_and_narrowed_by_clause(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("stations"))
    rows = empty_app_test("registers", "auditor").dataframe[0].value
    assert len(rows) == len(REGISTERS)
    assert dict(zip(rows["台账"], rows["行数"], strict=True))["服务站点"] == 1
    some = empty_app_test("registers", "auditor", clause="三(二)").dataframe[0].value
    assert 0 < len(some) < len(rows) and all("三(二)" in words for words in some["方案条款"])


def test_the_page_speaks_english(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("shop_sales"))
    for params in ({}, {"register": "shop_sales"}, row_address("shop_sales", ("D0001", "2021-08"))):
        app = empty_app_test("registers", "clerk", lang="en", **params)
        assert not app.exception


def test_an_address_with_a_number_that_no_database_holds_is_told_and_left(empty_app_test: OpenPage) -> None:
    key = f"P01~{'9' * 30}"
    assert key_from(REGISTERS["catalogue_entries"], key) is None
    app = empty_app_test("registers", "clerk", register="catalogue_entries", key=key)
    assert not app.exception and "不是这样写的" in said(app)


def test_a_search_of_a_thousand_words_is_cut_to_what_an_address_holds(empty_app_test: OpenPage) -> None:
    enter_rows(running.writer(), rows_for("stations"))
    app = empty_app_test("registers", "clerk", register="stations")
    app.text_input(key="registers_search").set_value(" ".join(f"w{at}" for at in range(1200))).run()
    assert not app.exception and "没有符合" in said(app)
