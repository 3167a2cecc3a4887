"""What the registers ask of the office on a day: certificates to renew, returns not in, tasks and findings past their limit.

Today counts them and lists them, each with the row it is about.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from data.register import REGISTERS
from data.reporting.due_rows import PastLimit, certificates_expiring, findings_overdue, tasks_overdue
from data.reporting.report_rows import station_months
from data.store import Database
from data.versions import END_OF_TIME
from data.words import Words as RegisterWords
from office.answering import while_all_stands
from office.months import day_after, earlier, month_of
from rules.load_assessment import assessment
from rules.procedure import procedure
from rules.program import Words

LISTS = ("certificates", "returns", "tasks", "findings")


@dataclass(frozen=True)
class DueRow:
    """One thing that is due: the row of a register it is about, what it is, whose it is, and its limit.

    `days` are those left until the limit; below 0 it has passed.
    """

    register: str
    key: str
    what: Words
    whose: str
    limit: date
    days: int


@dataclass(frozen=True)
class Due:
    """The lists of a day, by their names in LISTS; `month` is the one whose returns are due (`2021-08`)."""

    day: date
    month: str
    months_ahead: int
    lists: dict[str, tuple[DueRow, ...]]

    def count(self, name: str) -> int:
        return len(self.lists[name])


def due(db: Database, day: date) -> Due:
    """Everything that is due on a day, as known now. Raises NotInForce before the procedure's first values."""
    return while_all_stands("due", db, day, lambda: _due(db, day))


def month_due(day: date, due_day: int) -> tuple[str, date]:
    """The last month whose returns had to be in before the day, and the day by which: `due_day` of the month after it."""
    month = earlier(month_of(day), 1 if day.day > due_day else 2)
    return month, day_after(month, due_day)


def months_later(day: date, months: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _due(db: Database, day: date) -> Due:
    ahead = procedure(day)["renewal_months_ahead"]
    month, limit = month_due(day, assessment().values_on(day)["station_return_day"])
    lists = {
        "certificates": _certificates(db, day, ahead),
        "returns": _returns(db, day, month, limit),
        "tasks": _past("assignments", tasks_overdue(db, day), day),
        "findings": _past("supervisions", findings_overdue(db, day), day),
    }
    return Due(day, month, ahead, lists)


def _certificates(db: Database, day: date, ahead: int) -> tuple[DueRow, ...]:
    kinds = REGISTERS["certifications"].column("kind").choices
    found = certificates_expiring(db, day, months_later(day, ahead))
    return tuple(
        _row("certifications", one.certificate_no, _words(kinds[one.kind]), one.supplier, one.expires_on, day)
        for one in found
    )


def _returns(db: Database, day: date, month: str, limit: date) -> tuple[DueRow, ...]:
    """The stations open in the month whose return had not come by the day: the same rows that the bulletin counts."""
    levels = REGISTERS["stations"].column("level").choices
    missing = [
        one
        for one in station_months(db, month, month, END_OF_TIME)
        if one.open and (one.reported_on is None or one.reported_on > day.isoformat())
    ]
    return tuple(
        _row("stations", one.station, _words(levels[one.level]), one.name, limit.isoformat(), day)
        for one in missing
    )


def _past(register: str, found: list[PastLimit], day: date) -> tuple[DueRow, ...]:
    return tuple(
        _row(register, one.number, Words(one.what, one.what), one.body, one.limit, day) for one in found
    )


def _row(register: str, key: str, what: Words, whose: str, limit: str, day: date) -> DueRow:
    on = date.fromisoformat(limit)
    return DueRow(register, key, what, whose, on, (on - day).days)


def _words(words: RegisterWords) -> Words:
    """The registers' words as those of the rules: the two folders may not import each other."""
    return Words(words.zh, words.en)
