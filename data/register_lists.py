"""Lists of any register as it stands now: filtered, counted, in pages, with what their codes are called."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from data.register import REGISTERS, Column, Register
from data.register_places import has_place, holds_on, lies_in, speaking
from data.tables import reference_column

OWN = ("id", "entity", "version", "recorded_at", "recorded_by", "reason")
BLANK = ""  # asked of a column of choices: the rows in which it is not filled in
IN_TEXT = ("code", "name", "text")


@dataclass(frozen=True)
class RowsAsked:
    """What a list is asked for; an empty value asks nothing.

    `search`: every word stands somewhere in the row's texts, or in what one of its codes is called; personal
    columns are searched only with `personal`. `equal`: columns of choices and of yes or no (BLANK: not filled in).
    `since` and `until` are ISO days, both included, for the register's day or month. `holds_on` is a day.
    `of`: the register and entity of a row that the rows refer to.
    """

    register: str
    search: str = ""
    personal: bool = False
    township: str = ""
    village: str = ""
    equal: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    holds_on: str = ""
    of: tuple[str, int] | None = None


def rows_asked(db: Database, asked: RowsAsked, *, first: int = 0, most: int = -1) -> list[dict[str, Any]]:
    """The rows asked for: OWN and the register's columns; by its day with the newest first, else by its key."""
    register = REGISTERS[asked.register]
    columns = [*OWN, *(column.name for column in register.columns)]
    where, bind = _where(asked)
    sql = (
        f"SELECT {', '.join(columns)} FROM {register.name} WHERE {where}"
        f" ORDER BY {_order(register)} LIMIT :most OFFSET :first"
    )
    rows = db.execute(sql, {**bind, "most": most, "first": first})
    return [dict(zip(columns, row, strict=True)) for row in rows]


def rows_counted(db: Database, asked: RowsAsked) -> int:
    """How many rows the list would have."""
    where, bind = _where(asked)
    return int(db.execute(f"SELECT count(*) FROM {asked.register} WHERE {where}", bind).fetchone()[0])


def sizes(db: Database) -> dict[str, int]:
    """How many rows each register has now. Rows are numbered without a gap, so that nothing has to be counted."""
    parts = [
        f"SELECT '{name}', (SELECT coalesce(max(id), 0) FROM {name})"
        f" - (SELECT count(*) FROM {name} WHERE version > 1)"
        for name in REGISTERS
    ]
    return dict(db.execute(" UNION ALL ".join(parts)).fetchall())


def name_column(register: Register) -> Column | None:
    """The column that says in words what a row is, if the register has one."""
    return next((column for column in register.columns if column.kind == "name"), None)


def named_by(register: Register, column: str) -> Register | None:
    """The register whose single code a column holds: of the reference itself, or of a part of what it names.

    The product of an inspection names a good together with its household; alone it is a product's code.
    """
    for reference in register.references:
        if column not in reference.columns:
            continue
        parent = REGISTERS[reference.register]
        if len(reference.columns) == 1:
            return parent
        if (found := named_by(parent, parent.key[reference.columns.index(column)])) is not None:
            return found
    return None


def names_of(db: Database, register: Register, codes: Collection[str]) -> dict[str, str]:
    """What rows are called, by their code; nothing where the register has no column of names."""
    name = name_column(register)
    if name is None or len(register.key) != 1 or not codes:
        return {}
    key = register.key[0]
    sql = (
        f"SELECT {key}, {name.name} FROM {register.name}"
        f" WHERE {key} IN (SELECT value FROM json_each(?)) AND {speaking(register.name)}"
    )
    return dict(db.execute(sql, [json.dumps(sorted(codes))]).fetchall())


def candidates(db: Database, register: Register, most: int) -> dict[str, str] | None:
    """Every code of a register with its name ("" without one), by code; None where there are more than `most`."""
    key, found_name = register.key[0], name_column(register)
    name = "''" if found_name is None else found_name.name
    sql = f"SELECT {key}, {name} FROM {register.name} WHERE {speaking(register.name)} ORDER BY {key} LIMIT ?"
    found = db.execute(sql, [most + 1]).fetchall()
    return dict(found) if len(found) <= most else None


