"""A sign-in lasts as long as its rules say, and no longer."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from data import settings
from data.people import Person
from data.store import Database
from office import running, sessions
from office.accounts import limits
from office.accounts.limits import Limits, limits_of, set_limits
from office.casework.asked import Doer
from office.days import now
from office.refusal import Refused


def test_sign_in_and_sign_out_stand_in_the_chain_and_only_the_hash_is_stored(inside: Path) -> None:
    begun = sessions.begin("demo-reviewer", "demonstration")
    sessions.end(begun.sid)
    with running.reader() as db:
        chained = db.execute("SELECT actor, action FROM chain ORDER BY seq DESC LIMIT 2").fetchall()
        stored = db.execute("SELECT * FROM web_sessions").fetchall()
    assert chained == [("demo-reviewer", "sign_out"), ("demo-reviewer", "sign_in")]
    assert begun.token not in str(stored) and begun.sid in str(stored)
    assert begun.token.encode() not in inside.read_bytes()


@pytest.mark.parametrize(
    ("minutes", "still_in"), [(29, True), (30, True), (31, False)], ids=["before", "at", "after"]
)
def test_after_half_an_hour_away_one_is_out(
    inside: Path, monkeypatch: pytest.MonkeyPatch, minutes: int, still_in: bool
) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    _clock_on(monkeypatch, timedelta(minutes=minutes) - timedelta(seconds=1 if minutes == 30 else 0))
    assert (sessions.look_up(begun.sid) is not None) is still_in


def test_signs_of_life_keep_one_in_but_never_past_the_working_day(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    for hours in (x * 0.4 for x in range(1, 25)):
        _clock_on(monkeypatch, timedelta(hours=hours))
        assert sessions.look_up(begun.sid) is not None
        sessions.touch(begun.sid)
    _clock_on(monkeypatch, timedelta(hours=10, minutes=1))
    assert sessions.look_up(begun.sid) is None


def test_a_sign_of_life_reaches_the_database(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    before = _seen(begun.sid)
    _clock_on(monkeypatch, timedelta(minutes=5))
    sessions.touch(begun.sid)
    deadline = time.monotonic() + 5
    while _seen(begun.sid) == before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _seen(begun.sid) > before


def test_ending_all_sessions_of_a_person_leaves_others_in(inside: Path) -> None:
    first, second, other = (
        sessions.begin(f"demo-{role}", "demonstration") for role in ("clerk", "clerk", "auditor")
    )
    assert set(sessions.end_all("demo-clerk")) == {first.sid, second.sid}
    assert [sessions.look_up(s.sid) is None for s in (first, second, other)] == [True, True, False]


def test_a_look_up_is_quick_enough_for_the_event_loop(inside: Path) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    sessions.look_up(begun.sid)
    times = []
    for _ in range(30):
        start = time.perf_counter()
        sessions.look_up(begun.sid)
        times.append(time.perf_counter() - start)
    assert sorted(times)[15] < 0.005, times


def _clock_on(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    at = now() + ahead
    monkeypatch.setattr(sessions, "now", lambda: at)


def _seen(sid: str) -> str:
    with running.reader() as db:
        return str(db.execute("SELECT seen_at FROM web_sessions WHERE token_hash = ?", [sid]).fetchone()[0])


def test_the_connection_for_look_ups_is_let_go_when_the_application_stops(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the writer closes last and folds everything back into the file."""
    begun = sessions.begin("demo-clerk", "demonstration")
    assert sessions.look_up(begun.sid) is not None
    monkeypatch.setenv("OFFICE_DB", str(inside))
    running.stop()
    assert not inside.with_name(f"{inside.name}-wal").exists()
    assert sessions.look_up(begun.sid) is not None, "as ever, on a connection of its own"


def test_a_look_up_asks_the_database_that_is_open_now(inside: Path, tmp_path: Path) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    assert sessions.look_up(begun.sid) is not None
    running.stop()
    other = Path(shutil.copy(inside, tmp_path / "other.db"))
    running.start(other)
    assert sessions.look_up(begun.sid) is not None
    sessions.end(begun.sid)
    assert sessions.look_up(begun.sid) is None
    running.stop()
    running.start(inside)
    assert sessions.look_up(begun.sid) is not None


def test_look_ups_from_many_threads_see_what_was_committed_before_each(inside: Path) -> None:
    begun = [sessions.begin("demo-clerk", "demonstration").sid for _ in range(20)]

    def end(sid: str) -> bool:
        was_in = sessions.look_up(sid) is not None
        sessions.end(sid)
        return was_in and sessions.look_up(sid) is None

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(end, begun))


ADMINISTRATOR = Doer("示例管理员")


@pytest.mark.parametrize(
    ("microseconds", "still_in"), [(0, True), (1, False)], ids=["at the limit", "just after"]
)
def test_half_an_hour_is_half_an_hour(
    inside: Path, monkeypatch: pytest.MonkeyPatch, microseconds: int, still_in: bool
) -> None:
    at = now()
    monkeypatch.setattr(sessions, "now", lambda: at)
    begun = sessions.begin("demo-clerk", "demonstration")
    at += timedelta(minutes=30, microseconds=microseconds)
    assert (sessions.look_up(begun.sid) is not None) is still_in
    assert (len(sessions.open_of("demo-clerk")) == 1) is still_in


