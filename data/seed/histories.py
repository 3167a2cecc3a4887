"""What the inspectors found over four years, good by good, for the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from data.seed.calendar import FIRST_SAMPLES, WORKING_DAY, days_before, office_day
from data.seed.families import Good
from data.seed.sample import Sample
from data.seed.stories import Retest, Visit

# How often, among ordinary visits. Real failure rates are about 0.1 to 1.3 percent.
_FAILS = {"rapid": 0.012, "quantitative": 0.006}
_GREY_ZONE = 0.004  # a rapid test that must wait for the laboratory (待确证)
_RAPID_ON_VEGETABLES = 0.8
_RAPID_BY_HABIT = 0.002  # a rapid test on something it does not apply to (不适用)
_LATE_RESULT = 0.015
_HELD_BACK = 0.01
_MISTYPED = 0.0006
_RETESTED = 0.35
_OVERTURNED = 0.15
_NO_LONGER_VISITED = 0.025


def samples_of(good: Good, rng: Random) -> list[Sample]:
    """Every sample of one good: its ordinary visits, then its story's."""
    story = good.story
    left = good.household.left or WORKING_DAY
    found: list[Sample] = []
    if story is None:
        end = days_before(rng.randrange(200, 700)) if rng.random() < _NO_LONGER_VISITED else WORKING_DAY
        for day in _visit_days(good, min(end, left), rng):
            found += _ordinary(good, day, rng)
        return found
    if story.visited_before:
        end = min(days_before(story.quiet_before), left)
        found += [_sample(good, day, "quantitative", "pass", 5, rng) for day in _visit_days(good, end, rng)]
    for visit in story.visits:
        found += _told(good, visit, rng)
    return found


def _visit_days(good: Good, end: date, rng: Random) -> Iterator[date]:
    """Every three to five months from registration on, up to a day."""
    day = max(good.since + timedelta(days=7), FIRST_SAMPLES) + timedelta(days=rng.randrange(110))
    while day <= end:
        yield office_day(day)
        day += timedelta(days=rng.randrange(88, 150))


def _ordinary(good: Good, day: date, rng: Random) -> list[Sample]:
    """One ordinary visit, and after a failure what follows on it."""
    method, conclusion = _finding(good, rng)
    first = _sample(good, day, method, conclusion, _days_to_result(method, rng), rng)
    if conclusion == "pending":
        return [first, _retest(first, Retest(rng.randrange(4, 12), "pass"))]
    if conclusion != "fail":
        return [first]
    found = [first]
    if rng.random() < _RETESTED:
        overturned = rng.random() < _OVERTURNED
        found.append(_retest(first, Retest(rng.randrange(3, 9), "pass" if overturned else "fail")))
    again = office_day(first.result + timedelta(days=rng.randrange(20, 45)))
    found.append(_sample(good, again, "quantitative", "pass", 5, rng))
    return found


def _finding(good: Good, rng: Random) -> tuple[str, str]:
    """Method and conclusion of an ordinary visit. Rapid tests are for vegetables only."""
    chance = rng.random()
    if good.product.category != "vegetable":
        if chance < _RAPID_BY_HABIT:
            return "rapid", "not_applicable"
        return "quantitative", "fail" if chance > 1 - _FAILS["quantitative"] else "pass"
    if rng.random() > _RAPID_ON_VEGETABLES:
        return "quantitative", "fail" if chance > 1 - _FAILS["quantitative"] else "pass"
    if chance < _GREY_ZONE:
        return "rapid", "pending"
    return "rapid", "fail" if chance > 1 - _FAILS["rapid"] else "pass"


def _days_to_result(method: str, rng: Random) -> int:
    if method == "rapid":
        return 0
    return rng.randrange(25, 70) if rng.random() < _LATE_RESULT else rng.randrange(3, 13)


def _sample(good: Good, day: date, method: str, conclusion: str, result_after: int, rng: Random) -> Sample:
    """A sample as the office records it: some lie about, a few are entered wrongly at first."""
    result = office_day(day + timedelta(days=result_after))
    held_back = rng.randrange(30, 100) if rng.random() < _HELD_BACK else 0
    mistyped = corrected = None
    if good.story is None and conclusion == "pass" and rng.random() < _MISTYPED:
        mistyped, corrected = "fail", office_day(result + timedelta(days=held_back + rng.randrange(40, 90)))
    return Sample(
        good.household.number,
        good.product.code,
        day,
        result,
        method,
        conclusion,
        held_back=held_back if good.story is None else 0,
        mistyped=mistyped,
        corrected=corrected,
    )


def _told(good: Good, visit: Visit, rng: Random) -> list[Sample]:
    """One visit of a story, exactly as it is told."""
    day = days_before(visit.ago)
    corrected = days_before(8) if visit.mistyped else None
    first = Sample(
        good.household.number,
        good.product.code,
        day,
        office_day(day + timedelta(days=visit.result_after)),
        "rapid" if visit.rapid else "quantitative",
        visit.conclusion,
        mistyped=visit.mistyped,
        corrected=corrected,
    )
    return [first, *(_retest(first, retest) for retest in visit.retests)]


def _retest(original: Sample, retest: Retest) -> Sample:
    """A re-inspection in a laboratory, never before the original's result."""
    result = office_day(original.result + timedelta(days=retest.after))
    taken = office_day(original.result + timedelta(days=min(1, retest.after)))
    return Sample(
        original.household_no,
        original.product_code,
        taken,
        result,
        "quantitative",
        retest.conclusion,
        original=original,
        held_back=original.held_back,
    )
