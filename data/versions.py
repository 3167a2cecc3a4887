"""Reading registers: every row is one version, and an instant K selects which versions speak.

A key is a text, or a tuple where several columns name a row; numbers in it (a year, a step) are numbers. An entity is the id of a row's first
version, which stays the same through every correction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from data.register import Register
from data.tables import written_columns

Key = str | tuple[str | int, ...]
END_OF_TIME = "9999"  # later than any instant as text


def known(table: str) -> str:
    """The SQL condition for: recorded by :k, and not replaced by a later version that was."""
    return (
        f"{table}.recorded_at <= :k AND {table}.id NOT IN (SELECT old.id FROM {table} AS new"
        f" JOIN {table} AS old ON old.entity = new.entity AND old.version < new.version"
        " WHERE new.version > 1 AND new.recorded_at <= :k)"
    )


def known_rows(
    db: Database, register: Register, columns: Sequence[str], known_at: str | None = None
) -> Iterator[tuple[Any, ...]]:
    """Some columns of the version of each row that speaks at K (canonical UTC text; None: now), in order of entry."""
    name = register.name
    sql = f"SELECT {', '.join(columns)} FROM {name} WHERE {known(name)} ORDER BY entity"
    return iter(db.execute(sql, {"k": known_at or END_OF_TIME}))


def as_known(db: Database, register: Register, known_at: str | None = None) -> Iterator[dict[str, Any]]:
    """The register as it stood at K: one dict per row, with its own and the recording columns."""
    columns = written_columns(register)
    return (dict(zip(columns, row, strict=True)) for row in known_rows(db, register, columns, known_at))


def history(db: Database, register: Register, key: Key) -> list[dict[str, Any]]:
    """All versions of one row, the oldest first; empty if there is none."""
    columns = written_columns(register)
    where = " AND ".join(f"{column} = ?" for column in register.key)
    sql = f"SELECT {', '.join(columns)} FROM {register.name} WHERE {where} ORDER BY version"
    return [dict(zip(columns, row, strict=True)) for row in db.execute(sql, _parts(key))]


def version(db: Database, register: Register, row: int) -> dict[str, Any]:
    """One version of a row by its row id: the register's own values by field name."""
    columns = [column.name for column in register.columns]
    found = db.execute(f"SELECT {', '.join(columns)} FROM {register.name} WHERE id = ?", [row]).fetchone()
    return dict(zip(columns, found, strict=True))


def current(db: Database, register: Register, key: Key) -> dict[str, Any] | None:
    """The version of one row that speaks now."""
    versions = history(db, register, key)
    return versions[-1] if versions else None


def current_rows(
    db: Database, register: Register, keys: Collection[Key]
) -> dict[Key, tuple[int, int, tuple[Any, ...]]]:
    """(entity, version, the register's own values) of those of the keys that are registered."""
    own = ", ".join(f"r.{column.name}" for column in register.columns)
    sql = f"SELECT r.entity, r.version, {own} FROM {_asked(register)} ORDER BY r.version"
    rows = db.execute(sql, [json.dumps(list(keys))]) if keys and _has_rows(db, register) else ()
    own_names = [column.name for column in register.columns]
    positions = [2 + own_names.index(name) for name in register.key]
    return {_key(row, positions): (row[0], row[1], row[2:]) for row in rows}


def entities(db: Database, register: Register, keys: Collection[Key]) -> dict[Key, int]:
    """The entity of each of the keys that is registered."""
    names = ", ".join(f"r.{column}" for column in register.key)
    sql = f"SELECT r.id, {names} FROM {_asked(register)} AND r.version = 1"
    rows = db.execute(sql, [json.dumps(list(keys))]) if keys else ()
    positions = range(1, 1 + len(register.key))
    return {_key(row, positions): row[0] for row in rows}


def _asked(register: Register) -> str:
    """The rows whose keys stand in the JSON array ?: one look-up in the key's index for each, in one statement."""
    if len(register.key) == 1:
        wanted = f"r.{register.key[0]} = j.value"
    else:
        wanted = " AND ".join(f"r.{name} = j.value ->> {at}" for at, name in enumerate(register.key))
    return f"json_each(?) AS j CROSS JOIN {register.name} AS r WHERE {wanted}"


def _has_rows(db: Database, register: Register) -> bool:
    return db.execute(f"SELECT 1 FROM {register.name} LIMIT 1").fetchone() is not None


def _key(row: tuple[Any, ...], positions: Sequence[int]) -> Key:
    return row[positions[0]] if len(positions) == 1 else tuple(row[at] for at in positions)


def _parts(key: Key) -> tuple[str | int, ...]:
    return (key,) if isinstance(key, str) else key
