"""One-time codes: long enough not to be guessed, without letters that look alike, good for a day and once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.canonical import instant_text
from data.protection.secrets import CODE_GOOD_FOR, Secrets
from office.accounts.limits import CLOCK_TOLERANCE
from office.accounts.passwords import as_kept, hashed

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1
LENGTH, GROUP = 12, 4


@dataclass(frozen=True)
class Code:
    """A one-time code in plain text, shown once and not kept; `until` (UTC) it is good."""

    text: str
    until: datetime


def new_text() -> str:
    """A code as it is shown, in groups: 59 bits of chance."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def as_typed(text: str) -> str:
    """A code as it is compared: small letters, blanks and dashes make no difference."""
    return "".join(letter for letter in as_kept(text[:100]).upper() if letter.isalnum())


def new_code(at: datetime) -> tuple[Code, Secrets]:
    """A code good from that instant, and what is kept of it; no password beside it. Takes as long as a password."""
    code = Code(new_text(), at + CODE_GOOD_FOR)
    return code, Secrets(code=hashed(as_typed(code.text)), code_until=instant_text(code.until))


def is_good(kept: Secrets, at: datetime) -> bool:
    """Whether there is a code whose day has not passed, nor been made longer by a clock put back."""
    if kept.code_until is None:
        return False
    left = datetime.fromisoformat(kept.code_until) - at
    return timedelta() < left <= CODE_GOOD_FOR + CLOCK_TOLERANCE
