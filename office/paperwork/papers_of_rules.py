"""What stands on the list of readings that goes to the leading group (see `office/paperwork/papers.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from office.paperwork.papers import Paper
from rules.program import Words


@dataclass(frozen=True, kw_only=True)
class ReadingLine:
    """One reading: what it says, what it rests on, what its alternatives would do; `decision` is the place to decide."""

    number: int
    text: str
    value: str
    cited: str
    effects: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ReadingsPart:
    """The readings of one file."""

    title: str
    lines: tuple[ReadingLine, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingsPaper(Paper):
    """待确认口径, of a day; `programs` say which texts it is of."""

    kind = "readings"
    series = "口径"
    title = Words("待确认口径", "readings to confirm")
    as_of: date
    total: int
    confirmed: int
    changed: int
    pending: int
    parts: tuple[ReadingsPart, ...]
    programs: tuple[str, ...]
