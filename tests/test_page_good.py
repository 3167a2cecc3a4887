"""The page of one good: the slip of any day, the time machine, what it rests on, and correcting an inspection."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.people import Person
from data.register import register
from data.store import reading
from data.versions import current
from office import running
from office.inspecting import cells_of, prepare_correction, write
from office.then_and_now.past import past_decisions
from tests.conftest import OpenPage

TITLES = {  # a column that only this table has
    "good_found": "户编号/产品编码",
    "good_evidence": "对判定的作用",
    "good_corrections": "更正的栏目",
    "good_earlier": "存档编号",
    "good_correct_changes": "栏目",
}
REVIEWER = Person("demo-reviewer", "示例审核员", "reviewer")


def asked(path: Path, sql: str) -> Any:
    with reading(path) as db:
        return db.execute(sql).fetchall()


@pytest.fixture
def corrected(demo_db: Path) -> tuple[str, str]:
    """A good of the demonstration with a corrected sample: (subject, sample number)."""
    ((subject, number), *_more) = asked(
        demo_db,
        "SELECT household_no || '/' || product_code, sample_no FROM inspections WHERE version > 1 ORDER BY id",
    )
    return subject, number


@pytest.fixture
def eligible(demo_db: Path) -> str:
    """A good that was recorded as eligible for both benefits and has samples."""
    ((subject,), *_more) = asked(
        demo_db,
        "SELECT subject FROM decisions WHERE verdict = 'eligible' GROUP BY run_id, subject HAVING count(*) = 2",
    )
    return str(subject)


def slips(app: AppTest) -> str:
    """The slips of the page as text."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(
        re.sub(r"<style>.*?</style>", "", body, flags=re.S) for body in bodies if "slip-head" in body
    )


def table(app: AppTest, key: str) -> Any:
    return next(element.value for element in app.dataframe if TITLES[key] in element.value.columns)


def correction(app: AppTest, number: str) -> AppTest:
    """The correction form of a sample, opened."""
    box = next(box for box in app.selectbox if box.key and box.key.startswith("good_correct_sample"))
    return box.set_value(number).run()


def test_with_no_good_chosen_those_that_need_looking_at_are_listed(app_test: OpenPage) -> None:
    app = app_test("good", "clerk")
    assert not app.exception
    listed = table(app, "good_found")
    assert 0 < len(listed) <= 100
    verdicts = listed[["包装设备和包材", "物流补贴申请资格"]].to_numpy().ravel()
    rows = len(listed)
    assert sum("？" in v or "⊘" in v for v in verdicts) >= rows


