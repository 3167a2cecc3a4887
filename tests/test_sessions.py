"""A sign-in lasts as long as its rules say, and no longer."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from office import running, sessions
from office.days import now


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
