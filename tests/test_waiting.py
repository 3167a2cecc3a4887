"""Turns come in the order of asking; who waits is told outside any transaction; who gives up leaves no gap."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from data import store
from data.store import Busy
from data.waiting import Turns, told_while_waiting
from tests.entering import new_writer


def waiting(turns: Turns) -> int:
    return len(turns._waiting)


def until(condition: object, seconds: float = 5.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.002)


def test_who_came_first_goes_first() -> None:
    turns, order = Turns(), list[int]()
    assert turns.take(0)

    def come(number: int) -> None:
        assert turns.take(10)
        order.append(number)
        turns.pass_on()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=come, args=[number]))
        threads[-1].start()
        until(lambda number=number: waiting(turns) == number + 1)
    turns.pass_on()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_who_gives_up_is_left_out_and_the_next_one_comes() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    assert waiting(turns) == 0
    turns.pass_on()
    assert turns.take(0)


def test_a_turn_given_just_when_somebody_gives_up_is_theirs() -> None:
    turns = Turns()
    assert turns.take(0)

    def pass_on_late(seconds: float) -> None:
        turns.pass_on()

    with told_while_waiting(pass_on_late, after=0.01):
        assert turns.take(0.3)
    turns.pass_on()
    assert turns.take(0)


class Left(BaseException):
    """As Streamlit ends a run."""


def test_who_leaves_while_being_told_takes_nothing_along() -> None:
    turns = Turns()
    assert turns.take(0)

    def leave(seconds: float) -> None:
        raise Left

    with pytest.raises(Left), told_while_waiting(leave, after=0.01):
        turns.take(5)
    assert waiting(turns) == 0

    def leave_with_the_turn(seconds: float) -> None:
        turns.pass_on()
        raise Left

    with pytest.raises(Left), told_while_waiting(leave_with_the_turn, after=0.01):
        turns.take(5)
    assert turns.take(0)


def test_a_person_who_waits_is_told_after_half_a_second_and_again(tmp_path: Path) -> None:
    told: list[float] = []
    with new_writer(tmp_path / "office.db") as writer:
        held, over = threading.Event(), threading.Event()

        def hold() -> None:
            with writer.transaction():
                held.set()
                over.wait(10)

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(10)

        def tell(seconds: float) -> None:
            assert writer._holder != threading.get_ident()
            told.append(seconds)
            if len(told) == 3:
                over.set()

        with told_while_waiting(tell), writer.transaction() as db:
            assert db.conn.in_transaction
        holder.join()
    assert len(told) == 3 and 0.5 <= told[0] < told[1] < told[2]


def test_who_need_not_wait_is_told_nothing(tmp_path: Path) -> None:
    told: list[float] = []
    with (
        new_writer(tmp_path / "office.db") as writer,
        told_while_waiting(told.append, after=0),
        writer.transaction(),
    ):
        pass
    assert told == []


def test_busy_comes_in_time_although_somebody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.3)
    with new_writer(tmp_path / "office.db") as writer:
        answers: list[str] = []

        def wait() -> None:
            with told_while_waiting(lambda seconds: None, after=0.05):
                try:
                    with writer.transaction():
                        answers.append("in")
                except Busy as busy:
                    answers.append(busy.words.en)

        with writer.transaction():
            thread = threading.Thread(target=wait)
            thread.start()
            thread.join(5)
    assert len(answers) == 1 and answers[0].startswith("The system is busy")
