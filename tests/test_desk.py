"""The desk holds exactly what waits: each kind begins on its day and ends with the act that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.people import Person
from data.store import reading
from office.casework.acting import Doer
from office.casework.desk import Desk, desk
from office.casework.desk_tasks import KINDS, Task
from office.recording import decided_at
from office.stores.packaging import Line, Slip, move_in
from tests.casework import CLERK, OTHER, REVIEWER, Office
from tests.entering import enter

ONE = timedelta(days=1)


def person(doer: Doer) -> Person:
    return Person(doer.name, doer.name, str(doer.role))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    office = Office(tmp_path / "office.db")
    monkeypatch.setenv("OFFICE_DB", str(office.file))
    with office.writer:
        yield office


def lies(office: Office, day: date | None = None) -> Desk:
    with reading(office.file) as db:
        return desk(db, decided_at(db, day or office.day, office.clock()))


def about(
    office: Office, day: date | None = None, benefit: str = "packaging", subject: str = "H1/P1"
) -> list[Task]:
    return [t for t in lies(office, day).tasks if (t.about, t.benefit) == (subject, benefit)]


def kinds(office: Office, day: date | None = None, benefit: str = "packaging") -> list[str]:
    return [task.kind for task in about(office, day, benefit)]


def test_what_is_eligible_waits_for_its_grant_from_the_day_it_became_so(office: Office) -> None:
    assert kinds(office) == [], "never inspected: nothing to grant, nothing to refuse"
    office.passed().on(date(2021, 3, 11))
    (task,) = about(office)
    assert (task.kind, task.since, task.days) == ("confirm", date(2021, 3, 1), 10)
    assert (task.state, task.verdict) == ("none", "eligible")
    assert kinds(office, date(2021, 2, 28)) == []
    office.act("grant")
    assert kinds(office) == [] and kinds(office, benefit="logistics") == ["confirm"]


def test_what_was_done_since_the_page_was_last_seen_is_no_longer_kept(office: Office) -> None:
    """The desk is worked out once; an act alone, without any new inspection, makes it anew."""
    office.passed()
    assert kinds(office) == ["confirm"]
    office.act("withhold", override=True, reason="尚在核实")
    assert kinds(office) == ["override"]


def test_what_is_granted_and_no_longer_recommended_waits_from_the_day_the_verdict_turned(
    office: Office,
) -> None:
    office.granted().on(date(2021, 5, 6)).inspect("fail")
    office.on(date(2021, 7, 6)).inspect("fail")
    (task,) = about(office)
    assert (task.kind, task.since, task.verdict) == ("reconsider", date(2021, 5, 6), "not_eligible")
    office.on(date(2021, 9, 13)).inspect("fail")
    (task,) = about(office)
    assert (task.kind, task.since, task.days) == ("propose", date(2021, 9, 13), 0)
    assert kinds(office, date(2021, 9, 12)) == ["reconsider"] and kinds(office, date(2021, 5, 5)) == []


def test_an_inspection_that_grows_too_old_turns_a_grant_into_a_difference_on_that_day(office: Office) -> None:
    office.granted()
    last = date(2021, 3, 1) + timedelta(days=180)
    assert kinds(office, last) == []
    (task,) = about(office, last + 3 * ONE)
    assert (task.kind, task.since, task.days) == ("reconsider", last + ONE, 2)


def test_a_difference_counts_from_the_act_where_that_is_later_than_the_verdict(office: Office) -> None:
    office.passed().on(date(2021, 4, 1)).inspect("fail")
    office.on(date(2021, 4, 20)).act("grant", override=True, reason="已核实")
    office.on(date(2021, 5, 1)).inspect("fail")
    (task,) = about(office, date(2021, 5, 1))
    assert (task.kind, task.since) == ("override", date(2021, 4, 20))


def test_an_override_is_shown_until_the_recommendation_becomes_another(office: Office) -> None:
    office.on(date(2021, 4, 1)).inspect("fail")
    office.act("grant", override=True, reason="已核实")
    office.on(date(2021, 5, 1)).inspect("fail")
    (task,) = about(office)
    assert (task.kind, task.roles) == ("override", frozenset())
    office.on(date(2021, 6, 1)).inspect("fail")
    assert kinds(office) == ["propose"]


def test_a_refusal_is_asked_only_where_nobody_acted_and_the_rules_say_revoked(office: Office) -> None:
    for number, day in enumerate((date(2021, 3, 1), date(2021, 5, 1), date(2021, 7, 1))):
        office.on(day).inspect("fail")
        assert kinds(office) == (["withhold"] if number == 2 else [])
    office.act("withhold")
    assert kinds(office) == []


def test_an_act_that_begins_later_leaves_nothing_to_do_until_then(office: Office) -> None:
    office.passed().act("grant", effective_on=office.day + ONE)
    assert kinds(office) == []
    assert kinds(office, office.day - ONE) == []


def test_the_path_asks_for_one_step_after_the_other(office: Office) -> None:
    office.failed()
    assert kinds(office) == ["propose"]
    office.on(date(2021, 9, 14)).act("notify", CLERK)
    (task,) = about(office)
    assert (task.kind, task.since, task.roles) == (
        "deliver",
        date(2021, 9, 14),
        frozenset({"clerk", "reviewer"}),
    )
    office.act("deliver", CLERK, how="in_person", to="示例户主")
    (task,) = about(office)
    assert (task.kind, task.until, task.roles) == ("wait", date(2021, 9, 22), frozenset())
    assert kinds(office, date(2021, 9, 22)) == ["wait"], "the last day of the period"
    (task,) = about(office, date(2021, 9, 25))
    assert (task.kind, task.since, task.days) == ("hear", date(2021, 9, 23), 2)
    office.on(date(2021, 9, 24)).act("hear", CLERK)
    (task,) = about(office)
    assert (task.kind, task.since) == ("decide", date(2021, 9, 24))
    assert kinds(office, date(2021, 9, 13)) == ["propose"], "the desk of a day past is that of the day"


def test_who_was_heard_early_still_waits_for_the_period_to_end(office: Office) -> None:
    office.delivered().act("hear", CLERK, text="雨水太多")
    assert kinds(office, date(2021, 9, 22)) == ["wait"]
    (task,) = about(office, date(2021, 9, 23))
    assert (task.kind, task.days) == ("decide", 0)


def test_the_decision_is_nobody_elses_turn_than_a_second_reviewers(office: Office) -> None:
    office.failed().on(date(2021, 9, 14)).act("notify", REVIEWER)
    office.act("deliver", CLERK, how="in_person", to="示例户主")
    office.on(date(2021, 9, 23)).act("hear", CLERK)
    (task,) = about(office)
    assert [task.is_for(person(doer)) for doer in (CLERK, REVIEWER, OTHER)] == [False, False, True]


def test_a_recommendation_that_changes_after_the_notice_halts_the_case(office: Office) -> None:
    office.heard()
    assert kinds(office) == ["decide"]
    for _ in range(2):
        office.inspect("pass")
    (task,) = about(office)
    assert (task.kind, task.since) == ("halted", date(2021, 9, 23))
    office.act("stop", reason="复检合格")
    assert kinds(office) == [], "granted, and eligible again"


def test_what_was_revoked_can_be_reinstated_once_it_is_eligible_again(office: Office) -> None:
    office.revoked().act("deliver_decision", CLERK, how="in_person", to="示例户主")
    office.on(date(2021, 10, 12)).inspect("pass")
    assert kinds(office) == []
    office.on(date(2021, 10, 20)).inspect("pass")
    (task,) = about(office)
    assert (task.kind, task.since) == ("reinstate", date(2021, 10, 20))
    office.act("reinstate")
    assert kinds(office) == []


def test_a_decision_waits_to_be_delivered(office: Office) -> None:
    office.revoked()
    assert kinds(office) == ["deliver_decision"]
    office.act("deliver_decision", CLERK, how="post", to="示例户主")
    assert kinds(office) == []


def store(office: Office, kind: str, quantity: int, subject: str | None = None) -> None:
    """A slip about the one machine and the one store that there are."""
    slip = Slip(kind, (Line("W1", quantity),), place="S1", subject=subject)
    with office.writer.transaction() as db:
        move_in(db, slip, doer=CLERK, at=office.clock(), day=office.day)


def machine_handed_out(office: Office) -> Office:
    """H1/P1 is granted packaging and holds two machines."""
    office.granted()
    machine = {"item_code": "W1", "item_name": "示例机", "item_kind": "equipment", "item_unit": "台"}
    enter(office.writer, "packaging_items", [machine])
    place = {"place_code": "S1", "place_name": "示例仓库", "township_code": None}
    enter(office.writer, "storage_places", [place])
    store(office, "receive", 5)
    store(office, "issue", 2, "H1/P1")
    return office


def test_what_is_still_held_after_a_decision_is_listed_and_then_collected(office: Office) -> None:
    machine_handed_out(office)
    for day in (date(2021, 5, 6), date(2021, 7, 6), date(2021, 9, 13)):
        office.on(day).inspect("fail")
    office.on(date(2021, 9, 14)).act("notify", CLERK)
    office.act("deliver", CLERK, how="in_person", to="示例户主")
    office.on(date(2021, 9, 23)).act("hear", CLERK)
    office.act("revoke", reason="连续三次不合格", effective_on=office.day + ONE)
    assert kinds(office) == ["deliver_decision"], "granted until tomorrow"
    assert kinds(office, office.day + ONE) == ["deliver_decision", "recover"]
    office.on(office.day + ONE).act("deliver_decision", CLERK, how="post", to="示例户主")
    office.act("recover", CLERK)
    (task,) = about(office)
    assert (task.kind, task.since, task.roles) == ("collect", office.day, frozenset({"clerk"}))
    store(office, "return", 1, "H1/P1")
    assert kinds(office) == ["collect"], "one of two is still there"
    store(office, "return", 1, "H1/P1")
    assert kinds(office) == []


def test_who_holds_nothing_has_nothing_to_hand_back(office: Office) -> None:
    assert "recover" not in kinds(office.revoked())


def test_the_desk_is_in_order_of_kinds_and_then_of_waiting(office: Office) -> None:
    office.failed()
    office.inspect("pass", date(2021, 9, 1), "H1/P2")
    office.inspect("pass", date(2021, 8, 1), "H2/P1")
    tasks = lies(office).tasks
    order = [(list(KINDS).index(task.kind), task.since) for task in tasks]
    assert order == sorted(order) and {task.kind for task in tasks} == {"propose", "confirm"}
    counted = lies(office).waiting(person(CLERK))
    assert [(w.kind, w.count, w.mine, w.longest) for w in counted] == [
        ("propose", 2, 2, 0),
        ("confirm", 4, 0, 43),
    ]
