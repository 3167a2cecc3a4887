"""Passwords: what may be one, how it is kept (Argon2id), and whether one fits.

A password is taken in its NFKC form: full-width letters of a Chinese keyboard are the same as plain ones.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from office.refusal import refuse
from rules.program import Words

MIN_LENGTH, MAX_LENGTH = 12, 200
# RFC 9106's second recommendation; 0.1 to 0.3 s on the offices' machines (a test measures).
TIME_COST, MEMORY_KIB, LANES = 3, 64 * 1024, 4
# So that a flood of attempts takes no more memory than two, and nobody waits for ever behind one.
AT_ONCE, WAIT_SECONDS = 2, 15.0
# An estimate by zxcvbn, which knows 30,000 common passwords, keyboards, dates and repetitions.
FEWEST_GUESSES = 10**9
_NEAR_AT_HAND = (
    "tongyu",
    "tongyuxian",
    "dianshang",
    "bangongshi",
    "office",
    "admin",
    "administrator",
    "mima",
)

_HASHER = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
_TURN = threading.BoundedSemaphore(AT_ONCE)


def fault_of(password: str, *, login: str, name: str) -> Words | None:
    """Why this may not be the person's password; None if it may. No kinds of characters are asked for."""
    if len(password) > MAX_LENGTH or len(plain := as_kept(password)) > MAX_LENGTH:
        return Words(
            f"密码最多 {MAX_LENGTH} 个字符，请换一个短一些的",
            f"a password has at most {MAX_LENGTH} characters; choose a shorter one",
        )
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cf") for letter in plain):
        return Words(
            "密码里有看不见的控制字符，请重新输入", "the password holds invisible characters; enter it again"
        )
    if len(plain) < MIN_LENGTH:
        return Words(
            f"密码至少 {MIN_LENGTH} 个字符，这个只有 {len(plain)} 个；几个词连起来就好记",
            f"a password has at least {MIN_LENGTH} characters, this one has {len(plain)};"
            " a few words in a row are easy to remember",
        )
    if _holds(plain, login) or _holds(plain, name):
        return Words(
            "密码里不能有登录名或姓名，请换一个",
            "a password must not hold the login or the name; choose another",
        )
    return _easily_guessed(plain, login, name)


def hashed(password: str) -> str:
    """The encoded Argon2id text of a password, with its parameters and a salt of its own."""
    with _turn():
        return _HASHER.hash(as_kept(password).encode("utf-8", "surrogatepass"))


def fits(encoded: str | None, password: str) -> bool:
    """Whether the password is the one kept; None takes as long and never fits."""
    against = encoded if encoded is not None else _nobodys()
    given = as_kept(password[: MAX_LENGTH + 1])[: MAX_LENGTH + 1]
    try:
        with _turn():
            found = _HASHER.verify(against, given.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return found and encoded is not None and max(len(password), len(given)) <= MAX_LENGTH


def is_outdated(encoded: str) -> bool:
    """Whether it was made with other parameters than those of today and is to be made anew."""
    return _HASHER.check_needs_rehash(encoded)


def as_kept(password: str) -> str:
    """The form that is hashed: NFKC, so that one password typed on two keyboards is one."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    """A hash that no password has in practice, for logins that do not exist."""
    return hashed("\0nobody\0")


def prepare() -> None:
    """Make what the first attempt needs, so that it takes no longer than the others."""
    _nobodys()


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few places at which passwords are worked on. Raises Refused where none comes free."""
    if not _TURN.acquire(timeout=WAIT_SECONDS):
        raise refuse(
            "同时登录的太多，请稍后再试", "too many people are signing in at once; try again in a moment"
        )
    try:
        yield
    finally:
        _TURN.release()


def _holds(password: str, word: str) -> bool:
    """Whether a login or name stands in it, forwards or backwards; a Chinese name of two characters counts."""
    given, part = password.casefold(), as_kept(word).casefold().replace(" ", "")
    enough = len(part) >= (2 if not part.isascii() else 3)
    return enough and (part in given or part[::-1] in given)


def _easily_guessed(password: str, login: str, name: str) -> Words | None:
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # its lists take a moment to load and are needed here only

    found = zxcvbn(password[:72], [login, name, *_NEAR_AT_HAND])
    if found["guesses"] >= FEWEST_GUESSES:
        return None
    return _why(found["sequence"])


def _why(parts: list[dict[str, Any]]) -> Words:
    main = max(parts, key=lambda part: len(part["token"]))
    if main["pattern"] in ("repeat", "sequence", "spatial"):
        return Words(
            "密码大半是重复、连续的字符或键盘上相邻的键，太容易猜到，请换一个",
            "most of the password repeats, counts up or follows the keyboard: too easily guessed, choose another",
        )
    if main["pattern"] == "dictionary" and main["dictionary_name"] == "passwords":
        return Words(
            "这是很多人用过的密码，或由它变来，太容易猜到，请换一个",
            "this is a password that many people use, or made of one: too easily guessed, choose another",
        )
    return Words(
        "这个密码太容易猜到，请换一个；几个互不相干的词连起来就好记",
        "this password is too easily guessed; choose another, such as a few words that have nothing to do with each other",
    )
