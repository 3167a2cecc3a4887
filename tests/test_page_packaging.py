"""The page of packaging: what lies where, a slip from beginning to end, what is held, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.casework.packaging import held_by_goods, moves
from data.store import open_writer
from office import running
from office.casework.acting import Asked, Doer, act
from office.stores.packaging import Line, Slip, move, recovery
from tests.conftest import WORKING_DAY, OpenPage, open_page
from tests.entering import enter_county
from tests.packing import BOX, MACHINE, OTHER_STORE, STORE, held, in_store, register_packaging

CLERK, REVIEWER = Doer("示例录入员", "clerk"), Doer("示例审核员", "reviewer")
H1P1 = "H1/P1"


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    return "\n".join([*(str(e.value) for e in shown), *(e.proto.body for e in app.main.get("html"))])


def links(app: AppTest) -> list[str]:
    """Ways to other pages, and to other views of this one."""
    own = [button.label for button in app.main.button if str(button.key).startswith("packaging_to_")]
    return own + [link.proto.label for link in app.main.get("page_link")]


def options(app: AppTest, key: str) -> list[str]:
    group = next(g for g in app.main.get("button_group") if g.key == key)
    return [option.content for option in group.proto.options]


def choose(app: AppTest, *codes: str) -> AppTest:
    return app.main.multiselect[0].set_value(list(codes)).run()


def fill(app: AppTest, code: str, quantity: int) -> None:
    next(n for n in app.main.number_input if str(n.key).endswith(f"_quantity_{code}")).set_value(quantity)


def write(app: AppTest, name: str, text: str) -> None:
    next(field for field in app.main.text_input if str(field.key).endswith(f"_{name}")).set_value(text)


def record(app: AppTest) -> AppTest:
    return app.button(key="packaging_record").click().run()


@pytest.fixture
def stores(people_db: Path, run_on: Callable[[Path], None]) -> Path:
    """Two machines and 100 boxes in the first store; packaging of H1/P1 is granted."""
    with open_writer(people_db) as writer:
        enter_county(writer)
        register_packaging(writer)
        granted = Asked("grant", H1P1, "packaging", override=True, reason="示例")
        act(writer, granted, doer=REVIEWER)
        move(writer, Slip("receive", (Line(MACHINE, 2), Line(BOX, 100)), place=STORE), doer=CLERK)
    run_on(people_db)
    return people_db


def test_an_empty_office_is_told_to_register_places_and_items_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("packaging", "clerk")
    assert "还没有登记：存放点、包装物资" in told(app)
    assert links(app) == ["登记存放点", "登记包装物资"]
    assert links(empty_app_test("packaging", "auditor")) == []
    upload = empty_app_test("packaging", "clerk", view="upload", register="storage_places")
    assert "存放点：还没有登记" in told(upload)


def test_the_stock_stands_by_item_and_place_with_what_is_at_households(stores: Path) -> None:
    issued = Slip("issue", (Line(BOX, 40),), place=STORE, subject=H1P1)
    move(running.writer(), issued, doer=CLERK)
    table = open_page("packaging", "auditor").dataframe[0].value
    assert table["code"].tolist() == [MACHINE, BOX] and table["unit"].tolist() == ["台", "个"]
    assert table["in_store"].tolist() == [2, 60] and table["handed_out"].tolist() == [0, 40]
    assert table[f"at_{STORE}"].tolist() == [2, 60] and table[f"at_{OTHER_STORE}"].isna().all()
    before = open_page("packaging", "auditor", day="2021-09-29")
    assert "还没有任何物资入库" in told(before) and before.dataframe[0].value["in_store"].tolist() == [0, 0]


def test_a_row_of_the_stock_opens_the_slips_of_its_item(stores: Path) -> None:
    app = open_page("packaging", "auditor")
    app.session_state["packaging_stock"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert (app.query_params["view"], app.query_params["item"]) == ("moves", BOX)
    assert app.dataframe[0].value["item"].tolist() == ["示例纸箱"]


def test_boxes_are_handed_out_with_a_slip_to_print(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="issue", subject=H1P1, store=STORE)
    assert "已给予" in told(app) and app.button(key="packaging_record").disabled
    choose(app, BOX)
    fill(app, BOX, 40)
    write(app, "person", "示例户主")
    record(app)
    with running.reader() as db:
        line = moves(db)[0]
        assert (line.kind, line.quantity, line.subject, line.recorded_by) == (
            "issue",
            40,
            H1P1,
            "示例录入员",
        )
    assert line.slip_no in app.success[0].value
    papers = [button.proto.label for button in app.main.get("download_button")]
    assert papers == [line.slip_no]
    assert "示例纸箱 <b>40</b> 个" in told(app)
    assert app.main.multiselect[0].value == [], "ready for the next slip"
    app.button(key="packaging_other_good").click().run()
    assert not app.success, "what was done stands beside the good that it was done for"


def test_too_many_are_refused_with_what_is_there_and_what_was_typed_stays(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="issue", subject=H1P1, store=STORE)
    choose(app, BOX, MACHINE)
    fill(app, BOX, 101)
    record(app)
    fill(app, MACHINE, 1)
    record(app)
    assert "只有“示例纸箱”100 个" in app.error[0].value
    typed = {str(n.key).rpartition("_")[2]: n.value for n in app.main.number_input}
    assert typed == {BOX: 101, MACHINE: 1}
    fill(app, BOX, 100)
    record(app)
    with running.reader() as db:
        assert held(db) == {MACHINE: 1, BOX: 100} and in_store(db, BOX) == 0


def test_to_a_good_that_was_not_granted_no_field_is_offered(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="issue", subject="H2/P1", store=STORE)
    assert "尚未办理" in app.warning[0].value and "办理“给予”" in app.warning[0].value
    assert links(app) == ["一户一品"]
    assert not app.main.multiselect and "packaging_record" not in {b.key for b in app.main.button}


def test_what_was_taken_away_is_given_again_by_reinstating(app_test: OpenPage) -> None:
    with running.reader() as db:
        taken = next(one.subject for one in recovery(db, WORKING_DAY) if one.state == "revoked")
    app = app_test("packaging", "clerk", view="slip", do="issue", subject=taken)
    assert "办理“恢复”" in app.warning[0].value and "已取消" in app.warning[0].value


def test_who_comes_second_sees_who_was_first(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="issue", subject=H1P1, store=STORE)
    choose(app, BOX)
    fill(app, BOX, 40)
    move(
        running.writer(),
        Slip("issue", (Line(BOX, 40),), place=STORE, subject=H1P1),
        doer=Doer("demo-clerk", "clerk"),
    )
    record(app)
    assert "刚刚登记了发放" in app.error[0].value
    with running.reader() as db:
        assert held(db) == {BOX: 40}
    record(app)  # having seen it, the person may still mean it
    with running.reader() as db:
        assert held(db) == {BOX: 80}


def test_what_is_taken_back_begins_with_all_that_is_held(stores: Path) -> None:
    move(
        running.writer(),
        Slip("issue", (Line(MACHINE, 1), Line(BOX, 40)), place=STORE, subject=H1P1),
        doer=CLERK,
    )
    app = open_page("packaging", "clerk", view="slip", do="return", subject=H1P1, store=OTHER_STORE)
    assert {str(n.key).rpartition("_")[2]: n.value for n in app.main.number_input} == {MACHINE: 1, BOX: 40}
    fill(app, BOX, 25)
    record(app)
    with running.reader() as db:
        assert held(db) == {BOX: 15} and in_store(db, BOX, OTHER_STORE) == 25
    used = open_page("packaging", "clerk", view="slip", do="use_up", subject=H1P1)
    assert "包装设备和包材" in told(used) and used.main.multiselect[0].options == [f"{BOX}　示例纸箱"]


def test_a_transfer_asks_for_both_places_and_never_the_same(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="transfer")
    assert not app.main.multiselect
    app = open_page("packaging", "clerk", view="slip", do="transfer", store=STORE, to=OTHER_STORE)
    assert app.selectbox(key="packaging_to").options == [f"{OTHER_STORE}　示例存放点"]
    choose(app, BOX)
    fill(app, BOX, 30)
    record(app)
    with running.reader() as db:
        assert (in_store(db, BOX), in_store(db, BOX, OTHER_STORE)) == (70, 30)


def test_a_reviewer_writes_off_with_a_reason_and_does_nothing_else(stores: Path) -> None:
    app = open_page("packaging", "reviewer", view="slip", do="write_off", store=STORE)
    assert options(app, "packaging_do") == ["遗失", "核销"]
    choose(app, BOX)
    fill(app, BOX, 2)
    record(app)
    assert "请写明原因" in app.error[0].value
    write(app, "reason", "受潮")
    record(app)
    assert not app.error and "核销〔2021〕1号" in app.success[0].value
    clerk = open_page("packaging", "clerk", view="slip")
    assert options(clerk, "packaging_do") == ["入库", "调拨", "发放", "退回", "用完"]


def test_an_auditor_reads_and_records_nothing(stores: Path) -> None:
    app = open_page("packaging", "auditor", view="slip")
    assert options(app, "packaging_view") == ["库存", "农户持有", "待收回", "流水"]
    assert "view=slip" in told(app)


def test_a_good_is_searched_for_and_then_stands_in_the_address(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="issue", store=STORE)
    app.text_input(key="packaging_issue_words").set_value("H1/P1").run()
    assert app.query_params["subject"] == H1P1 and app.main.multiselect
    app.button(key="packaging_other_good").click().run()
    assert "subject" not in app.query_params and not app.main.multiselect
    unknown = open_page("packaging", "clerk", view="slip", do="issue", subject="H9/P9")
    assert "没有登记“H9/P9”" in told(unknown)


def test_slips_are_of_the_offices_day_whatever_day_is_looked_at(stores: Path) -> None:
    app = open_page("packaging", "clerk", view="slip", do="receive", store=STORE, day="2021-09-01")
    assert "单据总是登记在办公室的工作日 2021年9月30日" in told(app)
    choose(app, BOX)
    fill(app, BOX, 5)
    record(app)
    with running.reader() as db:
        assert moves(db)[0].done_on == WORKING_DAY.isoformat()


def test_the_demonstration_shows_what_is_held_and_what_is_to_come_back(app_test: OpenPage) -> None:
    app = app_test("packaging", "clerk", view="held")
    with running.reader() as db:
        everything, back = held_by_goods(db), recovery(db, WORKING_DAY)
    table = app.dataframe[0].value
    assert len(table) == sum(len(found) for found in everything.values()) > 0
    subject = str(table["subject"][0])
    found = open_page("packaging", "clerk", view="held", q=subject).dataframe[0].value
    assert set(found["subject"]) == {subject}
    app.session_state["packaging_held"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert subject in told(app) and "办理退回" in links(app)
    app = open_page("packaging", "auditor", view="recover")
    assert app.dataframe[0].value["subject"].tolist() == [one.subject for one in back] != []


def test_a_chosen_line_shows_its_whole_slip_and_prints_it(app_test: OpenPage) -> None:
    app = app_test("packaging", "auditor", view="moves", kind="issue")
    table = app.dataframe[0].value
    assert set(table["kind"]) == {"发放"}
    app.session_state["packaging_moves"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    slip = str(table["slip"][0])
    assert slip in told(app)
    assert slip in [button.proto.label for button in app.main.get("download_button")]
    app.button(key="packaging_clear").click().run()
    assert "kind" not in app.query_params and len(app.dataframe[0].value) > len(table)


def test_the_page_is_english_when_asked(stores: Path) -> None:
    app = open_page("packaging", "clerk", lang="en", view="slip", do="receive", store=STORE)
    assert options(app, "packaging_view")[:2] == ["Stock", "New slip"]
    assert app.button(key="packaging_record").label == "Record: Take into store"
    choose(app, BOX)
    fill(app, BOX, 0)
    record(app)
    assert "whole number from 1 to 1,000,000" in app.error[0].value


def test_the_page_is_not_for_the_administrator(empty_app_test: OpenPage) -> None:
    with pytest.raises(ValueError, match="packaging"):
        empty_app_test("packaging", "administrator")
