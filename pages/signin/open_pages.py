"""Pages that are open in browsers, by session, so that a sign-out reaches them at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# A browser that signs out is on its way to the door itself; being sent there twice would race.
GRACE_SECONDS = 1.0


@dataclass(eq=False)
class Ending:
    """`at_once` is set as soon as the session has ended: nothing more goes out. `told`: go to the door."""

    loop: asyncio.AbstractEventLoop
    told: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: bool = False


_LOCK = threading.Lock()
_OPEN: dict[str, set[Ending]] = {}


@contextmanager
def opened(sid: str) -> Iterator[Ending]:
    """While a page of this session is open: what tells it that the session has ended."""
    entry = Ending(asyncio.get_running_loop())
    with _LOCK:
        _OPEN.setdefault(sid, set()).add(entry)
    try:
        yield entry
    finally:
        with _LOCK:
            _OPEN[sid].discard(entry)
            if not _OPEN[sid]:
                del _OPEN[sid]


def tell(sids: Iterable[str]) -> None:
    """Tell every open page of these sessions that they have ended. From any thread."""
    with _LOCK:
        entries = [entry for sid in sids for entry in _OPEN.get(sid, ())]
    for entry in entries:
        entry.at_once = True
        entry.loop.call_soon_threadsafe(entry.loop.call_later, GRACE_SECONDS, entry.told.set)
