"""The page 物流补贴: claims, the draft and its steps by role, what is settled, and bringing claims in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data.casework.settlements import open_draft, settlements
from data.store import reading
from office.subsidy.settlement_views import Filters, chosen, drawn_now, lines_xlsx
from tests.conftest import OpenPage


def texts(app: AppTest) -> str:
    """Everything the page says, in one text."""
    shown = [*app.title, *app.subheader, *app.caption, *app.info, *app.warning, *app.success, *app.markdown]
    return "\n".join(str(element.value) for element in shown) + "\n".join(
        str(element.proto.body) for element in app.get("html")
    )


def discard_open(app: AppTest) -> AppTest:
    app.text_input(key="logistics_reason").input("重新起草").run()
    return app.button(key="logistics_discard").click().run()


@pytest.mark.parametrize("view", ["claims", "draft", "settled"])
@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor"])
def test_every_role_of_casework_may_look(app_test: OpenPage, view: str, role: str) -> None:
    app = app_test("logistics", role, view=view)
    assert not app.exception
    assert app.title[0].value == "物流补贴"


def test_only_a_clerk_brings_claims_in(app_test: OpenPage) -> None:
    app = app_test("logistics", "clerk", view="upload")
    assert not app.exception and "物流申报" in texts(app)
    assert "不能用" in texts(app_test("logistics", "reviewer", view="upload"))


def test_an_empty_office_is_shown_the_way_in(empty_app_test: OpenPage) -> None:
    for view, words in (
        ("claims", "到这一天没有未结算的物流申报"),
        ("draft", "没有未结算的申报"),
        ("settled", "还没有结算完的"),
    ):
        app = empty_app_test("logistics", "clerk", view=view)
        assert not app.exception
        assert any(words in info.value for info in app.info)


def test_the_filters_of_the_address_choose_the_lines(app_test: OpenPage) -> None:
    app = app_test("logistics", "clerk", verdict="cannot_decide")
    shown = app.dataframe[0].value
    assert len(shown) and all("不能判定" in cell[0] for cell in shown["verdict"])


def test_a_claim_of_the_address_opens_its_slip_with_clause_and_sum(app_test: OpenPage) -> None:
    app = app_test("logistics", "clerk", verdict="payable")
    number = app.dataframe[0].value["claim_no"].iloc[0]
    said = texts(app_test("logistics", "clerk", claim=number))
    assert "三(八)" in said and "应付：" in said and "待领导小组确认" in said


def test_an_adjustment_says_what_changed_and_what_was_paid_before(app_test: OpenPage, demo_db: Path) -> None:
    app = app_test("logistics", "clerk", view="draft", kind="adjustment")
    number = app.dataframe[-1].value["claim_no"].iloc[0]
    said = texts(app_test("logistics", "clerk", view="draft", claim=number))
    assert "结算〔2021〕1号" in said
    assert any(word in said for word in ("补付", "收回"))


def test_where_nothing_can_be_decided_nothing_is_drafted(app_test: OpenPage) -> None:
    app = app_test("logistics", "reviewer", view="draft")
    app.button(key="logistics_check").click().run()
    app.button(key="logistics_confirm").click().run()
    app = app_test("logistics", "clerk", view="draft")
    assert any("没有可以结算的" in info.value or "没有未结算" in info.value for info in app.info)
    assert all(button.key != "logistics_do_draft" for button in app.button)


def test_a_reviewer_checks_then_confirms_and_it_is_listed_with_its_paper(
    app_test: OpenPage, demo_db: Path
) -> None:
    app = app_test("logistics", "reviewer", view="draft", kind="claim")
    app.button(key="logistics_check").click().run()
    assert "已复核" in app.success[0].value
    app.button(key="logistics_confirm").click().run()
    assert "已确认" in app.success[0].value
    with reading(demo_db) as db:
        assert open_draft(db) is None
        number = settlements(db)[0].number
    assert [b.proto.label for b in app.main.get("download_button")][0] == number, (
        "its paper, to be printed now"
    )
    assert any(number in button.label for button in app.button)
    assert "kind" not in app.query_params, "filters were about the lines as they stood before"
    said = texts(app_test("logistics", "auditor", view="settled", number=number))
    assert number in said and "示例审核员" in said


def test_the_clerk_who_drafted_is_told_whose_turn_it_is(app_test: OpenPage) -> None:
    app = app_test("logistics", "clerk", view="draft")
    assert "轮到审核员复核" in app.info[0].value
    assert [
        button.key for button in app.button if button.key in ("logistics_check", "logistics_confirm")
    ] == []


def test_a_discarded_draft_is_drafted_again_with_a_pool(app_test: OpenPage, demo_db: Path) -> None:
    app = discard_open(app_test("logistics", "clerk", view="draft"))
    assert "已作废" in app.success[0].value
    app.text_input(key="logistics_pool").input("1.50").run()
    app.button(key="logistics_do_draft").click().run()
    with reading(demo_db) as db:
        made = open_draft(db)
    assert made is not None and made.pool == 150


def test_a_pool_that_is_no_sum_is_said_and_cannot_be_drafted(app_test: OpenPage) -> None:
    app = discard_open(app_test("logistics", "clerk", view="draft"))
    app.text_input(key="logistics_pool").input("十元").run()
    assert any("不能作为金额" in info.value for info in app.info)
    assert all(button.key != "logistics_do_draft" for button in app.button)


def test_with_what_if_values_there_is_a_trial_and_no_drafting(app_test: OpenPage) -> None:
    app = discard_open(app_test("logistics", "clerk", view="draft"))
    before = texts(app)
    app.number_input(key="logistics_set_fen_per_shipment").set_value(50).run()
    assert texts(app) != before
    assert app.button(key="logistics_do_draft").disabled


def test_an_auditor_tries_out_and_changes_nothing(app_test: OpenPage, demo_db: Path) -> None:
    discard_open(app_test("logistics", "clerk", view="draft"))
    app = app_test("logistics", "auditor", view="draft")
    assert "由录入员起草结算" in texts(app)
    assert all(button.key != "logistics_do_draft" for button in app.button)


def test_the_export_holds_the_chosen_lines_and_no_head_of_household(demo_db: Path) -> None:
    with reading(demo_db) as db:
        shown = drawn_now(db, date(2021, 9, 30))
    lines = chosen(shown.lines, Filters(verdict="payable"))
    book = load_workbook(BytesIO(lines_xlsx(shown, lines)))
    cells = [cell.value for row in book["物流补贴"].iter_rows() for cell in row]
    assert cells.count("可以支付") == len(lines) > 0
    assert not set(lines["head_name"]) & set(cells)


@pytest.mark.parametrize(("role", "named"), [("reviewer", True), ("auditor", False)])
def test_a_settlements_paper_names_heads_of_household_only_to_those_who_may_see_them(
    app_test: OpenPage, monkeypatch: pytest.MonkeyPatch, role: str, named: bool
) -> None:
    files: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda _label, *, data, key, **_: files.update({key: data}))
    assert not app_test("logistics", role, view="settled").exception
    sheet = load_workbook(BytesIO(files["logistics_print_xlsx"]())).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("示*" in cell for cell in cells) != named
    assert any("示例户" in cell for cell in cells) == named
