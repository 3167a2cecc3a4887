"""Gather the county's rows for the indicators: the registers as known at K, the monthly figures as reported by the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_type_hints

from data.county_rows import Table, read_county
from data.store import Database
from office.answering import while_all_stands
from office.programs import program_in_force
from office.refusal import Refused
from rules import load_targets
from rules.county_rows import CountyRows
from rules.program import Words
from rules.target import Target, day_number

_VALIDITY = "inspection_validity_days"


def county_rows(db: Database, day: date, known_at: str | None = None) -> CountyRows:
    """What the indicators look at on a day, as known at K (canonical UTC text; None: now), kept while it stands."""

    def of_the_day() -> CountyRows:
        every = while_all_stands("county_rows", db, known_at, lambda: as_rows(read_county(db, known_at)))
        return on_day(db, every, day, known_at)

    text = program_in_force(db, day, known_at=known_at).digest
    return while_all_stands("county_rows_on", db, (day, known_at, text), of_the_day)


def rows_anew(db: Database, day: date, known_at: str | None = None) -> CountyRows:
    """The same, read now: for what is written, and for a database that is not the running application's."""
    return on_day(db, as_rows(read_county(db, known_at)), day, known_at)


def on_day(db: Database, rows: CountyRows, day: date, known_at: str | None = None) -> CountyRows:
    """What of the rows is known on a day, with the programme's days of validity on it."""
    return rows.with_validity(validity_on(db, day, known_at)).reported_by(day_number(day))


def validity_on(db: Database, day: date, known_at: str | None = None) -> int | None:
    """For how many days an inspection speaks, by the programme in force on a day as published by K; None: it does not say."""
    parameter = program_in_force(db, day, known_at=known_at).parameters.get(_VALIDITY)
    return parameter.value_on(day) if parameter else None


def as_rows(tables: Mapping[str, Table]) -> CountyRows:
    """The tables that were read as the indicators take them."""
    types: dict[str, Any] = get_type_hints(CountyRows)
    made = {name: _table(types[name], table) for name, table in tables.items()}
    return CountyRows(**made)


def _table(kind: Any, table: Table) -> Any:
    return kind(**{field.name: table[field.name] for field in fields(kind)})


def the_targets() -> Mapping[str, Target]:
    """Every target by name, in the file's order. Raises Refused, with every fault, where the file has one."""
    try:
        return load_targets.targets()
    except load_targets.TargetFaults as faults:
        said = tuple(
            Words(f"{f.file} {f.key}：{f.message.zh}", f"{f.file} {f.key}: {f.message.en}")
            for f in faults.faults
        )
        raise Refused(said[0], said) from None


def target_named(name: str) -> Target:
    """One target. Raises Refused for a name that is none, listing those that are."""
    known = the_targets()
    if name not in known:
        names = ", ".join(known)
        raise Refused(
            Words(
                f"没有名为“{name}”的目标；可用的有：{names}",
                f'there is no target "{name}"; there are: {names}',
            )
        )
    return known[name]
