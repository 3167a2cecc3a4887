"""Lists of inspections as they are known: filtered, in pages, each re-inspection beside its original."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from data.register import register
from data.versions import END_OF_TIME, known

OWN = "id, entity, version, recorded_at, recorded_by, reason"
NEWEST_FIRST = "inspections.sampling_day DESC, inspections.sample_no DESC"


@dataclass(frozen=True)
class Asked:
    """What a list is asked for; an empty value asks nothing.

    `sample` is a part of a sample number; `good` a part of 户编号/产品编码 or of a product's name; `since` and
    `until` are sampling days, both included; `known_on` leaves out what had no result by that day.
    `pending` asks for 待确证 that no re-inspection has settled by then.
    """

    sample: str = ""
    good: str = ""
    township: str = ""
    conclusions: tuple[str, ...] = ()
    method: str = ""
    since: date | None = None
    until: date | None = None
    known_on: date | None = None
    reinspections: bool = False
    pending: bool = False


def inspections_asked(
    db: Database, asked: Asked, known_at: str | None = None, *, first: int = 0, most: int = -1
) -> list[dict[str, Any]]:
    """The rows asked for, newest sampling first: the register's columns and those of OWN."""
    columns = [*OWN.split(", "), *(column.name for column in register("inspections").columns)]
    where, bind = _where(asked, known_at)
    named = ", ".join(f"inspections.{column}" for column in columns)
    sql = f"SELECT {named} FROM inspections WHERE {where} ORDER BY {NEWEST_FIRST} LIMIT :most OFFSET :first"
    rows = db.execute(sql, {**bind, "most": most, "first": first})
    return [dict(zip(columns, row, strict=True)) for row in rows]


def inspections_counted(db: Database, asked: Asked, known_at: str | None = None) -> int:
    """How many rows the list would have."""
    where, bind = _where(asked, known_at)
    return int(db.execute(f"SELECT count(*) FROM inspections WHERE {where}", bind).fetchone()[0])


def reinspections_of(
    db: Database, entities: Collection[int], known_on: date | None = None, known_at: str | None = None
) -> dict[int, list[dict[str, Any]]]:
    """By the original's entity, its re-inspections whose result was there on a day; the latest result last."""
    columns = ("original_entity", "sample_no", "sampling_date", "result_date", "conclusion")
    sql = (
        f"SELECT {', '.join(columns)} FROM json_each(:originals) AS j CROSS JOIN inspections"
        f" ON inspections.original_entity = j.value WHERE {known('inspections')}"
        " AND (:day IS NULL OR result_date <= :day) ORDER BY result_day, sample_no"
    )
    bind = {"originals": json.dumps(list(entities)), "day": _iso(known_on), "k": known_at or END_OF_TIME}
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.execute(sql, bind):
        found.setdefault(row[0], []).append(dict(zip(columns, row, strict=True)))
    return found


def townships_listed(db: Database) -> dict[str, str]:
    """Every township's name by its code, in the order of the codes."""
    sql = f"SELECT township_code, township_name FROM townships WHERE {known('townships')} ORDER BY township_code"
    return dict(db.execute(sql, {"k": END_OF_TIME}).fetchall())


def register_size(db: Database, name: str) -> int:
    """How many rows a register has now (corrections are versions of a row, not rows)."""
    found = db.execute(f"SELECT count(*) FROM {register(name).name} WHERE version = 1").fetchone()
    return int(found[0])


def _where(asked: Asked, known_at: str | None) -> tuple[str, dict[str, Any]]:
    """The conditions in SQL with what is bound in them; no value is ever part of the text."""
    parts = [known("inspections"), *_conditions(asked)]
    bind = {
        "k": known_at or END_OF_TIME,
        "sample": asked.sample.upper(),
        "good": asked.good.upper(),
        "township": asked.township,
        "conclusions": json.dumps(asked.conclusions),
        "method": asked.method,
        "since": _iso(asked.since),
        "until": _iso(asked.until),
        "day": _iso(asked.known_on),
    }
    where = " AND ".join(parts)
    return where, {name: value for name, value in bind.items() if re.search(rf":{name}\b", where)}


def _conditions(asked: Asked) -> Iterator[str]:
    if asked.sample:
        yield "instr(upper(sample_no), :sample)"
    if asked.good:
        yield (
            "(instr(upper(household_no || '/' || product_code), :good) OR product_code IN (SELECT product_code"
            f" FROM products WHERE instr(upper(product_name), :good) AND {known('products')}))"
        )
    if asked.township:
        yield f"household_no IN ({_households_there()})"
    if asked.conclusions:
        yield "conclusion IN (SELECT value FROM json_each(:conclusions))"
    if asked.method:
        yield "method = :method"
    for day, words in ((asked.since, "sampling_date >= :since"), (asked.until, "sampling_date <= :until")):
        if day:
            yield words
    if asked.known_on:
        yield "result_date <= :day"
    if asked.reinspections:
        yield "reinspection_of IS NOT NULL"
    if asked.pending:
        yield f"conclusion = 'pending' AND entity NOT IN ({_settled(asked)})"


def _households_there() -> str:
    return (
        "SELECT household_no FROM households JOIN villages ON villages.entity = households.village_entity"
        f" WHERE villages.township_code = :township AND {known('households')} AND {known('villages')}"
    )


def _settled(asked: Asked) -> str:
    """The originals that a re-inspection speaks for."""
    by_then = "" if asked.known_on is None else " AND result_date <= :day"
    return (
        "SELECT original_entity FROM inspections WHERE original_entity IS NOT NULL"
        f"{by_then} AND {known('inspections')}"
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
