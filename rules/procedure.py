"""The periods of the procedure (rules/procedure.toml) as dated values: the same kind of parameter as a programme's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from rules.faults import Notes, ProgramFaults
from rules.load import parsed
from rules.parse_facts import read_parameter
from rules.place import Place
from rules.program import NotInForce, Parameter

_FILE = Path(__file__).with_name("procedure.toml")
NAMES = (
    "defence_working_days",
    "effective_days_ahead",
    "public_notice_days",
    "appeal_days_review",
    "appeal_months_court",
    "renewal_months_ahead",
)


def procedure(day: date) -> dict[str, int]:
    """Every period in force on a day, by its name in NAMES. Raises NotInForce before the first value of one."""
    values = {name: parameter.value_on(day) for name, parameter in procedure_parameters().items()}
    found = {name: value for name, value in values.items() if value is not None}
    if len(found) < len(values):
        raise NotInForce(f"no {', '.join(values.keys() - found.keys())} on {day.isoformat()}")
    return found


def procedure_parameters() -> Mapping[str, Parameter]:
    """The periods with their titles, ranges, dated values and citations; read again when the file has changed.

    Raises ProgramFaults with every fault of the file.
    """
    return read_procedure(_FILE.read_bytes(), _FILE.name)


@lru_cache(maxsize=4)
def read_procedure(data: bytes, name: str) -> Mapping[str, Parameter]:
    """The periods that stand in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    found: dict[str, Parameter] = {}
    if raw is not None:
        top = Place(notes, "", raw).table(("parameters",))
        places = top["parameters"].table(NAMES)
        found = {key: read_parameter(key, place) for key, place in places.items() if place.there}
    if notes.faults:
        raise ProgramFaults(tuple(notes.faults))
    return found
