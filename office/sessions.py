"""Sign-ins of people: begun with a secret token, looked up on every run, ended for good."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import chain
from data.canonical import instant_text
from data.people import Person, active_person
from data.protection.sessions import (
    Means,
    add_session,
    end_session,
    end_sessions_of,
    mark_seen,
    open_session,
)
from data.store import Busy
from office import running
from office.days import now

# The office's values: away from the desk for half an hour, and one long working day.
IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=10)
# A sign of life is written at most this often; in between the process remembers it.
WRITE_SEEN_EVERY = timedelta(seconds=60)


class NotAllowed(ValueError):
    """The login is unknown or may no longer sign in."""


@dataclass(frozen=True)
class SignIn:
    """`token` goes into the cookie and is never stored; `sid` is its SHA-256, which is."""

    token: str
    sid: str
    person: Person


def begin(login: str, means: Means) -> SignIn:
    """Sign a person in: a new 256-bit token, its hash stored, the sign-in chained.

    Raises NotAllowed for an unknown or disabled login, and data.store.Busy.
    """
    token = secrets.token_urlsafe(32)
    sid = hash_of(token)
    at = now()
    with running.writer().transaction() as db:
        person = active_person(db, login)
        if person is None:
            raise NotAllowed(login)
        add_session(db, sid, login, means, instant_text(at))
        chain.append(db, at=at, actor=login, action="sign_in", body={"role": person.role, "means": means})
    return SignIn(token, sid, person)


def look_up(sid: str) -> Person | None:
    """Who a session belongs to; None if there is none, it ended, or it lapsed.

    One indexed read on a connection that stays open: fit for the event loop and for every run of a page.
    """
    if len(sid) != 64:
        return None
    with running.question() as db:
        found = open_session(db, sid)
    if found is None:
        return None
    at, written = now(), datetime.fromisoformat(found.seen_at)
    seen = max(written, _SEEN.get(sid, written))
    lapsed = at - seen > IDLE_LIMIT or at - datetime.fromisoformat(found.created_at) > ABSOLUTE_LIMIT
    return None if lapsed else found.person


def touch(sid: str) -> None:
    """Note a sign of life of a session that `look_up` has just found; never waits.

    The time is kept in memory at once and written by a thread of its own now and then.
    """
    at = now()
    with _LOCK:
        _SEEN[sid] = at
        if time.monotonic() - _WRITTEN.get(sid, float("-inf")) < WRITE_SEEN_EVERY.total_seconds():
            return
        _WRITTEN[sid] = time.monotonic()
    threading.Thread(target=_write_seen, args=(sid, instant_text(at)), daemon=True).start()


def end(sid: str) -> None:
    """End a session for good (sign-out); chained when it was open."""
    at = now()
    with running.writer().transaction() as db:
        found = open_session(db, sid)
        if found is not None:
            end_session(db, sid, instant_text(at))
            chain.append(db, at=at, actor=found.person.login, action="sign_out", body={})
    _forget([sid])


def end_all(login: str) -> list[str]:
    """End every open session of a person; gives back their ids, so that open pages can be told."""
    with running.writer().transaction() as db:
        ended = end_sessions_of(db, login, instant_text(now()))
    _forget(ended)
    return ended


def hash_of(token: str) -> str:
    """The stored form of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


_LOCK = threading.Lock()
_SEEN: dict[str, datetime] = {}
_WRITTEN: dict[str, float] = {}


def _write_seen(sid: str, at: str) -> None:
    try:
        with running.writer().transaction() as db:
            mark_seen(db, sid, at)
    except (running.NotRunning, Busy):
        pass  # memory holds it until the next sign of life is written


def _forget(sids: list[str]) -> None:
    with _LOCK:
        for sid in sids:
            _SEEN.pop(sid, None)
            _WRITTEN.pop(sid, None)
