"""Coming in: by password, by a one-time code, or by an identity that another service vouches for.

Whoever does not get in is told the same, whatever the cause, and after as long a time; only a wait is said as such.
The password is checked outside the transaction, for it takes a while; inside, everything is looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data import settings
from data.canonical import instant_text
from data.people import Person, active_person
from data.protection.accounts import write_version
from data.protection.failures import failures_of, forget_failures
from data.protection.secrets import NOTHING, Secrets, secrets_of
from data.protection.sessions import end_sessions_of
from data.store import Database
from office import running, sessions
from office.accounts import codes
from office.accounts.counting import count_failure, count_unknown, wait_anew
from office.accounts.history import BY_CODE, NEWER_PARAMETERS
from office.accounts.locking import is_ahead_of, origin_words, seconds_to_wait, wait_words
from office.accounts.origins import ATTEMPTS
from office.accounts.passwords import as_kept, fault_of, fits, hashed, is_outdated
from office.days import now
from office.refusal import InWords, Refused
from office.sessions import SignIn
from rules.program import Words

WRONG_PASSWORD = Words("登录名或密码不对", "The login or the password is wrong")
WRONG_CODE = Words(
    "登录名或一次性代码不对，或代码已用过、已过 24 小时；可请管理员另给一个",
    "The login or the one-time code is wrong, or the code was used or is older than 24 hours;"
    " ask an administrator for another",
)
NO_ACCOUNT = Words(
    "身份已核实，但这里没有您的账号，或账号已停用；请找管理员",
    "Your identity is confirmed, but there is no active account for it here; ask an administrator",
)
DEMONSTRATION = Words(
    "这是演示数据库，没有密码；请在登录页选一个身份",
    "This is a demonstration without passwords: choose a person on the sign-in page",
)


class NotEntered(Refused):
    """Nobody was signed in; `wait_seconds` where it is no use trying earlier."""

    def __init__(self, words: InWords, wait_seconds: int | None = None) -> None:
        super().__init__(words)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True)
class _Attempt:
    """Who is trying, as it looked before the secret was checked; `person` None: nobody of that login."""

    login: str
    person: Person | None
    secrets: Secrets
    origin: str


def enter(login: str, password: str, origin: str) -> SignIn:
    """Sign in by password. Raises NotEntered, data.store.Busy."""
    attempt = _begun(login, origin)
    good = fits(attempt.secrets.password, password)
    outdated = good and attempt.secrets.password is not None and is_outdated(attempt.secrets.password)
    fresh = Secrets(password=hashed(password)) if outdated else None
    return _answered(attempt, good, fresh, WRONG_PASSWORD, by_code=False)


def enter_with_code(login: str, code: str, new_password: str, origin: str) -> SignIn:
    """Sign in by a one-time code and set the password; other sign-ins of that person end.

    Raises NotEntered, Busy, and Refused where the password may not be one: then the code is good still.
    """
    attempt = _begun(login, origin)
    good = fits(attempt.secrets.code, codes.as_typed(code)) and codes.is_good(attempt.secrets, now())
    fresh = None
    if good and attempt.person is not None:
        if fault := fault_of(new_password, login=attempt.login, name=attempt.person.name):
            raise Refused(fault)
        fresh = Secrets(password=hashed(new_password))
    return _answered(attempt, good, fresh, WRONG_CODE, by_code=True)


def enter_by_identity(login: str) -> SignIn:
    """Sign in somebody whose identity the office's own service has vouched for. Raises NotEntered, Busy."""
    with running.writer().transaction() as db:
        _no_demonstration(db)
        person = _person(db, login)
        if person is not None:
            return sessions.begin_in(db, person.login, "oidc", at=now())
    raise NotEntered(NO_ACCOUNT)


def _begun(login: str, origin: str) -> _Attempt:
    """The attempt; raises NotEntered where it is no use trying yet."""
    if wait := ATTEMPTS.origin_wait(origin):
        raise NotEntered(origin_words(wait), wait)
    with running.question() as db:
        _no_demonstration(db)
        person = _person(db, login)
        kept = secrets_of(db, person.login) if person else NOTHING
        failures = failures_of(db, person.login) if person else None
    if person is None:
        typed = as_kept(login[:200]).strip().casefold()
        _wait(ATTEMPTS.login_wait(typed))
        return _Attempt(typed, None, NOTHING, origin)
    if failures is not None and is_ahead_of(failures, now()):
        failures = wait_anew(person.login)
    _wait(seconds_to_wait(failures, now()))
    return _Attempt(person.login, person, kept, origin)


def _answered(attempt: _Attempt, good: bool, fresh: Secrets | None, wrong: Words, *, by_code: bool) -> SignIn:
    """Come in, or have the failure counted: in one transaction, before which nothing of it may have changed."""
    begun, ended, wait = None, list[str](), None
    with running.writer().transaction() as db:
        at = now()
        if attempt.person is None:
            wait = count_unknown(db, attempt.login, at)
        elif (wait := seconds_to_wait(failures_of(db, attempt.login), at)) is None:
            if good and _unchanged(db, attempt):
                begun, ended = _come_in(db, attempt.person, fresh, at, by_code)
            else:
                wait = count_failure(db, attempt.login, at)
    if begun is not None:
        sessions.have_ended(ended)
        return begun
    ATTEMPTS.origin_failed(attempt.origin)
    _wait(wait)
    raise NotEntered(wrong)


def _come_in(
    db: Database, person: Person, fresh: Secrets | None, at: datetime, by_code: bool
) -> tuple[SignIn, list[str]]:
    """The sign-in, and the ids of those that a new password ends."""
    forget_failures(db, person.login)
    ended = end_sessions_of(db, person.login, instant_text(at)) if by_code else []
    if fresh is not None:
        reason = BY_CODE if by_code else NEWER_PARAMETERS
        write_version(db, person, "set_password", fresh, at=at, by=person.name, reason=reason)
    return sessions.begin_in(db, person.login, "password", at=at), ended


def _unchanged(db: Database, attempt: _Attempt) -> bool:
    """Whether the account is as it was when the secret was checked: still active, no other secret, no code used."""
    return (
        active_person(db, attempt.login) == attempt.person
        and secrets_of(db, attempt.login) == attempt.secrets
    )


def _person(db: Database, login: str) -> Person | None:
    """Who may sign in under what was typed: that login, or it in small plain letters."""
    typed = login[:200].encode("utf-8", "replace").decode().strip()
    return active_person(db, typed) or active_person(db, as_kept(typed).casefold())


def _wait(seconds: int | None) -> None:
    if seconds is not None:
        raise NotEntered(wait_words(seconds), seconds)


def _no_demonstration(db: Database) -> None:
    if settings.is_demonstration(db):
        raise NotEntered(DEMONSTRATION)