def entity_of(db: Database, register: Register, key: Sequence[str | int]) -> int | None:
    """The entity of the row with this key, if it is registered."""
    where = " AND ".join(f"{column} = ?" for column in register.key)
    sql = f"SELECT id FROM {register.name} WHERE {where} AND version = 1"
    found = db.execute(sql, list(key)).fetchone()
    return None if found is None else int(found[0])


def villages_of(db: Database, township: str) -> dict[str, str]:
    """The villages of a township by code."""
    asked = RowsAsked("villages", township=township)
    return {row["village_code"]: row["village_name"] for row in rows_asked(db, asked)}


def referring(db: Database, register: Register, entity: int) -> dict[str, int]:
    """How many rows of each register refer to this row, those that nothing refers from left out."""
    counts = {
        name: rows_counted(db, RowsAsked(name, of=(register.name, entity)))
        for name, other in REGISTERS.items()
        if any(reference.register == register.name for reference in other.references)
    }
    return {name: count for name, count in counts.items() if count}


def _order(register: Register) -> str:
    own = [*([f"{register.day} DESC"] if register.day else []), *register.key]
    return ", ".join(own)


def _where(asked: RowsAsked) -> tuple[str, dict[str, Any]]:
    """The conditions in SQL with what is bound in them; no value is ever part of the text."""
    register = REGISTERS[asked.register]
    words = list(dict.fromkeys(asked.search.upper().split()))
    bind: dict[str, Any] = {f"word{at}": word for at, word in enumerate(words)}
    bind |= {f"equal_{name}": value for name, value in asked.equal.items() if value != BLANK}
    bind |= {
        "township": asked.township,
        "village": asked.village,
        "since": _cut(register, asked.since),
        "until": _cut(register, asked.until),
        "day": asked.holds_on,
        "entity": asked.of[1] if asked.of else None,
    }
    parts = [speaking(register.name), *_conditions(register, asked)]
    parts += [_has_word(register, f"word{at}", asked.personal) for at in range(len(words))]
    return " AND ".join(parts), bind


def _conditions(register: Register, asked: RowsAsked) -> Iterator[str]:
    name = register.name
    for place, table in (("township", "townships"), ("village", "villages")):
        if getattr(asked, place):
            yield lies_in(name, table, place) if has_place(name, table) else "0"
    for column in asked.equal:
        known = register.column(column).name  # KeyError for what is no column
        yield f"{known} IS NULL" if asked.equal[column] == BLANK else f"{known} = :equal_{known}"
    if register.day and asked.since:
        yield f"{register.day} >= :since"
    if register.day and asked.until:
        yield f"{register.day} <= :until"
    if asked.holds_on and (holds := holds_on(register, "day")):
        yield holds
    if asked.of is not None:
        yield _refers(register, asked.of[0])


def _refers(register: Register, parent: str) -> str:
    columns = [
        reference_column(register, reference)
        for reference in register.references
        if reference.register == parent
    ]
    return "(" + " OR ".join(f"{column} = :entity" for column in columns) + ")" if columns else "0"


def _has_word(register: Register, bind: str, personal: bool) -> str:
    """The condition that a word stands in one of the row's texts or in the name of what a code names."""
    texts = [c for c in register.columns if c.kind in IN_TEXT and (personal or not c.personal)]
    found = [f"instr(upper({column.name}), :{bind})" for column in texts]
    found += list(_has_name(register, bind, personal))
    return "(" + " OR ".join(found or ["0"]) + ")"


def _has_name(register: Register, bind: str, personal: bool) -> Iterator[str]:
    for column in register.columns:
        other = named_by(register, column.name)
        if other is None or other is register or (name := name_column(other)) is None:
            continue
        if name.personal and not personal:
            continue
        yield (
            f"{register.name}.{column.name} IN (SELECT {other.name}.{other.key[0]} FROM {other.name}"
            f" WHERE instr(upper({other.name}.{name.name}), :{bind}) AND {speaking(other.name)})"
        )


def _cut(register: Register, day: str) -> str | int:
    """A day as the register's own day, month or year is compared with."""
    kind = register.column(register.day).kind if register.day and day else "date"
    if kind == "number":
        return int(day[:4])
    return day[:7] if kind == "month" else day
