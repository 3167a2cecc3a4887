"""How old the rows are that tell of people: the oldest day, and how many ended before a day. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from data.casework.ledger import CASEWORK_TABLES
from data.register import REGISTERS

# A row of these still runs while its end is blank; it grows old from its end on.
ENDS = {
    "households": "left_on",
    "participants": "until",
    "officers": "until",
    "village_leaders": "until",
    "jobs": "until",
    "shops": "closed_on",
    "pairings": "until",
    "station_households": "until",
    "household_loans": "repaid_on",
    "enterprise_loans": "repaid_on",
}
# A good runs as long as its household is on the list.
_OF_GOODS = (
    "(SELECT max(left_on) FROM households WHERE household_no = goods.household_no AND left_on IS NOT NULL)"
)


@dataclass(frozen=True)
class Aged:
    """A register or table: its rows (each version counted), the oldest day there, what still runs, what ended earlier."""

    table: str
    rows: int
    oldest: str | None
    running: int
    beyond: int


def aged(db: Database, table: str, before: str) -> Aged:
    """The ages of a table's rows; `beyond` counts those that ended before the ISO day `before`."""
    day, end = _day(table), _end(table)
    sql = f"SELECT count(*), min({day}), coalesce(sum({end} IS NULL), 0), coalesce(sum({end} < ?), 0) FROM {_from(table)}"
    rows, oldest, running, beyond = db.execute(sql, [before]).fetchone()
    return Aged(table, rows, oldest[:10] if oldest else None, running, beyond)


def is_known(table: str) -> bool:
    """Whether ages of this table can be told."""
    return table in REGISTERS or table in CASEWORK_TABLES or table in ("chain", "decisions")


def has_ends(table: str) -> bool:
    """Whether a row of this table runs until it ends; others are past as soon as they are there."""
    return table == "goods" or table in ENDS


def _from(table: str) -> str:
    return "decisions JOIN runs ON runs.id = decisions.run_id" if table == "decisions" else table


def _day(table: str) -> str:
    """The day or instant that a row bears; where a register has none, when it was recorded."""
    if table == "chain":
        return "at"
    if table == "decisions":
        return "runs.recorded_at"
    register = REGISTERS.get(table)
    return register.day if register is not None and register.day else "recorded_at"


def _end(table: str) -> str:
    if table == "goods":
        return _OF_GOODS
    return ENDS.get(table) or _day(table)
