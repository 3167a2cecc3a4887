"""What proves who somebody is: the encoded password and one-time code in force. Never in the chain, only their digests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from data.canonical import instant_text, sha256_of

CODE_GOOD_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Secrets:
    """Encoded texts as Argon2id writes them; `code_until` (UTC text) goes with `code`."""

    password: str | None = None
    code: str | None = None
    code_until: str | None = None

    @property
    def password_digest(self) -> str | None:
        """What the chain keeps of the password: the digest of a salted text, from which nothing can be guessed."""
        return _digest(self.password)

    @property
    def code_digest(self) -> str | None:
        """The same of the code."""
        return _digest(self.code)

    def outlasts(self, recorded_at: str) -> bool:
        """Whether its code is said to be good for longer than one that was given at that instant can be."""
        if self.code_until is None:
            return False
        try:
            last = datetime.fromisoformat(recorded_at) + CODE_GOOD_FOR
            return self.code_until > instant_text(last)
        except (ValueError, OverflowError):  # an instant that was altered
            return True


NOTHING = Secrets()


def secrets_of(db: Database, login: str) -> Secrets:
    """The secrets in force; empty where there are none."""
    row = db.execute("SELECT password, code, code_until FROM credentials WHERE login = ?", [login]).fetchone()
    return Secrets(*row) if row else NOTHING


def put_secrets(db: Database, login: str, secrets: Secrets) -> None:
    """Take these instead, inside the caller's transaction; their account's new version has the digests."""
    db.execute(
        "INSERT INTO credentials (login, password, code, code_until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (login) DO UPDATE SET"
        " password = excluded.password, code = excluded.code, code_until = excluded.code_until",
        [login, secrets.password, secrets.code, secrets.code_until],
    )


def _digest(text: str | None) -> str | None:
    return None if text is None else sha256_of(text.encode("utf-8", "surrogatepass"))
