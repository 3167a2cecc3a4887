"""Who waits for somebody else's writing is told within half a second, then it goes on; after ten seconds it says busy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
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


@contextmanager
def held(until: threading.Event) -> Iterator[None]:
    """Somebody else writes until then; has begun in the block."""
    begun = threading.Event()

    def hold() -> None:
        with running.writer().transaction():
            begun.set()
            until.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    begun.wait()
    try:
        yield
    finally:
        until.set()
        other.join()


@contextmanager
def held_for(seconds: float) -> Iterator[None]:
    over = threading.Event()
    ends = threading.Timer(seconds, over.set)
    ends.start()
    with held(over):
        yield


@contextmanager
def held_until_told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody else writes until the page says that it waits; gives the words."""
    said: list[str] = []
    told, toast = threading.Event(), st.toast

    def noted(words: str, **more: Any) -> Any:
        said.append(words)
        told.set()
        return toast(words, **more)

    monkeypatch.setattr(st, "toast", noted)
    with held(told):
        yield said


def written() -> int:
    with running.reader() as db:
        return int(db.execute("SELECT count(*) FROM settings WHERE key = 'busy'").fetchone()[0])


def test_nothing_is_said_where_nobody_waits(page: AppTest) -> None:
    page.button[0].click().run()
    assert page.markdown[0].value == "done"
    assert not page.toast


def test_a_short_wait_is_not_spoken_of(page: AppTest) -> None:
    with held_for(0.1):
        page.button[0].click().run()
    assert page.markdown[0].value == "done"
    assert not page.toast


def test_who_waits_is_told_once_and_then_it_is_done(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    with held_until_told(monkeypatch) as said:
        page.button[0].click().run()
    assert [words.startswith(WAITS) for words in said] == [True]
    assert page.markdown[0].value == "done"
    assert [one.value for one in page.toast] == [f"{GOES_ON}。"]  # in the place of the first message
    assert written() == 1


def test_who_waits_too_long_is_told_that_nothing_was_changed(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.8)
    with held(threading.Event()):
        page.button[0].click().run()
    assert "没有" in page.markdown[0].value
    assert written() == 0


def test_a_thread_without_a_page_waits_in_silence(inside: Path) -> None:
    tell_who_waits()
    try:
        with held_for(0.8), running.writer().transaction() as db:
            db.execute("INSERT INTO settings (key, value) VALUES ('busy', 'written')")
    finally:
        tell_always(None)
    assert written() == 1
