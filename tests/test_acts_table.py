"""The table of acts refuses by itself what no function may do, whoever writes to it and however."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import people
from data.casework.ledger import next_id, record
from data.store import reading
from office.recording import decided_at, kept_decision
from rules.procedure import procedure_parameters
from tests.casework import CLERK, H1P1, Office
from tests.recorded import raw

DELIVERY: dict[str, Any] = {"how": "post", "to": "示例户主"}
AFTER = date(2021, 9, 23)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    with office.writer:
        yield office


def write(office: Office, kind: str, *, by: str = "吴审核", **more: Any) -> None:
    """One row as some other program of ours might write it, past every function of the office."""
    with office.writer.transaction() as db:
        answers = decided_at(db, office.day, office.clock(), H1P1)
        decision = kept_decision(db, answers, "packaging", by=by, at=office.clock())
        state = {"grant": "granted", "reinstate": "granted", "withhold": "withheld", "revoke": "revoked"}.get(
            kind
        )
        case = db.execute("SELECT max(id) FROM acts WHERE kind = 'notify'").fetchone()[0]
        row = {
            "id": next_id(db, "acts"),
            "good_entity": int(answers.gathered.goods.entity[0]),
            "subject": H1P1,
            "benefit": "packaging",
            "kind": kind,
            "done_on": office.day.isoformat(),
            "case_id": case
            if kind in ("deliver", "hear", "revoke", "stop", "deliver_decision", "recover")
            else None,
            "state": state,
            "effective_on": _from(office.day, kind) if state else None,
            "overrides": 0,
            "decision_id": decision
            if kind in ("grant", "withhold", "reinstate", "notify", "revoke")
            else None,
            "delivered_on": office.day.isoformat() if kind.startswith("deliver") else None,
            "defence_until": "2021-12-31" if kind == "deliver" else None,
            "reason": "理由" if kind in ("revoke", "stop") else None,
            "details": '{"text":null}',
        }
        record(db, "act", {"acts": [row | more]}, at=office.clock(), by=by)


def _from(day: date, kind: str) -> str:
    """What is taken away ends with the day."""
    return (day + timedelta(days=kind == "revoke")).isoformat()


def refused(office: Office, words: str, kind: str, **more: Any) -> None:
    before = _acts(office)
    with pytest.raises(sqlite3.IntegrityError, match=words):
        write(office, kind, **more)
    assert _acts(office) == before


def _acts(office: Office) -> int:
    with reading(office.file) as db:
        return db.table("acts").count


STATE, STEP, DECISION, TIME, SECOND = (
    "acts: the state in force",
    "acts: no step",
    "acts: an act rests",
    "acts: an act is done",
    "acts: who proposed",
)


def test_what_is_right_is_taken(office: Office) -> None:
    write(office.heard(), "revoke")
    office.on(AFTER + timedelta(days=1))
    assert office.standing().in_force.state == "revoked"


@pytest.mark.parametrize("kind", ["grant", "withhold", "reinstate"])
def test_what_is_granted_leaves_that_state_by_no_other_act(office: Office, kind: str) -> None:
    refused(office.failed(), STATE, kind, overrides=1, reason="x")


@pytest.mark.parametrize("kind", ["deliver", "hear", "revoke", "stop", "deliver_decision", "recover"])
def test_no_step_without_a_notice(office: Office, kind: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write(office.failed(), kind)


@pytest.mark.parametrize("kind", ["deliver", "hear", "revoke"])
def test_no_step_belongs_to_an_act_that_is_no_notice(office: Office, kind: str) -> None:
    refused(office.notified(), DECISION if kind == "revoke" else STEP, kind, case_id=1)


@pytest.mark.parametrize("kind", ["hear", "revoke"])
def test_no_step_before_the_delivery(office: Office, kind: str) -> None:
    refused(office.notified().on(date(2021, 12, 31)), STEP, kind)


def test_no_decision_before_the_hearing_or_within_the_period(office: Office) -> None:
    refused(office.delivered().on(AFTER), STEP, "revoke")
    office.act("hear", CLERK)
    office.day = date(2021, 9, 22)
    with pytest.raises(sqlite3.IntegrityError):
        write(office, "revoke")


def test_the_last_day_of_the_period_is_too_early_and_the_next_is_not(office: Office) -> None:
    office.delivered().act("hear", CLERK, text="陈述")
    refused(office.on(date(2021, 9, 22)), STEP, "revoke")
    write(office.on(AFTER), "revoke")


def test_silence_is_not_recorded_within_the_period(office: Office) -> None:
    refused(office.delivered().on(date(2021, 9, 22)), STEP, "hear")
    write(office, "hear", details='{"text":"陈述"}')
    write(office.on(AFTER), "hear")


@pytest.mark.parametrize("name", ["李录入", " 李录入 ", "李 录入", "李　录入"])
def test_the_proposer_does_not_decide(office: Office, name: str) -> None:
    refused(office.heard(), SECOND, "revoke", by=name)


def test_a_login_is_the_person_of_that_name(office: Office) -> None:
    office.failed().on(date(2021, 9, 14))
    write(office, "notify", by="示例审核员")
    office.act("deliver", CLERK, **DELIVERY)
    office.on(AFTER).act("hear", CLERK)
    with office.writer.transaction() as db:
        people.add_demonstration_people(db, at=office.clock())
    refused(office, SECOND, "revoke", by="demo-reviewer")


def test_a_closed_case_takes_no_further_step(office: Office) -> None:
    office.heard().act("stop", CLERK, reason="x")
    for kind in ("hear", "revoke", "stop"):
        refused(office, STEP, kind)


def test_a_case_is_not_opened_twice_or_decided_twice(office: Office) -> None:
    refused(office.notified(), STATE, "notify")
    office.act("deliver", CLERK, **DELIVERY)
    office.on(AFTER).act("hear", CLERK)
    office.act("revoke", reason="x")
    refused(office, STEP, "revoke")
    refused(office, STATE, "notify")


def test_a_decision_rests_on_the_answer_of_the_notice(office: Office) -> None:
    office.heard()
    for day in (20, 21):
        office.inspect("pass", date(2021, 9, day))
    refused(office, DECISION, "revoke", state="withheld")


@pytest.mark.parametrize(
    "wrong", [{"state": "withheld"}, {"overrides": 1}, {"subject": "H1/P2"}, {"decision_id": 1}]
)
def test_a_decision_is_about_that_good_of_that_day_as_the_rules_say(
    office: Office, wrong: dict[str, Any]
) -> None:
    refused(office.heard(), DECISION, "revoke", **wrong)


@pytest.mark.parametrize("kind", ["grant", "withhold", "notify"])
def test_against_the_rules_only_as_an_override(office: Office, kind: str) -> None:
    office.granted() if kind == "notify" else office.passed() if kind == "withhold" else office
    refused(office, DECISION, kind)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        write(office, kind, overrides=1)
    write(office, kind, overrides=1, reason="理由")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"done_on": "2021-03-02", "effective_on": "2021-03-02"}, "acts: "),
        ({"effective_on": "2021-02-28"}, TIME),
        ({"done_on": "2021-02-28"}, DECISION),
        ({"state": "withheld"}, "CHECK"),
        ({"effective_on": None}, "CHECK"),
        ({"decision_id": None}, DECISION),
        ({"done_on": "2021-3-1"}, DECISION),
        ({"id": 9}, "acts: a row belongs"),
    ],
)
def test_a_grant_that_is_not_in_order_is_refused(office: Office, wrong: dict[str, Any], words: str) -> None:
    refused(office.passed(), words, "grant", **wrong)


def test_no_act_counts_from_before_the_one_before_it(office: Office) -> None:
    office.act("withhold", effective_on=date(2021, 2, 3))
    office.passed(date(2021, 2, 1))
    refused(office, TIME, "grant", effective_on="2021-02-02")
    write(office, "grant", effective_on="2021-02-03")


def test_what_is_taken_away_ends_with_the_day_of_the_decision(office: Office) -> None:
    refused(office.heard(), TIME, "revoke", effective_on="2021-09-23")
    write(office, "revoke", effective_on="2021-09-24")


@pytest.mark.parametrize("day", ["2021-09-22", "2021-09-24"])
def test_an_act_is_of_the_day_of_its_entry(office: Office, day: str) -> None:
    office.heard()
    with pytest.raises(sqlite3.IntegrityError, match=TIME):
        write(office, "stop", done_on=day)
    write(office, "stop", done_on="2021-09-23")


def test_a_period_is_no_shorter_than_the_office_may_ever_set_it(office: Office) -> None:
    low = procedure_parameters()["defence_working_days"].low
    least = office.notified().day + timedelta(days=low)
    refused(office, "CHECK", "deliver", defence_until=(least - timedelta(days=1)).isoformat())
    write(office, "deliver", defence_until=least.isoformat())


@pytest.mark.parametrize(
    "details",
    ['{"text":""}', '{"text":" \u3000\\n"}', "{}", '{"text":"x","text":null}', '{"text":1}', '[["text",1]]'],
)
def test_a_hearing_says_something_or_that_nothing_was_said(office: Office, details: str) -> None:
    refused(office.delivered().on(AFTER), STEP, "hear", details=details)
    write(office, "hear", details='{"text":"—"}')


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u3000", "\u00a0\u200b"])
def test_blanks_of_any_width_are_no_reason(office: Office, blank: str) -> None:
    refused(office.heard(), "CHECK", "revoke", reason=blank)


@pytest.mark.parametrize("verb", ["UPDATE acts SET reason = 'x'", "DELETE FROM acts"])
def test_no_act_is_changed_or_removed(office: Office, verb: str) -> None:
    office.granted()
    conn = raw(office.file)
    with pytest.raises(sqlite3.IntegrityError, match="only added"):
        conn.execute(verb)
    conn.close()


def test_an_unknown_action_table_or_column_is_an_error_of_ours(office: Office) -> None:
    for action, tables in (("confirm", {}), ("act", {"deeds": [{}]}), ("act", {"acts": [{"who": "x"}]})):
        with pytest.raises(ValueError, match="no "), office.writer.transaction() as db:
            record(db, action, tables, at=office.clock(), by="x")
