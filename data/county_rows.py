"""From the registers to arrays for the targets' indicators: set-based, as known at an instant.

Days are whole days since 1970-01-01, months year × 12 + month − 1. A beginning that is blank never came, an end that is blank
never will: both are `FAR`. A reference is the row of the other table here, −1 for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from data.as_numbers import day_number_or, place_among
from data.seed.townships import OTHER_UNITS
from data.tables import entity_column
from data.versions import END_OF_TIME, known

Array = NDArray[Any]
Ints = NDArray[np.int64]
Table = dict[str, Array]

FAR, NONE = 10**6, -1
STATION_LEVELS = ("county", "township", "village")
CERTIFICATES = ("green", "organic", "geographical", "pollution_free", "sc")
REGISTERS_OF = {"sessions": "training_sessions"}  # tables that are called otherwise than their register
PARTICIPANTS = ("household", "villager", "manager", "practitioner", "village_official", "student", "other")


@dataclass(frozen=True)
class _Read:
    """What of a register is read: SQL per field; `refers` says which fields are rows of which table here."""

    register: str
    fields: Mapping[str, str]
    refers: Mapping[str, str]


def _day(column: str) -> str:
    return day_number_or(column, FAR)


def _read(register: str, refers: Mapping[str, str], **fields: str) -> _Read:
    """`refers`: field → table; its SQL is the register's own reference column."""
    columns = {
        field: f"coalesce({entity_column(REGISTERS_OF.get(table, table))}, {NONE})"
        for field, table in refers.items()
    }
    return _Read(register, {"entity": "entity", **columns, **fields}, dict(refers))


_VILLAGE = {"village": "villages"}
_TABLES: Mapping[str, _Read] = {
    "townships": _read("townships", {}, is_other=f"township_code = '{OTHER_UNITS}'"),
    "villages": _read("villages", {"township": "townships"}, flagged="poor_village"),
    "households": _read("households", _VILLAGE, poor_from=_day("registered_on"), poor_until=_day("left_on")),
    "poor_periods": _read("poor_village_periods", _VILLAGE, listed=_day("listed_on"), left=_day("left_on")),
    "stations": _read(
        "stations",
        {"township": "townships", **_VILLAGE},
        level=place_among("level", STATION_LEVELS),
        opened=_day("opened_on"),
        closed=_day("closed_on"),
    ),
    "returns": _read(
        "station_returns",
        {"station": "stations"},
        month="month_number",
        reported=_day("reported_on"),
        sold="sold",
        bought="bought",
        services="services",
    ),
    "shops": _read(
        "shops",
        {"household": "households", **_VILLAGE, "station": "stations"},
        opened=_day("opened_on"),
        closed=_day("closed_on"),
    ),
    "shop_sales": _read(
        "shop_sales",
        {"shop": "shops"},
        month="month_number",
        reported=_day("reported_on"),
        net="paid - refunded",
    ),
    "networks": _read("village_networks", _VILLAGE, fixed=_day("fixed_on"), mobile=_day("mobile_on")),
    "broadband": _read(
        "broadband_counts",
        {"township": "townships"},
        month="month_number",
        subscriptions="subscriptions",
        households="households",
    ),
    "suppliers": _read("suppliers", {"township": "townships"}),
    "certificates": _read(
        "certifications",
        {"supplier": "suppliers"},
        kind=place_among("kind", CERTIFICATES),
        applied=_day("applied_on"),
        issued=_day("issued_on"),
        withdrawn=_day("withdrawn_on"),
        renews="original_entity IS NOT NULL",
    ),
    "outlets": _read(
        "outlets",
        {**_VILLAGE, "station": "stations"},
        opened=_day("opened_on"),
        closed=_day("closed_on"),
    ),
    "outlet_villages": _read(
        "outlet_villages",
        {"outlet": "outlets", **_VILLAGE},
        since=_day("since"),
        until=_day("until"),
    ),
    "sessions": _read("training_sessions", {}, ends=_day("ends_on")),
    "participants": _read(
        "participants",
        {"household": "households", **_VILLAGE},
        kind=place_among("kind", PARTICIPANTS),
        since=_day("since"),
        until=_day("until"),
    ),
    "attendances": _read("attendances", {"session": "sessions", "participant": "participants"}),
    "leaders": _read("village_leaders", _VILLAGE, named=_day("named_on"), until=_day("until")),
    "demonstrations": _read(
        "demonstration_villages",
        _VILLAGE,
        named=_day("named_on"),
        established=_day("established_on"),
        until=_day("until"),
    ),
    "goods": _read("goods", {"household": "households"}, registered=_day("registered_on")),
}
_ONLY_NEEDED_HERE = {
    "households": (),
    "suppliers": (),
    "shops": ("household",),
    "participants": ("household",),
    "certificates": ("supplier",),
    "goods": ("household",),
}


