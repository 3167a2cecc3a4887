"""How long what is personal is kept: by group the period in force, how old the rows are, what is older. Nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.protection.personal_age import Aged, aged
from data.protection.personal_tables import TABLES
from data.register import REGISTERS
from data.store import Database
from rules.program import Words
from rules.retention import Group, retention


@dataclass(frozen=True)
class KeptFor:
    """A register or table, its group, the years in force on the day (None: none yet), and its rows' ages."""

    group: Group
    title: Words
    years: int | None
    before: date | None
    ages: Aged


def kept_for(db: Database, day: date) -> list[KeptFor]:
    """Every register and table of every group, in the file's order. Raises ProgramFaults for a faulty file."""
    return [_one(db, group, table, day) for group in retention().values() for table in group.covers]


def periods(day: date) -> list[Words]:
    """Each group with its years, as a sentence."""
    return [
        Words(
            f"{group.title.zh}：{_years(group, day)} 年（{group.source.zh}）",
            f"{group.title.en}: {_years(group, day)} years ({group.source.en})",
        )
        for group in retention().values()
    ]


def title_of(table: str) -> Words:
    """What a register or a table is called."""
    if table in REGISTERS:
        return Words(REGISTERS[table].title.zh, REGISTERS[table].title.en)
    return Words(TABLES[table].title.zh, TABLES[table].title.en)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _one(db: Database, group: Group, table: str, day: date) -> KeptFor:
    years = group.years_on(day)
    before = years_before(day, years) if years is not None else None
    ages = aged(db, table, before.isoformat() if before else "")
    return KeptFor(group, title_of(table), years, before, ages)


def _years(group: Group, day: date) -> str:
    years = group.years_on(day)
    return "—" if years is None else str(years)
