"""The list of all goods on a day, with names, verdicts, reasons and nearness: built once for its answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.store import Database
from office.answering import names_of_goods
from office.days import day_number
from office.deciding import Answers
from office.kept import Kept
from office.nearness import NEVER, change_days, failures_left
from office.worklist import ELIGIBLE, has_verdict
from rules.deciding import ANSWERS
from rules.history import Bools, Ints
from rules.program import Answer, Program

Reason = tuple[Answer, str]  # a finding, and the condition or latch that has it
Reasons = tuple[Reason, ...]


@dataclass(frozen=True)
class Listing:
    """All goods of the answers in their order: one row each in every array.

    `failures`: fewest further failures until revoked (NEVER: more than were tried); `days_left`: days for which
    a good that is eligible for something stays so without another inspection (NEVER where it is not, or no
    end was found); `last_day`: of the last counted inspection, NEVER without any.
    """

    answers: Answers
    names: pd.DataFrame
    reasons: dict[str, list[Reasons]]
    failures: Ints
    days_left: Ints
    last_day: Ints
    last_failed: Bools


def listing(db: Database, answers: Answers) -> Listing:
    """The whole list for the day of the answers."""
    return _listings.of(answers, db)


def _listing(answers: Answers, db: Database) -> Listing:
    names = names_of_goods(db)
    at = np.searchsorted(names["subject"].to_numpy(dtype=object), answers.subjects)
    events = answers.gathered.standing.events
    some, last = events.last >= 0, events.last
    last_day = np.full(last.size, NEVER, dtype=np.int64)
    last_failed = np.zeros(last.size, dtype=bool)
    last_day[some], last_failed[some] = events.day[last[some]], events.failed[last[some]]
    return Listing(
        answers,
        names.iloc[at].reset_index(drop=True),
        {benefit: reasons_of_all(answers, benefit) for benefit in answers.program.benefits},
        _fewest(list(failures_left(answers).values())),
        _days_left(answers),
        last_day,
        last_failed,
    )


def reasons_of_all(answers: Answers, benefit: str) -> list[Reasons]:
    """For each good what its answer rests on; worked out once for each distinct set of findings.

    Latches that are on; else the conditions that fail; else those unknown. Nothing where it is eligible.
    """
    program = answers.program
    names = (*program.latches_asked(benefit), *program.conditions_asked(benefit))
    eligible = has_verdict(answers, benefit, ELIGIBLE).astype(np.int8)
    columns = np.stack([eligible, *(answers.judged.findings[name] for name in names)], axis=1)
    patterns, which = np.unique(columns, axis=0, return_inverse=True)
    words = [
        () if row[0] else _reasons(program, dict(zip(names, row[1:].tolist(), strict=True)))
        for row in patterns
    ]
    return [words[i] for i in which.reshape(-1).tolist()]


def _reasons(program: Program, codes: dict[str, int]) -> Reasons:
    on = [name for name, code in codes.items() if name in program.latches and code == 1]
    asked = {name: code for name, code in codes.items() if name not in program.latches}
    failing = [name for name, code in asked.items() if code == 0]
    unknown = [name for name, code in asked.items() if code == -1]
    return tuple((ANSWERS[codes[name]], name) for name in on or failing or unknown)


def _fewest(columns: list[Ints]) -> Ints:
    """The smallest of several, where NEVER is larger than all."""
    many = np.iinfo(np.int64).max
    least = np.minimum.reduce([np.where(column == NEVER, many, column) for column in columns])
    return np.where(least == many, NEVER, least)


def _days_left(answers: Answers) -> Ints:
    day = day_number(answers.gathered.as_of)
    left = [
        np.where(has_verdict(answers, benefit, ELIGIBLE) & (on != NEVER), on - day, NEVER)
        for benefit, on in change_days(answers).items()
    ]
    return _fewest(left)


_listings = Kept(_listing)
