"""Over time: what was in force, what the rules said then, what they say now – the same as deciding every single day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import Database
from office.casework.in_force import in_force
from office.days import known_at_from
from office.deciding import decide_all
from office.gathering import gather
from office.programs import program_in_force, program_named, values_in_force
from office.refusal import Refused
from office.rulekeeping.publishing import Proposal, propose_in, publish_baseline, publish_in
from office.then_and_now.stretches import Otherwise, at, then_and_now
from rules.load import load
from tests.casework import BEGIN, CLERK, H1P1, REVIEWER, Office
from tests.entering import enter, household

BENEFIT = "packaging"
SPAN = 150  # days that the random stories last
FIRST, LAST = BEGIN - timedelta(days=3), BEGIN + timedelta(days=SPAN)
FAR = "9999"
VALID = 'values  = [{ from = 2020-03-16, value = 180, note = "方案只说“定期”，没有写天数" }]'

steps = st.tuples(
    st.integers(0, SPAN),  # the day on which something is recorded
    st.booleans(),  # in the last seconds of that day
    st.sampled_from(["inspect", "inspect", "inspect", "correct", "left", "unfit"]),
    st.sampled_from(["pass", "fail", "fail", "pending"]),
    st.integers(0, 200),  # days that it is late
)


def said(db: Database, day: date, known_at: str) -> str | None:
    """One day, decided by itself."""
    program = program_in_force(db, day, known_at=known_at)
    try:
        gathered = gather(db, day, known_at, H1P1)
        return decide_all(gathered, program, values_in_force(program, day)).of(0, BENEFIT).verdict
    except Refused:
        return None


def carry_out(office: Office, what: str, conclusion: str, late: int) -> None:
    if what == "inspect":
        sampled = office.day - timedelta(days=late)
        office.inspect(conclusion, sampled, result_date=(sampled + timedelta(days=late // 2)).isoformat())
    elif what == "correct" and office.samples:
        office.correct(f"S{1 + late % office.samples:03}", conclusion, office.day - timedelta(days=late // 3))
    elif what == "left":
        left = (office.day - timedelta(days=late - 20)).isoformat()
        enter(office.writer, "households", [household("H1", left_on=left)], reason="退出")
    elif what == "unfit":
        good = {
            "household_no": "H1",
            "product_code": "P1",
            "source": "grown",
            "fit_for_online_sale": late % 2,
            "registered_on": (BEGIN + timedelta(days=late % 7)).isoformat(),
        }
        enter(office.writer, "goods", [good], reason="核实")


def publish(office: Office, effective: date) -> None:
    """Another validity counts from a day on: proposed and published today by two people."""
    text = program_named().text.replace(
        VALID, VALID.removesuffix(" }]") + f" }}, {{ from = {effective}, value = 40 }}]"
    )
    with office.writer.transaction() as db:
        publish_baseline(db, at=office.clock(), day=office.day)
        wish = Proposal(text, effective, "试行")
        found = propose_in(
            db, load(text.encode(), "draft.toml"), wish, doer=CLERK, at=office.clock(), day=office.day
        )
        publish_in(db, found.id, "", doer=REVIEWER, at=office.clock(), day=office.day)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, min_size=1, max_size=8), st.integers(0, 60), st.integers(0, SPAN + 30))
def test_the_stretches_are_those_of_every_single_day(
    story: list[tuple[int, bool, str, str, int]], ahead: int, known: int
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder) / "office.db")
        for number, (later, at_night, what, conclusion, late) in enumerate(sorted(story)):
            office.on(BEGIN + timedelta(days=later))
            if at_night:
                d = office.day
                office.clock.instant = max(
                    office.clock.instant, datetime(d.year, d.month, d.day, 15, 59, 40, tzinfo=UTC)
                )
            carry_out(office, what, conclusion, late)
            if number == 1:
                publish(office, office.day + timedelta(days=ahead))
        with office.writer.transaction() as db:
            known_at = known_at_from((BEGIN + timedelta(days=known)).isoformat())
            found = then_and_now(db, H1P1, BENEFIT, FIRST, LAST, known_at)
            for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
                held, then, now = found.on(day)
                ending = min(known_at_from(day.isoformat()), known_at)
                assert (then.verdict if then else None) == said(db, day, ending), f"then {day}"
                assert (now.verdict if now else None) == said(db, day, known_at), f"now {day}"
                assert held is not None
                assert held.state == in_force(db, H1P1, BENEFIT, day, known_at).state
                differs = then is not None and now is not None and then.verdict != now.verdict
                assert (at(found.otherwise, day) is not None) is differs
        office.writer.close()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office.db")


def story_of(office: Office, last: date, known_at: str = FAR) -> tuple[list[str], list[str], list[str]]:
    """The three stories, each stretch as `first day – word`."""
    with office.writer.transaction() as db:
        found = then_and_now(db, H1P1, BENEFIT, BEGIN, last, known_at)
    return (
        [f"{one.since} {one.state}" for one in found.held],
        [f"{one.since} {one.verdict}" for one in found.then],
        [f"{one.since} {one.verdict}" for one in found.now],
    )


def test_a_late_result_counts_then_only_from_the_day_it_was_entered(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass", date(2021, 2, 1))
    _, then, now = story_of(office, date(2021, 3, 20))
    assert then == ["2021-01-04 cannot_decide", "2021-03-10 eligible"]
    assert now == ["2020-03-16 cannot_decide", "2021-02-01 eligible"]


def test_where_then_and_now_differ_is_one_stretch_with_both_answers(office: Office) -> None:
    office.on(date(2021, 3, 10)).inspect("pass", date(2021, 2, 1))
    with office.writer.transaction() as db:
        found = then_and_now(db, H1P1, BENEFIT, BEGIN, date(2021, 3, 20), FAR)
    assert found.otherwise == (Otherwise(date(2021, 2, 1), date(2021, 3, 9), "cannot_decide", "eligible"),)


def test_a_correction_changes_what_is_said_now_and_not_what_was_said_then(office: Office) -> None:
    office.on(date(2021, 3, 1))
    number = office.inspect("pass")
    before = story_of(office, date(2021, 4, 30))[1]
    office.on(date(2021, 5, 6)).correct(number, "fail", date(2021, 3, 1))
    _, then, now = story_of(office, date(2021, 4, 30))
    assert then == before == ["2021-01-04 cannot_decide", "2021-03-01 eligible"]
    assert now == ["2020-03-16 cannot_decide", "2021-03-01 not_eligible"]


def test_what_was_known_earlier_shows_neither_later_entries_nor_later_acts(office: Office) -> None:
    office.granted()
    held, _, now = story_of(office, date(2021, 3, 20), known_at_from("2021-02-28"))
    assert held == ["2021-01-04 none"]
    assert now == ["2020-03-16 cannot_decide"]
    held, _, now = story_of(office, date(2021, 3, 20))
    assert held == ["2021-01-04 none", "2021-03-01 granted"]


def test_what_is_in_force_changes_with_acts_alone(office: Office) -> None:
    office.revoked()
    held, _, _ = story_of(office, date(2021, 10, 30))
    assert held == ["2021-01-04 none", "2021-03-01 granted", "2021-09-24 revoked"]


def test_a_good_that_was_entered_late_had_no_answer_then(office: Office) -> None:
    """Registered since 2019 on paper, recorded on 2021-01-04: before that day nobody could have said anything."""
    with office.writer.transaction() as db:
        found = then_and_now(db, H1P1, BENEFIT, BEGIN - timedelta(days=30), BEGIN, FAR)
    assert [one.since for one in found.then] == [BEGIN]
    assert found.now[0].since < BEGIN
    assert found.otherwise == (), "no answer then is no other answer"


def test_a_rule_counts_then_from_its_day_and_is_not_known_before_it_was_published(office: Office) -> None:
    office.on(date(2021, 3, 1)).inspect("pass")
    office.on(date(2021, 5, 6))
    publish(office, date(2021, 6, 1))
    _, then, now = story_of(office, date(2021, 8, 1))
    assert then == ["2021-01-04 cannot_decide", "2021-03-01 eligible", "2021-06-01 not_eligible"]
    assert now[1:] == then[1:]
    _, _, now = story_of(office, date(2021, 8, 1), known_at_from("2021-05-05"))
    assert now[-1] == "2021-03-01 eligible"
