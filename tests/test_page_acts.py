"""Acting on one good: what is offered to whom, what came of it, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.casework.acts import acts_about
from data.store import open_writer
from office import running
from office.answering import answers_on
from office.casework.acting import Asked, Doer, act, standing
from office.casework.desk import desk
from pages.parts import acts_head, language
from tests.casework import CLERK, Office
from tests.conftest import WORKING_DAY, OpenPage, open_page
from tests.entering import enter, enter_county, product, sample

HEAD = Doer("示例负责人", "reviewer")
NUMBER_OF_A_PERSON = "653128199001011234"


def waiting(kind: str, benefit: str = "logistics") -> str:
    """A good of the demonstration about which a task of that kind waits."""
    with running.reader() as db:
        tasks = desk(db, answers_on(db, WORKING_DAY)).tasks
    return next(task.about for task in tasks if (task.kind, task.benefit) == (kind, benefit))


def offered(app: AppTest) -> list[str]:
    """The kinds of acts that have a button, in their order on the page."""
    keys = [b.key for b in app.main.button if b.key and b.key.startswith("acts_") and b.key.endswith("_do")]
    return [key.removeprefix("acts_").split("_packaging_")[0].split("_logistics_")[0] for key in keys]


def press(app: AppTest, kind: str) -> AppTest:
    key = next(
        b.key
        for b in app.main.button
        if b.key and b.key.startswith(f"acts_{kind}_") and b.key.endswith("_do")
    )
    return app.button(key=key).click().run()


def field_of(app: AppTest, kind: str, name: str) -> Any:
    """The field of an act's form."""
    fields = [*app.main.text_area, *app.main.text_input, *app.main.radio]
    return next(f for f in fields if re.fullmatch(f"acts_{kind}_.*_[0-9]+_{name}", f.key or ""))


def fill(app: AppTest, kind: str, name: str, text: str) -> None:
    field_of(app, kind, name).set_value(text)


def filled(app: AppTest, kind: str, name: str) -> str:
    return str(field_of(app, kind, name).value)


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.main.get("html"))


def last_act(subject: str, benefit: str = "logistics") -> tuple[str, str]:
    with running.reader() as db:
        found = acts_about(db, subject, benefit)
    return (found[-1].kind, found[-1].recorded_by) if found else ("", "")


@pytest.fixture
def eligible(people_db: Path, run_on: Callable[[Path], None]) -> str:
    """H1/P1 passed this month, so that logistics is eligible and packaging (fitness blank) cannot be decided."""
    with open_writer(people_db) as writer:
        enter_county(writer)
        enter(writer, "products", [product(code, standardised=0) for code in ("P1", "P2")], reason="非标准化")
        enter(writer, "inspections", [sample("S1", "2021-09-01")])
    run_on(people_db)
    return "H1/P1"


def test_what_the_rules_recommend_is_granted_and_the_page_says_so(eligible: str) -> None:
    app = open_page("good", "reviewer", subject=eligible, benefit="logistics")
    assert offered(app) == ["grant", "withhold"] and "尚未办理" in html(app)
    press(app, "grant")
    assert "已给予" in app.success[0].value
    assert html(app).count("尚未办理") == 2, "packaging, beside its recommendation and on its slip"
    assert last_act(eligible) == ("grant", "示例审核员")
    assert offered(app) == ["notify"], "only against the rules"


def test_against_the_rules_a_reason_is_needed_and_the_mark_stands_everywhere_after(eligible: str) -> None:
    app = open_page("good", "reviewer", subject=eligible, benefit="packaging")
    press(app, "grant")
    assert "理由" in app.error[0].value and last_act(eligible, "packaging") == ("", "")
    fill(app, "grant", "reason", "已到户核实")
    press(app, "grant")
    assert not app.error and last_act(eligible, "packaging") == ("grant", "示例审核员")
    assert html(app).count("※ 与规则的建议不同") >= 3, "beside the state, on the slip, in the history"
    goods = open_page("goods", "clerk").dataframe[0].value
    assert goods.loc[goods["subject"] == eligible, "held_packaging"].tolist() == ["✔ 已给予 ※"]


