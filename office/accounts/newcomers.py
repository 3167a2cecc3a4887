"""Who may be added: a login and a name that fit, and that are nobody else's."""

from __future__ import annotations

import re
import unicodedata

from data import settings
from data.people import ROLES, SOFTWARE, Person, everybody
from data.store import Database
from office.accounts.passwords import as_kept
from office.casework.doers import same_person
from office.permissions import ROLES as ROLE_WORDS
from office.refusal import refuse
from office.signing import named

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
BETWEEN = " .·•‧・-‐'’()（）、，"  # what may stand between the letters of a name: no link, picture or formula is made of it


def newcomer(db: Database, login: str, name: str, role: str) -> Person:
    """The person as they are kept. Raises Refused, naming what does not fit."""
    kept = login_as_kept(login)
    person = Person(kept, _plainly_named(name), role_as_kept(role))
    logins = [one.login for one in everybody(db)]
    for word in (person.login, person.name):
        if word.casefold() in SOFTWARE or any(same_person(db, word, one) for one in logins):
            raise refuse(
                f"“{word}”已经有人用了（停用的账号也算），请换一个；重名的可在姓名后加字样区别，如“示例甲（二组）”",
                f'"{word}" belongs to somebody already, perhaps to a disabled account; choose another, or add'
                " something to the name that tells the two apart",
            )
    return person


def _plainly_named(name: str) -> str:
    """The name, as it will stand on every page and paper; refused where something in it is no part of a name."""
    kept = named(name)
    strange = [
        letter for letter in kept if letter not in BETWEEN and unicodedata.category(letter)[0] not in "LMN"
    ]
    if strange or kept[0] in "-." or "www." in as_kept(kept).casefold():
        raise refuse(
            "姓名里只能有文字、数字、空格、间隔号、连字符和括号，请重新输入",
            "a name has letters, digits, blanks, dots, hyphens and brackets only: enter it again",
        )
    return kept


def login_as_kept(login: str) -> str:
    """The login in small plain letters; refused where it is none."""
    kept = as_kept(login[:200]).strip().casefold()
    if not LOGIN.fullmatch(kept):
        raise refuse(
            "登录名用 2 到 64 个小写字母、数字或 . _ @ -，以字母或数字开头，例如 zhang.shili",
            "a login has 2 to 64 small letters, digits or . _ @ - and begins with a letter or digit, like zhang.shili",
        )
    return kept


def role_as_kept(role: str) -> str:
    """One of the four roles; refused otherwise."""
    if role not in ROLES:
        zh = "、".join(f"{name}（{ROLE_WORDS[name].zh}）" for name in ROLES)
        raise refuse(f"没有岗位“{role}”；可用的有：{zh}", f'no role "{role}"; there are: {", ".join(ROLES)}')
    return role


def must_have_accounts(db: Database) -> None:
    """Refused in a demonstration, whose invented people come in without passwords."""
    if settings.is_demonstration(db):
        raise refuse(
            "这是演示数据库，人员是固定的，没有密码，不能管理账号；请用 python -m office init 建正式的数据库",
            "this is a demonstration: its people are fixed and have no passwords, and no account is managed."
            " Make an office's own database with python -m office init",
        )


def known(db: Database, login: str) -> Person:
    """The person of that login, active or not; refused where there is none."""
    for person in everybody(db):
        if person.login == login.strip():
            return person
    raise refuse(
        "人员名单里没有这个登录名；可在“人员与账号”或用 user list 查看",
        "no account with this login; see People and accounts, or user list",
    )
