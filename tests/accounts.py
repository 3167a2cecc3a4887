"""An office of its own with an administrator and a clerk, quick passwords, and a clock that tests turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from data.integrity import check
from data.store import Writer
from office import running, sessions
from office.accounts import (
    changing,
    counting,
    entering,
    first,
    history,
    limits,
    managing,
    origins,
    passwords,
)
from office.casework.asked import Doer
from office.sessions import SignIn

ADMINISTRATOR, CLERK = Doer("示例管理员"), Doer("示例录入员")
WORD, OTHER_WORD = "示例 长长的 一句话 abc", "another long sentence 例"
ORIGIN = "192.0.2.1"
READ_THE_CLOCK = (changing, counting, entering, first, history, limits, managing, sessions)


@dataclass
class Clock:
    """What the office's clock says; it stands still until it is moved."""

    at: datetime

    def move(self, **by: float) -> None:
        """Forwards, or back with negative numbers."""
        self.at += timedelta(**by)


def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Every part of the accounts reads this clock from now on."""
    clock = Clock(datetime.now(UTC).replace(microsecond=0))
    for module in READ_THE_CLOCK:
        monkeypatch.setattr(module, "now", lambda: clock.at)
    return clock


def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nearly nothing, and no attempts remembered from other tests."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(origins, "ATTEMPTS", fresh := origins.Attempts())
    for module in (counting, entering, first):
        monkeypatch.setattr(module, "ATTEMPTS", fresh)


def staffed(monkeypatch: pytest.MonkeyPatch, office_db: Path, run_on: Callable[[Path], None]) -> Clock:
    """The application runs on an office with an administrator and a clerk; its clock."""
    quick_passwords(monkeypatch)
    run_on(office_db)
    clock = stopped_clock(monkeypatch)
    make_administrator()
    make_clerk()
    return clock


def versions(login: str = "luru") -> list[history.Version]:
    """Every version of an account, oldest first."""
    with running.reader() as db:
        return history.history(db, login)


def writer() -> Writer:
    """The running application's."""
    return running.writer()


def make_administrator() -> SignIn:
    """The first one, signed in."""
    return first.make_first("guanli", ADMINISTRATOR.name, WORD, first.setup_code())


def make_clerk(login: str = "luru", name: str = CLERK.name, role: str = "clerk") -> SignIn:
    """Somebody added by the administrator, who came in with their code and set WORD."""
    code = managing.add(writer(), ADMINISTRATOR, login, name, role)
    return entering.enter_with_code(login, code.text, WORD, ORIGIN)


def said(login: str, password: str, origin: str = ORIGIN) -> str:
    """The words with which nobody gets in; "" for who does."""
    try:
        entering.enter(login, password, origin)
    except entering.NotEntered as refused:
        return refused.words.zh
    return ""


def chained(*actions: str) -> list[tuple[str, str, str]]:
    """Actor, action and body of the entries of these actions, oldest first."""
    with running.reader() as db:
        rows = db.execute("SELECT actor, action, body FROM chain ORDER BY seq").fetchall()
    return [row for row in rows if row[1] in actions]


def all_holds() -> bool:
    """Whether the file, the chain, every digest and every secret fit."""
    with running.reader() as db:
        return check(db) == []


def bytes_of(file: Path) -> bytes:
    """Everything that lies in the database's files."""
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
