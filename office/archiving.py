"""Decide and record: a named person freezes the decisions of a day, or hears that they are there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.decisions import Run, find_run, run
from data.people import Person
from data.store import Database, Writer
from office.answering import answers_on
from office.permissions import must_be_allowed
from office.recording import header_of, record
from office.refusal import refuse


@dataclass(frozen=True)
class Archived:
    """The run that holds a day's decisions; `added` is False where it was there before."""

    run: Run
    added: bool


def archive(reader: Database, writer: Writer, day: date, person: Person, today: date) -> Archived:
    """Decide every good on `day` with all that is known now and record it under the person's name.

    Raises Refused for a role that may not, a day after `today`, and a day without any good.
    """
    must_be_allowed(person.role, "record")
    if day > today:
        raise refuse(
            f"{day.isoformat()} 还没有到，不能存档。请选择 {today.isoformat()} 或更早的一天",
            f"{day.isoformat()} has not come yet and cannot be recorded; choose {today.isoformat()} or an earlier day",
        )
    answers = answers_on(reader, day)
    if not answers.subjects.size:
        raise refuse(
            f"到 {day.isoformat()} 还没有登记农产品，没有可存档的判定",
            f"no goods by {day.isoformat()}: nothing to record",
        )
    there = find_run(reader, header_of(answers))
    number = record(writer, answers, by=person.name, role=person.role)
    kept = run(reader, number)
    if kept is None:
        raise RuntimeError(f"run {number} was recorded and is not there")
    return Archived(kept, there is None)
