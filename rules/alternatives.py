"""rules/alternatives.toml → plausible alternatives to what the plan does not say: questions, never rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from rules.faults import Notes, ProgramFaults
from rules.load import parsed
from rules.place import Place
from rules.program import Words

_FILE = Path(__file__).with_name("alternatives.toml")
VALUES = ("parameter", "period", "goal", "deadline", "looks_back", "kept_for")
_DAYS = ("deadline",)  # kinds whose value is a day; the others' are whole numbers


class AlternativeFaults(ProgramFaults):
    """A file of alternatives that cannot be used, with all of its faults."""


@dataclass(frozen=True)
class Alternative:
    """Another value that a part could have, and why somebody could read the plan so."""

    value: int | date
    why: Words


Alternatives = Mapping[tuple[str, str], tuple[Alternative, ...]]


def alternatives() -> Alternatives:
    """The alternatives by (file, key of the part); read again when the file has changed. Raises AlternativeFaults."""
    return read_alternatives(_FILE.read_bytes(), _FILE.name)


@lru_cache(maxsize=4)
def read_alternatives(data: bytes, name: str) -> Alternatives:
    """The alternatives that stand in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    found: dict[tuple[str, str], tuple[Alternative, ...]] = {}
    for file, place in Place(notes, "", raw).entries().items() if raw is not None else ():
        for key, value in place.value.items() if isinstance(place.value, dict) else ():
            found[file, key] = _of_part(place.child(key), key, value)
        if not isinstance(place.value, dict):
            place.expected(Words("表", "a table"))
    if notes.faults:
        raise AlternativeFaults(tuple(notes.faults))
    return found


def _of_part(place: Place, key: str, value: object) -> tuple[Alternative, ...]:
    at = Place(place.notes, place.key, value)
    kind = key.partition(":")[0]
    if kind not in VALUES:
        at.fault("没有“{}”这一类；应为{}", "there is no kind {}; expected {}", kind, "、".join(VALUES))
        return ()
    found: list[Alternative] = []
    for item in at.items(Words("{ value = 取值, zh, en }", "{ value, zh, en }")):
        part = item.table(("value", "zh", "en"))
        one = part["value"].day() if kind in _DAYS else part["value"].whole()
        if one is None:
            continue
        if any(other.value == one for other in found):
            part["value"].fault("{}重复", "{} stands twice", one)
        found.append(Alternative(one, Words(part["zh"].text(), part["en"].text())))
    return tuple(found)
