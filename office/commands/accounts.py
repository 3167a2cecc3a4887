"""Commands about accounts: user add, role, disable, enable, code, password, list, history. Secrets are never arguments."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from getpass import getpass

from data.canonical import instant_text
from data.people import ROLES
from data.store import open_writer, reading
from office.accounts import first, managing
from office.accounts.changing import who_forgot
from office.accounts.codes import Code
from office.accounts.history import ACTIVE, DISABLED, KIND_WORDS
from office.accounts.managing import Account, Version
from office.accounts.newcomers import known, must_have_accounts
from office.casework.asked import Doer
from office.commands.parsing import Command, Commands
from office.commands.speaking import DONE, answer, say, tell
from office.days import HERE
from office.permissions import ROLES as ROLE_WORDS
from office.refusal import refuse
from rules.program import Words


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("user", listed, "人员与账号", "people and their accounts")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    one = _of(
        ways,
        "add",
        added,
        "添加人员，给出一次性代码；第一位是管理员",
        "add somebody; the first is an administrator",
    )
    one.add_argument("--name", required=True, help="姓名 / the name")
    one.add_argument("--role", required=True, choices=ROLES, help="岗位 / the role")
    one.add_argument(
        "--code", action="store_true", help="第一位：不输密码，给代码 / the first: a code, no password"
    )
    one.add_argument("--by", default="", help="经办的管理员 / the administrator who does it")
    _change(ways, "role", role, "改岗位", "give another role").add_argument("role", choices=ROLES)
    _change(ways, "disable", disable, "停用：立即退出，密码作废", "disable: signed out, password forgotten")
    _change(ways, "enable", enable, "重新启用，给出一次性代码", "enable again, with a one-time code")
    _change(
        ways, "code", code, "给一次性代码：原密码作废，解除锁定", "a one-time code; the password is forgotten"
    )
    _of(
        ways,
        "password",
        password,
        "在本机给忘了密码的人设密码",
        "set a forgotten password at the machine itself",
    )
    ways.command("list", listed, "人员名单和账号状况", "everybody and how their accounts stand")
    _of(ways, "history", history, "一个账号的全部变动", "every change of an account")


def _of(ways: Commands, name: str, run: Command, zh: str, en: str) -> ArgumentParser:
    parser = ways.command(name, run, zh, en)
    parser.add_argument("login", help="登录名 / the login")
    return parser


def _change(ways: Commands, name: str, run: Command, zh: str, en: str) -> ArgumentParser:
    parser = _of(ways, name, run, zh, en)
    parser.add_argument("--by", default="", help="经办的管理员 / the administrator who does it")
    parser.add_argument("--reason", default="", help="理由 / why")
    return parser


def added(args: Namespace) -> int:
    """`user add`: by an administrator; on a database without one, the first, whose password is asked for."""
    with open_writer(args.db) as writer:
        with writer.transaction() as db:
            must_have_accounts(db)
            is_first = first.needed_in(db)
        if not is_first:
            found = managing.add(writer, Doer(args.by), args.login, args.name, args.role)
            return _show(args, found)
        if args.role != "administrator":
            raise refuse(
                "还没有管理员：第一位要用 --role administrator",
                "there is no administrator yet: the first one needs --role administrator",
            )
        word = None if args.code else _asked_twice()
        return _show(args, first.add_first(writer, args.login, args.name, word))


def role(args: Namespace) -> int:
    """`user role`: another role; ends the person's sign-ins."""
    with open_writer(args.db) as writer:
        managing.change_role(writer, Doer(args.by), args.login, args.role, args.reason)
    return _show(args, None)


def disable(args: Namespace) -> int:
    """`user disable`: in no longer."""
    with open_writer(args.db) as writer:
        managing.disable(writer, Doer(args.by), args.login, args.reason)
    return _show(args, None)


def enable(args: Namespace) -> int:
    """`user enable`: in again, by a one-time code."""
    with open_writer(args.db) as writer:
        return _show(args, managing.enable(writer, Doer(args.by), args.login, args.reason))


