"""Looking after accounts: added, given a role, disabled, enabled, given a one-time code, signed out.

Only administrators, and never their own role; nobody can take the last administrator away. Whatever changes who
somebody is or how they prove it ends their sign-ins at once, open pages included.
"""

from __future__ import annotations

from datetime import datetime

from data import chain
from data.canonical import instant_text
from data.people import Person
from data.protection.accounts import Kind, active_administrators, write_version
from data.protection.failures import forget_failures
from data.protection.secrets import NOTHING, Secrets, secrets_of
from data.protection.sessions import end_sessions_of
from data.store import Database, Writer
from office import sessions
from office.accounts.changing import set_own_password, set_password_on_machine
from office.accounts.codes import Code, new_code
from office.accounts.history import Account, Version, history, overview
from office.accounts.newcomers import known, must_have_accounts, newcomer, role_as_kept
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse
from office.signing import kept_text
from rules.program import Words

__all__ = [
    "Account",
    "Code",
    "Version",
    "add",
    "change_role",
    "disable",
    "enable",
    "give_code",
    "history",
    "overview",
    "set_own_password",
    "set_password_on_machine",
    "sign_out_everywhere",
]

REASON = Words("理由", "the reason")


def add(writer: Writer, doer: Doer, login: str, name: str, role: str) -> Code:
    """Add somebody; they come in with the code, which is shown this once. Raises Refused."""
    at = now()
    code, kept = new_code(at)
    with writer.transaction() as db:
        by = _manager(db, doer)
        write_version(db, newcomer(db, login, name, role), "add", kept, at=at, by=by)
    return code


def change_role(writer: Writer, doer: Doer, login: str, role: str, reason: str = "") -> None:
    """Give somebody another role; their sign-ins end. Raises Refused."""
    with writer.transaction() as db:
        by, person = _manager(db, doer), _active(db, login)
        if by == person.name:
            raise refuse(
                "不能改自己的岗位，请另一位管理员办理",
                "nobody changes their own role: ask another administrator",
            )
        if role_as_kept(role) == person.role:
            raise refuse("已经是这个岗位，没有改动", "that is their role already; nothing was changed")
        _keep_an_administrator(db, person)
        other = Person(person.login, person.name, role)
        ended = _changed(db, other, "role", secrets_of(db, person.login), by, reason)
    sessions.have_ended(ended)


def disable(writer: Writer, doer: Doer, login: str, reason: str = "") -> None:
    """Let somebody in no longer: sign-ins end, password and code are forgotten. Raises Refused."""
    with writer.transaction() as db:
        by, person = _manager(db, doer), _active(db, login)
        _keep_an_administrator(db, person)
        gone = Person(person.login, person.name, person.role, active=False)
        ended = _changed(db, gone, "disable", NOTHING, by, reason)
    sessions.have_ended(ended)


def enable(writer: Writer, doer: Doer, login: str, reason: str = "") -> Code:
    """Let somebody in again, with a new one-time code. Raises Refused."""
    code, kept = new_code(now())
    with writer.transaction() as db:
        by, person = _manager(db, doer), known(db, login)
        if person.active:
            raise refuse("这个账号没有停用", "this account is not disabled")
        back = Person(person.login, person.name, person.role)
        _changed(db, back, "enable", kept, by, reason)
    return code


def give_code(writer: Writer, doer: Doer, login: str, reason: str = "") -> Code:
    """A new one-time code: the password is forgotten, sign-ins end, a lock is lifted. Raises Refused."""
    code, kept = new_code(now())
    with writer.transaction() as db:
        by, person = _manager(db, doer), _active(db, login)
        if by == person.name:
            raise refuse(
                "不能给自己一次性代码；改密码请到“我的账号”，忘了密码可在本机运行 python -m office user password",
                "nobody gives themselves a code: change the password under My account, or, where it is forgotten, run"
                " python -m office user password on the machine itself",
            )
        ended = _changed(db, person, "give_code", kept, by, reason)
    sessions.have_ended(ended)
    return code


def sign_out_everywhere(writer: Writer, doer: Doer, login: str) -> int:
    """End all sign-ins of oneself or, as administrator, of anybody; gives how many. Raises Refused."""
    with writer.transaction() as db:
        person = known(db, login)
        by = person.name if _is(doer, person) else allowed(db, doer, "manage_accounts")
        ended = end_sessions_of(db, person.login, instant_text(now()))
        if ended:
            told = {"of": person.login, "sign_ins": len(ended)}
            chain.append(db, at=now(), actor=by, action="sign_out", body=told)
    sessions.have_ended(ended)
    return len(ended)


def _manager(db: Database, doer: Doer) -> str:
    must_have_accounts(db)
    return allowed(db, doer, "manage_accounts")


def _changed(db: Database, person: Person, kind: Kind, secrets: Secrets, by: str, reason: str) -> list[str]:
    """Write the account's new state; gives the ids of the sign-ins that it ends."""
    at: datetime = now()
    why = kept_text(reason, REASON).lstrip("#") if reason.strip() else None
    write_version(db, person, kind, secrets, at=at, by=by, reason=why)
    if kind != "role":
        forget_failures(db, person.login)
    return end_sessions_of(db, person.login, instant_text(at))


def _active(db: Database, login: str) -> Person:
    person = known(db, login)
    if not person.active:
        raise refuse(
            "这个账号已停用；要改动请先重新启用", "this account is disabled: enable it before changing it"
        )
    return person


def _is(doer: Doer, person: Person) -> bool:
    return person.active and doer.name in (person.login, person.name)


def _keep_an_administrator(db: Database, person: Person) -> None:
    if active_administrators(db) == [person.login]:
        raise refuse(
            "这是最后一位能用的管理员，不能停用或改岗位；请先设另一位管理员",
            "this is the last active administrator and cannot be disabled or given another role: make another one first",
        )
