"""Pages that are open in browsers, by session, so that a sign-out reaches them at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

# A browser that signs out is on its way to the door itself; being sent there twice would race.
GRACE_SECONDS = 1.0

_LOCK = threading.Lock()
_OPEN: dict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}


@contextmanager
def opened(sid: str) -> Iterator[asyncio.Event]:
    """While a page of this session is open: the event that is set when the session has been ended."""
    entry = (asyncio.get_running_loop(), asyncio.Event())
    with _LOCK:
        _OPEN.setdefault(sid, set()).add(entry)
    try:
        yield entry[1]
    finally:
        with _LOCK:
            _OPEN[sid].discard(entry)
            if not _OPEN[sid]:
                del _OPEN[sid]


def tell(sids: Iterable[str]) -> None:
    """Tell every open page of these sessions that they have ended. From any thread."""
    with _LOCK:
        entries = [entry for sid in sids for entry in _OPEN.get(sid, ())]
    for loop, ended in entries:
        loop.call_soon_threadsafe(loop.call_later, GRACE_SECONDS, ended.set)
