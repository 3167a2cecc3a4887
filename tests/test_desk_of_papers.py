"""Settlements and public notices lie on the desk until somebody has taken their next step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.people import Person
from data.store import reading
from office.casework.asked import Doer
from office.casework.desk import desk
from office.casework.desk_tasks import Task
from office.notices.notice_steps import Wish, take_in
from office.notices.publishing import Asked, post_in
from office.recording import decided_at
from tests.casework import CLERK, OTHER, REVIEWER
from tests.settling import SettlingOffice, shipment

DRAFTED = date(2021, 4, 30)
ONE = timedelta(days=1)


def person(doer: Doer) -> Person:
    return Person(doer.name, doer.name, str(doer.role))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SettlingOffice]:
    office = SettlingOffice(tmp_path / "office.db")
    monkeypatch.setenv("OFFICE_DB", str(office.file))
    with office.writer:
        yield office


def papers(office: SettlingOffice, day: date | None = None) -> list[Task]:
    """The tasks that are about no good."""
    with reading(office.file) as db:
        lies = desk(db, decided_at(db, day or office.day, office.clock()))
    return [task for task in lies.tasks if not task.benefit]


def test_a_draft_is_checked_and_then_confirmed_never_by_who_drafted_it(office: SettlingOffice) -> None:
    office.ship(shipment("C1"))
    assert papers(office) == []
    number = office.draft().number
    office.on(DRAFTED + 2 * ONE)
    (task,) = papers(office)
    assert (task.kind, task.about, task.since, task.days) == ("check_settlement", number, DRAFTED, 2)
    assert [task.is_for(person(doer)) for doer in (CLERK, REVIEWER)] == [False, True]
    office.check(number, REVIEWER)
    (task,) = papers(office)
    assert (task.kind, task.since) == ("confirm_settlement", DRAFTED + 2 * ONE)
    assert papers(office, DRAFTED)[0].kind == "check_settlement", "the desk of the day before"
    office.confirm(number, OTHER)
    assert papers(office) == []


def test_a_discarded_draft_asks_for_nothing(office: SettlingOffice) -> None:
    office.ship(shipment("C1"))
    number = office.draft().number
    office.discard(number, "起草有误")
    assert papers(office) == []


def test_a_notice_runs_and_is_closed_after_its_last_day(office: SettlingOffice) -> None:
    office.act("grant", benefit="packaging")
    with office.writer.transaction() as db:
        asked = Asked("packaging", days=7)
        posted = post_in(
            db, asked, doer=CLERK, phone="0000-0000000", place="示例公告栏", at=office.clock(), day=office.day
        )
    last = office.day + 6 * ONE
    (task,) = papers(office)
    assert (task.kind, task.about, task.until, task.roles) == (
        "notice_running",
        posted.number,
        last,
        frozenset(),
    )
    office.on(office.day + ONE)
    with office.writer.transaction() as db:
        wish = Wish("objection", posted.number, "名单有误")
        objected = take_in(db, wish, doer=CLERK, at=office.clock(), day=office.day)
    assert [task.kind for task in papers(office)] == ["objection", "notice_running"]
    assert [task.kind for task in papers(office, office.day - ONE)] == ["notice_running"]
    with office.writer.transaction() as db:
        answer = Wish("answer", posted.number, "已核对无误", answers=objected.steps[-1].id)
        take_in(db, answer, doer=CLERK, at=office.clock(), day=office.day)
    assert [task.kind for task in papers(office, last)] == ["notice_running"]
    office.on(last + ONE)
    (task,) = papers(office)
    assert (task.kind, task.since, task.days) == ("notice_ended", last + ONE, 0)
    with office.writer.transaction() as db:
        take_in(db, Wish("close", posted.number), doer=CLERK, at=office.clock(), day=office.day)
    assert papers(office) == []