def test_what_was_typed_stays_when_it_is_refused(app_test: OpenPage) -> None:
    app = app_test("good", "reviewer", subject=(subject := waiting("decide")), benefit="logistics")
    assert offered(app)[0] == "revoke"
    fill(app, "revoke", "reason", f"多次不合格 {NUMBER_OF_A_PERSON}")
    before = last_act(subject)
    press(app, "revoke")
    assert app.error and last_act(subject) == before
    assert filled(app, "revoke", "reason") == f"多次不合格 {NUMBER_OF_A_PERSON}"
    fill(app, "revoke", "reason", "多次不合格")
    press(app, "revoke")
    assert last_act(subject) == ("revoke", "示例审核员") and "决定" in app.success[0].value
    papers = [b.proto.label for b in app.main.get("download_button")]
    assert any("决定〔2021〕" in label and label in app.success[0].value for label in papers)


def test_what_was_typed_stays_while_the_other_benefit_is_looked_at(app_test: OpenPage) -> None:
    app = app_test("good", "reviewer", subject=waiting("decide"), benefit="logistics")
    fill(app, "revoke", "reason", "写到一半")
    app.query_params["benefit"] = "packaging"
    app.run()
    assert "revoke" not in offered(app)
    app.query_params["benefit"] = "logistics"
    app.run()
    assert filled(app, "revoke", "reason") == "写到一半"


