"""保存期限: periods are dated values of the office's own; what ended earlier is counted, what runs is not, nothing is changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rules
from data.protection.personal_age import ENDS, aged, is_known
from data.store import reading
from office.personal.keeping import kept_for, periods, years_before
from rules.faults import ProgramFaults
from rules.plan import stands_in
from rules.retention import read_retention, retention

FILE = (Path(rules.__file__).parent / "retention.toml").read_text("utf-8")
DAY = date(2021, 9, 30)


def test_every_period_is_the_offices_own_and_cites_the_plans_words() -> None:
    for group in retention().values():
        cited = group.period.citation
        assert cited.reading == "office" and stands_in(cited.quote, cited.clause), group.name
        assert all(value.note for value in group.period.values)
        assert group.source.zh and group.source.en and group.longer.zh and group.longer.en


def test_a_new_value_counts_from_its_day_and_leaves_the_old_one() -> None:
    changed = FILE.replace(
        "{ from = 2020-03-16, value = 5,", "{ from = 2020-03-16, value = 5 }, { from = 2022-01-01, value = 7,"
    )
    people = read_retention(changed.encode(), "retention.toml")["people"]
    assert [people.years_on(day) for day in (date(2020, 3, 15), date(2021, 12, 31), date(2022, 1, 1))] == [
        None,
        5,
        7,
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (FILE.replace("value = 5,", "value = 1,"), "groups.people.period.values[1].value"),
        (FILE.replace('"payouts"', '"goods"'), "groups.money.covers"),
        (FILE.replace("[groups.money]", "[groups.money]\nfor = 3"), "groups.money.for"),
        (FILE.replace('unit    = "year"', 'unit    = "day"', 1), "groups.support.period.unit"),
        (FILE.replace('reading = "office"', 'reading = "mine"', 1), "groups.support.period.reading"),
        (FILE + "\n[more]\n", "more"),
        (FILE.replace("covers  = [", "covers  = [[", 1), "line"),
        ("", "groups"),
        ("[groups]\n", "groups"),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_key(text: str, key: str) -> None:
    with pytest.raises(ProgramFaults) as found:
        read_retention(text.encode(), "retention.toml")
    assert any(fault.key.startswith(key) for fault in found.value.faults), found.value


def test_ages_can_be_told_of_everything_that_has_a_period() -> None:
    assert all(is_known(table) for group in retention().values() for table in group.covers)


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [(date(2021, 9, 30), 10, date(2011, 9, 30)), (date(2024, 2, 29), 1, date(2023, 2, 28))],
)
def test_the_same_day_years_earlier(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before


def test_a_row_is_past_its_period_from_the_day_after_it_was_just_old_enough(demo_master: Path) -> None:
    with reading(demo_master) as db:
        last = db.execute("SELECT max(sampling_date) FROM inspections").fetchone()[0]
        every = db.execute("SELECT count(*) FROM inspections").fetchone()[0]
        on_it = db.execute("SELECT count(*) FROM inspections WHERE sampling_date = ?", [last]).fetchone()[0]
        assert aged(db, "inspections", last).beyond == every - on_it
        after = date.fromisoformat(last).toordinal() + 1
        assert aged(db, "inspections", date.fromordinal(after).isoformat()).beyond == every


def test_what_still_runs_is_never_past_its_period(demo_master: Path) -> None:
    with reading(demo_master) as db:
        for table in ENDS:
            found = aged(db, table, "9999-12-31")
            assert found.running + found.beyond == found.rows, table
            assert found.running, table
        goods = aged(db, "goods", "9999-12-31")
        assert goods.running and goods.running + goods.beyond == goods.rows


def test_everything_of_every_group_is_told_and_nothing_is_written(demo_db: Path) -> None:
    before = demo_db.read_bytes()
    with reading(demo_db) as db:
        found = kept_for(db, DAY)
        assert [one.ages.table for one in found] == [t for g in retention().values() for t in g.covers]
        assert all(one.ages.beyond == 0 for one in found if one.group.name == "money")
        later = {one.ages.table: one.ages for one in kept_for(db, date(2035, 1, 1))}
    assert later["inspections"].beyond and later["attendances"].beyond and not later["payouts"].beyond
    assert demo_db.read_bytes() == before
    assert any("10 年" in words.zh and "10 years" in words.en for words in periods(DAY))


def test_before_the_first_value_nothing_is_past_a_period(demo_master: Path) -> None:
    with reading(demo_master) as db:
        found = kept_for(db, date(2019, 1, 1))
    assert all(one.years is None and one.ages.beyond == 0 for one in found)
