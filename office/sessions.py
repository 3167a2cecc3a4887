"""Sign-ins of people: begun with a secret token, looked up on every run, ended for good."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import chain, settings
from data.canonical import instant_text
from data.people import Person, active_person
from data.protection.sessions import (
    Means,
    SessionRow,
    add_session,
    end_session,
    end_sessions_of,
    mark_seen,
    open_session,
    open_sessions,
)
from data.store import Busy, Database
from office import running
from office.accounts.limits import CLOCK_TOLERANCE, Limits, limits
from office.days import now

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
    with running.writer().transaction() as db:
        return begin_in(db, login, means, at=now())


def begin_in(db: Database, login: str, means: Means, *, at: datetime) -> SignIn:
    """The same inside the caller's transaction. `demonstration`: in a demonstration database only."""
    token = secrets.token_urlsafe(32)
    sid = hash_of(token)
    person = active_person(db, login)
    if person is None or (means == "demonstration") is not settings.is_demonstration(db):
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
    return found.person if _lives(sid, found.created_at, found.seen_at, limits()) else None


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
    have_ended([sid])


def end_all(login: str) -> list[str]:
    """End every open session of a person; gives back their ids."""
    with running.writer().transaction() as db:
        ended = end_sessions_of(db, login, instant_text(now()))
    have_ended(ended)
    return ended


def have_ended(sids: list[str]) -> None:
    """Sessions that a committed transaction has ended: forgotten here, their open pages told."""
    with _LOCK:
        for sid in sids:
            _SEEN.pop(sid, None)
            _WRITTEN.pop(sid, None)
    for told in tuple(_TOLD):
        told(sids)


def when_ended(tell: Callable[[list[str]], None]) -> None:
    """Have `tell` called with the ids of sign-ins just ended, wherever that was done (open pages are told so)."""
    if tell not in _TOLD:
        _TOLD.append(tell)


@dataclass(frozen=True)
class OpenSession:
    """One sign-in that lives: its id and means (demonstration, password, oidc), begun and last seen at (UTC)."""

    sid: str
    means: str
    begun: datetime
    seen: datetime


def open_of(login: str) -> list[OpenSession]:
    """The live sign-ins of a person, newest first."""
    with running.question() as db:
        rows = open_sessions(db, login)
    within = limits()
    return [
        OpenSession(row.token_hash, row.means, _read(row.created_at), _last_seen(row.token_hash, row.seen_at))
        for row in rows
        if lives(row, within)
    ]


def lives(row: SessionRow, within: Limits) -> bool:
    """Whether a session that nobody has ended has not lapsed either."""
    return _lives(row.token_hash, row.created_at, row.seen_at, within)


def hash_of(token: str) -> str:
    """The stored form of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


_LOCK = threading.Lock()
_SEEN: dict[str, datetime] = {}
_WRITTEN: dict[str, float] = {}
_TOLD: list[Callable[[list[str]], None]] = []


def _lives(sid: str, created_at: str, seen_at: str, within: Limits) -> bool:
    """Whether neither limit is passed, and the clock does not stand before what it said already."""
    at, begun, seen = now(), _read(created_at), _last_seen(sid, seen_at)
    if max(begun, seen) - at > CLOCK_TOLERANCE:
        return False
    return at - seen <= within.idle and at - begun <= within.absolute


def _last_seen(sid: str, written: str) -> datetime:
    return max(_read(written), _SEEN.get(sid, _read(written)))


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _write_seen(sid: str, at: str) -> None:
    try:
        with running.writer().transaction() as db:
            mark_seen(db, sid, at)
    except (running.NotRunning, Busy):
        pass  # memory holds it until the next sign of life is written
