"""Who may use the application, and who is signed in: the rows of `people` and `web_sessions`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

ROLES = ("clerk", "reviewer", "auditor", "administrator")

# Plainly invented; a demonstration database has no passwords. Two may review: who proposes does not decide.
DEMONSTRATION_PEOPLE = (
    ("demo-clerk", "示例录入员", "clerk"),
    ("demo-reviewer", "示例审核员", "reviewer"),
    ("demo-head", "示例负责人", "reviewer"),
    ("demo-auditor", "示例审计员", "auditor"),
    ("demo-administrator", "示例管理员", "administrator"),
)


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in, or (`active` false) no longer may. `role` is one of ROLES."""

    login: str
    name: str
    role: str
    active: bool = True


@dataclass(frozen=True)
class WebSession:
    """One sign-in of an active person that nobody has ended. Times are UTC texts."""

    person: Person
    created_at: str
    seen_at: str


def add_demonstration_people(db: Database) -> None:
    """Add the invented people, inside the caller's transaction; those already there stay."""
    for login, name, role in DEMONSTRATION_PEOPLE:
        db.execute(
            "INSERT INTO people (login, name, role, active) VALUES (?, ?, ?, 1) ON CONFLICT (login) DO NOTHING",
            [login, name, role],
        )


def active_people(db: Database) -> list[Person]:
    """Everybody who may sign in, by role as in ROLES, then by login."""
    rows = db.execute("SELECT login, name, role FROM people WHERE active = 1 ORDER BY login").fetchall()
    return sorted((Person(*row) for row in rows), key=lambda p: ROLES.index(p.role))


def everybody(db: Database) -> list[Person]:
    """Everybody who ever could sign in, by login."""
    rows = db.execute("SELECT login, name, role, active FROM people ORDER BY login").fetchall()
    return [Person(login, name, role, bool(active)) for login, name, role, active in rows]


def active_person(db: Database, login: str) -> Person | None:
    """The person of that login, if they may sign in."""
    row = db.execute(
        "SELECT login, name, role FROM people WHERE login = ? AND active = 1", [login]
    ).fetchone()
    return Person(*row) if row else None


def add_session(db: Database, token_hash: str, login: str, at: str) -> None:
    """Note a new sign-in; only the token's hash is kept."""
    db.execute(
        "INSERT INTO web_sessions (token_hash, login, created_at, seen_at) VALUES (?, ?, ?, ?)",
        [token_hash, login, at, at],
    )


def open_session(db: Database, token_hash: str) -> WebSession | None:
    """The session with that hash, unless it was ended or its person may no longer sign in."""
    row = db.execute(
        "SELECT p.login, p.name, p.role, s.created_at, s.seen_at FROM web_sessions s"
        " JOIN people p ON p.login = s.login"
        " WHERE s.token_hash = ? AND s.ended_at IS NULL AND p.active = 1",
        [token_hash],
    ).fetchone()
    return WebSession(Person(*row[:3]), row[3], row[4]) if row else None


def mark_seen(db: Database, token_hash: str, at: str) -> None:
    """Move a session's last sign of life forward."""
    db.execute("UPDATE web_sessions SET seen_at = max(seen_at, ?) WHERE token_hash = ?", [at, token_hash])


def end_session(db: Database, token_hash: str, at: str) -> None:
    """End one session; ending it again changes nothing."""
    db.execute(
        "UPDATE web_sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL", [at, token_hash]
    )


def end_sessions_of(db: Database, login: str, at: str) -> list[str]:
    """End every open session of a person; gives back their hashes."""
    hashes = [
        row[0]
        for row in db.execute(
            "SELECT token_hash FROM web_sessions WHERE login = ? AND ended_at IS NULL", [login]
        ).fetchall()
    ]
    db.execute("UPDATE web_sessions SET ended_at = ? WHERE login = ? AND ended_at IS NULL", [at, login])
    return hashes
