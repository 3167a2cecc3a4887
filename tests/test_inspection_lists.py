"""Lists of inspections: what each filter leaves, which version is shown, and how pairs are found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from data.inspection_lists import (
    Asked,
    inspections_asked,
    inspections_counted,
    register_size,
    reinspections_of,
    townships_listed,
)
from data.one_good import about_good, versions_about
from data.store import Writer, reading
from tests.entering import enter, enter_county, good, household, new_writer, sample


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[Writer, Database]]:
    """S1 fails, S2 is its re-inspection, S3 is pending, S4 pending and settled by S5, S6 of another township."""
    path = tmp_path / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        enter(writer, "townships", [{"township_code": "T2", "township_name": "示例乡"}])
        village = {"village_code": "V2", "township_code": "T2", "village_name": "示例村", "poor_village": 0}
        enter(writer, "villages", [village])
        enter(writer, "households", [household("H9", village_code="V2")])
        enter(writer, "goods", [good("H9", "P2")])
        enter(writer, "inspections", [sample("S1", "2020-03-01", "fail")])
        enter(
            writer,
            "inspections",
            [sample("S2", "2020-03-05", result_date="2020-03-09", reinspection_of="S1")],
        )
        enter(writer, "inspections", [sample("S3", "2020-04-01", "pending", method="quantitative")])
        enter(writer, "inspections", [sample("S4", "2020-05-01", "pending")])
        enter(
            writer,
            "inspections",
            [sample("S5", "2020-05-04", result_date="2020-05-08", reinspection_of="S4")],
        )
        enter(writer, "inspections", [sample("S6", "2020-06-01", household_no="H9", product_code="P2")])
        with reading(path) as db:
            yield writer, db


def numbers(db: Database, asked: Asked, known_at: str | None = None) -> list[str]:
    rows = inspections_asked(db, asked, known_at)
    assert len(rows) == inspections_counted(db, asked, known_at)
    return [row["sample_no"] for row in rows]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (Asked(), ["S6", "S5", "S4", "S3", "S2", "S1"]),
        (Asked(sample="s3"), ["S3"]),
        (Asked(good="h9"), ["S6"]),
        (Asked(good="H1/P1", conclusions=("fail", "pending")), ["S4", "S3", "S1"]),
        (Asked(good="示例产品", method="quantitative"), ["S3"]),
        (Asked(township="T2"), ["S6"]),
        (Asked(township="T3"), []),
        (Asked(since=date(2020, 4, 1), until=date(2020, 5, 1)), ["S4", "S3"]),
        (Asked(reinspections=True), ["S5", "S2"]),
        (Asked(pending=True), ["S3"]),
        (Asked(pending=True, known_on=date(2020, 5, 7)), ["S4", "S3"]),
        (Asked(pending=True, known_on=date(2020, 5, 8)), ["S3"]),
        (Asked(known_on=date(2020, 3, 8)), ["S1"]),
        (Asked(known_on=date(2020, 3, 9)), ["S2", "S1"]),
        (Asked(sample="' OR 1=1 --"), []),
        (Asked(good="%"), []),
    ],
)
def test_a_filter_leaves_what_it_names(
    county: tuple[Writer, Database], asked: Asked, left: list[str]
) -> None:
    assert numbers(county[1], asked) == left


def test_a_page_of_the_list_begins_where_it_is_asked_to(county: tuple[Writer, Database]) -> None:
    rows = inspections_asked(county[1], Asked(), first=2, most=3)
    assert [row["sample_no"] for row in rows] == ["S4", "S3", "S2"]


def test_a_correction_is_listed_once_with_what_it_says_now(county: tuple[Writer, Database]) -> None:
    writer, db = county
    before = db.execute("SELECT max(recorded_at) FROM inspections").fetchone()[0]
    enter(writer, "inspections", [sample("S3", "2020-04-01", "fail", method="quantitative")], reason="看错了")
    (row,) = inspections_asked(db, Asked(sample="S3"))
    assert (row["conclusion"], row["version"], row["reason"]) == ("fail", 2, "看错了")
    assert numbers(db, Asked(pending=True)) == []
    assert numbers(db, Asked(pending=True), before) == ["S3"]


def test_an_original_is_found_with_its_reinspections_once_their_result_is_there(
    county: tuple[Writer, Database],
) -> None:
    db = county[1]
    (original,) = inspections_asked(db, Asked(sample="S1"))
    early = reinspections_of(db, [original["entity"]], date(2020, 3, 8))
    late = reinspections_of(db, [original["entity"]], date(2020, 3, 9))
    assert early == {}
    assert [row["sample_no"] for row in late[original["entity"]]] == ["S2"]


def test_townships_and_sizes_count_rows_and_not_versions(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "townships", [{"township_code": "T2", "township_name": "改名乡"}], reason="改名")
    assert townships_listed(db) == {"T1": "示例镇", "T2": "改名乡"}
    assert register_size(db, "townships") == 2


def test_a_good_is_described_as_it_was_known(county: tuple[Writer, Database]) -> None:
    writer, db = county
    before = db.execute("SELECT max(recorded_at) FROM households").fetchone()[0]
    enter(writer, "households", [household("H1", left_on="2020-12-31")], reason="已退出")
    now, then = about_good(db, "H1/P1"), about_good(db, "H1/P1", before)
    assert now and then and (now["household_left"], then["household_left"]) == ("2020-12-31", None)
    assert about_good(db, "H1/P9") is None
    assert about_good(db, "nonsense") is None


def test_a_sample_moved_to_another_good_stays_in_the_story_of_the_first(
    county: tuple[Writer, Database],
) -> None:
    writer, db = county
    moved = sample("S3", "2020-04-01", "pending", method="quantitative", product_code="P2")
    enter(writer, "inspections", [moved], reason="产品填错")
    about = about_good(db, "H1/P1")
    assert about
    by_number = {many[-1]["sample_no"]: many for many in versions_about(db, about["entity"]).values()}
    assert [v["product_code"] for v in by_number["S3"]] == ["P1", "P2"]
    assert set(by_number) == {"S1", "S2", "S3", "S4", "S5"}
