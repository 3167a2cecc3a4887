"""Taking turns: first come, first served, so that nobody waits longer than those before them need; and who waits is told.

`told_while_waiting` is for whoever shows something to a person; the writer itself knows nothing of pages.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Tell = Callable[[float], None]
EVERY_SECONDS = 0.25
TURN_SECONDS = 0.0005


@dataclass(frozen=True)
class _Told:
    tell: Tell
    after: float
    over: Callable[[], None] | None = None


_told: ContextVar[_Told | None] = ContextVar("told_while_waiting", default=None)


class _Everybody:
    told: _Told | None = None


def tell_always(tell: Tell | None, over: Callable[[], None] | None = None, after: float = 0.5) -> None:
    """For every thread that nobody tells otherwise, until called again: `tell` as in `told_while_waiting`, and
    `over` once the wait of somebody who was told has ended, before anything is begun. None: nobody is told."""
    _Everybody.told = None if tell is None else _Told(tell, after, over)


@contextmanager
def told_while_waiting(tell: Tell, after: float = 0.5) -> Iterator[None]:
    """In the block, whenever this thread waits longer than `after` seconds for its turn, `tell` is called with the
    seconds so far, and again every quarter of a second.

    It is called outside any transaction and holding nothing; what it raises ends the wait, and nothing was begun.
    """
    before = _told.set(_Told(tell, after))
    try:
        yield
    finally:
        _told.reset(before)


def change_threads_often() -> None:
    """Let a thread that computes go on for half a millisecond at most while others wait, not Python's five.

    A page that reads fifty rows lets others go first fifty times, and waits as often for whoever computes meanwhile.
    """
    sys.setswitchinterval(TURN_SECONDS)


class Turns:
    """One at a time, in the order of asking. A plain lock gives no order: under load somebody waits for seconds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False if it did not come within `seconds`."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            came = _came(mine, seconds)
        except BaseException:
            if self._was_given(mine):
                self.pass_on()
            raise
        return came or self._was_given(mine)

    @property
    def are_awaited(self) -> bool:
        """Whether somebody waits for the turn."""
        return bool(self._waiting)

    def pass_on(self) -> None:
        """Give the turn to the one who has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _was_given(self, mine: threading.Event) -> bool:
        """Leave the queue; True if the turn came just then, which is then ours to use or to pass on."""
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
            return False


def _came(mine: threading.Event, seconds: float) -> bool:
    begun, told, said = time.monotonic(), _told.get() or _Everybody.told, False
    pause = told.after if told else seconds
    came = False
    while not (came := mine.wait(min(pause, max(0.0, begun + seconds - time.monotonic())))):
        waited = time.monotonic() - begun
        if waited >= seconds:
            break
        if told:
            told.tell(waited)
            pause, said = EVERY_SECONDS, True
    if said and told and told.over:
        told.over()
    return came
