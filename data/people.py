"""Who may use the application: the newest version of every account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from data.canonical import Cell
from data.casework.ledger import next_id, record

ROLES = ("clerk", "reviewer", "auditor", "administrator")

SOFTWARE = ("system", "init")  # who stands in the chain where no person acted

# Plainly invented; a demonstration database has no passwords. Two may review: who proposes does not decide.
DEMONSTRATION_PEOPLE = (
    ("demo-clerk", "示例录入员", "clerk"),
    ("demo-reviewer", "示例审核员", "reviewer"),
    ("demo-head", "示例负责人", "reviewer"),
    ("demo-auditor", "示例审计员", "auditor"),
    ("demo-administrator", "示例管理员", "administrator"),
)


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in, or (`active` false) no longer may. `role` is one of ROLES."""

    login: str
    name: str
    role: str
    active: bool = True


def add_demonstration_people(db: Database, *, at: datetime) -> None:
    """Add the invented people as one entry, inside the caller's transaction; those already there stay."""
    there = {person.login for person in everybody(db)}
    missing = [one for one in DEMONSTRATION_PEOPLE if one[0] not in there]
    first = next_id(db, "accounts")
    rows: list[dict[str, Cell]] = [
        {"id": number, "login": login, "name": name, "role": role, "active": 1, "kind": "add"}
        for number, (login, name, role) in enumerate(missing, start=first)
    ]
    if rows:
        record(db, "account", {"accounts": rows}, at=at, by="init")


def active_people(db: Database) -> list[Person]:
    """Everybody who may sign in, by role as in ROLES, then by login."""
    rows = db.execute("SELECT login, name, role FROM people WHERE active = 1 ORDER BY login").fetchall()
    return sorted((Person(*row) for row in rows), key=lambda p: ROLES.index(p.role))


def everybody(db: Database) -> list[Person]:
    """Everybody who ever could sign in, by login."""
    rows = db.execute("SELECT login, name, role, active FROM people ORDER BY login").fetchall()
    return [Person(login, name, role, bool(active)) for login, name, role, active in rows]


def active_person(db: Database, login: str) -> Person | None:
    """The person of that login, if they may sign in."""
    row = db.execute(
        "SELECT login, name, role FROM people WHERE login = ? AND active = 1", [login]
    ).fetchone()
    return Person(*row) if row else None
