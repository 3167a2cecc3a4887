"""方案对照: the whole plan on one page, each part with its registers, rules, targets and pages, for every role."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data.store import open_writer
from office import running
from office.plan_coverage import Coverage, coverage, coverage_xlsx, section_of
from office.targets.measuring import Standing
from office.targets.status_words import STATUS_WORDS
from pages.parts.clauses_table import section_words
from pages.parts.looks import STATUSES
from rules.plan import part_titles
from rules.plan_places import plan_parts
from tests.conftest import WORKING_DAY, OpenPage, open_page
from tests.entering import enter_county


def shown(app: AppTest) -> str:
    """The table of the plan as HTML."""
    return next(str(e.proto.body) for e in app.main.get("html") if '<div class="plan">' in str(e.proto.body))


def found_on(day: date = WORKING_DAY) -> Coverage:
    with running.reader() as db:
        return coverage(db, day)


def test_every_word_of_the_plan_stands_on_the_page(app_test: OpenPage) -> None:
    text = _plain(shown(app_test("clauses", "clerk")))
    for part in plan_parts():
        quote = _plain(part.quote)
        assert (quote.rstrip("。") if part.kind == "heading" else quote) in text, part.quote


def test_each_register_stands_with_its_rows_of_now_and_leads_to_its_list(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "clerk"))
    with running.reader() as db:
        stations = db.execute("SELECT count(DISTINCT entity) FROM stations").fetchone()[0]
    assert re.search(rf'register=stations" target="_self">服务站点</a> <[^>]*>{stations:,} 行', html)


def test_a_register_without_rows_is_said_to_have_none_and_can_be_asked_for(
    people_db: Path, run_on: Callable[[Path], None]
) -> None:
    with open_writer(people_db) as writer:
        enter_county(writer)
    run_on(people_db)
    app = open_page("clauses", "clerk", empty="1", section="三")
    html = shown(app)
    assert "还没有数据" in html and "建立网销产品质量追溯体系" in html
    assert "进行免费的检验检测" in html  # goods are there, inspections are not
    assert "完善贫困户非标准化农产品上行帮扶机制" not in html
    app.toggle(key="clauses_empty").set_value(False).run()
    assert "empty" not in app.query_params
    assert "完善贫困户非标准化农产品上行帮扶机制" in shown(app)


def test_each_target_stands_beside_its_words_with_sign_and_status(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "clerk", section="一"))
    standing = next(one for one in _standings(found_on()) if one.target.name == "county_transactions")
    said = f"{STATUSES[standing.status].sign} {STATUS_WORDS[standing.status].zh}"
    assert standing.target.title.zh in html and said in html
    assert "target=county_transactions" in html


def test_each_programme_stands_beside_the_words_it_quotes(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "clerk"))
    for program in ("produce-support", "logistics-claim", "outlet-reward", "household-interest"):
        assert f"program={program}" in html


def test_search_and_section_narrow_the_plan_and_stand_in_the_address(app_test: OpenPage) -> None:
    app = app_test("clauses", "auditor", search="追溯", section="三")
    html = shown(app)
    assert "建立网销产品质量追溯体系" in html and "建立人才培训体系" not in html
    app.text_input(key="clauses_search").set_value("没有这个词").run()
    assert any("没有这样的条款" in info.value for info in app.info)
    assert app.query_params["search"] in ("没有这个词", ["没有这个词"])


def test_what_the_plan_leaves_open_is_listed(app_test: OpenPage) -> None:
    app = app_test("clauses", "reviewer", view="open")
    table = app.table[0].value
    noted = [part for part in plan_parts() if part.note is not None]
    assert len(table) == len(noted) >= 20
    assert any("三者不一致" in cell for cell in table.iloc[:, -1])


def test_an_administrator_reads_it_without_ways_to_what_the_role_may_not_open(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "administrator"))
    assert "服务站点" in html and "register=" not in html and 'href="/logistics' not in html
    assert "target=county_transactions" in html


def test_the_day_goes_along_every_link(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "clerk", day="2021-08-01"))
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) > 100 and all("day=2021-08-01" in link for link in links)


def test_in_english_each_part_has_its_meaning_beside_the_plans_own_words(app_test: OpenPage) -> None:
    html = shown(app_test("clauses", "clerk", lang="en", section="四"))
    assert "Production bases in the townships, certified with a plaque." in html
    assert 'lang="zh">引导支持乡镇培育' in html
    assert re.search(r'target="_self">Online shops</a>', html)


def test_the_export_has_the_parts_shown_and_nothing_else(app_test: OpenPage) -> None:
    app_test("clauses", "clerk")
    parts = found_on().asked("五")
    book = load_workbook(BytesIO(coverage_xlsx(parts, "zh", WORKING_DAY, {"reports": "通报与考核"})))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + len(parts)
    assert [row[1] for row in rows[1:]] == [one.part.quote for one in parts]
    assert any("督查问题" in str(row[3]) for row in rows) and any(row[6] == "通报与考核" for row in rows)


def test_the_sections_bear_the_titles_that_the_plan_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.clauses_table._", lambda words: words)
    words = section_words()
    assert {section_of(part.clause) for part in plan_parts()} == words.keys()
    titles = part_titles()
    assert {name: said.removeprefix(f"{name} ") for name, said in words.items() if name in titles} == titles
    assert words.keys() - titles.keys() == {"序", "三"}


def _plain(text: str) -> str:
    """Words alone, as they stand on the page."""
    text = re.sub(r"<[^>]+>", "", text).replace("&quot;", '"').replace("&#x27;", "'")
    return re.sub(r"\s+", "", text)


def _standings(found: Coverage) -> list[Standing]:
    return [standing for one in found.parts for standing in one.targets]
