"""改规则 → 公布: a draft is proposed by one person, published by another, and both see what happened."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from data.rulekeeping.publications import publications
from office import running
from office.casework.asked import Doer
from office.gathering import known_now
from office.paperwork.printing import print_slip
from office.programs import program_in_force
from office.rulekeeping import drafting, publishing
from rules.editing import with_value
from tests.conftest import OpenPage, open_page
from tests.links import links

LATER = date(2021, 12, 1)


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.subheader]
    return "\n".join(str(element.value) for element in shown)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def draft(name: str = "示例草稿") -> None:
    with running.reader() as db:
        before = program_in_force(db, running.working_day())
    text = with_value(before.text, "inspection_validity_days", LATER, 150)
    wish = drafting.Wish(name, before.program, before.digest, text)
    drafting.save(running.writer(), wish, doer=Doer("示例录入员", "clerk"))


def states() -> list[str]:
    with running.reader() as db:
        return [one.state for one in publications(db)]


def test_the_demonstration_has_a_change_that_waits_and_today_says_so(app_test: OpenPage) -> None:
    assert "恢复资格拟改为连续 3 次合格" in told(app_test("rule_changes", "clerk", view="publish"))
    today = app_test("today", "reviewer")
    assert "1 项规则修改等待另一位审核员公布" in [link.words for link in links(today.main, "rule_changes")]


def test_a_reviewer_publishes_what_a_clerk_proposed(app_test: OpenPage) -> None:
    app = press(app_test("rule_changes", "reviewer", view="publish"), "公布")
    assert "已公布第 6 号修改，自2021年11月1日起施行。以前的判定不变。" in told(app)
    assert states()[0] == "published"
    assert "没有等待第二人公布的修改" in told(app)
    assert "随软件的规则文件与已公布的不同" in told(app)


def test_a_clerk_may_drop_with_a_reason_and_not_publish(app_test: OpenPage) -> None:
    app = app_test("rule_changes", "clerk", view="publish")
    assert not any(button.label == "公布" for button in app.button)
    assert "请写明理由" in told(press(app, "撤下"))
    app.text_input(key="rule_changes_why_6").input("写错了").run()
    assert "已撤下第 6 号修改" in told(press(app, "撤下"))
    assert states()[0] == "dropped"


def test_who_proposed_finds_the_button_closed(app_test: OpenPage) -> None:
    draft()
    with running.reader() as db:
        waiting = publishing.proposals(db)[0]
    publishing.drop(running.writer(), waiting.id, "换一项", doer=Doer("示例录入员", "clerk"))
    app = app_test("rule_changes", "reviewer", view="publish")
    app.text_input(key="rule_changes_reason").input("示例理由")
    app = press(app, "提出，请另一位审核员公布")
    assert "已提出，等另一位审核员公布" in told(app)
    assert states()[0] == "proposed"
    own = next(button for button in app.button if button.label == "公布")
    assert own.disabled


@pytest.mark.parametrize("role", ["auditor"])
def test_an_auditor_reads_the_history_only(app_test: OpenPage, role: str) -> None:
    app = app_test("rule_changes", role, view="publish")
    assert not [b for b in app.button if b.label in ("公布", "撤下", "提出，请另一位审核员公布")]
    assert len(app.dataframe[0].value) == 6


def test_a_draft_with_a_fault_is_refused_with_its_places(app_test: OpenPage) -> None:
    with running.reader() as db:
        before = program_in_force(db, running.working_day())
    broken = before.text.replace("range   = [30, 730]", "range   = [30, 60]")
    wish = drafting.Wish("示例坏草稿", before.program, before.digest, broken)
    drafting.save(running.writer(), wish, doer=Doer("示例录入员", "clerk"))
    app = open_page("rule_changes", "reviewer", view="publish")
    app.text_input(key="rule_changes_reason").input("示例理由")
    app = press(app, "提出，请另一位审核员公布")
    assert "处问题，未使用" in told(app)
    assert "inspection_validity_days" in told(app)
    assert states()[0] == "proposed"


def test_the_day_a_published_rule_counts_from_stands_where_it_decides(app_test: OpenPage) -> None:
    press(app_test("rule_changes", "reviewer", view="publish"), "公布")
    words = "按自2021年11月1日起施行的规则判定"
    before = open_page("good", "reviewer", subject="H0053/P13", day="2021-10-31")
    after = open_page("good", "reviewer", subject="H0053/P13", day="2021-11-01")
    assert words not in told(before) and words in told(after)
    rules = open_page("rules", "reviewer", view="plan", day="2021-11-01")
    assert any("自2021年11月1日起施行" in str(e.proto.body) for e in rules.get("html"))
    with running.reader() as db:
        for day, said in ((date(2021, 10, 31), False), (date(2021, 11, 1), True)):
            _, paper = print_slip(db, "H0053/P13", day, known_now(db), "packaging")
            text = "\n".join(p.text for p in Document(BytesIO(paper)).paragraphs)
            assert ("自2021年11月1日起施行" in text) == said, text
