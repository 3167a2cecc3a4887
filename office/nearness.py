"""How near every good of a day stands to another answer, by trying: kept for as long as its answers are."""

from __future__ import annotations

from functools import partial

from office.days import day_number, day_of
from office.deciding import Answers
from office.kept import Kept
from office.programs import values_in_force
from rules.history import Ints
from rules.nearness import NEVER, changes_on, failures_until
from rules.trying import FURTHER, Values

__all__ = ["FURTHER", "NEVER", "REVOKED", "change_days", "failures_left", "one_failure_left"]

REVOKED = "revoked"  # the verdict that takes something away


def failures_left(answers: Answers) -> dict[str, Ints]:
    """Per benefit, how many failed inspections in a row, from the next day on, until a good is revoked.

    0 where it is already, NEVER where FURTHER of them do not bring it.
    """
    return _all_trials.of(answers)


def one_failure_left(answers: Answers) -> dict[str, Ints]:
    """The same where only a single further failure is tried, a quarter of the work."""
    return _one_trial.of(answers)


def change_days(answers: Answers) -> dict[str, Ints]:
    """Per benefit, the day number on which the answer changes without another inspection; NEVER if none."""
    return _turning.of(answers)


def _failures(most: int, answers: Answers) -> dict[str, Ints]:
    day = day_number(answers.gathered.as_of)
    values_on = partial(_values_on, answers)
    return failures_until(
        answers.program, answers.gathered.standing, answers.judged, day, values_on, REVOKED, most
    )


def _changes(answers: Answers) -> dict[str, Ints]:
    day = day_number(answers.gathered.as_of)
    values_on = partial(_values_on, answers)
    return changes_on(answers.program, answers.gathered.standing, answers.judged, day, values_on)


def _values_on(answers: Answers, day: int) -> Values:
    return values_in_force(answers.program, day_of(day))


_all_trials = Kept(partial(_failures, FURTHER))
_one_trial = Kept(partial(_failures, 1))
_turning = Kept(_changes)
