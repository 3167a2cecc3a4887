"""The page of drafts: begin, change a value, edit the text, see faults and cases, save; nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.rulekeeping.drafts import draft_versions, standing_drafts
from office import running
from office.casework.asked import Doer
from office.programs import program_named
from office.rulekeeping import drafting
from tests.conftest import OpenPage, open_page

PROGRAM = "produce-support"
TEXT = program_named(PROGRAM).text
LAST_ROW = '[[benefits.packaging.verdicts]]\nverdict = "not_eligible"\n'


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error, *app.text]
    return "\n".join(str(element.value) for element in [*shown, *app.subheader])


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def begun(role: str = "clerk", text: str = TEXT, name: str = "试改") -> None:
    wish = drafting.Wish(name, PROGRAM, "0" * 64, text, seen=0)
    drafting.save(running.writer(), wish, doer=Doer(f"demo-{role}"))


def opened(role: str = "clerk", **params: str) -> AppTest:
    return open_page("rule_changes", role, view="draft", draft="试改", **params)


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_area[0].set_value(text).run()


def test_an_office_without_drafts_is_told_how_rules_are_changed(empty_app_test: OpenPage) -> None:
    assert "还没有草稿" in told(empty_app_test("rule_changes", "clerk"))
    auditor = empty_app_test("rule_changes", "auditor")
    assert "可以查看草稿，不能起草" in told(auditor)
    assert not [button for button in auditor.button if button.label == "开始起草"]


def test_a_clerk_begins_a_draft_from_what_is_in_force(empty_app_test: OpenPage) -> None:
    app = empty_app_test("rule_changes", "clerk")
    app.text_input(key="drafts_new_name").set_value("一年有效")
    app = press(app, "开始起草")
    assert app.query_params["draft"] == "一年有效"
    assert "证明通过" in told(app) and "已保存" in told(app)
    with running.reader() as db:
        (draft,) = standing_drafts(db)
    assert (draft.name, draft.text, draft.recorded_by) == ("一年有效", TEXT, "示例录入员")


def test_a_draft_without_a_name_is_refused_in_words(empty_app_test: OpenPage) -> None:
    app = press(empty_app_test("rule_changes", "clerk"), "开始起草")
    assert "请写明草稿名称" in told(app)


def test_a_new_value_counts_from_the_first_of_next_month_and_is_unsaved_until_saved(
    empty_app_test: OpenPage,
) -> None:
    empty_app_test("today", "clerk")
    begun()
    app = opened()
    number = app.number_input[0]
    assert (number.min, number.max, number.value) == (30, 730, 180)
    assert app.date_input(key="drafts_since_inspection_validity_days").value == date(2021, 10, 1)
    number.set_value(365)
    app = press(app, "写入草稿")
    assert "有未保存的修改" in told(app) and "证明通过" in told(app)
    table = next(f.value for f in app.dataframe if "参数" in f.value.columns).to_dict("records")
    assert table[0]["现行值"] == 180 and "＋365天（2021年10月1日起）" in str(table[0].values())
    app = press(app, "保存")
    assert "已保存“试改”第 2 版" in told(app)
    with running.reader() as db:
        saved = draft_versions(db, "试改")[-1].text
    assert "{ from = 2021-10-01, value = 365 }" in saved and saved.count("#") == TEXT.count("#")


def test_no_value_begins_before_today(empty_app_test: OpenPage) -> None:
    empty_app_test("today", "clerk")
    begun()
    field = opened(day="2021-01-01").date_input(key="drafts_since_inspection_validity_days")
    assert (field.min, field.value) == (date(2021, 9, 30), date(2021, 9, 30))


def test_what_is_typed_is_checked_with_its_line_and_is_still_there_elsewhere(
    empty_app_test: OpenPage,
) -> None:
    empty_app_test("today", "clerk")
    begun()
    app = opened(part="text")
    broken = TEXT.replace('at_most = "inspection_validity_days"', 'at_mos = "inspection_validity_days"')
    app = typed(app, broken)
    line = broken[: broken.index("at_mos")].count("\n") + 1
    assert "文件有 1 处问题" in told(app) and f"第 {line} 行" in [button.label for button in app.button]
    app.segmented_control(key="drafts_part").set_value("values").run()
    assert "取值无法列出" in told(app)
    app.segmented_control(key="drafts_part").set_value("text").run()
    assert app.text_area[0].value == broken


def test_a_gap_is_saved_as_a_case_that_every_draft_is_tried_on(empty_app_test: OpenPage) -> None:
    empty_app_test("today", "clerk")
    begun(text=TEXT.replace(LAST_ROW, "", 1))
    app = opened(part="checks")
    assert "判不出的情形" in told(app) and "「最近一次检验结论」为「合格」" in told(app)
    next(t for t in app.text_input if t.label == "案例名称").set_value("不是贫困户的不符合")
    app = press(app, "存为测试案例")
    assert "请选择应当得出的结果" in told(app)
    next(s for s in app.selectbox if s.label == "应当得出").set_value("not_eligible")
    app = press(app, "存为测试案例")
    assert "已存为测试案例“不是贫困户的不符合”" in told(app)
    app.segmented_control(key="drafts_part").set_value("cases").run()
    (row,) = next(f.value for f in app.dataframe if "草稿得出" in f.value.columns).to_dict("records")
    assert (row["结果"], row["草稿得出"]) == ("✕ 不符", "没有结论")
    begun(name="好的")
    fine = open_page("rule_changes", "clerk", draft="好的", part="cases")
    assert "1 个测试案例都相符" in told(fine)


def test_a_refused_save_loses_nothing_and_shows_what_somebody_else_saved(empty_app_test: OpenPage) -> None:
    empty_app_test("today", "clerk")
    begun()
    app = typed(opened(part="text"), TEXT + "# 我的\n")
    other = drafting.Wish("试改", PROGRAM, "0" * 64, TEXT + "# 他的\n", seen=1)
    drafting.save(running.writer(), other, doer=Doer("demo-reviewer"))
    app = press(app, "保存")
    assert "示例审核员在您修改期间保存了“试改”第 2 版" in told(app)
    app = app.run()
    assert app.text_area[0].value == TEXT + "# 我的\n" and "第 2 版与您的不同" in told(app)
    app.text_input(key="drafts_name_试改").set_value("试改乙")
    app = press(app, "保存")
    with running.reader() as db:
        texts = {one.name: one.text for one in standing_drafts(db)}
    assert texts == {"试改": TEXT + "# 他的\n", "试改乙": TEXT + "# 我的\n"}


def test_one_may_give_up_and_open_what_the_other_saved(empty_app_test: OpenPage) -> None:
    empty_app_test("today", "clerk")
    begun()
    app = typed(opened(part="text"), TEXT + "# 我的\n")
    other = drafting.Wish("试改", PROGRAM, "0" * 64, TEXT + "# 他的\n", seen=1)
    drafting.save(running.writer(), other, doer=Doer("demo-reviewer"))
    app = press(press(app, "保存"), "放弃我的修改")
    assert app.text_area[0].value == TEXT + "# 他的\n" and "第 2 版" in told(app)


def test_differences_are_told_in_words_and_a_changed_past_is_warned_of(empty_app_test: OpenPage) -> None:
    empty_app_test("today", "clerk")
    begun(text=TEXT.replace("value = 180,", "value = 200,"))
    app = opened(part="differences")
    (table,) = (t.value for t in app.table)
    assert (
        table.to_dict("records")[0]["现行规则"] == "180天" and table.to_dict("records")[0]["草稿"] == "200天"
    )
    assert "改动了以前的取值，不能公布" in told(app)


@pytest.mark.parametrize("part", ["values", "text", "checks", "cases", "differences", "versions"])
def test_an_auditor_sees_every_part_and_can_change_none(empty_app_test: OpenPage, part: str) -> None:
    empty_app_test("today", "clerk")
    begun()
    app = opened("auditor", part=part)
    told(app)
    assert {button.label for button in app.button} <= {"返回列表", "退出登录", "English"}
    assert all(area.disabled for area in app.text_area)
