"""资格清单 as people of each role see it: filters in the address, rows that open a good, recording the day."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from office import running
from office.answering import answers_on
from office.choosing import Filters, chosen
from office.listing import Listing, listing
from office.worklist import worklists
from tests.conftest import WORKING_DAY, OpenPage

Expected = Callable[..., list[str]]


def table(app: AppTest) -> pd.DataFrame:
    assert not app.exception, app.exception
    return app.dataframe[0].value


def subjects(app: AppTest) -> list[str]:
    return list(table(app)["subject"])


@pytest.fixture
def expected(app_test: OpenPage) -> Expected:
    """`expected(verdict="revoked")`: the subjects that those filters let through on the working day."""

    def of(**asked: Any) -> list[str]:
        with running.reader() as db:
            listed = listing(db, answers_on(db, WORKING_DAY))
            places = chosen(listed, Filters(**asked), worklists(db, listed.answers))
        return list(listed.answers.subjects[places])

    return of


def test_all_goods_of_the_day_are_shown_with_both_verdicts_in_words(
    app_test: OpenPage, expected: Expected
) -> None:
    shown = table(app_test("goods", "clerk"))
    assert list(shown["subject"]) == expected()
    labels = {label for column in ("packaging", "logistics") for cell in shown[column] for label in cell}
    assert len(labels) == 4 and all(label[0] in "✔✕？⊘" for label in labels)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ({"verdict": "revoked"}, {"verdict": "revoked"}),
        ({"benefit": "logistics", "verdict": "cannot_decide"},) * 2,
        ({"because": "fails:inspected_recently"},) * 2,
        ({"list": "lapsing"}, {"worklist": "lapsing"}),
        ({"search": "H0003"},) * 2,
        ({"township": "653128100"},) * 2,
    ],
)
def test_what_the_address_asks_is_what_the_table_shows(
    app_test: OpenPage,
    expected: Expected,
    address: dict[str, str],
    asked: dict[str, str],
) -> None:
    assert subjects(app_test("goods", "clerk", **address)) == expected(**asked)


def test_a_control_writes_the_address_and_clearing_empties_it(app_test: OpenPage, expected: Expected) -> None:
    app = app_test("goods", "clerk")
    app.selectbox(key="goods_verdict").select("not_eligible").run()
    assert app.query_params["verdict"] == "not_eligible"
    assert subjects(app) == expected(verdict="not_eligible")
    app.button(key="goods_clear").click().run()
    assert "verdict" not in app.query_params and subjects(app) == expected()


def test_another_township_drops_the_village_of_the_one_before(app_test: OpenPage) -> None:
    app = app_test("goods", "clerk")
    app.selectbox(key="goods_township").select_index(1).run()
    village = app.selectbox(key="goods_village")
    village.select_index(1).run()
    assert subjects(app)
    app.selectbox(key="goods_township").select_index(2).run()
    assert "village" not in app.query_params and not app.info and subjects(app)


@pytest.mark.parametrize("value", ["nonsense", "revoked,eligible", "<b>"])
def test_a_broken_filter_in_the_address_is_left_aside_with_a_note(
    app_test: OpenPage, expected: Expected, value: str
) -> None:
    app = app_test("goods", "clerk", verdict=value)
    assert subjects(app) == expected() and "不能用" in app.info[0].value


def test_filters_that_let_nothing_through_say_so(app_test: OpenPage) -> None:
    app = app_test("goods", "clerk", search="没有这样的产品")
    assert not app.dataframe and not app.exception
    assert "没有符合这些筛选" in app.info[0].value
    assert app.get("download_button")[0].proto.disabled


def test_the_nearest_to_revocation_come_first_when_asked(app_test: OpenPage) -> None:
    app = app_test("goods", "clerk")
    app.toggle(key="goods_nearest").set_value(True).run()
    assert app.query_params["sort"] == "nearest"
    assert table(app)["failures"].iloc[0] == 1 and table(app)["failures"].iloc[-1] == 0


def test_only_those_who_need_them_see_heads_of_household(app_test: OpenPage) -> None:
    assert "head" in table(app_test("goods", "clerk")) and "head" in table(app_test("goods", "reviewer"))
    auditor = app_test("goods", "auditor")
    assert "head" not in table(auditor)
    head = "示例户0001"
    assert not auditor.text_input(key="goods_search").set_value(head).run().dataframe


def test_a_chosen_row_opens_that_good_and_keeps_the_day(app_test: OpenPage) -> None:
    app = app_test("goods", "clerk", day="2021-08-15", verdict="not_eligible")
    third = subjects(app)[2]
    app.session_state["goods_rows"] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    app.run()
    assert app.title[0].value == "一户一品"
    assert app.query_params["subject"] == third and app.query_params["day"] == "2021-08-15"


def test_the_chart_counts_the_goods_shown_by_township(app_test: OpenPage, expected: Expected) -> None:
    app = app_test("goods", "clerk", benefit="logistics", verdict="not_eligible")
    chart = app.get("vega_lite_chart")[0].proto
    spec = json.loads(chart.spec)
    assert "物流补贴申请资格" in app.subheader[0].value
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"][0] == "✔ 符合"


def runs() -> int:
    """How many runs are recorded."""
    with running.reader() as db:
        return int(db.execute("SELECT count(*) FROM runs").fetchone()[0])


@pytest.mark.parametrize(("role", "may"), [("reviewer", True), ("clerk", False), ("auditor", False)])
def test_only_a_reviewer_is_offered_to_record(app_test: OpenPage, role: str, may: bool) -> None:
    assert ("goods_record" in {b.key for b in app_test("goods", role).button}) == may


def test_a_reviewer_records_the_day_and_hears_the_number_then_that_nothing_is_added(
    app_test: OpenPage,
) -> None:
    app = app_test("goods", "reviewer")
    before = runs()
    for said in (f"已存档：第 {before + 1} 次，判定日 2021年9月30日", "没有新增：同样的输入已在"):
        app.button(key="goods_record").click().run()
        assert any("把 **2021年9月30日** 的" in m.value and "示例审核员" in m.value for m in app.markdown)
        app.button(key="goods_record_sure").click().run()
        words = [element.value for element in (*app.success, *app.info)]
        assert [w for w in words if w.startswith(said)], words
    assert runs() == before + 1


def test_recording_can_be_thought_over(app_test: OpenPage) -> None:
    app = app_test("goods", "reviewer")
    before = runs()
    app.button(key="goods_record").click().run()
    app.button(key="goods_record_cancel").click().run()
    assert "goods_record_sure" not in {b.key for b in app.button}
    assert runs() == before


def test_a_day_to_come_is_not_recorded_and_the_page_says_so(app_test: OpenPage) -> None:
    app = app_test("goods", "reviewer", day="2021-10-01")
    before = runs()
    app.button(key="goods_record").click().run()
    app.button(key="goods_record_sure").click().run()
    assert any("还没有到" in warning.value for warning in app.warning)
    assert runs() == before


def test_an_empty_office_is_told_what_to_do_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("goods", "clerk")
    assert not app.exception and not app.dataframe
    assert any("还没有登记任何农产品" in info.value for info in app.info)


def test_the_table_is_worked_out_once_for_the_same_answers(app_test: OpenPage) -> None:
    app_test("goods", "clerk")
    with running.reader() as db:
        first: Listing = listing(db, answers_on(db, WORKING_DAY))
        assert listing(db, answers_on(db, WORKING_DAY)) is first
