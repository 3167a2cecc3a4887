"""People registered for a test, as an administrator would."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from data.canonical import Cell
from data.casework.ledger import next_id, record


def register(
    db: Database, login: str, name: str, role: str, *, at: datetime, active: bool = True, kind: str = "add"
) -> None:
    """Add an account inside the caller's transaction; not `active`: and disable it at once."""
    states = [(kind, 1)] if active else [(kind, 1), ("disable", 0)]
    for done, state in states:
        row: dict[str, Cell] = {
            "id": next_id(db, "accounts"),
            "login": login,
            "name": name,
            "role": role,
            "active": state,
        }
        record(db, "account", {"accounts": [{**row, "kind": done}]}, at=at, by="init")


def disable(db: Database, *logins: str, at: datetime) -> None:
    """Disable accounts, all of them where none is named, inside the caller's transaction."""
    for login, name, role in db.execute("SELECT login, name, role FROM people WHERE active = 1").fetchall():
        if not logins or login in logins:
            row: dict[str, Cell] = {
                "id": next_id(db, "accounts"),
                "login": login,
                "name": name,
                "role": role,
                "active": 0,
            }
            record(db, "account", {"accounts": [{**row, "kind": "disable"}]}, at=at, by="init")
