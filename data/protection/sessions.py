"""Who is signed in: the rows of `web_sessions`, each ended for good one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from data.people import Person

Means = Literal["demonstration", "password", "oidc"]


@dataclass(frozen=True)
class WebSession:
    """One sign-in of an active person that nobody has ended. Times are UTC texts."""

    person: Person
    created_at: str
    seen_at: str


def add_session(db: Database, token_hash: str, login: str, means: Means, at: str) -> None:
    """Note a new sign-in; only the token's hash is kept."""
    db.execute(
        "INSERT INTO web_sessions (token_hash, login, means, created_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        [token_hash, login, means, at, at],
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


@dataclass(frozen=True)
class SessionRow:
    """One row that nobody has ended; it may have lapsed. Times are UTC texts."""

    token_hash: str
    login: str
    means: str
    created_at: str
    seen_at: str


def open_sessions(db: Database, login: str | None = None) -> list[SessionRow]:
    """The sessions of a person, or of everybody, that nobody has ended; newest first."""
    rows = db.execute(
        "SELECT token_hash, login, means, created_at, seen_at FROM web_sessions"
        " WHERE ended_at IS NULL AND (? IS NULL OR login = ?) ORDER BY created_at DESC",
        [login, login],
    ).fetchall()
    return [SessionRow(*row) for row in rows]


def mark_seen(db: Database, token_hash: str, at: str) -> None:
    """Move a session's last sign of life forward."""
    db.execute("UPDATE web_sessions SET seen_at = max(seen_at, ?) WHERE token_hash = ?", [at, token_hash])


def end_session(db: Database, token_hash: str, at: str) -> None:
    """End one session; ending it again changes nothing."""
    db.execute(
        "UPDATE web_sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL", [at, token_hash]
    )


def end_sessions_of(db: Database, login: str, at: str, *, keep: str | None = None) -> list[str]:
    """End every open session of a person, but for the one with the hash `keep`; gives back their hashes."""
    open_ones = "login = ? AND ended_at IS NULL AND token_hash IS NOT ?"
    hashes = [
        row[0]
        for row in db.execute(
            f"SELECT token_hash FROM web_sessions WHERE {open_ones}", [login, keep]
        ).fetchall()
    ]
    db.execute(f"UPDATE web_sessions SET ended_at = ? WHERE {open_ones}", [at, login, keep])
    return hashes
