"""The demonstration's office stands at every stage of its work on the working day, and all of it verifies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.casework.acts import acts_about
from data.casework.packaging import held_by, moves
from data.casework.public_notices import notices
from data.casework.settlements import lines_of, settlements
from data.integrity import check
from data.people import DEMONSTRATION_PEOPLE
from data.seed import County, county
from data.seed.case_stories import ALONE, CASES, Case
from data.seed.claim_stories import BEFORE_THE_DECISION, NO_RIGHT_YET, WRONG_CLAIMS, WrongClaim
from data.seed.shipping import claim_lines, numbered
from data.store import Database, reading
from office.casework.acting import Standing, bulk_preview, standing
from office.notices.notice_steps import days_left, state_of
from office.notices.publishing import Asked, preview
from office.starting import start_demonstration
from office.stores import packaging_slips
from office.stores.packaging import recovery

WORKING_DAY = date(2021, 9, 30)
HOUSEHOLDS, SEED = 60, 1  # those of the fixture


@pytest.fixture(scope="module")
def invented() -> County:
    return county(HOUSEHOLDS, SEED)


@pytest.fixture
def db(demo_master: Path) -> Iterator[Database]:
    with reading(demo_master) as opened:
        yield opened


def stands(db: Database, invented: County, stage: str, benefit: str | None = None) -> Standing:
    """How the good of a stage stands on the working day."""
    case = next(c for c in (*CASES, *ALONE) if c.stage == stage and benefit in (None, c.benefit))
    return standing(db, invented.of_story(case.good)[0].subject, case.benefit, WORKING_DAY)


def steps(found: Standing) -> list[str]:
    assert found.case is not None
    return [act.kind for act in found.case.steps]


def test_it_is_whole(db: Database) -> None:
    assert check(db) == []


@pytest.mark.parametrize("case", [*CASES, *ALONE], ids=lambda case: f"{case.stage} {case.benefit}")
def test_every_step_that_is_told_was_taken_by_whom_and_when_it_is_told(
    db: Database, invented: County, case: Case
) -> None:
    names = {login: name for login, name, _role in DEMONSTRATION_PEOPLE}
    subject = invented.of_story(case.good)[0].subject
    taken = [(a.kind, a.done_on, a.recorded_by) for a in acts_about(db, subject, case.benefit)]
    told = [(s.kind, s.on.isoformat(), names[s.by]) for s in case.steps]
    assert taken[-len(told) :] == told


def test_one_is_notified_and_not_delivered(db: Database, invented: County) -> None:
    found = stands(db, invented, "notified, not delivered")
    assert steps(found) == ["notify"] and found.may["deliver"].now and found.verdict == "revoked"


def test_one_waits_for_the_end_of_the_defence_period_over_the_holiday(db: Database, invented: County) -> None:
    found = stands(db, invented, "delivered, waiting for the period to end")
    assert found.case is not None and found.case.defence is not None
    assert found.case.defence.until == date(2021, 10, 9)  # a make-up Saturday after seven days off
    assert not found.may["revoke"].now


def test_one_is_over_and_not_heard_and_one_waits_for_the_second_person(
    db: Database, invented: County
) -> None:
    found = stands(db, invented, "period over, not heard")
    assert steps(found) == ["notify", "deliver"] and found.may["hear"].now
    for stage in ("heard, waiting for the second person", "came back, heard a second time"):
        found = stands(db, invented, stage)
        assert (
            steps(found) == ["notify", "deliver", "hear"]
            and found.may["revoke"].now
            and found.in_force.state == "granted"
        )


@pytest.mark.parametrize(
    ("stage", "because"),
    [("halted by a new passing result", "2021-08"), ("halted by a correction", "2021-09")],
)
def test_two_are_halted_and_one_of_those_was_closed(
    db: Database, invented: County, stage: str, because: str
) -> None:
    found = stands(db, invented, stage)
    assert found.case is not None and found.case.halted is not None
    assert because in found.case.halted.en and found.may["stop"].now
    stopped = stands(db, invented, "stopped")
    assert steps(stopped)[-1] == "stop" and stopped.in_force.state == "granted"


def test_one_is_decided_and_one_decided_long_ago_waits_to_be_reinstated(
    db: Database, invented: County
) -> None:
    decided = stands(db, invented, "decided")
    assert (decided.in_force.state, decided.in_force.since) == ("revoked", date(2021, 5, 24))
    assert not decided.may["reinstate"].now or decided.may["reinstate"].only_as_override
    waiting = stands(db, invented, "decided long ago, eligible again")
    assert (waiting.in_force.state, waiting.verdict) == ("revoked", "eligible")
    assert waiting.may["reinstate"].now and not waiting.may["reinstate"].only_as_override
    back = stands(db, invented, "reinstated")
    assert (back.in_force.state, back.in_force.since) == ("granted", date(2021, 9, 13))
    failing = stands(db, invented, "came back, failing again")
    assert (failing.in_force.state, failing.verdict) == ("granted", "revoked")


def test_the_office_went_against_the_rules_once_either_way(db: Database, invented: County) -> None:
    granted = stands(db, invented, "granted against the rules")
    assert (granted.in_force.state, granted.verdict, granted.in_force.overrides) == (
        "granted",
        "cannot_decide",
        True,
    )
    withheld = stands(db, invented, "withheld against the rules")
    assert (withheld.in_force.state, withheld.verdict, withheld.in_force.overrides) == (
        "withheld",
        "eligible",
        True,
    )
    plain = stands(db, invented, "withheld")
    assert (plain.in_force.state, plain.in_force.overrides) == ("withheld", False)


def test_most_plain_cases_are_granted(db: Database) -> None:
    for benefit in ("packaging", "logistics"):
        sql = "SELECT count(*) FROM acts WHERE benefit = ? AND kind = 'grant'"
        granted = db.execute(sql, [benefit]).fetchone()[0]
        assert granted > 4 * len(bulk_preview(db, benefit, WORKING_DAY).cases)


def test_packaging_went_every_way_that_packaging_goes(db: Database) -> None:
    kinds = {row[0] for row in db.execute("SELECT DISTINCT kind FROM packaging_moves")}
    assert kinds == set(packaging_slips.KIND_WORDS)


def test_one_return_list_is_partly_and_the_others_wholly_answered(db: Database, invented: County) -> None:
    (partly,) = recovery(db, WORKING_DAY)
    assert partly.subject == stands(db, invented, "decided, partly handed back").subject
    assert {item.kind for item in partly.held} == {"equipment", "material"} and partly.document
    returned = [move for move in moves(db, subject=partly.subject) if move.kind == "return"]
    assert returned and sum(move.quantity for move in returned) == 50
    wholly = stands(db, invented, "decided long ago, eligible again")
    assert "recover" in [act.kind for act in wholly.acts] and not held_by(db, wholly.subject)


FOUND_WRONG = {
    "the same waybill twice": ("waybill_not_claimed_before", "fails"),
    "the same waybill by household and station": ("waybill_not_claimed_before", "fails"),
    "one order by household and station": ("order_not_claimed_before", "fails"),
    "claimed too late": ("claimed_in_time", "fails"),
    "origin outside the county": ("sent_from_the_county", "fails"),
    "destination inside the county": ("sent_out_of_the_county", "fails"),
    "refunded order": ("not_refunded", "fails"),
    "no fee paid": ("fee_was_paid", "fails"),
    "another subsidy for the order": ("no_other_subsidy", "fails"),
    "sold offline": ("sold_online", "fails"),
    "refund unknown": ("not_refunded", "unknown"),
    "destination unknown": ("sent_out_of_the_county", "unknown"),
    "never inspected": ("last_result_not_a_fail", "unknown"),
    "failed on the ship date": ("last_result_not_a_fail", "fails"),
    NO_RIGHT_YET: ("right_in_force", "fails"),
    "revoked on the ship date": ("right_in_force", "fails"),
}
PAYABLE = {"fee below the flat rate", BEFORE_THE_DECISION.name}


def decided(db: Database, invented: County, story: str) -> list[tuple[str, dict[str, str], int, int]]:
    """Verdict, findings, due and fee (分) of each claim of a story, in the first settlement that took it up."""
    lines = claim_lines(invented)
    of_story = [
        row
        for line, row in zip(lines, numbered(lines), strict=True)
        if line.story is not None and line.story.name == story
    ]
    sql = "SELECT verdict, findings, due FROM settlement_lines WHERE claim_no = ? ORDER BY id LIMIT 1"
    found = [(*db.execute(sql, [row["claim_no"]]).fetchone(), row["fee"]) for row in of_story]
    return [(verdict, json.loads(findings), due, fee) for verdict, findings, due, fee in found]


@pytest.mark.parametrize("story", [*WRONG_CLAIMS, BEFORE_THE_DECISION], ids=lambda story: story.name)
def test_every_wrong_claim_is_caught_for_its_reason(
    db: Database, invented: County, story: WrongClaim
) -> None:
    found = decided(db, invented, story.name)
    assert found and (story.name in PAYABLE) != (story.name in FOUND_WRONG)
    for verdict, findings, due, fee in found:
        if story.name in PAYABLE:
            assert verdict == "payable" and 0 < due < max(fee, 100)
        else:
            condition, finding = FOUND_WRONG[story.name]
            others_fail = "fails" in findings.values()
            assert findings[condition] == finding and due == 0
            assert verdict == ("refused" if others_fail else "cannot_decide")


def test_one_settlement_is_confirmed_and_the_next_draft_adjusts_it_both_ways(db: Database) -> None:
    first, second = reversed(settlements(db))
    assert (first.state, second.state) == ("confirmed", "draft")
    assert first.claimed_until == "2021-08-31" and second.recorded_by == "示例录入员"
    adjusted = [line.paid for line in lines_of(db, second.id) if line.kind == "adjustment"]
    assert min(adjusted) < 0 < max(adjusted)


def test_the_confirmed_settlement_hangs_on_the_wall_with_days_left(db: Database) -> None:
    newest = notices(db)[0]
    assert newest.kind == "settlement" and state_of(newest, WORKING_DAY) == "running"
    assert days_left(newest, WORKING_DAY) == 4
    paid = db.execute("SELECT paid FROM settlements WHERE number = ?", [newest.settlement]).fetchone()[0]
    assert sum(entry["amount"] for entry in newest.entries) == paid


def test_one_notice_is_over_with_an_answered_objection(db: Database) -> None:
    first = notices(db)[-1]
    assert state_of(first, WORKING_DAY) == "closed"
    assert [step.kind for step in first.steps] == ["objection", "answer", "close"]


def test_something_granted_since_waits_to_be_published(db: Database) -> None:
    assert preview(db, Asked("packaging"), WORKING_DAY).lines


def test_nobody_but_the_invented_people_did_anything(db: Database) -> None:
    names = {name for _login, name, _role in DEMONSTRATION_PEOPLE}
    tables = ("acts", "documents", "public_notices", "public_notice_steps")
    doers = {row[0] for t in tables for row in db.execute(f"SELECT DISTINCT recorded_by FROM {t}")}
    assert doers <= names


@pytest.mark.parametrize(("households", "seed"), [(1, 1), (7, 3), (150, 5)])
def test_a_demonstration_of_any_size_and_seed_comes_about_and_verifies(
    tmp_path: Path, households: int, seed: int
) -> None:
    start_demonstration(tmp_path / "demo.db", households, seed)
    with reading(tmp_path / "demo.db") as db:
        assert check(db) == []
