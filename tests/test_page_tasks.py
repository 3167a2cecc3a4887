"""待办 as people of each role see it: what waits, whose turn it is, and plain cases confirmed together."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from data.people import Person
from data.store import open_writer
from office import running
from office.answering import answers_on
from office.casework.acting import Asked, Doer, act
from office.casework.desk import Desk, desk
from office.casework.desk_list import Filters, chosen, places_of_goods, tasks_xlsx
from office.programs import program_named
from tests.conftest import WORKING_DAY, OpenPage, open_page
from tests.entering import enter, enter_county, product, sample

PEOPLE = {
    role: Person(f"demo-{role}", name, role)
    for role, name in (("clerk", "示例录入员"), ("reviewer", "示例审核员"), ("auditor", "示例审计员"))
}


def lies() -> Desk:
    with running.reader() as db:
        return desk(db, answers_on(db, WORKING_DAY))


def count(app: AppTest) -> str:
    return next(m.value.split("**")[1] for m in app.main.markdown if m.value.startswith("**"))


def rows(app: AppTest) -> list[tuple[str, str]]:
    (table, *_more) = app.dataframe
    return list(zip(table.value["kind"], table.value["about"], strict=True))


@pytest.mark.parametrize("role", ["clerk", "reviewer"])
def test_a_person_sees_first_what_is_their_own_turn(app_test: OpenPage, role: str) -> None:
    app = app_test("tasks", role)
    mine = [task for task in lies().tasks if task.is_for(PEOPLE[role])]
    assert mine and count(app) == f"共 {len(mine)} 项"
    assert rows(app) == [(task.title.zh, task.about) for task in mine]
    assert set(app.dataframe[0].value["turn"]) == {"我"}


def test_an_auditor_has_no_turn_and_sees_everything(app_test: OpenPage) -> None:
    app = app_test("tasks", "auditor")
    assert count(app) == f"共 {len(lies().tasks)} 项"
    assert not [b.key for b in app.button if b.key and "bulk" in b.key]


def test_the_filters_stand_in_the_address_and_leave_what_they_say(app_test: OpenPage) -> None:
    app = app_test("tasks", "clerk", turn="all", benefit="logistics", kind="confirm")
    wanted = [t for t in lies().tasks if (t.kind, t.benefit) == ("confirm", "logistics")]
    assert wanted and rows(app) == [(t.title.zh, t.about) for t in wanted]
    app.selectbox(key="tasks_kind").set_value("").run()
    assert "kind" not in app.query_params
    assert len(rows(app)) == len([t for t in lies().tasks if t.benefit == "logistics"])


def test_nothing_that_fits_leads_back_to_everything(app_test: OpenPage) -> None:
    app = app_test("tasks", "clerk", search="不存在")
    assert not app.dataframe and "没有符合这些筛选" in app.info[0].value
    app.button(key="tasks_all").click().run()
    assert count(app) == f"共 {len(lies().tasks)} 项"


def test_a_kind_that_does_not_exist_in_the_address_is_said_calmly(app_test: OpenPage) -> None:
    app = app_test("tasks", "clerk", kind="nonsense")
    assert not app.exception and "不能用" in app.info[0].value and "kind" not in app.query_params


def test_a_chosen_row_opens_the_good_with_the_benefit_it_waits_for(app_test: OpenPage) -> None:
    app = app_test("tasks", "reviewer", turn="all", benefit="logistics")
    wanted = next(t for t in lies().tasks if t.benefit == "logistics")
    app.session_state["tasks_rows"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert wanted.about in app.query_params["subject"] and "logistics" in app.query_params["benefit"]


def test_only_a_reviewer_confirms_together_and_only_on_the_working_day(app_test: OpenPage) -> None:
    def offered(role: str, **params: str) -> bool:
        return "tasks_bulk_packaging" in {b.key for b in app_test("tasks", role, **params).button}

    assert offered("reviewer") and not offered("clerk") and not offered("auditor")
    assert not offered("reviewer", day="2021-09-29")


@pytest.fixture
def two_plain_cases(people_db: Path, run_on: Callable[[Path], None]) -> None:
    """H1/P1 and H2/P1 passed this month and nobody has acted on them; H1/P2 was never inspected."""
    with open_writer(people_db) as writer:
        enter_county(writer)
        enter(writer, "products", [product(code, standardised=0) for code in ("P1", "P2")], reason="非标准化")
        enter(
            writer, "inspections", [sample("S1", "2021-09-01"), sample("S2", "2021-09-02", household_no="H2")]
        )
    run_on(people_db)


def test_plain_cases_are_looked_at_and_then_granted(two_plain_cases: None) -> None:
    app = open_page("tasks", "reviewer")
    assert rows(app) == [("待确认给予", "H1/P1"), ("待确认给予", "H2/P1")]
    app.button(key="tasks_bulk_logistics").click().run()
    towns, cases, *_others = app.dataframe
    assert towns.value.to_numpy().tolist() == [["示例镇", 2]]
    assert cases.value.iloc[:, 0].tolist() == ["H1/P1", "H2/P1"]
    sure = app.button(key="tasks_bulk_sure")
    assert sure.label == "确认给予 2 个农产品：物流补贴申请资格"
    sure.click().run()
    assert "2 个" in app.success[0].value and not app.exception
    assert not [task for task in lies().tasks if task.benefit == "logistics"]


def test_somebody_who_was_faster_is_told_of_and_nothing_is_granted(two_plain_cases: None) -> None:
    app = open_page("tasks", "reviewer")
    app.button(key="tasks_bulk_logistics").click().run()
    act(running.writer(), Asked("grant", "H1/P1", "logistics"), doer=Doer("示例负责人", "reviewer"))
    app.button(key="tasks_bulk_sure").click().run()
    assert "情况有了变化" in app.warning[0].value and not app.success
    assert [task.about for task in lies().tasks] == ["H2/P1"]
    app.button(key="tasks_bulk_again").click().run()
    app.button(key="tasks_bulk_sure").click().run()
    assert "1 个" in app.success[0].value and not lies().tasks


def test_confirming_together_can_be_thought_over(app_test: OpenPage) -> None:
    app = app_test("tasks", "reviewer")
    before = lies().tasks
    app.button(key="tasks_bulk_logistics").click().run()
    app.button(key="tasks_bulk_cancel").click().run()
    assert "tasks_bulk_sure" not in {b.key for b in app.button} and lies().tasks == before


def test_the_file_has_what_the_list_shows(app_test: OpenPage) -> None:
    app_test("tasks", "clerk")
    with running.reader() as db:
        places, found = places_of_goods(db), lies()
    tasks = chosen(found, Filters(benefit="packaging"), PEOPLE["clerk"], places)
    content = tasks_xlsx(tasks, program_named(), places, found, "帮扶 包装")
    book = openpyxl.load_workbook(BytesIO(content))
    header, *body = book["待办"].iter_rows(values_only=True)
    assert header[:3] == ("事项", "农产品或文书", "产品") and len(body) == len(tasks) > 0
    first = dict(zip(header, body[0], strict=True))
    assert (first["事项"], first["农产品或文书"]) == (tasks[0].title.zh, tasks[0].about)
    assert (first["已等（天）"], first["起于"]) == (tasks[0].days, tasks[0].since.isoformat())


def test_an_empty_office_is_told_what_to_do_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("tasks", "clerk")
    assert not app.exception and any("还没有登记任何农产品" in info.value for info in app.info)


def test_the_page_is_english_when_asked(app_test: OpenPage) -> None:
    app = app_test("tasks", "reviewer", lang="en", turn="all")
    assert app.title[0].value == "To do" and count(app).endswith("tasks")
    assert not app.exception