@pytest.mark.parametrize(
    ("microseconds", "still_in"), [(0, True), (1, False)], ids=["at the limit", "just after"]
)
def test_ten_hours_are_ten_hours_however_busy_one_is(
    inside: Path, monkeypatch: pytest.MonkeyPatch, microseconds: int, still_in: bool
) -> None:
    start = at = now()
    monkeypatch.setattr(sessions, "now", lambda: at)
    begun = sessions.begin("demo-clerk", "demonstration")
    for _ in range(24):
        at += timedelta(minutes=25)
        assert sessions.look_up(begun.sid) is not None
        sessions.touch(begun.sid)
    at = start + timedelta(hours=10, microseconds=microseconds)
    assert (sessions.look_up(begun.sid) is not None) is still_in


def test_the_administrators_limits_count_at_once_for_those_who_are_in(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    _clock_on(monkeypatch, timedelta(minutes=20))
    assert sessions.look_up(begun.sid) is not None
    set_limits(running.writer(), ADMINISTRATOR, 15, 8)
    assert sessions.look_up(begun.sid) is None
    set_limits(running.writer(), ADMINISTRATOR, 120, 8)
    assert sessions.look_up(begun.sid) is not None
    with running.reader() as db:
        assert limits_of(db) == Limits(timedelta(hours=2), timedelta(hours=8))
        actors = db.execute("SELECT actor, body FROM chain WHERE action = 'setting'").fetchall()
    assert ("示例管理员", '{"key":"idle_minutes","value":"120"}') in actors


def test_limits_are_read_from_the_database_at_most_every_minute(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def counted(db: Database) -> Limits:
        reads.append(db)
        return limits_of(db)

    monkeypatch.setattr(limits, "_KEPT", {})
    monkeypatch.setattr(limits, "limits_of", counted)
    begun = sessions.begin("demo-clerk", "demonstration")
    for _ in range(20):
        assert sessions.look_up(begun.sid) is not None
    assert len(reads) == 1


@pytest.mark.parametrize(
    ("idle", "absolute", "good"),
    [(5, 1, True), (120, 24, True), (4, 10, False), (121, 10, False), (30, 0, False), (30, 25, False)],
)
def test_limits_stay_within_bounds(inside: Path, idle: int, absolute: int, good: bool) -> None:
    if good:
        set_limits(running.writer(), ADMINISTRATOR, idle, absolute)
        assert limits.limits() == Limits(timedelta(minutes=idle), timedelta(hours=absolute))
        return
    with pytest.raises(Refused, match="a number from"):
        set_limits(running.writer(), ADMINISTRATOR, idle, absolute)


@pytest.mark.parametrize("name", ["示例录入员", "示例审核员", "示例审计员"])
def test_only_administrators_set_limits(inside: Path, name: str) -> None:
    with pytest.raises(Refused, match="administrator"):
        set_limits(running.writer(), Doer(name, "administrator"), 60, 10)


@pytest.mark.parametrize("value", ["0", "-5", "1e9", "", "९", "999999999999", "121"])
def test_a_limit_that_nobody_can_have_set_is_not_followed(inside: Path, value: str) -> None:
    with running.writer().transaction() as db:
        settings.put(db, "idle_minutes", value, at=now(), by="示例")
    with running.reader() as db:
        assert limits_of(db).idle == timedelta(minutes=30)


@pytest.mark.parametrize(("back", "still_in"), [(4, True), (6, False)], ids=["a little", "much"])
def test_a_clock_put_back_ends_sign_ins_rather_than_making_them_longer(
    inside: Path, monkeypatch: pytest.MonkeyPatch, back: int, still_in: bool
) -> None:
    begun = sessions.begin("demo-clerk", "demonstration")
    _clock_on(monkeypatch, timedelta(minutes=-back))
    assert (sessions.look_up(begun.sid) is not None) is still_in


def test_ones_open_sign_ins_are_told_newest_first(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sessions.begin("demo-clerk", "demonstration")
    _clock_on(monkeypatch, timedelta(minutes=2))
    second = sessions.begin("demo-clerk", "demonstration")
    sessions.begin("demo-auditor", "demonstration")
    told = sessions.open_of("demo-clerk")
    assert [(one.sid, one.means) for one in told] == [
        (second.sid, "demonstration"),
        (first.sid, "demonstration"),
    ]
    assert told[0].begun - told[1].begun > timedelta(minutes=1) and told[0].seen >= told[0].begun
    sessions.end(first.sid)
    assert [one.sid for one in sessions.open_of("demo-clerk")] == [second.sid]


def test_whoever_asked_is_told_of_every_ending(inside: Path) -> None:
    told: list[list[str]] = []
    sessions.when_ended(told.append)
    sessions.when_ended(told.append)
    one, other = (sessions.begin("demo-clerk", "demonstration") for _ in range(2))
    sessions.end(one.sid)
    sessions.end_all("demo-clerk")
    assert told == [[one.sid], [other.sid]], "each once"


def test_a_demonstration_knows_only_its_own_way_in(inside: Path) -> None:
    for login, means in (("demo-clerk", "password"), ("demo-clerk", "oidc"), ("meiyou", "demonstration")):
        with pytest.raises(sessions.NotAllowed):
            sessions.begin(login, means)  # type: ignore[arg-type]
    assert isinstance(sessions.begin("demo-clerk", "demonstration").person, Person)