def test_a_good_is_found_by_its_number_and_opened_by_its_row(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "auditor")
    app.text_input(key="good_search").set_value(eligible).run()
    assert list(table(app, "good_found")["户编号/产品编码"])[0] == eligible
    app.session_state["good_found"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.query_params["subject"] = eligible  # what the row's callback writes
    app.run()
    assert eligible in "".join(element.proto.body for element in app.get("html"))


def test_a_search_without_result_says_what_else_to_try(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", q="没有这样的东西")
    assert any("没有找到" in info.value for info in app.info)


def test_the_slip_gives_value_requirement_clause_quote_and_reading(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, day="2021-08-31")
    told = slips(app)
    assert told.count('class="slip-head"') == 2
    for words in (
        "距最近一次检验的天数",
        "不超过180天（2020年3月16日起执行）",
        "三(八)",
        "“对检验合格且符合网销上行的农产品提供相应的包装设备和包材”",
        "口径：方案原文",
        "口径：办公室",
        "什么会改变结论",
        "无此情形",
    ):
        assert words in told, words
    assert "✔ " in told and "出现此情形" not in told


def test_a_standing_that_is_on_is_no_condition_that_is_met(app_test: OpenPage, demo_db: Path) -> None:
    run = "SELECT id FROM runs WHERE scope = '' AND as_of = '2021-08-31'"
    rows = asked(demo_db, f"SELECT subject FROM decisions WHERE verdict = 'revoked' AND run_id = ({run})")
    app = app_test("good", "reviewer", subject=rows[0][0], day="2021-08-31")
    told = slips(app)
    assert told.count("出现此情形") == 2 and "⊘" in told
    assert "出现：连续多次检验不合格（3次）" in told
    line = told[told.index("检验长期不合格") :][:2000]
    assert "满足" not in line.split("slip-line")[0]


def test_nobody_but_those_who_need_it_sees_the_head_of_the_household(
    app_test: OpenPage, eligible: str
) -> None:
    def heading(role: str) -> str:
        app = app_test("good", role, subject=eligible)
        return "".join(element.proto.body for element in app.get("html"))

    assert "户主" in heading("clerk") and "户主" not in heading("auditor")


def test_the_time_machine_writes_its_day_into_the_address(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "auditor", subject=eligible, day="2021-08-31")
    app.date_input(key="good_day").set_value(date(2020, 3, 16)).run()
    assert app.query_params["day"] == "2020-03-16"
    assert app.date_input(key="frame_day").value == date(2020, 3, 16)
    assert len(slips(app)) > 0


def test_before_the_programme_a_calm_panel_leads_to_its_first_day(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, day="2020-03-15")
    assert any("尚未施行" in info.value for info in app.info) and not slips(app)
    app.button(key="good_panel_day").click().run()
    assert app.query_params["day"] == "2020-03-16" and slips(app)


def test_before_its_registration_a_good_is_not_decided(app_test: OpenPage, demo_db: Path) -> None:
    ((subject, since), *_more) = asked(
        demo_db,
        "SELECT household_no || '/' || product_code, registered_on FROM goods"
        " WHERE registered_on > '2020-05-01' AND version = 1 AND recorded_at < '2021-09-01' ORDER BY id",
    )
    app = app_test("good", "clerk", subject=subject, day="2020-04-01")
    assert any("还没有登记" in info.value for info in app.info)
    app.button(key="good_panel_day").click().run()
    assert app.query_params["day"] == since and slips(app)


def test_before_it_was_recorded_a_good_is_not_known(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, known="2017-01-01")
    assert any("还没有录入" in info.value for info in app.info)
    app.button(key="good_panel_now").click().run()
    assert "known" not in app.query_params and slips(app)


@pytest.mark.parametrize("subject", ["H9999/P99", "' OR 1=1 --", "<b>x</b>/P01", "H0001"])
def test_an_unknown_good_leads_to_the_search(app_test: OpenPage, subject: str) -> None:
    app = app_test("good", "clerk", subject=subject)
    assert not app.exception
    assert any("没有登记过农产品" in info.value for info in app.info)
    assert app.text_input(key="good_search").value == ""


def test_a_broken_instant_in_the_address_is_left_aside(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, known="gestern")
    assert any("gestern" in info.value for info in app.info)
    assert "known" not in app.query_params and slips(app)


def layers(app: AppTest) -> list[Any]:
    """The layers of the time machine, their rows beside them."""
    found: list[Any] = json.loads(app.get("vega_lite_chart")[0].proto.spec)["layer"]
    return found


def test_the_time_machine_shows_samples_three_bars_and_the_day(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, day="2021-08-31")
    marks = [layer["mark"]["type"] for layer in layers(app)]
    assert {"rect", "point", "text"} <= set(marks) and marks.count("rule") >= 2
    points = next(layer for layer in layers(app) if layer["mark"]["type"] == "point")
    rows = ["✔ 合格", "✕ 不合格", "○ 不计入", "现行状态", "当时判定", "现在看"]
    assert points["encoding"]["y"]["scale"]["domain"] == rows


def test_a_day_that_was_answered_otherwise_then_says_what_came_later(
    app_test: OpenPage, demo_db: Path
) -> None:
    with reading(demo_db) as db:
        one = next(one for one in past_decisions(db).open if one.now is not None)
    day = one.as_of.isoformat()
    app = app_test("good", "clerk", subject=one.subject, benefit=one.benefit, day=day)
    told = "\n".join(element.value for element in app.markdown)
    assert "这一天当时判定为" in told and "以后录入或更正的" in told
    app.button(key="good_known_then").click().run()
    assert app.query_params["known"] in (day, [day])
    told = "\n".join(element.value for element in app.markdown)
    assert "以后录入或更正的" in told and "这一天当时判定为" not in told
    assert any("本页没有用到这些内容" in caption.value for caption in app.caption)


def test_every_corrected_sample_shows_old_and_new(app_test: OpenPage, corrected: tuple[str, str]) -> None:
    subject, number = corrected
    app = app_test("good", "auditor", subject=subject)
    rows = table(app, "good_corrections")
    row = rows[rows["样品编号"] == number].iloc[0]
    assert {"原来", "更正为", "更正人", "更正时间", "理由"} <= set(rows.columns)
    assert row["原来"] != row["更正为"] and row["理由"]


def test_earlier_decisions_are_listed_with_run_and_person(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "auditor", subject=eligible)
    rows = table(app, "good_earlier")
    assert set(rows["存档人"]) == {"示例审核员"} and len(rows) >= 1


def test_an_inspection_is_corrected_in_two_steps_and_the_old_version_stays(
    app_test: OpenPage, eligible: str, demo_db: Path
) -> None:
    app = app_test("good", "clerk", subject=eligible)
    number = table(app, "good_evidence")["样品编号"].iloc[0]
    correction(app, number)
    prefix = f"good_correct_{number}_1"
    app.selectbox(key=f"{prefix}_conclusion").set_value("fail")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert any("理由" in error.value for error in app.error)
    app.text_input(key=f"{prefix}_reason").set_value("结论录入错误")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert list(table(app, "good_correct_changes")["更正为"]) == ["不合格"]
    assert asked(demo_db, f"SELECT max(version) FROM inspections WHERE sample_no = '{number}'") == [(1,)]
    app.button(key="good_correct_confirm").click().run()
    assert any(number in done.value for done in app.success)
    kept = asked(
        demo_db,
        "SELECT conclusion, recorded_by, reason FROM inspections"
        f" WHERE sample_no = '{number}' ORDER BY version",
    )
    assert [row[0] for row in kept] == ["pass", "fail"]
    assert kept[1][1:] == ("示例录入员", "结论录入错误")
    assert list(table(app, "good_corrections")["理由"])[0] == "结论录入错误"


def test_a_stale_form_is_told_so_and_writes_nothing(app_test: OpenPage, eligible: str, demo_db: Path) -> None:
    app = app_test("good", "clerk", subject=eligible)
    number = table(app, "good_evidence")["样品编号"].iloc[0]
    correction(app, number)
    with running.reader() as db:
        row = current(db, register("inspections"), number)
        assert row
        other = prepare_correction(db, number, 1, {**cells_of(row), "agency": "另一个机构"})
    write(other, REVIEWER, "correct", reason="机构写错")
    prefix = f"good_correct_{number}_1"
    app.selectbox(key=f"{prefix}_conclusion").set_value("fail")
    app.text_input(key=f"{prefix}_reason").set_value("结论录入错误")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert any("示例审核员" in warning.value and "没有写入" in warning.value for warning in app.warning)
    assert asked(demo_db, f"SELECT max(version) FROM inspections WHERE sample_no = '{number}'") == [(2,)]
    app.button(key=f"{prefix}_reload").click().run()
    assert app.text_input(key=f"good_correct_{number}_2_agency").value == "另一个机构"


def test_a_fault_in_a_correction_stands_at_its_field(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "reviewer", subject=eligible)
    number = table(app, "good_evidence")["样品编号"].iloc[0]
    correction(app, number)
    prefix = f"good_correct_{number}_1"
    app.date_input(key=f"{prefix}_result_date").set_value(date(2001, 1, 1))
    app.text_input(key=f"{prefix}_reason").set_value("试试")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    assert [error.value for error in app.error] == ["结果日期不能早于抽样日期。"]


@pytest.mark.parametrize(("role", "known"), [("auditor", None), ("clerk", "2021-09-30")])
def test_nothing_is_corrected_by_an_auditor_or_in_the_past(
    app_test: OpenPage, eligible: str, role: str, known: str | None
) -> None:
    more = {"known": known} if known else {}
    app = app_test("good", role, subject=eligible, **more)
    assert not [box for box in app.selectbox if box.key and box.key.startswith("good_correct")]


def test_the_page_speaks_english(app_test: OpenPage, eligible: str) -> None:
    app = app_test("good", "clerk", subject=eligible, lang="en", day="2021-08-31")
    told = re.sub(r"<span lang='zh'>.*?</span>", "", slips(app)).replace("三(八)", "")
    assert "What would change the answer" in told
    assert not re.search("[\u4e00-\u9fff]", told)
    labels = [
        *(b.label for b in app.button),
        *(d.label for d in app.date_input),
        *(s.value for s in app.subheader),
    ]
    assert [label for label in labels if re.search("[\u4e00-\u9fff]", label)] == []


def test_an_empty_county_is_told_where_to_begin(empty_app_test: OpenPage) -> None:
    app = empty_app_test("good", "clerk")
    assert not app.exception and any("导入" in info.value for info in app.info)