def test_who_proposed_it_is_told_that_another_person_decides(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", subject=waiting("decide"), benefit="logistics")
    assert "revoke" not in offered(app)
    assert any("作出处理决定" in c.value and "另一位审核员" in c.value for c in app.main.caption)


def test_a_notice_is_delivered_and_the_period_is_told(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", subject=(subject := waiting("deliver", "packaging")), benefit="packaging")
    assert offered(app)[0] == "deliver"
    press(app, "deliver")
    assert "签收人" in app.error[0].value
    fill(app, "deliver", "to", "示例家属")
    press(app, "deliver")
    assert "陈述申辩期到" in app.success[0].value
    assert last_act(subject, "packaging")[0] == "deliver" and 'aria-current="step"' in html(app)
    assert "随时可以" in html(app)


def test_that_nothing_was_said_is_recorded_by_choice_not_by_a_blank(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", subject=(subject := waiting("hear", "packaging")), benefit="packaging")
    before = last_act(subject, "packaging")
    press(app, "hear")
    assert app.error and last_act(subject, "packaging") == before
    field_of(app, "hear", "text_made").set_value("none_made").run()
    press(app, "hear")
    assert last_act(subject, "packaging")[0] == "hear" and not app.error


def test_a_halted_case_says_what_changed_and_offers_only_to_close_it(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", subject=(subject := waiting("halted")), benefit="logistics")
    assert offered(app) == ["stop"] and "建议由“不符合”变为“符合”" in app.warning[0].value
    fill(app, "stop", "reason", "复检合格")
    press(app, "stop")
    assert last_act(subject) == ("stop", "示例录入员") and not app.warning


def test_who_comes_second_is_told_who_was_first(app_test: OpenPage) -> None:
    app = app_test("good", "reviewer", subject=(subject := waiting("decide")), benefit="logistics")
    fill(app, "revoke", "reason", "多次不合格")
    act(running.writer(), Asked("revoke", subject, "logistics", reason="先一步"), doer=HEAD)
    with running.reader() as db:
        before = standing(db, subject, "logistics", WORKING_DAY).seen
    press(app, "revoke")
    assert "示例负责人" in app.error[0].value and not app.success
    with running.reader() as db:
        assert standing(db, subject, "logistics", WORKING_DAY).seen == before


def test_nobody_decides_without_having_seen_what_was_said_meanwhile(app_test: OpenPage) -> None:
    app = app_test("good", "reviewer", subject=(subject := waiting("decide")), benefit="logistics")
    fill(app, "revoke", "reason", "多次不合格")
    said = Asked("hear", subject, "logistics", text="已经换了晾晒场地")
    act(running.writer(), said, doer=Doer("示例录入员", "clerk"))
    press(app, "revoke")
    assert "示例录入员" in app.error[0].value and last_act(subject) == ("hear", "示例录入员")
    assert filled(app, "revoke", "reason") == "多次不合格" and "已经换了晾晒场地" in html(app)
    press(app, "revoke")
    assert last_act(subject) == ("revoke", "示例审核员"), "seen now, and nothing had to be typed again"


def test_after_an_act_its_form_is_empty_again(app_test: OpenPage) -> None:
    app = app_test("good", "clerk", subject=(subject := waiting("decide")), benefit="logistics")
    fill(app, "hear", "text", "又来说明了一次")
    press(app, "hear")
    assert last_act(subject)[0] == "hear" and filled(app, "hear", "text") == ""


def test_an_auditor_sees_how_it_stands_and_is_offered_nothing(app_test: OpenPage) -> None:
    app = app_test("good", "auditor", subject=waiting("decide"), benefit="logistics")
    assert offered(app) == [] and "另一人决定" in html(app)
    assert any(e.label.startswith("办理记录") for e in app.main.expander)


@pytest.mark.parametrize("other", [{"day": "2021-09-29"}, {"known": "2026-01-01"}])
def test_on_another_day_and_as_known_then_nothing_can_be_done(
    app_test: OpenPage, other: dict[str, str]
) -> None:
    app = app_test("good", "reviewer", subject=waiting("decide"), benefit="logistics", **other)
    assert offered(app) == [] and "现行" in html(app) and not app.exception
    if "day" in other:
        app.button(key="acts_own_day").click().run()
        assert "revoke" in offered(app)


def test_an_act_that_begins_later_is_said_with_its_day(eligible: str) -> None:
    tomorrow = date(2021, 10, 1)
    act(running.writer(), Asked("grant", eligible, "logistics", effective_on=tomorrow), doer=HEAD)
    app = open_page("good", "reviewer", subject=eligible, benefit="logistics")
    assert "自2021年10月1日起生效" in app.info[0].value and "grant" not in offered(app)


def test_the_forms_are_english_when_asked(app_test: OpenPage) -> None:
    app = app_test("good", "reviewer", subject=waiting("decide"), benefit="logistics", lang="en")
    assert [e.label for e in app.main.expander][0] == "Decide to take away"
    press(app, "revoke")
    assert app.error and "reason" in app.error[0].value


def test_a_good_is_opened_at_the_benefit_with_an_open_case_and_its_card_says_how_far_that_is(
    app_test: OpenPage,
) -> None:
    app = app_test("good", "reviewer", subject=(subject := waiting("decide")))
    assert offered(app)[0] == "revoke"
    assert "待作出决定" in html(app)
    other = open_page("good", "reviewer", subject=subject, benefit="packaging")
    assert "待作出决定" in html(other), "the open case of the other benefit is seen from here too"
    fill(app, "revoke", "reason", "多次不合格")
    press(app, "revoke")
    assert app.success and app.query_params["benefit"] == "logistics", "what was acted on stays in sight"
    assert "办理中" not in html(app)


def test_the_form_of_an_act_that_was_refused_stays_open(eligible: str) -> None:
    app = open_page("good", "reviewer", subject=eligible, benefit="logistics")
    assert [one.proto.expanded for one in app.main.expander[:2]] == [True, False]
    press(app, "withhold")
    assert app.error and [one.proto.expanded for one in app.main.expander[:2]] == [True, True]


def test_where_nothing_is_held_the_path_says_that_nothing_is_to_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "html", shown.append)
    for module in (acts_head, language):
        monkeypatch.setattr(module, "lang", lambda: "zh")
    office = Office(tmp_path / "county.db").revoked()
    decided = office.standing().case
    office.act("deliver_decision", CLERK, how="in_person", to="示例户主")
    told = office.standing().case
    assert decided and told
    for case in (decided, told):
        acts_head.path_of(case, "packaging")
    said = "名下没有可收回的物资"
    assert [said in html for html in shown] == [False, True]
