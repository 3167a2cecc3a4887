"""今日 as people of each role see it: numbers with their goods behind them, and what to do where there are none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store import open_writer
from office import running
from office.answering import answers_on
from office.due import LISTS as LISTS_DUE
from office.due import due
from office.targets.measuring import measure
from office.worklist import LISTS, worklists
from pages.parts.looks import STATUSES
from pages.parts.today_due import IN_DANGER
from tests.conftest import WORKING_DAY, OpenPage, open_page
from tests.entering import enter, good, household, product
from tests.links import links


def numbers(app: AppTest) -> dict[str, str]:
    """Every link to the list of goods: its address after the page's name, and the number it shows."""
    return {link.query: link.strong.replace(",", "") for link in links(app.main, "goods")}


def test_every_number_opens_the_list_it_counts(app_test: OpenPage) -> None:
    shown = numbers(app_test("today", "clerk"))
    with running.reader() as db:
        answers = answers_on(db, WORKING_DAY)
        lists = worklists(db, answers)
    for name in LISTS:
        if lists.count(name):
            assert shown[f"list={name}"] == str(lists.count(name))
    for benefit, counts in answers.counts().items():
        for verdict, number in counts.items():
            if number:
                assert shown[f"benefit={benefit}&verdict={verdict}"] == str(number)


def test_the_run_that_is_compared_with_is_named(app_test: OpenPage) -> None:
    app = app_test("today", "clerk")
    assert any(
        re.search(r"第 \d+ 次存档：判定日 2021年8月31日，示例审核员 于 .+ 存档", c.value) for c in app.caption
    )


def test_the_day_in_the_address_is_the_day_of_the_numbers_and_goes_along(app_test: OpenPage) -> None:
    app = app_test("today", "clerk", day="2021-07-31")
    with running.reader() as db:
        number = answers_on(db, date(2021, 7, 31)).subjects.size
    assert app.subheader[-1].value == f"判定概览（{number} 个农产品）"
    assert all("day=2021-07-31" in query for query in numbers(app))


@pytest.mark.parametrize(("role", "has_link"), [("reviewer", True), ("clerk", False), ("auditor", False)])
def test_before_the_first_run_the_page_says_who_records_one(
    app_test: OpenPage, role: str, has_link: bool
) -> None:
    app = app_test("today", role, day="2020-05-29")
    assert any("还没有存档过判定" in info.value for info in app.info)
    to_record = [e for e in app.main.get("page_link") if "判定并存档" in e.proto.label]
    assert bool(to_record) == has_link


def test_an_administrator_sees_numbers_and_ways_to_the_targets_only(app_test: OpenPage) -> None:
    app = app_test("today", "administrator", due="returns")
    assert not app.exception and len(app.subheader) == 6
    assert {link.page for link in links(app.main)} == {"targets"} and not app.main.get("page_link")
    assert not app.dataframe


def test_every_list_of_the_registers_shows_its_number_and_opens_its_rows(app_test: OpenPage) -> None:
    with running.reader() as db:
        found = due(db, WORKING_DAY)
    assert found.month == "2021-08" and found.count("returns")
    for name in LISTS_DUE:
        app = open_page("today", "clerk", due=name)
        shown = {link.query: link.strong for link in links(app.main, "today")}
        if found.count(name):
            assert shown[f"due={name}"] == str(found.count(name))
            assert list(app.dataframe[0].value["key"]) == [row.key for row in found.lists[name]]
        else:
            assert f"due={name}" not in shown and any("没有。" in info.value for info in app.info)


def test_targets_in_danger_are_counted_and_named_with_their_sign(app_test: OpenPage) -> None:
    app = app_test("today", "auditor")
    with running.reader() as db:
        standings = measure(db, WORKING_DAY)
    shown = {link.query: link.words for link in links(app.main, "targets")}
    for status in IN_DANGER:
        names = [one.target.name for one in standings if one.status == status]
        if names:
            assert shown[f"status={status}"].startswith(f"{len(names)} ")
        for name in names:
            assert shown[f"view=target&target={name}"].startswith(STATUSES[status].sign)
    in_danger = [one for one in standings if one.status in IN_DANGER]
    assert in_danger and len(shown) == len(in_danger) + len({one.status for one in in_danger})


def test_a_list_of_the_address_that_does_not_exist_is_left_aside(app_test: OpenPage) -> None:
    app = app_test("today", "clerk", due="everything")
    assert not app.exception and not app.dataframe
    assert any("“due=everything”不能用" in info.value for info in app.info)


def test_an_administrator_of_an_empty_office_is_led_to_accounts_and_backup_and_not_to_a_page_of_others(
    empty_app_test: OpenPage,
) -> None:
    app = empty_app_test("today", "administrator")
    assert not app.exception
    steps = " ".join(one.value for one in app.markdown)
    assert "人员与账号" in steps and "备份与体检" in steps and "检验" not in steps


def test_an_empty_office_is_told_what_to_do_first(empty_app_test: OpenPage) -> None:
    app = empty_app_test("today", "clerk")
    assert not app.exception
    assert any("还没有登记任何农产品" in info.value for info in app.info)
    assert [e.proto.page for e in app.main.get("page_link")] == ["inspections"]
    assert not numbers(app)


def test_a_day_before_the_programme_says_so_and_leads_back(app_test: OpenPage) -> None:
    app = app_test("today", "clerk", day="2020-03-15")
    assert any("尚未施行" in info.value for info in app.info) and not app.exception and not numbers(app)
    app.button(key="day_answers_own").click().run()
    assert numbers(app) and "day" not in app.query_params


def test_a_day_before_the_first_good_was_registered_says_so(
    people_db: Path, run_on: Callable[[Path], None]
) -> None:
    village = {"village_code": "V1", "township_code": "T1", "village_name": "示例村", "poor_village": 1}
    with open_writer(people_db) as writer:
        enter(writer, "townships", [{"township_code": "T1", "township_name": "示例镇"}])
        enter(writer, "villages", [village])
        enter(writer, "households", [household("H1")])
        enter(writer, "products", [product("P1")])
        enter(writer, "goods", [good("H1", "P1", registered_on="2021-09-15")])
    run_on(people_db)
    assert open_page("today", "clerk").subheader[-1].value == "判定概览（1 个农产品）"
    app = open_page("today", "clerk", day="2021-09-14")
    assert not app.subheader and "还没有登记任何农产品，这一天没有判定" in app.info[0].value


def test_the_page_is_english_when_asked(app_test: OpenPage) -> None:
    app = app_test("today", "clerk", lang="en")
    assert [h.value for h in app.subheader][:5] == [
        "To do",
        "To prevent",
        "What is missing",
        "Targets and registers",
        "Since the last recorded run",
    ]
    shown = (link.words for link in links(app.main))
    # A notice's number, and the plan's own word for three kinds of certificates, stay as they are.
    labels = " ".join(re.sub(r"岳电商办公示〔\d+〕\d+号|二品一标", "", label) for label in shown)
    assert "one failure from revocation" in labels and not re.search(r"[\u4e00-\u9fff]", labels)