def read_county(db: Database, known_at: str | None = None) -> dict[str, Table]:
    """Every table of rules.county_rows by its name, columns by theirs, as known at K (canonical UTC text; None: now)."""
    tables: dict[str, Table] = {}
    for name, read in _TABLES.items():
        table = _columns(db, read, known_at)
        tables[name] = {**table, **{f: _rows(tables[t]["entity"], table[f]) for f, t in read.refers.items()}}
    _finished(db, tables, known_at)
    tables["inspected"] = _inspected(db, tables["goods"]["entity"], known_at)
    for name, dropped in _ONLY_NEEDED_HERE.items():
        for column in dropped:
            del tables[name][column]
    del tables["households"], tables["suppliers"]
    return tables


def _finished(db: Database, tables: dict[str, Table], known_at: str | None) -> None:
    """What a row has from the row that it refers to."""
    homes, villages, suppliers = tables["households"], tables["villages"], tables["suppliers"]
    for name in ("shops", "participants"):
        table = tables[name]
        table["village"] = np.where(
            table["village"] == NONE, _looked_up(homes["village"], table["household"]), table["village"]
        )
    tables["shops"]["township"] = _looked_up(villages["township"], tables["shops"]["village"])
    tables["certificates"]["township"] = _looked_up(suppliers["township"], tables["certificates"]["supplier"])
    goods = tables["goods"]
    for column in ("village", "poor_from", "poor_until"):
        goods[column] = homes[column][goods["household"]]
    for name, column in (("townships", "township_code"), ("villages", "village_code")):
        tables[name]["code"] = _codes(db, name, column, tables[name]["entity"], known_at)
    for name, column in (("townships", "is_other"), ("villages", "flagged"), ("certificates", "renews")):
        tables[name][column] = tables[name][column].astype(bool)


def _columns(db: Database, read: _Read, known_at: str | None, where: str = "") -> Table:
    sql = f"SELECT {', '.join(read.fields.values())} FROM {read.register} WHERE {known(read.register)}{where}"
    cursor = db.execute(sql, {"k": known_at or END_OF_TIME})
    flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64).reshape(-1, len(read.fields))
    order = np.argsort(flat[:, 0], kind="stable")
    return {name: flat[order, at] for at, name in enumerate(read.fields)}


def _codes(db: Database, register: str, column: str, entity: Ints, known_at: str | None) -> Array:
    """The code of each entity; a key never changes."""
    sql = f"SELECT entity, {column} FROM {register} WHERE {known(register)}"
    found = dict(db.execute(sql, {"k": known_at or END_OF_TIME}).fetchall())
    return np.array([found[one] for one in entity.tolist()], dtype=object)


def _rows(have: Ints, asked: Ints) -> Ints:
    """The place of each entity in a table sorted by it; NONE for none."""
    if not have.size:
        return np.full(asked.size, NONE, dtype=np.int64)
    at = np.minimum(np.searchsorted(have, asked), have.size - 1)
    found: Ints = np.where(have[at] == asked, at, NONE)
    return found


def _looked_up(column: Array, place: Ints) -> Ints:
    """The column at each place; NONE where the place is none."""
    found: Ints = np.append(column, NONE)[place]
    return found


def _inspected(db: Database, goods: Ints, known_at: str | None) -> Table:
    """Samples with a counted conclusion, each from the day it was known; a pending one from its re-inspection's result on."""
    originals = _read(
        "inspections",
        {},
        good="good_entity",
        sampled="sampling_day",
        known=f"CASE WHEN conclusion IN ('pass', 'fail') THEN result_day ELSE {FAR} END",
    )
    table = _columns(db, originals, known_at, " AND original_entity IS NULL")
    again = _read("inspections", {}, original="original_entity", known="result_day")
    spoken = _columns(db, again, known_at, " AND original_entity IS NOT NULL")
    at = _rows(table["entity"], spoken["original"])
    kept = at != NONE
    np.minimum.at(table["known"], at[kept], spoken["known"][kept])
    table["good"] = _rows(goods, table["good"])
    counted = (table["known"] < FAR) & (table["good"] != NONE)
    return {name: column[counted] for name, column in table.items()}
