"""The page of targets: all at a glance, one with what it rests on, what-if with goal-seek, scenarios saved and compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.reporting.figures import ReportedFigure, reported_figures
from data.store import reading
from office import running
from office.casework.asked import Doer
from office.targets.reporting import Compared, changes
from office.targets.scenarios import Wish, save, scenarios
from pages.parts.targets_changes import changed_rows
from rules.load_targets import targets
from tests.conftest import OpenPage, open_page
from tests.links import links

NAMES = list(targets())


def told(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.subheader, *app.error]
    html = [body for element in app.main.get("html") if "<script" not in (body := element.proto.body)]
    figures = [f"{one.label} {one.value}" for one in app.metric]
    return "\n".join([*(str(element.value) for element in shown), *html, *figures])


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


def cards(app: AppTest) -> set[str]:
    return {link.words for link in links(app.main, "targets")}


def test_every_target_stands_on_the_overview_with_status_in_words(app_test: OpenPage) -> None:
    app = app_test("targets", "auditor")
    words = told(app)
    assert len(cards(app)) == len(NAMES)
    assert f"共 {len(NAMES)} 项目标" in words
    assert any(f"{sign} " in words for sign in "✔↗！✕") and "没有数据" not in words
    assert words.count("data:image/svg+xml") == len(NAMES)


def test_the_overview_is_filtered_by_status_and_clause_in_the_address(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", clause="三(五)")
    assert cards(app) == {one.title.zh for one in targets().values() if one.citation.clause == "三(五)"}
    met = cards(open_page("targets", "clerk", status="met"))
    missed = cards(open_page("targets", "clerk", status="missed"))
    assert met and not met & missed
    none = open_page("targets", "clerk", status="missed", clause="三(五)")
    assert not cards(none) and "没有符合这些筛选的目标" in told(none)


@pytest.mark.parametrize("name", NAMES)
def test_each_target_opens_with_its_way_and_method(app_test: OpenPage, name: str) -> None:
    words = told(app_test("targets", "clerk", view="target", target=name))
    assert targets()[name].title.zh in words and "推算：" in words and "误差" in words


@pytest.mark.parametrize("part", ["places", "rows", "definition", "reported"])
@pytest.mark.parametrize("name", ["county_transactions", "logistics_stations", "training"])
def test_every_part_of_a_target_can_be_seen(app_test: OpenPage, name: str, part: str) -> None:
    assert told(app_test("targets", "reviewer", view="target", target=name, part=part))


def test_the_townships_add_up_to_the_whole_in_the_table(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="target", target="logistics_stations", part="places")
    frame = app.dataframe[0].value
    assert frame["name"].iloc[-1] == "合计"
    for column in ("value", "of"):
        assert frame[column].iloc[:-1].sum() == frame[column].iloc[-1]


def test_the_definition_stands_beside_the_plans_words_and_how_they_are_read(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="target", target="poor_villages_using", part="definition")
    table = app.table[0].value
    assert table.loc["目标值", "口径"] == "办公室口径，待确认" and table.loc["期限", "口径"] == "方案原文"
    assert "2020年底贫困村基本普及电子商务应用" in told(app)


def test_the_growth_shows_every_year_and_the_compound_beside(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="target", target="county_transactions")
    assert len(app.dataframe[0].value) >= 2 and "年均（复合）" in told(app)


def test_the_rows_behind_open_in_the_registers_but_not_for_the_administrator(app_test: OpenPage) -> None:
    asked = {"view": "target", "target": "training", "part": "rows"}
    assert "在台账里打开" in told(app_test("targets", "clerk", **asked))
    words = open_page("targets", "administrator", **asked)
    assert "在台账里打开" not in told(words)
    assert not any("示例人员" in str(frame.value) for frame in words.dataframe)


def test_a_lever_in_the_address_moves_the_way_and_is_said(app_test: OpenPage) -> None:
    still = told(app_test("targets", "clerk", view="what-if", targets="training"))
    assert "按现有速度，期限时预计" in still and "**存成方案**" not in still
    moved = open_page("targets", "clerk", view="what-if", targets="training", set_training_places="400")
    words = told(moved)
    assert "→ 假设" in words and "每月培训名额 400" in words and "为所设的值" in words


def test_moving_a_slider_is_written_into_the_address_and_taken_back_by_the_button(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="what-if", targets="training,logistics_stations")
    slider = next(one for one in app.slider if one.key == "targets_set_outlets_per_month")
    app = slider.set_value(3.5).run()
    assert app.query_params["set_outlets_per_month"] in ("35", ["35"])
    app = press(app, "targets_reset")
    assert "set_outlets_per_month" not in app.query_params


def test_goal_seek_says_what_it_takes_and_what_lies_out_of_range(app_test: OpenPage) -> None:
    words = told(app_test("targets", "clerk", view="what-if", targets="training", by_training="2021-12"))
    assert "✕ 只调“到课率”达不到" in words and "每月培训名额 **至少" in words


def test_a_value_in_the_address_outside_the_range_is_left_aside(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="what-if", targets="training", set_attendance_rate="101")
    assert "不能用，已不予理会" in told(app)


def test_other_targets_that_a_lever_moves_are_listed(app_test: OpenPage) -> None:
    app = app_test("targets", "clerk", view="what-if", targets="county_transactions", set_sales_growth="60")
    assert "同时变化的其他目标" in told(app)
    assert targets()["poor_village_sales"].title.zh in app.dataframe[0].value["title"].tolist()


def test_what_is_tried_is_saved_opened_and_compared(app_test: OpenPage, demo_db: Path) -> None:
    app = app_test("targets", "clerk", view="what-if", targets="training", set_training_places="400")
    next(field for field in app.text_input if field.key == "targets_save_name").set_value("多办班")
    app = press(app, "targets_save")
    assert "已保存方案“多办班”（第 1 版）" in told(app)
    save(running.writer(), Wish("少办班", {"training_places": 10}), doer=Doer("demo-reviewer"))
    app = open_page("targets", "auditor", view="scenarios")
    words = told(app)
    assert "**多办班**" in words and "并排比较" in words
    assert not any(str(button.key).startswith("targets_remove") for button in app.button)
    compared = app.dataframe[0].value
    assert {"in_多办班", "in_少办班"} <= set(compared.columns)
    assert "进展正常" in compared["in_多办班"].iloc[0] and "有风险" in compared["in_少办班"].iloc[0]


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(app_test: OpenPage, demo_db: Path) -> None:
    app = app_test("targets", "clerk", view="what-if", targets="training", set_training_places="400")
    save(running.writer(), Wish("甲", {"training_places": 10}), doer=Doer("demo-reviewer"))
    next(field for field in app.text_input if field.key == "targets_save_name").set_value("甲")
    app = press(app, "targets_save")
    assert "已有名为“甲”的方案" in told(app)
    with reading(demo_db) as db:
        assert [one.levers for one in scenarios(db)] == [{"training_places": 10}]


def test_a_scenario_is_removed_by_who_may(app_test: OpenPage, demo_db: Path) -> None:
    app = app_test("targets", "reviewer")
    saved = save(running.writer(), Wish("甲", {"training_places": 10}), doer=Doer("demo-clerk"))
    app = press(open_page("targets", "reviewer", view="scenarios"), f"targets_remove_{saved.id}")
    assert "还没有保存过方案" in told(app)


def test_an_auditor_and_an_administrator_try_but_do_not_save(app_test: OpenPage) -> None:
    asked = {"view": "what-if", "targets": "training", "set_training_places": "400"}
    for app in (app_test("targets", "auditor", **asked), open_page("targets", "administrator", **asked)):
        assert "→ 假设" in told(app)
        assert "targets_save" not in {button.key for button in app.button}


def test_a_reviewer_reports_a_figure_and_it_stands_beside_what_it_is_now(
    app_test: OpenPage, demo_db: Path
) -> None:
    app = app_test("targets", "reviewer", view="target", target="training", part="reported")
    assert "三季度" not in told(app)
    next(field for field in app.text_input if field.key == "targets_report_remark").set_value("三季度")
    app = next(button for button in app.button if button.label == "上报并签字").click().run()
    words = told(app)
    assert "已上报" in words and "现在仍是这个数" in words and "三季度" in words
    with reading(demo_db) as db:
        newest = reported_figures(db)[0]
    assert (newest.target, newest.remark) == ("training", "三季度")
    assert "上报并签字" not in {
        b.label
        for b in open_page("targets", "clerk", view="target", target="training", part="reported").button
    }


def test_what_changed_since_a_report_is_told_in_words_and_units_never_as_it_is_stored() -> None:
    growth, code = targets()["county_transactions"], "653128100"
    was = {
        "status": "at_risk",
        "actual": "24.9",
        "needed_per_month": "3873386.98",
        "by_township": {code: {"value": 49_230_760, "of": 1}},
        "months": {"first": 2021 * 12, "values": [100_000_000, None]},
        "years": [{"year": 2021, "value": 2_052_421_460, "of": 1_609_883_300, "months": 8}],
        "rows": {"station_returns": 1200},
    }
    now = was | {
        "status": "on_track",
        "actual": "33.6",
        "needed_per_month": "3626636.98",
        "by_township": {code: {"value": 147_930_760, "of": 1}},
        "months": {"first": 2021 * 12, "values": [100_000_000, 200_000_000]},
        "years": [{"year": 2021, "value": 2_151_121_460, "of": 1_609_883_300, "months": 8}],
        "rows": {"station_returns": 1201},
    }
    frozen = ReportedFigure(
        1, growth.name, "2021-09-30", "", "2021-09-30", "", was, None, recorded_at="", recorded_by=""
    )
    rows = changed_rows(growth, Compared(frozen, now, changes(was, now)), {code: "岳普湖镇"})
    assert {row["内容"]: (row["上报时"], row["现在"]) for row in rows} == {
        "状态": ("有风险", "进展正常"),
        "实际": ("+24.9%", "+33.6%"),
        "还需每月": ("387.34 万元", "362.66 万元"),
        "乡镇 · 岳普湖镇 · 分子": ("49.23 万元", "147.93 万元"),
        "行数 · 站点月报": ("1,200", "1,201"),
        "各月 · 2021年2月": ("—", "200.00 万元"),
        "各年 · 2021": ("2,052.42 万元 / 1,609.88 万元", "2,151.12 万元 / 1,609.88 万元"),
    }


def test_an_empty_office_has_no_data_which_is_not_nothing(empty_app_test: OpenPage) -> None:
    app = empty_app_test("targets", "clerk")
    words = told(app)
    assert len(cards(app)) == len(NAMES) and "没有数据" in words
    assert "<strong>0" not in words
    for part in ("way", "places", "rows", "definition", "reported"):
        told(open_page("targets", "clerk", view="target", target="training", part=part))
    assert "没有数据，不等于零" in told(open_page("targets", "clerk", view="target", target="training"))
    assert "没有数据，不等于零" in told(open_page("targets", "clerk", view="what-if", targets="training"))
    told_ = told(open_page("targets", "clerk", view="target", target="training", part="places"))
    assert "没有数据，不等于零" in told_ and "没有还差的地方" not in told_ and "还达不到" not in told_
    assert "还没有上报过" in told(
        open_page("targets", "clerk", view="target", target="training", part="reported")
    )
    assert "还没有保存过方案" in told(open_page("targets", "clerk", view="scenarios"))


def test_a_day_before_the_plan_has_no_goal_and_breaks_nothing(app_test: OpenPage) -> None:
    for view in ("overview", "target", "what-if", "scenarios"):
        assert told(
            app_test("targets", "clerk", view=view, day="2020-03-15")
            if view == "overview"
            else open_page("targets", "clerk", view=view, day="2020-03-15")
        )


@pytest.mark.parametrize(
    "day", ["2018-01-01", "2020-12-31", "2021-01-01", "2021-02-28", "2024-02-29", "2030-06-15"]
)
def test_the_page_can_be_seen_as_of_any_day(app_test: OpenPage, day: str) -> None:
    assert told(app_test("targets", "clerk", day=day))
    assert told(
        open_page("targets", "clerk", view="what-if", targets="county_transactions,training", day=day)
    )
    assert told(open_page("targets", "clerk", view="target", target="county_transactions", day=day))
