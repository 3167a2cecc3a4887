"""Accounts as versions: each change a row under the chain, together with the secrets that it puts in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.chain import Difference
from data.people import Person
from data.protection.secrets import NOTHING, Secrets, put_secrets, secrets_of
from data.words import Words

Kind = Literal["add", "role", "disable", "enable", "give_code", "set_password"]


@dataclass(frozen=True)
class AccountVersion:
    """One state of an account and what brought it; `at` is the UTC text of its entry."""

    person: Person
    kind: str
    reason: str
    at: str
    by: str


@dataclass(frozen=True)
class AccountRow:
    """Everything that stands about an account now. Times are UTC texts."""

    person: Person
    has_password: bool
    code_until: str | None
    last_sign_in: str | None
    failures: int
    last_failure: str | None
    locked_until: str | None


def write_version(
    db: Database,
    person: Person,
    kind: Kind,
    secrets: Secrets,
    *,
    at: datetime,
    by: str,
    reason: str | None = None,
) -> None:
    """The account's new state and its secrets, inside the caller's transaction.

    Raises sqlite3.IntegrityError for what the table refuses: a second one of that login, a name that is taken.
    """
    row: dict[str, Cell] = {
        "id": next_id(db, "accounts"),
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "active": int(person.active),
        "kind": kind,
        "password_digest": secrets.password_digest,
        "code_digest": secrets.code_digest,
        "reason": reason or None,
    }
    record(db, "account", {"accounts": [row]}, at=at, by=by)
    put_secrets(db, person.login, secrets)


def versions_of(db: Database, login: str) -> list[AccountVersion]:
    """Every state that an account was in, newest first."""
    rows = db.execute(
        "SELECT login, name, role, active, kind, coalesce(reason, ''), recorded_at, recorded_by"
        " FROM accounts WHERE login = ? ORDER BY id DESC",
        [login],
    ).fetchall()
    return [
        AccountVersion(Person(login, name, role, bool(active)), *rest)
        for login, name, role, active, *rest in rows
    ]


def all_accounts(db: Database) -> list[AccountRow]:
    """Every account as it stands, those that may sign in first, then by login."""
    rows = db.execute(
        "SELECT p.login, p.name, p.role, p.active, c.password IS NOT NULL, c.code_until,"
        " (SELECT max(created_at) FROM web_sessions s WHERE s.login = p.login),"
        " coalesce(f.failures, 0), f.last_at, f.locked_until"
        " FROM people p LEFT JOIN credentials c ON c.login = p.login"
        " LEFT JOIN sign_in_failures f ON f.login = p.login ORDER BY p.active DESC, p.login"
    ).fetchall()
    return [
        AccountRow(Person(login, name, role, bool(active)), bool(has), *rest)
        for login, name, role, active, has, *rest in rows
    ]


def active_administrators(db: Database) -> list[str]:
    """The logins of those who may look after accounts."""
    rows = db.execute("SELECT login FROM people WHERE role = 'administrator' AND active = 1 ORDER BY login")
    return [login for (login,) in rows.fetchall()]


def secrets_that_differ(db: Database) -> Iterator[Difference]:
    """Secrets that the accounts' newest versions do not speak of: put there, or taken away, past the application."""
    newest = db.execute(
        "SELECT login, active, recorded_at, password_digest, code_digest FROM accounts AS a"
        " WHERE id = (SELECT max(id) FROM accounts WHERE login = a.login) ORDER BY login"
    ).fetchall()
    for login, active, recorded_at, *expected in newest:
        found = secrets_of(db, login)
        left_over = not active and found != NOTHING
        if left_over or found.outlasts(recorded_at) or [found.password_digest, found.code_digest] != expected:
            yield _not_recorded(login)
    known = {row[0] for row in newest}
    for (login,) in db.execute("SELECT login FROM credentials ORDER BY login").fetchall():
        if login not in known:
            yield _not_recorded(login)


def _not_recorded(login: str) -> Difference:
    return Difference(
        f"credentials {login}",
        Words(
            "此账号的密码或一次性代码与记录链不符：不是通过本软件设定的。",
            "This account's password or one-time code is not what the chain records: it was not set by this software.",
        ),
    )