def code(args: Namespace) -> int:
    """`user code`: a one-time code in place of the password."""
    with open_writer(args.db) as writer:
        return _show(args, managing.give_code(writer, Doer(args.by), args.login, args.reason))


def password(args: Namespace) -> int:
    """`user password`: asked for twice, never an argument."""
    with open_writer(args.db) as writer:
        with writer.transaction() as db:
            who_forgot(db, args.login)  # before anybody types
        managing.set_password_on_machine(writer, args.login, _asked_twice())
    return _show(args, None)


def listed(args: Namespace) -> int:
    """`user list`: everybody, those who may sign in first."""
    with reading(args.db) as db:
        found = managing.overview(db)
    if args.json:
        answer({"people": [_document(one) for one in found]})
        return DONE
    for one in found:
        words = (
            one.login,
            one.name,
            say(args, ROLE_WORDS[one.role]),
            *(say(args, part) for part in _state(one)),
        )
        print("  ".join(words))
    if not found:
        tell(
            args,
            "还没有人员；请用 user add 设第一位管理员",
            "nobody yet: make the first administrator with user add",
        )
    return DONE


def history(args: Namespace) -> int:
    """`user history`: newest first."""
    with reading(args.db) as db:
        found = managing.history(db, known(db, args.login).login)
    if args.json:
        answer({"login": args.login, "versions": [_version(args, one) for one in found]})
        return DONE
    for one in found:
        remark = say(args, one.remark) if one.remark else one.reason
        words = (
            _when(one.at),
            say(args, KIND_WORDS[one.kind]),
            say(args, ROLE_WORDS[one.role]),
            one.by,
            remark,
        )
        print("  ".join(words).rstrip())
    return DONE


def _show(args: Namespace, found: Code | None) -> int:
    """What was done; a code stands on standard output this once and nowhere else."""
    if args.json:
        secret = {"code": found.text, "until": instant_text(found.until)} if found else {}
        answer({"login": args.login, **secret})
    if found is None:
        tell(args, "已办理。", "Done.")
    elif not args.json:
        until = _when(found.until)
        tell(
            args,
            f"一次性代码：{found.text}\n只显示这一次，{until} 前有效。请当面交给本人；本人在登录页凭它设自己的密码。",
            f"One-time code: {found.text}\nShown this once, good until {until}. Hand it over in person; with it they"
            " set a password of their own at the sign-in page.",
        )
    return DONE


def _asked_twice() -> str:
    """A password typed twice without being shown. Raises Refused where the two differ or nobody can be asked."""
    try:
        once = getpass("密码 / password: ", stream=sys.stderr)
        again = getpass("再输一次 / again: ", stream=sys.stderr)
    except (EOFError, OSError):
        raise refuse(
            "没有终端，不能输密码；请在终端里运行", "no terminal to type a password at: run it in one"
        ) from None
    if once != again:
        raise refuse("两次输入的密码不同，没有改动", "the two passwords differ; nothing was changed")
    return once


def _state(one: Account) -> Iterator[Words]:
    """How an account stands, part by part."""
    yield ACTIVE if one.active else DISABLED
    if one.last_sign_in:
        yield Words(f"上次登录 {_when(one.last_sign_in)}", f"last sign-in {_when(one.last_sign_in)}")
    if one.code_until:
        yield Words(
            f"一次性代码有效至 {_when(one.code_until)}", f"one-time code until {_when(one.code_until)}"
        )
    if one.locked_until:
        yield Words(f"锁定至 {_when(one.locked_until)}", f"locked until {_when(one.locked_until)}")


def _document(one: Account) -> dict[str, object]:
    times = {"code_until": one.code_until, "last_sign_in": one.last_sign_in, "locked_until": one.locked_until}
    return {**asdict(one), **{name: instant_text(at) if at else None for name, at in times.items()}}


def _version(args: Namespace, one: Version) -> dict[str, object]:
    remark = say(args, one.remark) if one.remark else None
    return {**asdict(one), "at": instant_text(one.at), "remark": remark}


def _when(at: datetime | None) -> str:
    return at.astimezone(HERE).strftime("%Y-%m-%d %H:%M") if at else ""
