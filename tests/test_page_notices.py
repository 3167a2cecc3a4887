"""The page of public notices: what hangs, a new one exactly as previewed, objections and their answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.casework.public_notices import notices
from data.store import reading
from office import running
from office.casework.asked import Doer
from office.notices.notice_steps import Wish, take
from office.paperwork.letterhead import change_letterhead
from tests.conftest import OpenPage, open_page


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.subheader, *app.text]
    return "\n".join(str(element.value) for element in shown)


def press(app: AppTest, label: str) -> AppTest:
    """The last button so labelled: the notice that ends last is the one that a test posted."""
    return [button for button in app.button if button.label.startswith(label)][-1].click().run()


def fill(app: AppTest, key: str, text: str) -> None:
    fields = [f for f in (*app.text_input, *app.text_area) if f.key and f.key.startswith(key)]
    fields[-1].set_value(text)


def posting(role: str = "clerk") -> AppTest:
    """The panel with place and telephone filled in."""
    app = open_page("notices", role, view="post")
    fill(app, "notices_place", "示例公告栏")
    fill(app, "notices_phone", "0000-0000000")
    return app


@pytest.fixture
def posted(app_test: OpenPage) -> str:
    """A notice posted through the page on the demonstration's working day; gives its number."""
    press(posting(), "发布公示")
    with running.reader() as db:
        return notices(db)[0].number


def test_nothing_hangs_in_an_empty_office_and_there_is_nothing_to_post(empty_app_test: OpenPage) -> None:
    app = empty_app_test("notices", "clerk")
    assert "没有公示中的内容" in told(app)
    assert "去发布公示" in [button.label for button in app.button]
    app = empty_app_test("notices", "clerk", view="post")
    assert "没有待公示的包装给予" in told(app)
    assert "notices_post" not in {button.key for button in app.button}
    assert "还没有发布过公示" in told(empty_app_test("notices", "auditor", view="earlier"))


def test_the_preview_shows_masked_lines_and_what_is_posted_is_the_preview(
    app_test: OpenPage, demo_db: Path
) -> None:
    app = posting()
    table = next(frame.value for frame in app.dataframe if "户编号后四位" in frame.value.columns)
    assert list(table.columns) == ["序号", "乡镇", "村", "姓名", "户编号后四位", "事项", "产品（个）"]
    assert set(table["姓名"]) == {"示*"} and table["户编号后四位"].str.len().max() <= 4
    app = press(app, "发布公示")
    with reading(demo_db) as db:
        newest = notices(db)[0]
    lines = [(e["township"], e["household_end"], e["count"]) for e in newest.entries]
    assert lines == list(zip(table["乡镇"], table["户编号后四位"], table["产品（个）"], strict=True))
    assert newest.recorded_by == "示例录入员" and newest.place == "示例公告栏"


def test_a_notice_without_a_place_is_refused_and_the_form_keeps_what_was_typed(app_test: OpenPage) -> None:
    app = app_test("notices", "clerk", view="post")
    fill(app, "notices_place", " ")
    fill(app, "notices_phone", "0000-0000000")
    app = press(app, "发布公示")
    assert "请写明张贴地点" in told(app)
    assert next(f for f in app.text_input if f.key == "notices_phone").value == "0000-0000000"


def test_what_is_missing_on_the_offices_lines_is_said_until_it_is_entered(app_test: OpenPage) -> None:
    assert any("办公地点还没有设置" in one.value for one in posting().caption)
    change_letterhead(running.writer(), {"address": "示例路1号"}, doer=Doer("示例管理员"))
    assert not any("还没有设置" in one.value for one in posting().caption)


def test_the_line_says_calmly_how_many_days_are_left(posted: str) -> None:
    assert "公示到 **2021年10月6日**，还剩 **7** 天（含当天）。" in told(open_page("notices", "auditor"))
    late = open_page("notices", "auditor", day="2021-10-06")
    assert "公示到 **2021年10月6日**，还剩 **1** 天（含当天）。" in told(late)
    over = open_page("notices", "auditor", day="2021-10-07")
    assert "公示已于 **2021年10月6日** 期满，请结束公示。" in told(over)


def test_an_objection_is_recorded_and_answered_on_the_page(posted: str) -> None:
    app = open_page("notices", "clerk")
    fill(app, "notices_objection_text", "请打 13800138000")
    app = press(app, "登记异议")
    assert "手机号" in told(app) and "还没有人提出异议" in told(app)
    fill(app, "notices_objection_text", "第一行的产品数不对")
    app = press(app, "登记异议")
    assert "等待答复" in told(app) and "第一行的产品数不对" in told(app)
    app = open_page("notices", "reviewer")
    fill(app, "notices_answer_text", "已核对，无误")
    app = press(app, "答复")
    assert "已答复" in told(app) and "已核对，无误" in told(app)


def test_of_two_who_answer_at_once_the_second_is_told(posted: str) -> None:
    take(running.writer(), Wish("objection", posted, "第一行的产品数不对"), doer=Doer("demo-clerk"))
    app = open_page("notices", "clerk")
    with running.reader() as db:
        objection = notices(db)[0].steps[-1].id
    fill(app, "notices_answer_text", "晚到的答复")
    take(running.writer(), Wish("answer", posted, "先到的答复", objection), doer=Doer("demo-reviewer"))
    app = press(app, "答复")
    assert "先到的答复" in told(app) and "晚到的答复" not in told(app)


def test_withdrawing_takes_it_off_the_wall_with_its_reason(posted: str) -> None:
    app = open_page("notices", "clerk")
    fill(app, "notices_withdraw_text", "村名有误")
    assert f"公示 {posted} 已撤回" in told(press(app, "撤回公示"))
    app = open_page("notices", "auditor", view="earlier", number=posted)
    assert "已撤回：2021年9月30日，示例录入员。村名有误" in told(app)


def test_an_auditor_reads_and_prints_but_changes_nothing(posted: str) -> None:
    app = open_page("notices", "auditor")
    labels = {button.label for button in app.main.button}
    assert not labels & {"登记异议", "撤回公示", "结束公示", "答复"}
    downloads = [element.proto.label for element in app.main.get("download_button")]
    assert set(downloads) == {"公示（Word）", "公示（Excel）"}
    assert "发布公示" not in str(app.main.get("button_group"))


def test_the_page_is_not_for_the_administrator(empty_app_test: Callable[..., AppTest]) -> None:
    with pytest.raises(ValueError, match="notices"):
        empty_app_test("notices", "administrator")


def test_the_page_is_english_when_asked(posted: str) -> None:
    words = told(open_page("notices", "clerk", lang="en"))
    assert "It hangs until **2021-10-06**: **7** days left, this one included." in words
