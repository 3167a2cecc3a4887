"""Whoever fails too often waits, longer each time, and learns nothing from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from office import running
from office.accounts import entering, managing, origins, passwords
from office.accounts.entering import NotEntered, enter
from office.accounts.locking import delay_after
from office.accounts.origins import MOST_FROM_ONE_ORIGIN, MOST_KEPT, Attempts
from office.refusal import Refused
from tests.accounts import (
    ADMINISTRATOR,
    ORIGIN,
    OTHER_WORD,
    WORD,
    Clock,
    all_holds,
    bytes_of,
    chained,
    make_clerk,
    said,
    staffed,
    writer,
)

WRONG, WAIT = "登录名或密码不对", "失败次数太多"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Clock:
    return staffed(monkeypatch, office_db, run_on)


def fail(times: int, login: str = "luru") -> None:
    for number in range(times):
        assert said(login, "不对的密码", f"192.0.2.{number + 10}") != ""


def wait_of(login: str, password: str = "不对的密码") -> int | None:
    with pytest.raises(NotEntered) as refused:
        enter(login, password, ORIGIN)
    return refused.value.wait_seconds


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (12, 60), (10**6, 60)],
)
def test_the_wait_doubles_from_one_minute_after_the_fifth_failure_up_to_an_hour(
    failures: int, minutes: int
) -> None:
    assert delay_after(failures) == timedelta(minutes=minutes)


def test_four_failures_are_free_and_the_fifth_locks(clock: Clock) -> None:
    fail(4)
    assert said("luru", WORD) == ""
    fail(4)
    assert wait_of("luru") == 60
    assert WAIT in said("luru", WORD), "the right password does not help now"


@pytest.mark.parametrize(("seconds", "locked"), [(59, True), (60, False)], ids=["before", "at"])
def test_a_lock_opens_after_its_minute_and_not_before(clock: Clock, seconds: int, locked: bool) -> None:
    fail(5)
    clock.move(seconds=seconds)
    assert (WAIT in said("luru", WORD)) is locked


def test_each_further_failure_waits_twice_as_long(clock: Clock) -> None:
    fail(4)
    waits = []
    for _ in range(8):
        wait = wait_of("luru")
        assert wait is not None
        waits.append(wait // 60)
        clock.move(seconds=wait)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_trying_while_locked_neither_counts_nor_lengthens_the_wait(clock: Clock) -> None:
    fail(5)
    for _ in range(20):
        clock.move(seconds=1)
        assert WAIT in said("luru", "不对的密码")
    clock.move(seconds=40)
    assert said("luru", WORD) == ""


def test_coming_in_forgets_the_failures(clock: Clock) -> None:
    fail(5)
    clock.move(minutes=1)
    assert said("luru", WORD) == ""
    fail(4)
    assert said("luru", WORD) == ""


def test_a_restart_forgives_nothing(clock: Clock) -> None:
    fail(5)
    path = running.database_path()
    running.stop()
    running.start(path)
    assert WAIT in said("luru", WORD)
    clock.move(minutes=1)
    assert said("luru", WORD) == ""


def test_a_lock_says_how_long_in_words(clock: Clock) -> None:
    fail(5)
    assert "1 分钟后" in said("luru", WORD)
    clock.move(seconds=31)
    assert "29 秒后" in said("luru", WORD)
    clock.move(seconds=28)
    with pytest.raises(NotEntered) as refused:
        enter("luru", WORD, ORIGIN)
    assert "in 1 second," in refused.value.words.en


@pytest.mark.parametrize("back", [{"days": -1}, {"days": -3650}, {"seconds": -30}])
def test_a_clock_put_back_neither_opens_a_lock_early_nor_keeps_it_shut(
    clock: Clock, back: dict[str, float]
) -> None:
    fail(6)
    assert WAIT in said("luru", WORD)
    fail_wait = wait_of("luru", WORD)
    assert fail_wait == 60, "the fifth locked; the sixth try did not count"
    clock.move(**back)
    assert wait_of("luru", WORD) == 60, "begun anew from what the clock says now"
    clock.move(seconds=59)
    assert WAIT in said("luru", WORD)
    clock.move(seconds=1)
    assert said("luru", WORD) == ""


def test_a_clock_put_forward_and_back_again_still_makes_one_wait(clock: Clock) -> None:
    clock.move(days=400)
    fail(5)
    clock.move(days=-400)
    assert wait_of("luru", WORD) == 60
    clock.move(minutes=1)
    assert said("luru", WORD) == ""


def test_an_unknown_login_and_a_wrong_password_are_told_the_same_step_by_step(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_clerk("tingyong", "示例停用者")
    managing.disable(writer(), ADMINISTRATOR, "tingyong")
    managing.add(writer(), ADMINISTRATOR, "weilai", "示例未来者", "clerk")  # has a code and no password yet
    monkeypatch.setattr("office.accounts.origins.monotonic", lambda: clock.at.timestamp())

    def story(login: str) -> list[tuple[str, int | None]]:
        told = []
        for _ in range(9):
            with pytest.raises(NotEntered) as refused:
                enter(login, "不对的密码", f"{login}.example")
            told.append((refused.value.words.zh, refused.value.wait_seconds))
        return told

    stories = [story(login) for login in ("luru", "meiyou", "tingyong", "weilai")]
    assert [wait for _, wait in stories[0]] == [None] * 4 + [60] * 5
    assert stories[1:] == [stories[0]] * 3


def test_failures_of_people_are_chained_and_those_of_nobody_in_sums(clock: Clock) -> None:
    fail(5)
    for number in range(20):
        assert said(f"meiyou{number}", "x", f"198.51.100.{number}") == WRONG
    assert [(actor, action) for actor, action, _ in chained("sign_in_failed", "locked")] == [
        *[("luru", "sign_in_failed")] * 5,
        ("luru", "locked"),
        ("system", "sign_in_failed"),
    ]
    clock.move(minutes=10)
    said("meiyou", "x")
    assert chained("sign_in_failed")[-1][2] == '{"unknown":20}'
    assert all_holds()


def test_what_was_typed_as_a_login_is_kept_nowhere(clock: Clock) -> None:
    """Some type their password there."""
    typed = "zhe.shi.wode.mima.kqzvwb"
    assert said(typed, typed) == WRONG
    assert typed.encode() not in bytes_of(running.database_path())
    assert typed not in str(vars(origins.ATTEMPTS))


def test_thirty_failures_from_one_place_stop_that_place_and_no_other(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("office.accounts.origins.monotonic", lambda: clock.at.timestamp())
    for number in range(MOST_FROM_ONE_ORIGIN):
        assert said(f"meiyou{number}", "x") == WRONG
    with pytest.raises(NotEntered) as refused:
        enter("luru", WORD, ORIGIN)
    assert refused.value.wait_seconds == 300 and "这台电脑" in refused.value.words.zh
    assert said("luru", WORD, "198.51.100.7") == ""
    clock.move(seconds=299)
    assert said("luru", WORD) != ""
    clock.move(seconds=1)
    assert said("luru", WORD) == ""


def test_addresses_of_one_network_are_one_place_in_ipv6() -> None:
    attempts = Attempts()
    for number in range(MOST_FROM_ONE_ORIGIN):
        attempts.origin_failed(f"2001:db8::{number:x}")
    assert attempts.origin_wait("2001:db8::ffff") and attempts.origin_wait("2001:db8:0:1::1") is None
    for _ in range(MOST_FROM_ONE_ORIGIN):
        attempts.origin_failed("::ffff:192.0.2.9")
    assert attempts.origin_wait("::ffff:192.0.2.9") and attempts.origin_wait("::ffff:192.0.2.8") is None


def test_a_flood_of_places_and_logins_fills_no_memory() -> None:
    attempts = Attempts()
    for number in range(MOST_KEPT + 500):
        attempts.origin_failed(f"place {number}")
        attempts.login_failed(f"login {number}")
    assert len(attempts._origins) == len(attempts._logins) == MOST_KEPT


def test_guesses_made_at_once_are_no_more_than_five(clock: Clock) -> None:
    def guess(number: int) -> str:
        return said("luru", f"不对的密码 {number}", f"192.0.2.{number}")

    with ThreadPoolExecutor(12) as threads:
        told = list(threads.map(guess, range(24)))
    assert sum(WRONG in words for words in told) == 4 and sum(WAIT in words for words in told) == 20
    assert len(chained("sign_in_failed")) == 5 and len(chained("locked")) == 1


def test_a_right_password_among_guesses_made_at_once_comes_too_late(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was checked before the others had locked the account; what counts is how things stand afterwards."""
    right = passwords.fits

    def meanwhile(encoded: str | None, password: str) -> bool:
        monkeypatch.setattr("office.accounts.entering.fits", right)
        fail(5)
        return right(encoded, password)

    monkeypatch.setattr("office.accounts.entering.fits", meanwhile)
    assert WAIT in said("luru", WORD)


