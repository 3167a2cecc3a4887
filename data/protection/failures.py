"""Failed attempts to sign in, counted per account: kept in the database, so that a restart forgives nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class Failures:
    """How often in a row, when last, and until when it is no use trying again. Times are UTC texts."""

    count: int
    last_at: str
    locked_until: str | None


def failures_of(db: Database, login: str) -> Failures | None:
    """What is counted against an account; None: nothing."""
    row = db.execute(
        "SELECT failures, last_at, locked_until FROM sign_in_failures WHERE login = ?", [login]
    ).fetchone()
    return Failures(*row) if row else None


def put_failures(db: Database, login: str, failures: Failures) -> None:
    """Count this from now on, inside the caller's transaction."""
    db.execute(
        "INSERT INTO sign_in_failures (login, failures, last_at, locked_until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (login) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,"
        " locked_until = excluded.locked_until",
        [login, failures.count, failures.last_at, failures.locked_until],
    )


def forget_failures(db: Database, login: str) -> None:
    """Nothing is counted against the account any more, inside the caller's transaction."""
    db.execute("DELETE FROM sign_in_failures WHERE login = ?", [login])
