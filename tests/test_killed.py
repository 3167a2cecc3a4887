"""kill -9 while the office works: nothing partial, nothing answered lost, the same work again. `python -m soak` does 200."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from soak.killing import Found, killed_once

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


@pytest.mark.parametrize("work", ["imports of 10,000 rows", "recordings of decisions", "settlements"])
def test_killed_at_a_random_moment_the_office_goes_on_as_if_it_had_only_paused(
    demo_master: Path, work: str
) -> None:
    found, draw, spans = Found(), Random(), dict[str, float]()
    for _ in range(2):
        killed_once(work, demo_master, draw, found, spans)
    assert (found.partial, found.lost, found.undone) == ([], [], [])
    assert found.kills == 2
    assert max(found.opening) < 30


def test_the_trial_can_fail(demo_master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that no entry stands behind is found."""
    found, draw = Found(), Random()
    monkeypatch.setattr("soak.killing._killed", lambda *asked: [(9_999_999, "no such hash")])
    monkeypatch.setattr("soak.killing._let_run", lambda *asked: 0.1)
    killed_once("recordings of decisions", demo_master, draw, found, {})
    assert found.lost == ["entry 9999999 was answered and is not there"]
