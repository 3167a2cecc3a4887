"""Failed attempts that no account keeps: counted in memory by where they came from and by the login that was tried.

A login that does not exist is locked as one that does, so that a lock tells nobody who has an account. What was typed
is kept as a keyed hash only: some type their password there.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from ipaddress import IPv6Address, IPv6Network
from math import ceil
from time import monotonic
from typing import Any

from office.accounts.locking import delay_after

MOST_FROM_ONE_ORIGIN = 30
WINDOW_SECONDS = 300.0
MOST_KEPT = 10_000


class Attempts:
    """The counts of one process; the oldest are forgotten beyond 10,000."""

    def __init__(self) -> None:
        self._lock, self._key = threading.Lock(), secrets.token_bytes(32)
        self._origins: OrderedDict[str, list[float]] = OrderedDict()
        self._logins: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def origin_wait(self, origin: str) -> int | None:
        """Seconds until somebody at this place may try again; None: now."""
        with self._lock:
            recent = self._recent(_place(origin))
            if len(recent) < MOST_FROM_ONE_ORIGIN:
                return None
            return max(1, ceil(recent[-MOST_FROM_ONE_ORIGIN] + WINDOW_SECONDS - monotonic()))

    def login_wait(self, login: str) -> int | None:
        """The same for a login that does not exist."""
        with self._lock:
            _, until = self._logins.get(self._hidden(login), (0, 0.0))
            left = until - monotonic()
            return ceil(left) if left > 0 else None

    def origin_failed(self, origin: str) -> None:
        """Count one against a place."""
        place = _place(origin)
        with self._lock:
            self._origins[place] = [*self._recent(place), monotonic()][-MOST_FROM_ONE_ORIGIN:]
            _keep_few(self._origins, place)

    def login_failed(self, login: str) -> int | None:
        """Count one against a login that does not exist; gives the seconds to wait from now."""
        hidden = self._hidden(login)
        with self._lock:
            count = self._logins.get(hidden, (0, 0.0))[0] + 1
            wait = delay_after(count).total_seconds()
            self._logins[hidden] = (count, monotonic() + wait if wait else 0.0)
            _keep_few(self._logins, hidden)
        return int(wait) or None

    def forget(self) -> None:
        """Nothing is counted any more."""
        with self._lock:
            self._origins.clear()
            self._logins.clear()

    def _recent(self, place: str) -> list[float]:
        since = monotonic() - WINDOW_SECONDS
        return [at for at in self._origins.get(place, ()) if at > since]

    def _hidden(self, login: str) -> str:
        return hashlib.blake2b(login.encode("utf-8", "surrogatepass"), key=self._key).hexdigest()


def _place(origin: str) -> str:
    """The address; of an IPv6 address its network, for one computer has all of that."""
    try:
        address = IPv6Address(origin)
    except ValueError:
        return origin[:100]
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


def _keep_few(counts: OrderedDict[str, Any], newest: str) -> None:
    counts.move_to_end(newest)
    while len(counts) > MOST_KEPT:
        counts.popitem(last=False)


ATTEMPTS = Attempts()
