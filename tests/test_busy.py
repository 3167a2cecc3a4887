"""Who waits for somebody else's writing is told within half a second, then it goes on; after ten seconds it says busy."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import store
from data.waiting import tell_always
from office import running
from pages.parts.busy import tell_who_waits

WAITS, GOES_ON = "正在等前面的人写完", "等完了，接着办"


def _page() -> None:
    import streamlit as st

    from data.store import Busy
    from office import running

    def write() -> None:
        try:
            with running.writer().transaction() as db:
                db.execute("INSERT INTO settings (key, value) VALUES ('busy', 'written')")
            st.session_state["said"] = "done"
        except Busy as busy:
            st.session_state["said"] = busy.words.zh

    st.button("write", key="b", on_click=write)
    st.write(st.session_state.get("said", "nothing"))


@pytest.fixture
def page(inside: Path) -> Iterator[AppTest]:
    tell_who_waits()
    yield AppTest.from_function(_page, default_timeout=30).run()
    tell_always(None)


def held_for(seconds: float) -> threading.Thread:
    """Somebody else writes for so long; begun when this returns."""
    begun = threading.Event()

    def hold() -> None:
        with running.writer().transaction():
            begun.set()
            time.sleep(seconds)

    other = threading.Thread(target=hold)
    other.start()
    begun.wait()
    return other


def written() -> int:
    with running.reader() as db:
        return int(db.execute("SELECT count(*) FROM settings WHERE key = 'busy'").fetchone()[0])


def test_nothing_is_said_where_nobody_waits(page: AppTest) -> None:
    page.button[0].click().run()
    assert page.markdown[0].value == "done"
    assert not page.toast


def test_a_short_wait_is_not_spoken_of(page: AppTest) -> None:
    other = held_for(0.2)
    page.button[0].click().run()
    other.join()
    assert page.markdown[0].value == "done"
    assert not page.toast


def test_who_waits_is_told_once_and_then_it_is_done(page: AppTest) -> None:
    other = held_for(1.6)
    page.button[0].click().run()
    other.join()
    assert page.markdown[0].value == "done"
    assert [one.value for one in page.toast] == [f"{GOES_ON}。"]  # in the place of the first message
    assert written() == 1


def test_who_waits_too_long_is_told_that_nothing_was_changed(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.8)
    other = held_for(1.6)
    page.button[0].click().run()
    assert "没有" in page.markdown[0].value
    assert written() == 0
    other.join()


def test_the_message_comes_within_a_second(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    said: list[tuple[float, str]] = []
    toast = st.toast

    def noted(words: str, **more: object) -> object:
        said.append((time.monotonic(), words))
        return toast(words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "toast", noted)
    other = held_for(1.6)
    begun = time.monotonic()
    page.button[0].click().run()
    other.join()
    assert len(said) == 1
    assert said[0][1].startswith(WAITS)
    assert said[0][0] - begun < 1.2


def test_a_thread_without_a_page_waits_in_silence(inside: Path) -> None:
    tell_who_waits()
    try:
        other = held_for(0.8)
        with running.writer().transaction() as db:
            db.execute("INSERT INTO settings (key, value) VALUES ('busy', 'written')")
        other.join()
    finally:
        tell_always(None)
    assert written() == 1
