"""What is kept for the pages: made once, made anew when something changed, and nobody waits for what another asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.people import Person
from office import answering, running
from office.answering import answers_on, while_all_stands
from office.archiving import archive
from office.worklist import worklists
from tests.conftest import WORKING_DAY

REVIEWER = Person("demo-reviewer", "示例审核员", "reviewer")


def test_what_was_made_is_given_again_until_something_changes(
    demo_db: Path, run_on: Callable[[Path], None]
) -> None:
    run_on(demo_db)
    with running.reader() as db:
        first = while_all_stands("t", db, 1, lambda: object())
        assert while_all_stands("t", db, 1, lambda: object()) is first
        assert while_all_stands("t", db, 2, lambda: object()) is not first


def test_who_asks_for_something_else_does_not_wait(demo_db: Path, run_on: Callable[[Path], None]) -> None:
    run_on(demo_db)
    begun, may_end, given = threading.Event(), threading.Event(), []

    def slow() -> str:
        begun.set()
        may_end.wait(20)
        return "slow"

    def ask_slowly() -> None:
        with running.reader() as db:
            given.append(while_all_stands("t", db, "slow", slow))

    others = [threading.Thread(target=ask_slowly) for _ in range(2)]
    for other in others:
        other.start()
    assert begun.wait(20)
    with running.reader() as db:
        assert while_all_stands("t", db, "quick", lambda: "quick") == "quick"
    assert given == []
    may_end.set()
    for other in others:
        other.join()
    assert given == ["slow", "slow"]
    assert answering._making == {}


def test_what_could_not_be_made_is_tried_again(demo_db: Path, run_on: Callable[[Path], None]) -> None:
    run_on(demo_db)
    with running.reader() as db:
        with pytest.raises(ZeroDivisionError):
            while_all_stands("t", db, "fails", lambda: 1 // 0)
        assert while_all_stands("t", db, "fails", lambda: 1) == 1


def test_a_recorded_run_of_an_earlier_day_is_compared_with_at_once(
    demo_db: Path, run_on: Callable[[Path], None]
) -> None:
    run_on(demo_db)
    day = date(2021, 9, 29)
    with running.reader() as db:
        before = worklists(db, answers_on(db, WORKING_DAY))
        archive(db, running.writer(), day, REVIEWER, WORKING_DAY)
        after = worklists(db, answers_on(db, WORKING_DAY))
    assert after.run is not None
    assert after.run.as_of == day
    assert before.run is None or before.run.id < after.run.id
