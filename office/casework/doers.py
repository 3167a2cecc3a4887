"""Who does it: the name an act is kept under, what that person may do, and when two names are one person."""

from __future__ import annotations

import unicodedata

from data.people import Person, everybody
from data.store import Database
from office.casework.asked import Doer
from office.permissions import must_be_allowed
from office.refusal import refuse
from office.signing import named

FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by their category that show nothing


def allowed(db: Database, doer: Doer, action: str) -> str:
    """The name under which the doer's act is kept. Raises Refused where the name is none or the role may not.

    A registered person is kept under their registered name, however it was spelled, and has their own role,
    whatever role the caller gives. Where anybody is or was registered, nobody else does anything: another name for one person would be
    two persons to the rule that who proposes does not decide. Before accounts anybody is kept as written.
    """
    name = named(doer.name)
    person = registered(db, name)
    if person is None and everybody(db):
        raise refuse(
            f"人员名单里没有“{name}”，没有办理。请照名单写姓名或登录名，例如 --by 示例审核员；名单由管理员登记",
            f'"{name}" is not registered; nothing was done. Write the name or login of somebody who is, as registered by'
            " the administrator",
        )
    for role in (doer.role, person.role if person else None):
        if role is not None:
            must_be_allowed(role, action)  # what the caller says is believed only where the list agrees
    return person.name if person else name


def registered(db: Database, name: str) -> Person | None:
    """The person of that login or name in any spelling. Refused where two share it, or where they left."""
    found = [
        person for person in everybody(db) if _spelt(name) in (_spelt(person.login), _spelt(person.name))
    ]
    found = [person for person in found if person.login == name.strip()] or found
    if len(found) > 1:
        logins = ", ".join(person.login for person in found)
        raise refuse(
            f"有 {len(found)} 个人叫“{name}”，请改用登录名：{logins}",
            f'{len(found)} people are called "{name}"; use the login: {logins}',
        )
    if found and not found[0].active:
        raise refuse(f"“{name}”的账号已停用，不能办理", f'"{name}" is no longer active and cannot act')
    return found[0] if found else None


def same_person(db: Database, one: str, other: str) -> bool:
    """Whether two names, logins or spellings belong to one person."""
    return bool(_all_names(db, one) & _all_names(db, other))


def _all_names(db: Database, name: str) -> set[str]:
    spelt = _spelt(name)
    of_one = [{_spelt(person.login), _spelt(person.name)} for person in everybody(db)]
    return {spelt}.union(*(names for names in of_one if spelt in names))


def _spelt(name: str) -> str:
    """A name without what may differ from one writing to the next: width, case, spaces, dots between its parts."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return (
        "".join(letter for letter in folded if letter.isalnum() and letter not in FILLERS) or folded.strip()
    )
