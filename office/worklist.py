"""What must be done: the office's lists of goods on a day, each a yes or no per good and benefit.

Today counts them and Goods shows them, so that a number and the list behind it are always the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.decisions import Run, latest_run
from data.followup import recorded_verdicts, without_result
from data.store import Database
from office.answering import while_all_stands
from office.days import day_number
from office.deciding import Answers
from office.nearness import NEVER, change_days, one_failure_left
from rules.history import Bools
from rules.nearness import conditions_of_age
from rules.program import Program, comparisons, names_in

SOON = 30  # days ahead that the list of lapsing inspections looks; it decides nothing
ELIGIBLE, CANNOT_DECIDE, NOT_ELIGIBLE = "eligible", "cannot_decide", "not_eligible"
INSPECTION_FACTS = frozenset({"last_conclusion", "days_since_last_inspection"})
FITNESS_FACTS = frozenset({"fit_for_online_sale"})

LISTS = (
    "one_failure",
    "lapsing",
    "lapsed",
    "fitness_missing",
    "never_inspected",
    "result_missing",
    "failure_unanswered",
    "newly_eligible",
    "newly_lost",
)

Masks = dict[str, Bools]  # per benefit, over the goods of the answers


@dataclass(frozen=True)
class Worklists:
    """Every list of LISTS, and the recorded run of an earlier day that the last two compare with (None: none)."""

    lists: dict[str, Masks]
    run: Run | None

    def of(self, name: str, benefit: str | None = None) -> Bools:
        """The goods on a list: for one benefit, or for any."""
        masks = self.lists[name]
        every = [masks[benefit]] if benefit in masks else list(masks.values())
        found: Bools = np.logical_or.reduce(every)
        return found

    def count(self, name: str, benefit: str | None = None) -> int:
        return int(self.of(name, benefit).sum())


def worklists(db: Database, answers: Answers) -> Worklists:
    """All lists for the day of the answers, compared with the last run about an earlier day.

    A run of the day itself says what the answers say: a bulk confirmation records one, and nothing would be new any more.
    """
    run = latest_run(db, answers.gathered.as_of, answers.program.program)
    asked = (answers.gathered.as_of, answers.program.digest, *sorted(answers.values.items()), run and run.id)
    return while_all_stands("worklists", db, asked, lambda: _made(db, answers, run))


def _made(db: Database, answers: Answers, run: Run | None) -> Worklists:
    missing = _one_for_all(answers, _subjects_in(answers, without_result(db, answers.gathered.as_of)))
    lists = {
        "one_failure": _one_failure(answers),
        "lapsing": _lapsing(answers),
        "lapsed": _lapsed(answers),
        "fitness_missing": _missing(answers, FITNESS_FACTS),
        "never_inspected": _missing(answers, INSPECTION_FACTS),
        "result_missing": missing,
        "failure_unanswered": _one_for_all(answers, _failure_unanswered(answers)),
        **_since(db, answers, run),
    }
    return Worklists(lists, run)


def has_verdict(answers: Answers, benefit: str, verdict: str) -> Bools:
    """The goods with a verdict; none where the programme does not know it."""
    known = answers.program.better
    number = known.index(verdict) if verdict in known else NEVER - 1
    found: Bools = answers.judged.verdicts[benefit] == number
    return found


def facts_asked(program: Program, condition: str) -> set[str]:
    """The facts that a condition asks, those of the conditions it names too."""
    test = program.conditions[condition].test
    inner = (facts_asked(program, name) for name in names_in(test))
    return {c.fact for c in comparisons(test)}.union(*inner)


def _one_failure(answers: Answers) -> Masks:
    return {benefit: failures == 1 for benefit, failures in one_failure_left(answers).items()}


def _lapsing(answers: Answers) -> Masks:
    """Eligible now, and within SOON days no longer, because the last inspection grows too old.

    Where the household leaves by then another inspection would not help: those are not listed.
    """
    day, until = day_number(answers.gathered.as_of), answers.gathered.standing.goods.poor_until
    return {
        benefit: has_verdict(answers, benefit, ELIGIBLE) & (day < on) & (on <= day + SOON) & (on < until)
        for benefit, on in change_days(answers).items()
    }


def _lapsed(answers: Answers) -> Masks:
    """Not eligible, and nothing fails but the age of the last inspection."""
    aged = conditions_of_age(answers.program)

    def mask(benefit: str) -> Bools:
        fails = {
            name: answers.judged.findings[name] == 0 for name in answers.program.conditions_asked(benefit)
        }
        age = _any(answers, [column for name, column in fails.items() if name in aged])
        other = _any(answers, [column for name, column in fails.items() if name not in aged])
        return has_verdict(answers, benefit, NOT_ELIGIBLE) & age & ~other

    return {benefit: mask(benefit) for benefit in answers.program.benefits}


def _missing(answers: Answers, facts: frozenset[str]) -> Masks:
    """Cannot be decided, and some condition that asks one of these facts is unknown."""

    def mask(benefit: str) -> Bools:
        asking = [
            n for n in answers.program.conditions_asked(benefit) if facts_asked(answers.program, n) & facts
        ]
        unknown = [answers.judged.findings[name] == -1 for name in asking]
        return has_verdict(answers, benefit, CANNOT_DECIDE) & _any(answers, unknown)

    return {benefit: mask(benefit) for benefit in answers.program.benefits}


def _failure_unanswered(answers: Answers) -> Bools:
    """The last counted inspection failed, and no re-inspection of that sample has spoken."""
    events, samples = answers.gathered.standing.events, answers.gathered.samples
    answered = np.zeros(samples.id.size, dtype=bool)
    answered[samples.again_of[samples.again_result <= day_number(answers.gathered.as_of)]] = True
    found = np.zeros(events.goods, dtype=bool)
    some = np.flatnonzero(events.last >= 0)
    last = events.last[some]
    found[some] = events.failed[last] & ~answered[events.sample[last]]
    return found


def _since(db: Database, answers: Answers, run: Run | None) -> dict[str, Masks]:
    """Against the recorded verdicts: eligible now and not then, and the other way round."""
    nothing = np.zeros(answers.subjects.size, dtype=bool)
    then: dict[str, set[str]] = {benefit: set() for benefit in answers.program.benefits}
    for subject, benefit, verdict in recorded_verdicts(db, run.id) if run else ():
        if verdict == ELIGIBLE and benefit in then:
            then[benefit].add(subject)
    gained: Masks = {}
    lost: Masks = {}
    for benefit, subjects in then.items():
        was, now = _subjects_in(answers, subjects), has_verdict(answers, benefit, ELIGIBLE)
        gained[benefit] = now & ~was if run else nothing
        lost[benefit] = was & ~now
    return {"newly_eligible": gained, "newly_lost": lost}


def _subjects_in(answers: Answers, subjects: set[str] | Mapping[str, object]) -> Bools:
    return np.fromiter((s in subjects for s in answers.subjects), dtype=bool, count=answers.subjects.size)


def _one_for_all(answers: Answers, mask: Bools) -> Masks:
    return dict.fromkeys(answers.program.benefits, mask)


def _any(answers: Answers, masks: list[Bools]) -> Bools:
    none = np.zeros(answers.subjects.size, dtype=bool)
    found: Bools = np.logical_or.reduce([none, *masks])
    return found
