"""Scenarios and what is tried: saved in versions, refused in words, compared, exported; quick, and the same as the standing."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from data.integrity import check
from data.reporting.lever_facts import applications, training_offered
from data.reporting.scenarios import versions_of
from data.store import Database, Writer, open_writer, reading
from office import running
from office.casework.asked import Doer
from office.refusal import Refused
from office.targets.closing import gaps_of, parts_of
from office.targets.lever_defaults import NEW_KINDS, pipeline_on
from office.targets.row_names import rows_called
from office.targets.rows_behind import rows_behind
from office.targets.scenario_sheet import scenarios_xlsx
from office.targets.scenarios import (
    Wish,
    beside_each_other,
    remove_in,
    save,
    save_in,
    scenario_named,
    scenarios,
    under_scenario,
)
from office.targets.what_if import Points, back_tested, seek, starting_points, try_levers
from rules.target import month_of
from tests.conftest import WORKING_DAY

CLERK, REVIEWER = Doer("demo-clerk"), Doer("demo-reviewer")
MORE = {"training_places": 150, "attendance_rate": 90}


@pytest.fixture
def writer(people_db: Path) -> Iterator[Writer]:
    with open_writer(people_db) as one:
        yield one


@pytest.fixture
def demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(running._State, "path", demo_db)
    with reading(demo_db) as db:
        yield db


@pytest.fixture
def points(demo: Database) -> Points:
    return starting_points(demo, WORKING_DAY)


def test_a_scenario_is_saved_in_versions_and_removed_without_a_trace_lost(writer: Writer) -> None:
    first = save(writer, Wish("多办培训班", MORE, "秋收后"), doer=CLERK)
    assert (first.version, first.levers, first.recorded_by) == (1, MORE, "示例录入员")
    second = save(writer, Wish("多办培训班", {"training_places": 200}, seen=1), doer=REVIEWER)
    assert second.version == 2
    with writer.transaction() as db:
        assert [one.levers for one in scenarios(db)] == [{"training_places": 200}]
        remove_in(db, "多办培训班", doer=CLERK, at=datetime(2026, 1, 1, tzinfo=UTC), seen=2)
        assert scenarios(db) == ()
        assert [(one.version, one.removed) for one in versions_of(db, "多办培训班")] == [
            (1, False),
            (2, False),
            (3, True),
        ]
        again = save_in(db, Wish("多办培训班", MORE, seen=0), doer=CLERK, at=datetime(2026, 1, 2, tzinfo=UTC))
        assert again.version == 4 and scenario_named(db, "多办培训班") == again


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(" ", MORE), "方案名称"),
        (Wish("长" * 31, MORE), "最多 30 个字"),
        (Wish("空", {}), "没有移动任何一项"),
        (Wish("不认识", {"wishes": 3}), "没有“wishes”"),
        (Wish("太高", {"attendance_rate": 101}), "须在 0 到 100 之间"),
        (Wish("太低", {"attendance_rate": -1}), "须在 0 到 100 之间"),
        (Wish("电话", MORE, "打13800138000"), "手机号"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(writer: Writer, wish: Wish, told: str) -> None:
    with pytest.raises(Refused) as refused:
        save(writer, wish, doer=CLERK)
    assert told in refused.value.words.zh and refused.value.words.en.isascii()
    with writer.transaction() as db:
        assert scenarios(db) == ()


def test_the_bounds_of_a_lever_can_be_saved(writer: Writer) -> None:
    assert (
        save(writer, Wish("边界", {"attendance_rate": 0, "training_places": 1000}), doer=CLERK).version == 1
    )


def test_a_name_that_somebody_took_or_changed_meanwhile_is_not_overwritten(writer: Writer) -> None:
    save(writer, Wish("甲", MORE), doer=CLERK)
    with pytest.raises(Refused, match="version 1, saved by"):
        save(writer, Wish("甲", {"attendance_rate": 50}, seen=0), doer=REVIEWER)
    save(writer, Wish("甲", {"attendance_rate": 60}, seen=1), doer=REVIEWER)
    with pytest.raises(Refused):
        save(writer, Wish("甲", {"attendance_rate": 70}, seen=1), doer=CLERK)
    with pytest.raises(Refused, match="saved just so already"):
        save(writer, Wish("甲", {"attendance_rate": 60}, seen=2), doer=CLERK)


@pytest.mark.parametrize("who", ["demo-auditor", "demo-administrator", "陌生人"])
def test_only_clerk_and_reviewer_save_and_remove(writer: Writer, who: str) -> None:
    save(writer, Wish("甲", MORE), doer=CLERK)
    with pytest.raises(Refused):
        save(writer, Wish("乙", MORE), doer=Doer(who))
    with pytest.raises(Refused), writer.transaction() as db:
        remove_in(db, "甲", doer=Doer(who), at=datetime(2026, 1, 1, tzinfo=UTC))
    with writer.transaction() as db:
        assert [one.name for one in scenarios(db)] == ["甲"]


def test_a_scenario_that_is_not_there_is_answered_with_those_that_are(writer: Writer) -> None:
    save(writer, Wish("甲", MORE), doer=CLERK)
    with writer.transaction() as db, pytest.raises(Refused) as refused:
        scenario_named(db, "乙")
    assert "甲" in refused.value.words.zh


def test_saved_scenarios_are_covered_by_the_chain(writer: Writer, people_db: Path) -> None:
    save(writer, Wish("甲", MORE), doer=CLERK)
    with reading(people_db) as db:
        assert check(db) == []


def test_with_no_lever_moved_everything_stands_as_it_is(demo: Database, points: Points) -> None:
    tried = try_levers(demo, WORKING_DAY, {})
    for name, way in tried.ways.items():
        assert not way.is_moved and way.status == points.standings[name].status
        assert way.under is points.observed[name]


def test_a_lever_moves_every_target_that_names_it_and_no_other(demo: Database) -> None:
    tried = try_levers(demo, WORKING_DAY, {"sales_growth": 60})
    moved = {name for name, way in tried.ways.items() if way.is_moved}
    assert moved == {"county_transactions", "poor_village_sales"}
    assert all(tried.ways[name].status == "on_track" for name in moved)
    fallen = try_levers(demo, WORKING_DAY, {"sales_growth": -50})
    assert all(fallen.ways[name].status == "at_risk" for name in moved)


def test_what_is_met_or_missed_stays_so_whatever_is_tried(demo: Database, points: Points) -> None:
    settled = [name for name, one in points.standings.items() if one.status in ("met", "missed")]
    assert settled
    levers = {lever: 0 for name in settled for lever in points.standings[name].target.levers}
    tried = try_levers(demo, WORKING_DAY, levers)
    assert all(tried.ways[name].status == points.standings[name].status for name in settled)


def test_goal_seek_on_the_demonstration_is_reached_and_one_step_less_is_not(
    demo: Database, points: Points
) -> None:
    december = month_of(WORKING_DAY) + 3
    found = seek(points, "training", "training_places", {"attendance_rate": 100}, december)
    assert found.step is not None
    for step, holds in ((found.step, True), (found.step - 1, False)):
        tried = try_levers(demo, WORKING_DAY, {"attendance_rate": 100, "training_places": step})
        assert tried.ways["training"].under.reaches(december) is holds


def test_a_new_answer_comes_within_a_fifth_of_a_second(demo: Database, points: Points) -> None:
    begin = time.perf_counter()
    tried = try_levers(demo, WORKING_DAY, {"sales_growth": 31, **MORE})
    for name, way in tried.ways.items():
        assert way.under.reached_on is None or way.under.reached_on >= points.starts[name].today
    assert time.perf_counter() - begin < 0.2


def test_the_method_is_tested_on_the_demonstrations_own_months(points: Points) -> None:
    six, twelve = back_tested(points.starts["county_transactions"])
    assert six.error is not None and 0 <= six.error < 1 and twelve.horizon == 12


def test_defaults_come_from_the_rows(demo: Database, points: Points) -> None:
    offered = training_offered(demo, WORKING_DAY.replace(year=2020), WORKING_DAY)
    assert 0 < offered.attended <= offered.places
    assert points.defaults["attendance_rate"].step == round(100 * offered.attended / offered.places)
    under_way = [
        one
        for one in applications(demo, NEW_KINDS, WORKING_DAY)
        if not one.renewal and one.applied_on and not one.issued_on and not one.withdrawn_on
    ]
    assert len(under_way) == len(pipeline_on(demo, WORKING_DAY).pipeline.applied)
    assert points.defaults["certificates_in_progress"].step == len(under_way)


def test_the_gaps_are_those_of_the_parts(demo: Database, points: Points) -> None:
    for name in ("logistics_stations", "county_transactions", "training"):
        standing = points.standings[name]
        for level in ("township", "village"):
            found = gaps_of(demo, WORKING_DAY, standing, level)
            assert {one.gap.place: one.gap.part for one in found} == parts_of(standing, level)
            lacking = [one.gap.months for one in found if one.gap.missing and one.gap.months is not None]
            assert lacking == sorted(lacking)


def test_rows_behind_are_called_by_name_and_people_are_masked(demo: Database) -> None:
    keys = rows_behind(demo, "training", WORKING_DAY, side="counted")["attendances"][:5]
    seen, hidden = (rows_called(demo, "attendances", keys, role) for role in ("clerk", "auditor"))
    assert all("示例人员" in line for line in seen)
    assert not any("示例人员" in line for line in hidden) and all("*" in line for line in hidden)


def test_scenarios_are_compared_side_by_side_and_exported(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running._State, "path", demo_db)
    with open_writer(demo_db) as writer:
        save(writer, Wish("多办班", MORE), doer=CLERK)
        save(writer, Wish("少办班", {"training_places": 10}), doer=CLERK)
    with reading(demo_db) as db:
        tried = beside_each_other(db, ["多办班", "少办班"], WORKING_DAY)
        assert [one.ways["training"].status for one in tried.values()] == ["on_track", "at_risk"]
        assert under_scenario(db, "多办班", WORKING_DAY).ways == tried["多办班"].ways
        with pytest.raises(Refused):
            beside_each_other(db, ["多办班"], WORKING_DAY)
    content = scenarios_xlsx(WORKING_DAY, tried, ["training", "county_transactions"], "zh")
    book = openpyxl.load_workbook(io.BytesIO(content))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert header[:4] == ("目标", "单位", "目标值", "情形") and header[8] == "2021年10月"
    assert [(row[0], row[3]) for row in rows[:3]] == [
        ("电商培训人次", label) for label in ("按现有速度", "多办班", "少办班")
    ]
    about = {row[0]: str(row[1]) for row in book["说明"].iter_rows(values_only=True)}
    assert "每月培训名额 150" in about["多办班"]
