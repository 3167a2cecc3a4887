"""以前的判定现在看: listed with both verdicts, looked at with a note, told on Today and right after a correction."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.store import reading
from office import running
from office.then_and_now.past import PastDecisions, past_decisions
from tests.conftest import OpenPage
from tests.links import links

TABLE = "audit_past_table"


def known() -> PastDecisions:
    with running.reader() as db:
        return past_decisions(db)


def rows(app: AppTest) -> Any:
    """The table of decisions, under its own column names."""
    return next(t.value for t in app.dataframe if {"then", "now", "acts"} <= set(t.value.columns))


def chosen(app: AppTest, *places: int) -> AppTest:
    app.session_state[TABLE] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(e.value for e in (*app.markdown, *app.caption, *app.success, *app.warning, *app.text))


def test_every_open_decision_is_listed_with_then_and_now(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="past")
    assert not app.exception
    past = known()
    assert len(rows(app)) == len(past.open) > 0
    first = rows(app).iloc[0]
    assert (first["subject"], first["day"]) == (past.open[0].subject, past.open[0].as_of)
    assert first["then"] != first["now"] and "→" in first["why"]


@pytest.mark.parametrize("show", ["looked", "facts"])
def test_the_other_lists_are_those_looked_at_and_those_of_the_same_result(
    app_test: OpenPage, show: str
) -> None:
    app = app_test("audit", "auditor", view="past", show=show)
    same = [one for one in known().found if not one.differs]
    if show == "facts":
        assert len(rows(app)) == len(same)
    else:
        assert any("没有符合筛选" in info.value for info in app.info)


def test_a_chosen_one_shows_what_was_recorded_since_and_leads_to_its_good(app_test: OpenPage) -> None:
    app = chosen(app_test("audit", "auditor", view="past"), 0)
    one = known().open[0]
    assert f"判定 {one.decision}）" in said(app) and "以后录入或更正的" in said(app)
    queries = [link.proto.query_string for link in app.main.get("page_link") if link.proto.page == "good"]
    assert any(f"day={one.as_of}" in query and "known=" in query for query in queries)


def test_several_are_noted_as_looked_at_and_leave_the_list(app_test: OpenPage, demo_db: Path) -> None:
    app = chosen(app_test("audit", "clerk", view="past"), 0, 1)
    before = known()
    frozen = _decisions(demo_db)
    (note,) = app.text_area
    note.set_value("已核对，不影响已办事项")
    next(b for b in app.button if "记为看过" in b.label).click().run()
    assert "已记为看过：2 条" in said(app)
    after = known()
    assert {one.decision for one in before.open} - {one.decision for one in after.open} == {
        one.decision for one in before.open[:2]
    }
    assert _decisions(demo_db) == frozen, "recorded decisions are never changed"


def test_without_a_note_nothing_is_written_and_it_is_said_why(app_test: OpenPage) -> None:
    app = chosen(app_test("audit", "clerk", view="past"), 0)
    number = len(known().open)
    next(b for b in app.button if "记为看过" in b.label).click().run()
    assert any("请写明" in warning.value for warning in app.warning)
    assert len(known().open) == number


def test_today_says_how_many_wait_and_leads_to_them(app_test: OpenPage) -> None:
    app = app_test("today", "clerk")
    number = len(known().open)
    (link,) = links(app.main, "audit")
    assert f"{number} 条" in link.words and "view=past" in link.query


def test_a_correction_says_at_once_how_many_decisions_it_makes_otherwise(
    app_test: OpenPage, demo_db: Path
) -> None:
    with reading(demo_db) as db:
        ((subject, number),) = db.execute(
            "SELECT d.subject, i.sample_no FROM decisions AS d JOIN inspections AS i"
            " ON i.good_entity = d.good_entity AND i.id = (SELECT max(value) FROM json_each(d.evidence))"
            " WHERE d.verdict = 'eligible' AND i.conclusion = 'pass' AND i.reinspection_of IS NULL"
            " AND i.entity NOT IN (SELECT entity FROM inspections WHERE version > 1) ORDER BY d.id DESC LIMIT 1"
        ).fetchall()
    app = app_test("good", "clerk", subject=subject)
    app.selectbox(key=f"good_correct_sample_{subject}").set_value(number).run()
    prefix = f"good_correct_{number}_1"
    app.selectbox(key=f"{prefix}_conclusion").set_value("fail")
    app.text_input(key=f"{prefix}_reason").set_value("结论录入错误")
    app.button(key=f"FormSubmitter:{prefix}-核对更正").click().run()
    app.button(key="good_correct_confirm").click().run()
    assert any("按现在所知会不同" in warning.value for warning in app.warning)
    with running.reader() as db:
        assert any(one.subject == subject for one in past_decisions(db).open)


def test_the_page_is_english_when_asked(app_test: OpenPage) -> None:
    app = app_test("audit", "auditor", view="past", lang="en")
    assert not app.exception
    assert not re.search("[\u4e00-\u9fff]", " ".join(rows(app)["then"])), "verdicts in English"


def _decisions(file: Path) -> list[Any]:
    with reading(file) as db:
        return list(db.execute("SELECT * FROM decisions").fetchall())
