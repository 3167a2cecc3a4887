"""How long what is personal is needed (rules/retention.toml): groups of registers and tables with a dated period of years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from rules.faults import Notes, ProgramFaults
from rules.load import parsed
from rules.parse_facts import read_parameter
from rules.place import Place
from rules.program import Parameter, Words

_FILE = Path(__file__).with_name("retention.toml")
_UNIT = "year"


@dataclass(frozen=True)
class Group:
    """Registers and tables that are kept equally long: for what (`longer`), by which law or plan (`source`)."""

    name: str
    title: Words
    covers: tuple[str, ...]
    source: Words
    longer: Words
    period: Parameter

    def years_on(self, day: date) -> int | None:
        """The years in force on a day; None before the first value."""
        return self.period.value_on(day)


def retention() -> Mapping[str, Group]:
    """Every group by name; read again when the file has changed. Raises ProgramFaults with every fault of the file."""
    return read_retention(_FILE.read_bytes(), _FILE.name)


@lru_cache(maxsize=4)
def read_retention(data: bytes, name: str) -> Mapping[str, Group]:
    """The groups that stand in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    found: dict[str, Group] = {}
    if raw is not None:
        places = Place(notes, "", raw).table(("groups",))["groups"].entries()
        found = {key: _group(key, place) for key, place in places.items()}
        _must_cover_once(found, places)
        if not found:
            notes.add("groups", Words("一组也没有", "there is no group"))
    if notes.faults:
        raise ProgramFaults(tuple(notes.faults))
    return found


def _group(name: str, place: Place) -> Group:
    part = place.table(("title", "covers", "source", "longer", "period"))
    covers = tuple(item.text() for item in part["covers"].items(Words("登记簿或表的名称", "names of tables")))
    period = read_parameter("period", part["period"])
    if period.unit and period.unit != _UNIT:
        part["period"].child("unit").fault("单位应为 {}", "the unit must be {}", _UNIT)
    return Group(name, part["title"].words(), covers, part["source"].words(), part["longer"].words(), period)


def _must_cover_once(groups: Mapping[str, Group], places: Mapping[str, Place]) -> None:
    seen: dict[str, str] = {}
    for name, group in groups.items():
        for table in group.covers:
            if table in seen:
                zh, en = "{} 已归入 {}", "{} is in {} already"
                places[name].child("covers").fault(zh, en, table, seen[table])
            seen[table] = name
