"""The first administrator of an office's own database, made on the machine itself: there is no default password."""

from __future__ import annotations

import hmac
import threading

from data import settings
from data.protection.accounts import active_administrators, write_version
from data.protection.secrets import Secrets
from data.store import Database, Writer
from office import running, sessions
from office.accounts import codes
from office.accounts.codes import Code, new_code
from office.accounts.entering import NotEntered
from office.accounts.history import FIRST
from office.accounts.locking import origin_words
from office.accounts.newcomers import login_as_kept, must_have_accounts, newcomer
from office.accounts.origins import ATTEMPTS
from office.accounts.passwords import fault_of, hashed
from office.days import now
from office.refusal import Refused, refuse
from office.sessions import SignIn
from rules.program import Words

WRONG_CODE = Words(
    "设立代码不对；它显示在运行本软件的窗口里，每次启动都不同",
    "The set-up code is wrong; it is shown in the window where this software runs, and is another after each start",
)
_PLACE = "set-up"  # attempts at the code are counted together, wherever they come from


def needed() -> bool:
    """Whether this is an office's own database without an active administrator."""
    with running.question() as db:
        return needed_in(db)


def needed_in(db: Database) -> bool:
    """The same of a database at hand."""
    return not settings.is_demonstration(db) and not active_administrators(db)


def setup_code() -> str:
    """The code that this process asks for; shown on its terminal, never logged."""
    with _LOCK:
        _CODE[:] = _CODE or [codes.new_text()]
        return _CODE[0]


def make_first(login: str, name: str, password: str, code: str) -> SignIn:
    """Make the first administrator and sign them in. Raises NotEntered (wrong code), Refused, Busy."""
    _must_have_code(code)
    add_first(running.writer(), login, name, password)
    with running.writer().transaction() as db:
        return sessions.begin_in(db, login_as_kept(login), "password", at=now())


def add_first(writer: Writer, login: str, name: str, password: str | None) -> Code | None:
    """Make the first administrator, at the machine itself; without a password they come in by the code given back."""
    with writer.transaction() as db:
        _must_be_needed(db)
        person = newcomer(db, login, name, "administrator")
    if password is None:
        code, kept = new_code(now())
    else:
        if fault := fault_of(password, login=person.login, name=person.name):
            raise Refused(fault)
        code, kept = None, Secrets(password=hashed(password))
    with writer.transaction() as db:
        _must_be_needed(db)
        person = newcomer(db, login, name, "administrator")
        write_version(db, person, "add", kept, at=now(), by=person.name, reason=FIRST)
    return code


def _must_be_needed(db: Database) -> None:
    must_have_accounts(db)
    if not needed_in(db):
        raise refuse(
            "已经有管理员了；请由管理员添加人员", "there is an administrator already, who adds people"
        )


def _must_have_code(code: str) -> None:
    if wait := ATTEMPTS.origin_wait(_PLACE):
        raise NotEntered(origin_words(wait), wait)
    if not hmac.compare_digest(codes.as_typed(code).encode(), codes.as_typed(setup_code()).encode()):
        ATTEMPTS.origin_failed(_PLACE)
        raise NotEntered(WRONG_CODE)


_LOCK = threading.Lock()
_CODE: list[str] = []
