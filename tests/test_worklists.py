"""The lists of things to do hold exactly the goods that they say they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.canonical import instant_text
from data.decisions import decisions_of, latest_run
from data.followup import without_result
from data.store import Database, open_writer, reading
from office.days import day_number, now
from office.deciding import Answers, decide_all
from office.gathering import gather
from office.programs import program_named, values_in_force
from office.recording import record
from office.worklist import LISTS, SOON, Worklists, worklists
from tests.conftest import WORKING_DAY
from tests.entering import enter, enter_county, good, household, new_writer, product, sample

PROGRAM = program_named()
DAY = date(2020, 6, 1)


def decided(db: Database, day: date) -> Answers:
    return decide_all(gather(db, day, instant_text(now())), PROGRAM, values_in_force(PROGRAM, day))


@pytest.fixture
def demo(demo_db: Path) -> Iterator[tuple[Database, Answers, Worklists]]:
    with reading(demo_db) as db:
        answers = decided(db, WORKING_DAY)
        yield db, answers, worklists(db, answers)


def on(lists: Worklists, answers: Answers, name: str, benefit: str | None = None) -> set[str]:
    return set(answers.subjects[lists.of(name, benefit)])


Demo = tuple[Database, Answers, Worklists]


def test_every_list_has_goods_in_the_demonstration(demo: Demo) -> None:
    _, _, lists = demo
    assert set(lists.lists) == set(LISTS)
    assert {name: lists.count(name) > 0 for name in LISTS} == dict.fromkeys(LISTS, True)


def test_a_list_without_a_benefit_is_that_of_any_benefit(demo: Demo) -> None:
    _, answers, lists = demo
    for name in LISTS:
        parts = [on(lists, answers, name, benefit) for benefit in PROGRAM.benefits]
        assert on(lists, answers, name) == set().union(*parts)


def test_the_two_lists_of_what_is_missing_hold_all_that_cannot_be_decided(demo: Demo) -> None:
    _, answers, lists = demo
    for benefit in PROGRAM.benefits:
        undecided = {d.subject: d for d in answers if d.benefit == benefit and d.verdict == "cannot_decide"}
        blank = {s for s, d in undecided.items() if d.facts["fit_for_online_sale"] is None}
        none = {s for s, d in undecided.items() if d.facts["inspections"] == 0}
        assert on(lists, answers, "fitness_missing", benefit) == (blank if benefit == "packaging" else set())
        assert on(lists, answers, "never_inspected", benefit) == none
        assert on(lists, answers, "fitness_missing", benefit) | none == set(undecided)


def test_lapsed_are_those_where_nothing_fails_but_the_age_of_the_inspection(demo: Demo) -> None:
    _, answers, lists = demo
    for benefit in PROGRAM.benefits:
        asked = PROGRAM.conditions_asked(benefit)
        expected = {
            d.subject
            for d in answers
            if d.benefit == benefit and d.verdict == "not_eligible"
            if [name for name in asked if d.findings[name] == "fails"] == ["inspected_recently"]
        }
        assert on(lists, answers, "lapsed", benefit) == expected


def test_lapsing_are_those_that_lose_eligibility_on_a_day_of_the_next_thirty(demo: Demo) -> None:
    db, answers, lists = demo
    expected: dict[str, set[str]] = {benefit: set() for benefit in PROGRAM.benefits}
    for ahead in range(1, SOON + 1):
        later = decided(db, WORKING_DAY + timedelta(days=ahead))
        for benefit, found in expected.items():
            eligible = answers.verdicts(benefit) == "eligible"
            stays = answers.gathered.standing.goods.poor_until > day_number(WORKING_DAY) + ahead
            lost = later.verdicts(benefit)[np.isin(later.subjects, answers.subjects)] != "eligible"
            found |= set(answers.subjects[eligible & lost & stays])
    leaving = answers.gathered.standing.goods.poor_until <= day_number(WORKING_DAY) + SOON
    for benefit, found in expected.items():
        assert on(lists, answers, "lapsing", benefit) == found
        assert found - set(answers.subjects[leaving]) == found


def test_one_failure_brings_revocation_to_those_listed_and_to_nobody_else(demo_db: Path) -> None:
    """Done for real: every good fails an inspection on the next day."""
    after = WORKING_DAY + timedelta(days=1)
    with open_writer(demo_db) as writer:
        with reading(demo_db) as db:
            answers = decided(db, WORKING_DAY)
            listed = {b: on(worklists(db, answers), answers, "one_failure", b) for b in PROGRAM.benefits}
        numbered = enumerate(subject.split("/") for subject in answers.subjects)
        rows = [
            sample(f"Z{at}", after.isoformat(), "fail", household_no=household, product_code=product)
            for at, (household, product) in numbered
        ]
        enter(writer, "inspections", rows)
    with reading(demo_db) as db:
        later = decided(db, after)
    for benefit in PROGRAM.benefits:
        was, became = (set(a.subjects[a.verdicts(benefit) == "revoked"]) for a in (answers, later))
        assert listed[benefit] == became - was


def test_newly_eligible_and_newly_lost_are_counted_against_what_was_recorded(demo: Demo) -> None:
    db, answers, lists = demo
    run = latest_run(db)
    assert run is not None and lists.run == run
    then = {(d.subject, d.benefit): d.verdict for d in decisions_of(db, run.id)}
    today = {(d.subject, d.benefit): d.verdict for d in answers}
    for benefit in PROGRAM.benefits:
        gained = {
            s
            for (s, b), v in today.items()
            if b == benefit and v == "eligible" and then.get((s, b)) != "eligible"
        }
        lost = {
            s for (s, b), v in then.items() if b == benefit and v == "eligible" and today[s, b] != "eligible"
        }
        assert on(lists, answers, "newly_eligible", benefit) == gained
        assert on(lists, answers, "newly_lost", benefit) == lost


def test_what_is_recorded_today_takes_nothing_off_the_lists_of_today_and_is_compared_with_tomorrow(
    demo_db: Path,
) -> None:
    """A bulk confirmation records a run of all goods; what is new today must still be seen after it."""
    with open_writer(demo_db) as writer, reading(demo_db) as db:
        answers = decided(db, WORKING_DAY)
        before = worklists(db, answers)
        run = record(writer, answers, by="示例审核员")
        after = worklists(db, answers)
        tomorrow = worklists(db, decided(db, WORKING_DAY + timedelta(days=1)))
    assert before.count("newly_eligible") and before.count("newly_lost") and after.run == before.run
    assert all(
        (after.lists[name][b] == before.lists[name][b]).all() for name in LISTS for b in PROGRAM.benefits
    )
    assert tomorrow.run is not None and tomorrow.run.id == run


def test_a_run_of_a_later_day_is_not_compared_with(demo: Demo) -> None:
    db, *_ = demo
    july = worklists(db, decided(db, date(2021, 7, 31)))
    assert july.run is not None and july.run.as_of == date(2021, 6, 30)
    may = worklists(db, decided(db, date(2020, 5, 29)))
    assert may.run is None and may.count("newly_eligible") == may.count("newly_lost") == 0


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Callable[..., Worklists]]:
    """`county(day, sample(…), …)`: those samples entered, and the lists of that day; H1/P1 has them all."""
    path = tmp_path / "county.db"
    with new_writer(path) as writer, reading(path) as db:
        enter_county(writer)

        def lists_on(day: date, *rows: dict[str, object]) -> Worklists:
            if rows:
                enter(writer, "inspections", rows)
            answers = decided(db, day)
            assert answers.subjects.tolist() == ["H1/P1", "H1/P2", "H2/P1"]
            return worklists(db, answers)

        yield lists_on


def test_a_failure_is_unanswered_until_it_is_tested_again(county: Callable[..., Worklists]) -> None:
    def listed(lists: Worklists) -> list[bool]:
        return list(lists.of("failure_unanswered"))

    assert listed(county(DAY, sample("S1", "2020-05-01", "fail"))) == [True, False, False]
    again = sample("S1R", "2020-05-20", "fail", reinspection_of="S1")
    assert listed(county(DAY, again)) == [False, False, False]
    assert listed(county(date(2020, 5, 19))) == [True, False, False], "its result is not there yet"
    assert listed(county(DAY, sample("S2", "2020-05-28", "fail"))) == [True, False, False]
    assert listed(county(DAY, sample("S3", "2020-05-29", "pass"))) == [False, False, False]


def test_a_result_is_outstanding_until_there_is_a_conclusion(county: Callable[..., Worklists]) -> None:
    def listed(lists: Worklists) -> list[bool]:
        return list(lists.of("result_missing"))

    late = sample("S1", "2020-05-01", "pass", result_date="2020-05-10")
    assert listed(county(DAY, late)) == [False, False, False]
    assert listed(county(date(2020, 5, 9))) == [True, False, False]
    assert listed(county(date(2020, 4, 30))) == [False, False, False], "not yet sampled"
    assert listed(county(DAY, sample("S2", "2020-05-02", "pending"))) == [True, False, False]
    again = sample("S2R", "2020-05-20", "pass", reinspection_of="S2")
    assert listed(county(DAY, again)) == [False, False, False]
    assert listed(county(date(2020, 5, 19))) == [True, False, False]
    assert listed(county(DAY, sample("S3", "2020-05-03", "not_applicable"))) == [False, False, False]


def test_a_corrected_conclusion_is_no_longer_outstanding(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    with new_writer(path) as writer, reading(path) as db:
        enter_county(writer)
        enter(writer, "inspections", [sample("S1", "2020-05-02", "pending")])
        assert without_result(db, DAY) == {"H1/P1": "2020-05-02"}
        enter(writer, "inspections", [sample("S1", "2020-05-02", "pass")], reason="结果已出")
        assert without_result(db, DAY) == {}


def test_a_household_that_leaves_is_not_listed_as_lapsing(tmp_path: Path) -> None:
    """H1's inspection grows too old on 30 June 2020; if it leaves before, another inspection would not help."""
    path = tmp_path / "county.db"
    with new_writer(path) as writer, reading(path) as db:
        enter_county(writer)
        enter(writer, "products", [product("P1", standardised=0)], reason="更正")
        enter(writer, "goods", [good("H1", "P1", fit_for_online_sale=1)], reason="更正")
        enter(writer, "inspections", [sample("S1", "2020-01-01")])
        listed = []
        for left_on in ("2020-07-01", "2020-06-30", "2020-06-29"):
            enter(writer, "households", [household("H1", left_on=left_on)], reason="更正")
            listed.append(worklists(db, decided(db, DAY)).of("lapsing").tolist()[0])
    assert listed == [True, False, False]
