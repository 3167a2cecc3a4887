"""One's own password: changed by who knows the old one, or set anew on the machine itself."""

from __future__ import annotations

from data.canonical import instant_text
from data.people import Person, active_person
from data.protection.accounts import write_version
from data.protection.failures import failures_of, forget_failures
from data.protection.secrets import Secrets, secrets_of
from data.protection.sessions import end_sessions_of
from data.store import Database, Writer
from office import sessions
from office.accounts.counting import count_failure
from office.accounts.history import ON_THE_MACHINE
from office.accounts.locking import seconds_to_wait, wait_words
from office.accounts.newcomers import known, must_have_accounts
from office.accounts.passwords import as_kept, fault_of, fits, hashed
from office.days import now
from office.refusal import Refused, refuse
from rules.program import Words

TWO_DIFFER = Words(
    "两次输入的新密码不一样，没有改动。请再输一次。",
    "The two new passwords differ; nothing was changed. Enter them again.",
)


def set_own_password(writer: Writer, person: Person, old: str, new: str, *, keep: str | None = None) -> None:
    """Change one's own password; all sign-ins end but the one whose id is `keep`. Raises Refused.

    A wrong old password is counted as a failure to sign in: an open page is not a place to guess at it.
    """
    with writer.transaction() as db:
        kept = _still_there(db, person)
        _no_wait(db, person)
    if as_kept(old) == as_kept(new):
        raise refuse("新密码与现在的相同，请换一个", "the new password is the present one: choose another")
    if fault := fault_of(new, login=person.login, name=person.name):
        raise Refused(fault)
    good, fresh = fits(kept.password, old), Secrets(password=hashed(new))
    ended: list[str] | None = None
    with writer.transaction() as db:
        _no_wait(db, person)
        if good and _still_there(db, person) == kept:
            ended = _set(db, person, fresh, keep=keep)
        else:
            count_failure(db, person.login, now())
    if ended is None:
        raise refuse("现在的密码不对，没有改动", "the present password is wrong; nothing was changed")
    sessions.have_ended(ended)


def set_password_on_machine(writer: Writer, login: str, new: str) -> None:
    """Set the password of somebody who has forgotten it, at the machine that holds the database. Raises Refused.

    Whoever may write the database file could do so anyway; here it stands in the chain, and says how it was done.
    """
    with writer.transaction() as db:
        person = who_forgot(db, login)
    if fault := fault_of(new, login=person.login, name=person.name):
        raise Refused(fault)
    fresh = Secrets(password=hashed(new))
    with writer.transaction() as db:
        ended = _set(db, person, fresh, keep=None, reason=ON_THE_MACHINE)
    sessions.have_ended(ended)


def who_forgot(db: Database, login: str) -> Person:
    """The person of that login; refused where there is none or they may not sign in."""
    must_have_accounts(db)
    person = known(db, login)
    if not person.active:
        raise refuse("这个账号已停用", "this account is disabled")
    return person


def _set(
    db: Database, person: Person, fresh: Secrets, *, keep: str | None, reason: str | None = None
) -> list[str]:
    """Write it, inside the caller's transaction; gives the ids of the sign-ins that it ends."""
    at = now()
    write_version(db, person, "set_password", fresh, at=at, by=person.name, reason=reason)
    forget_failures(db, person.login)
    return end_sessions_of(db, person.login, instant_text(at), keep=keep)


def _still_there(db: Database, person: Person) -> Secrets:
    must_have_accounts(db)
    if active_person(db, person.login) is None:
        raise refuse("这个账号已停用", "this account is disabled")
    return secrets_of(db, person.login)


def _no_wait(db: Database, person: Person) -> None:
    wait = seconds_to_wait(failures_of(db, person.login), now())
    if wait is not None:
        raise Refused(wait_words(wait))
