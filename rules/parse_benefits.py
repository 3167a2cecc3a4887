"""Benefits with their verdict rows as the file writes them → frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from rules.parse_facts import CITATION, read_citation
from rules.place import Place
from rules.program import Benefit, Condition, Latch, Scope, VerdictRow, When, Words

_SCOPES = ("none", "some", "all")
_ASKS = ("holds", "fails", "unknown")
_NAMES = Words("条件或锁存名称", "names of conditions or latches")


@dataclass(frozen=True)
class Answers:
    """What a row may name: verdicts, conditions and latches."""

    verdicts: Collection[str]
    conditions: Mapping[str, Condition]
    latches: Mapping[str, Latch]
    names: Collection[str]  # conditions and latches together


def read_benefit(name: str, place: Place, known: Answers) -> Benefit:
    """A benefit; its title is its name where none is given."""
    part = place.table(("verdicts",), ("title", "readings"))
    title = part["title"].words() if part["title"].there else Words(name, name)
    places = part["verdicts"].items(Words("{ verdict = …, when = … }", "{ verdict = …, when = … }"))
    rows = tuple(_row(row, known, last=row is places[-1]) for row in places)
    readings = part["readings"].entries() if part["readings"].there else {}
    asked = _asked(rows, known)
    for condition, reading in readings.items():
        if condition not in asked:
            hint = reading.notes.near(condition, asked)
            reading.fault("{}不是本项所问的条件{}", "{} is not asked by this benefit{}", condition, hint)
    cited = {name: read_citation(reading.table(CITATION, ("note",))) for name, reading in readings.items()}
    return Benefit(name, title, rows, cited)


def _row(place: Place, known: Answers, *, last: bool) -> VerdictRow:
    part = place.table(("verdict",), ("when",))
    verdict = (part["verdict"].one_of(known.verdicts) if known.verdicts else part["verdict"].text()) or ""
    if not part["when"].there and isinstance(place.value, dict) and not last:
        zh, en = "缺少这个键：只有最后一行可以省略", "this key is missing: only the last row may omit it"
        part["when"].fault(zh, en)
    return VerdictRow(verdict, _when(part["when"], known) if part["when"].there else None)


def _when(place: Place, known: Answers) -> When:
    part = place.table((), _ASKS)
    if place.value == {}:
        place.fault("为空，应有{}之一", "is empty, expected one of {}", _ASKS)
    holds, fails, unknown = (_scope(part[ask], known) for ask in _ASKS)
    return When(holds, fails, unknown)


def _scope(place: Place, known: Answers) -> Scope:
    if not place.there:
        return None
    if isinstance(place.value, list):
        names = [item.one_of(known.names) for item in place.items(_NAMES)]
        return tuple(name for name in names if name is not None)
    if not isinstance(place.value, str):
        place.expected(Words("名称列表，或 none、some、all", "a list of names, or none, some, all"))
        return None
    word = place.one_of(_SCOPES)
    if word is not None and not known.conditions:
        place.fault("{}按条件计数，但没有条件", "{} counts conditions, but there is none", word)
    return cast(Scope, word)


def _asked(rows: tuple[VerdictRow, ...], known: Answers) -> tuple[str, ...]:
    """The names that a reading may replace: those of the rows, or every condition where they name none."""
    scopes = [scope for row in rows if row.when is not None for _, scope in row.when.items()]
    named = {name for scope in scopes if isinstance(scope, tuple) for name in scope}
    conditions = tuple(name for name in known.conditions if name in named) or tuple(known.conditions)
    return (*conditions, *(name for name in known.latches if name in named))