def test_a_one_time_code_lifts_the_lock(clock: Clock) -> None:
    fail(5)
    code = managing.give_code(writer(), ADMINISTRATOR, "luru")
    assert entering.enter_with_code("luru", code.text, OTHER_WORD, ORIGIN).person.login == "luru"
    assert said("luru", OTHER_WORD) == ""


def test_wrong_codes_and_wrong_passwords_are_counted_together(clock: Clock) -> None:
    managing.give_code(writer(), ADMINISTRATOR, "luru")
    fail(2)
    for number in range(3):
        with pytest.raises(NotEntered) as refused:
            entering.enter_with_code("luru", "AAAA-BBBB-CCCC", OTHER_WORD, f"192.0.2.{number}")
    assert refused.value.wait_seconds == 60


def test_a_wrong_old_password_on_an_open_page_counts_as_well(clock: Clock) -> None:
    person = enter("luru", WORD, ORIGIN).person
    for _ in range(5):
        with pytest.raises(Refused):
            managing.set_own_password(writer(), person, "不对的密码", OTHER_WORD)
    with pytest.raises(Refused, match="try again in 1 minute"):
        managing.set_own_password(writer(), person, WORD, OTHER_WORD)
    assert WAIT in said("luru", WORD)


def test_a_locked_account_is_shown_as_such_until_it_opens(clock: Clock) -> None:
    fail(5)

    def shown() -> datetime | None:
        with running.reader() as db:
            return next(one.locked_until for one in managing.overview(db) if one.login == "luru")

    assert shown() == clock.at + timedelta(minutes=1)
    clock.move(minutes=1)
    assert shown() is None
