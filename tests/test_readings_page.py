"""The page of readings and the clause matrix as people of each role see them, and the readings on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.rulekeeping.confirmations import confirmations
from data.store import reading
from office import running
from office.__main__ import main
from office.casework.asked import Doer
from office.programs import program_named
from office.rule_book import chapters
from office.rulekeeping.confirming import Asked, Wish, enter
from tests.conftest import WORKING_DAY, OpenPage, open_page

READINGS = [part for chapter in chapters() for part in chapter.to_confirm]
VALIDITY = "produce-support/parameter:inspection_validity_days"


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning]
    return "\n".join(str(element.value) for element in shown)


def field(app: AppTest, kind: str, key: str) -> object:
    return next(one for one in app.get(kind) if one.key and one.key.startswith(key))


def confirmed(part: str = "parameter:inspection_validity_days") -> None:
    """Confirm one reading of the programme of goods, as a reviewer does."""
    wish = Wish("confirm", (Asked("produce-support", part),), "示例组长", WORKING_DAY, "示例〔2021〕5号", "")
    enter(running.writer(), wish, chapters(), doer=Doer("demo-reviewer"))


@pytest.mark.parametrize("role", ["clerk", "reviewer", "auditor", "administrator"])
def test_everybody_sees_every_reading_and_only_a_reviewer_the_form(app_test: OpenPage, role: str) -> None:
    app = app_test("rules", role, view="readings", reading=VALIDITY)
    assert f"**{len(READINGS)}** 项" in told(app)
    assert len(app.dataframe[0].value) == len(READINGS)
    assert any("90天" in str(table.value) for table in app.table)
    assert bool([f for f in app.text_input if f.key and "rules_readings_number" in f.key]) == (
        role == "reviewer"
    )


def test_a_reviewer_confirms_and_sees_it(app_test: OpenPage) -> None:
    app = app_test("rules", "reviewer", view="readings", reading=VALIDITY)
    field(app, "text_input", "rules_readings_by").set_value("示例组长")  # type: ignore[attr-defined]
    field(app, "text_input", "rules_readings_number").set_value("示例〔2021〕5号")  # type: ignore[attr-defined]
    app = next(b for b in app.button if b.label.startswith("登记 1 项")).click().run()
    assert "已登记 1 项" in told(app) and "已确认 **1**" in told(app)
    with running.reader() as db:
        (entry,) = confirmations(db)
    assert (entry.confirmed_by, entry.document_no, entry.recorded_by) == (
        "示例组长",
        "示例〔2021〕5号",
        "示例审核员",
    )
    row = app.dataframe[0].value.iloc[0]
    assert row["status"] == "✔ 已确认" and "示例〔2021〕5号" in row["document"]


def test_what_is_missing_is_said_and_nothing_is_entered(app_test: OpenPage) -> None:
    app = app_test("rules", "reviewer", view="readings", reading=VALIDITY)
    app = next(b for b in app.button if b.label.startswith("登记 1 项")).click().run()
    assert "请写明由领导小组的谁确认" in told(app)
    with running.reader() as db:
        assert confirmations(db) == []


def test_on_another_day_than_today_nothing_is_entered(app_test: OpenPage) -> None:
    app = app_test("rules", "reviewer", view="readings", reading=VALIDITY, day="2021-09-29")
    assert "只能在今天的页面上办理" in told(app) and not app.text_input


def test_filters_and_effects_stand_in_the_address(app_test: OpenPage) -> None:
    confirmed()
    app = open_page(
        "rules", "auditor", view="readings", book="produce-support", status="confirmed", effects="1"
    )
    (row,) = app.dataframe[0].value.to_dict("records")
    assert row["what"] == "检验结果有效天数" and "【90天】" in row["effect"]
    app = open_page("rules", "auditor", view="readings", book="produce-support", old="1")
    assert "检验结果有效天数" not in set(app.dataframe[0].value["what"])
    app = open_page("rules", "auditor", view="readings", status="changed")
    assert "没有符合这些条件的口径" in told(app) and not app.dataframe


def test_what_was_confirmed_stands_with_the_values_and_on_the_slip(app_test: OpenPage, demo_db: Path) -> None:
    confirmed("condition:inspected_recently")
    confirmed("parameter:inspection_validity_days")
    app = open_page("rules", "clerk", view="values")
    assert "已确认（示例〔2021〕5号，2021-09-30）" in str(app.table[0].value["口径"].tolist()[0])
    with reading(demo_db) as db:
        (subject,) = db.execute(
            "SELECT household_no || '/' || product_code FROM goods ORDER BY id LIMIT 1"
        ).fetchone()
    app = open_page("good", "clerk", subject=subject)
    html = "".join(str(one.proto.body) for one in app.get("html"))
    assert "口径：办公室，领导小组已确认（示例〔2021〕5号，2021-09-30）" in html


@pytest.mark.parametrize("role", ["clerk", "administrator"])
def test_the_matrix_opens_its_decisions_but_not_to_an_administrator(app_test: OpenPage, role: str) -> None:
    app = app_test("rules", role, view="matrix", part="condition:inspected_recently", behind="kept-against")
    words = told(app)
    assert "留存的判定" in words and "今年从未单独决定过结果的条件" in words
    parts = app.dataframe[0].value.set_index("what")
    number = int(str(parts.loc["最近一次检验仍在有效期内", "against"]).removesuffix(".0"))
    assert number > 0 and f"共 {number} 件" in words
    assert len(app.dataframe) == (3 if role == "clerk" else 2)
    assert ("管理员岗位不看农户的产品" in words) == (role == "administrator")


def test_a_programme_without_kept_decisions_shows_blanks_and_the_day(app_test: OpenPage) -> None:
    app = app_test(
        "rules", "auditor", view="matrix", program="outlet-reward", part="condition:claimed_in_time"
    )
    assert "今年没有留存这套规则的判定" in told(app)
    rows = app.dataframe[0].value
    assert rows["against"].isna().all() and rows["against_now"].notna().any()


def test_an_empty_office_sees_readings_and_matrix_too(empty_app_test: OpenPage) -> None:
    assert f"**{len(READINGS)}** 项" in told(
        empty_app_test("rules", "reviewer", view="readings", effects="1")
    )
    assert "今年没有留存" in told(empty_app_test("rules", "reviewer", view="matrix"))


def test_the_command_lists_confirms_and_prints(
    demo_db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> int:
        return main(["--db", str(demo_db), *arguments])

    assert run("readings", "confirm", "procedure", "period:public_notice_days", "--by", "示例审核员") == 1
    given = [
        "--group",
        "示例组长",
        "--on",
        "2021-09-20",
        "--document",
        "示例〔2021〕5号",
        "--by",
        "示例审核员",
    ]
    assert run("readings", "confirm", "procedure", "period:public_notice_days", *given) == 0
    capsys.readouterr()
    assert run("readings", "list", "--file", "procedure", "--json") == 0
    found = {one["part"]: one for one in json.loads(capsys.readouterr().out)["readings"]}
    assert found["period:public_notice_days"]["status"] == "confirmed"
    assert found["period:defence_working_days"]["status"] == "pending"
    assert run("readings", "list", "--file", "nothing") == 1
    assert run("readings", "print", str(tmp_path / "list.pdf")) == 1
    assert run("readings", "print", str(tmp_path / "list.docx")) == 0
    assert (tmp_path / "list.docx").read_bytes()[:2] == b"PK"
    capsys.readouterr()
    assert run("matrix", "--program", "logistics-claim", "--out", str(tmp_path / "m.xlsx"), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["digest"] == program_named("logistics-claim").digest
    assert sum(row["kept"] or 0 for row in document["rows"]) == document["decisions"]
    assert run("matrix", "--program", "nothing") == 1


def test_the_form_begins_blank_after_each_entry(app_test: OpenPage, run_on: Callable[[Path], None]) -> None:
    app = app_test("rules", "reviewer", view="readings", reading=VALIDITY, act="look")
    app = next(b for b in app.button if b.label.startswith("登记 1 项")).click().run()
    assert "已登记 1 项：看过，未变" in told(app) and "已确认 **0**" in told(app)
