"""Failures as they are counted and chained: each of a known login, the others in a sum now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from data import chain
from data.canonical import instant_text
from data.protection.failures import Failures, failures_of, put_failures
from data.store import Database
from office import running
from office.accounts.locking import from_here_on, is_ahead_of, one_more, seconds_to_wait
from office.accounts.origins import ATTEMPTS
from office.days import now

# A sum for logins that do not exist; so that they take as long as others, it is written each time.
UNKNOWN = ""
CHAIN_UNKNOWN_EVERY = timedelta(minutes=10)


def count_failure(db: Database, login: str, at: datetime) -> int | None:
    """Count and chain a failure of somebody's, inside the caller's transaction; gives the seconds to wait from now."""
    counted = one_more(failures_of(db, login), at)
    put_failures(db, login, counted)
    chain.append(db, at=at, actor=login, action="sign_in_failed", body={"failures": counted.count})
    if counted.locked_until is not None:
        told = {"failures": counted.count, "until": counted.locked_until}
        chain.append(db, at=at, actor=login, action="locked", body=told)
    return seconds_to_wait(counted, at)


def count_unknown(db: Database, login: str, at: datetime) -> int | None:
    """The same for a login that does not exist: what was typed is kept nowhere."""
    before = failures_of(db, UNKNOWN)
    count = (before.count if before else 0) + 1
    due = before is None or abs(at - datetime.fromisoformat(before.last_at)) >= CHAIN_UNKNOWN_EVERY
    if due:
        chain.append(db, at=at, actor="system", action="sign_in_failed", body={"unknown": count})
    last = instant_text(at) if before is None or due else before.last_at
    put_failures(db, UNKNOWN, Failures(0 if due else count, last, None))
    return ATTEMPTS.login_failed(login)


def wait_anew(login: str) -> Failures | None:
    """Begin somebody's wait anew where the clock was put back; gives what is counted then."""
    with running.writer().transaction() as db:
        failures, at = failures_of(db, login), now()
        if failures is not None and is_ahead_of(failures, at):
            failures = from_here_on(failures, at)
            put_failures(db, login, failures)
    return failures
