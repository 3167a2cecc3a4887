"""One good's story: what each sample is to the decision, corrections, earlier decisions, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from data.canonical import instant_text
from data.store import Writer, reading
from office.days import now
from office.deciding import decide_all
from office.explaining import Band
from office.gathering import gather
from office.latches import latch_rules
from office.one_good import (
    corrections_of,
    earlier_decisions,
    first_day,
    look_at,
    obstacle,
    standing_since,
    turning_days,
    verdict_bands,
)
from office.programs import program_named, values_in_force
from office.recording import record
from tests.entering import enter, enter_county, new_writer, product, sample

PROGRAM = program_named()
DAY = date(2020, 9, 30)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[Writer, Database]]:
    path = tmp_path / "office.db"
    with new_writer(path) as writer:
        enter_county(writer)
        enter(writer, "products", [product("P1", standardised=0)], reason="非标准化产品")
        with reading(path) as db:
            yield writer, db


def standings(db: Database, day: date = DAY, subject: str = "H1/P1") -> dict[str, tuple[str, str]]:
    seen = look_at(db, subject, PROGRAM, day, instant_text(now()))
    return {s.row["sample_no"]: (s.standing, s.by) for s in seen.samples}


def test_each_sample_says_what_it_is_to_the_decision(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01", "fail")])
    again = [
        sample("S2", "2020-04-03", "fail", result_date="2020-04-05", reinspection_of="S1"),
        sample("S3", "2020-04-04", "pass", result_date="2020-04-09", reinspection_of="S1"),
    ]
    enter(writer, "inspections", again)
    enter(writer, "inspections", [sample("S4", "2020-05-01", "not_applicable")])
    enter(writer, "inspections", [sample("S5", "2020-06-01", result_date="2020-10-01")])
    assert standings(db) == {
        "S1": ("replaced", "S3"),
        "S2": ("outdone", "S3"),
        "S3": ("speaks", "S1"),
        "S4": ("not_counted", ""),
        "S5": ("not_yet", ""),
    }
    assert standings(db, date(2020, 4, 8))["S1"] == ("replaced", "S2")
    assert standings(db, date(2020, 4, 4))["S1"] == ("counted", "")
    assert standings(db, date(2020, 10, 1))["S5"] == ("counted", "")


def test_a_sample_that_was_moved_says_where_it_went(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01")])
    enter(writer, "inspections", [sample("S1", "2020-04-01", product_code="P2")], reason="产品填错")
    assert standings(db) == {"S1": ("elsewhere", "H1/P2")}
    assert standings(db, subject="H1/P2") == {"S1": ("counted", "")}


def test_a_correction_shows_old_and_new_who_when_and_why(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01", "fail")])
    enter(writer, "inspections", [sample("S1", "2020-04-01", "pass")], reason="按报告更正", by="吴示例")
    (correction,) = look_at(db, "H1/P1", PROGRAM, DAY, instant_text(now())).corrections
    ((column, before, after),) = correction.changes
    assert (column.name, before.zh, after.zh) == ("conclusion", "不合格", "合格")
    assert (correction.sample_no, correction.by, correction.reason) == ("S1", "吴示例", "按报告更正")
    assert corrections_of({}) == ()


def test_before_the_correction_was_recorded_the_old_version_speaks(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01", "fail")])
    then = db.execute("SELECT max(recorded_at) FROM inspections").fetchone()[0]
    enter(writer, "inspections", [sample("S1", "2020-04-01", "pass")], reason="按报告更正")
    (sample_then,) = look_at(db, "H1/P1", PROGRAM, DAY, then).samples
    assert (sample_then.row["conclusion"], len(sample_then.versions)) == ("fail", 1)


@pytest.mark.parametrize(
    ("subject", "day", "known_at", "helps"),
    [
        ("H8/P8", DAY, None, (None, False)),
        ("nonsense", DAY, None, (None, False)),
        ("H1/P1", DAY, "2020-01-01T00:00:00.000000Z", (None, True)),
        ("H1/P1", date(2018, 12, 31), None, (date(2020, 3, 16), False)),
        ("H1/P1", date(2020, 3, 15), None, (date(2020, 3, 16), False)),
    ],
)
def test_what_stands_in_the_way_of_a_decision_comes_with_a_way_out(
    county: tuple[Writer, Database],
    subject: str,
    day: date,
    known_at: str | None,
    helps: tuple[date | None, bool],
) -> None:
    found = obstacle(county[1], subject, PROGRAM, day, known_at or instant_text(now()))
    assert found is not None and (found.day, found.now) == helps
    assert found.words.zh and found.words.en


def test_nothing_stands_in_the_way_on_the_first_day_of_the_programme(county: tuple[Writer, Database]) -> None:
    assert obstacle(county[1], "H1/P1", PROGRAM, date(2020, 3, 16), instant_text(now())) is None


def test_an_earlier_decision_that_differs_from_the_day_shown_is_marked(
    county: tuple[Writer, Database],
) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01")])
    day = date(2020, 5, 1)
    gathered = gather(db, day, instant_text(now()))
    run = record(writer, decide_all(gathered, PROGRAM, values_in_force(PROGRAM, day)), by="吴示例")
    (same,) = earlier_decisions(db, "H1/P1", {"logistics": "eligible", "packaging": "cannot_decide"})
    assert (same.run.id, same.differs) == (run, frozenset())
    assert same.verdicts == {"logistics": "eligible", "packaging": "cannot_decide"}
    (other,) = earlier_decisions(db, "H1/P1", {"logistics": "not_eligible", "packaging": "cannot_decide"})
    assert other.differs == {"logistics"}
    assert earlier_decisions(db, "H9/P9", {}) == ()


def test_the_day_turns_where_the_bands_do(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2020-04-01", "fail", result_date="2020-04-02")])
    found = verdict_bands(db, "H1/P1", "logistics", DAY, instant_text(now()))
    assert [(b.since, b.verdict) for b in found] == [
        (date(2020, 3, 16), "cannot_decide"),
        (date(2020, 4, 2), "not_eligible"),
    ]
    assert turning_days(found, date(2020, 4, 2)) == (date(2020, 3, 16), None)
    assert turning_days(found, date(2020, 4, 1)) == (date(2020, 3, 16), date(2020, 4, 2))
    assert standing_since(found, date(2020, 4, 1)) == date(2020, 3, 16)
    assert standing_since([Band(DAY, DAY, "eligible")], date(2020, 10, 1)) is None


def test_a_story_begins_with_the_first_sample_or_the_registration(county: tuple[Writer, Database]) -> None:
    writer, db = county
    enter(writer, "inspections", [sample("S1", "2018-04-01")])
    seen = look_at(db, "H1/P1", PROGRAM, DAY, instant_text(now()))
    assert first_day(seen.samples, seen.about) == date(2018, 4, 1)
    assert first_day((), seen.about) == date(2019, 1, 2)


def test_what_sets_and_clears_a_standing_is_said_with_the_values_in_force() -> None:
    values = values_in_force(PROGRAM, DAY)
    said = latch_rules(PROGRAM, "long_term_failing", {**values, "readmission_passes": 7})
    assert "连续多次检验不合格（3次）" in said.zh and "50%" in said.zh and "（7次）" in said.zh
    assert "(7 inspections)" in said.en and said.en.startswith("Set by:")
