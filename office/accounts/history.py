"""Looking at accounts: everybody as they stand, and every change of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from data.protection.accounts import AccountRow, all_accounts, versions_of
from data.protection.failures import Failures
from data.protection.sessions import open_sessions
from data.store import Database
from office import sessions
from office.accounts.limits import limits_of
from office.accounts.locking import seconds_to_wait
from office.days import now
from rules.program import Words

# What the software itself writes as the reason of a version; no person can, for theirs never begins so.
BY_CODE, NEWER_PARAMETERS, FIRST, ON_THE_MACHINE = "#code", "#parameters", "#first", "#machine"
KIND_WORDS = {
    "take_over": Words("由旧版本带来", "taken over"),
    "add": Words("添加", "added"),
    "role": Words("改岗位", "given another role"),
    "disable": Words("停用", "disabled"),
    "enable": Words("重新启用", "enabled again"),
    "give_code": Words("给一次性代码", "given a one-time code"),
    "set_password": Words("设密码", "password set"),
}
ACTIVE, DISABLED = Words("使用中", "active"), Words("已停用", "disabled")
_REMARKS = {
    BY_CODE: Words("凭一次性代码设定", "set with a one-time code"),
    NEWER_PARAMETERS: Words(
        "密码没有变，按新的强度重新保存", "the same password, kept anew with stronger parameters"
    ),
    FIRST: Words("第一位管理员，在本机设立", "the first administrator, made on the machine itself"),
    ON_THE_MACHINE: Words("在本机用命令行设定", "set on the machine itself, by command"),
}


@dataclass(frozen=True)
class Account:
    """One line of the list of people. Instants are UTC; `open_sign_ins` counts those that have not lapsed."""

    login: str
    name: str
    role: str
    active: bool
    has_password: bool
    code_until: datetime | None  # of a one-time code that is still good
    last_sign_in: datetime | None
    open_sign_ins: int
    locked_until: datetime | None  # None: not locked at the moment


@dataclass(frozen=True)
class Version:
    """One change of an account. `kind`: take_over, add, role, disable, enable, give_code, set_password.

    `reason` is what somebody wrote, `remark` what the software adds.
    """

    kind: str
    role: str
    active: bool
    reason: str
    at: datetime
    by: str
    remark: Words | None = None


def history(db: Database, login: str) -> list[Version]:
    """Every version of an account, newest first."""
    return [
        Version(
            kind=one.kind,
            role=one.person.role,
            active=one.person.active,
            reason="" if one.reason in _REMARKS else one.reason,
            at=datetime.fromisoformat(one.at),
            by=one.by,
            remark=_REMARKS.get(one.reason),
        )
        for one in versions_of(db, login)
    ]


def overview(db: Database) -> list[Account]:
    """Everybody, active ones first, then by login."""
    at, within = now(), limits_of(db)
    alive = Counter(row.login for row in open_sessions(db) if sessions.lives(row, within))
    return [_account(row, alive[row.person.login], at) for row in all_accounts(db)]


def _account(row: AccountRow, open_sign_ins: int, at: datetime) -> Account:
    code_until, locked_until = _instant(row.code_until), _instant(row.locked_until)
    counted = Failures(row.failures, row.last_failure or "", row.locked_until)
    return Account(
        login=row.person.login,
        name=row.person.name,
        role=row.person.role,
        active=row.person.active,
        has_password=row.has_password,
        code_until=code_until if code_until and at < code_until else None,
        last_sign_in=_instant(row.last_sign_in),
        open_sign_ins=open_sign_ins if row.person.active else 0,
        locked_until=locked_until if seconds_to_wait(counted, at) else None,
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
