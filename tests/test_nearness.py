"""How near many goods stand to another answer at once equals what a plain telling finds for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import plain
from bench.plain import DEFAULTS, Good, Inspection
from office.days import day_number, day_of
from office.programs import program_named
from rules import nearness
from rules.deciding import Judged, judge
from rules.facts import Standing, as_asked, facts_of, standing_of
from rules.nearness import NEVER, changes_on, conditions_of_age, failures_until
from tests.random_goods import arrays, days, goods

PROGRAM = program_named()
IN_FORCE = days.filter(lambda d: d >= date(2020, 3, 16))
NEW_VALUE = date(2020, 9, 1)  # in the tests, the day from which another value counts


def standing(some: list[Good], day: date) -> Standing:
    return standing_of(*arrays(some, day))


def judged(some: Standing, values: Mapping[str, int]) -> Judged:
    return judge(PROGRAM, as_asked(PROGRAM, facts_of(some, PROGRAM, values)), values)


def known(good: Good, day: date) -> Good:
    some = tuple(i for i in good.inspections if i.result <= day)
    return Good(good.standardised, good.fit, good.poor_from, good.poor_until, some)


def failed(good: Good, day: date, count: int) -> Good:
    ahead = (day + timedelta(days=n) for n in range(1, count + 1))
    more = tuple(Inspection(f"ZZ{n}", d, d, "fail") for n, d in enumerate(ahead))
    return Good(good.standardised, good.fit, good.poor_from, good.poor_until, (*good.inspections, *more))


def plain_failures(good: Good, day: date, benefit: str) -> int:
    for count in range(5):
        later = day + timedelta(days=count)
        if plain.verdicts(failed(known(good, day), day, count), later)[benefit] == "revoked":
            return count
    return NEVER


def plain_change(good: Good, day: date, benefit: str) -> int:
    now = known(good, day)
    verdict = plain.verdicts(now, day)[benefit]
    for number in range(1, 1200):
        if plain.verdicts(now, day + timedelta(days=number))[benefit] != verdict:
            return day_number(day) + number
    return NEVER


@settings(max_examples=40, deadline=None)
@given(st.lists(goods(), min_size=1, max_size=6), IN_FORCE)
def test_the_failures_left_are_those_that_a_plain_telling_finds(some: list[Good], day: date) -> None:
    here = standing(some, day)
    found = failures_until(
        PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS, "revoked"
    )
    for benefit in PROGRAM.benefits:
        assert found[benefit].tolist() == [plain_failures(good, day, benefit) for good in some]


@settings(max_examples=40, deadline=None)
@given(st.lists(goods(), min_size=1, max_size=4), IN_FORCE)
def test_the_day_of_change_is_the_first_on_which_the_plain_answer_differs(
    some: list[Good], day: date
) -> None:
    here = standing(some, day)
    found = changes_on(PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS)
    for benefit in PROGRAM.benefits:
        assert found[benefit].tolist() == [plain_change(good, day, benefit) for good in some]


def test_no_failure_is_tried_beyond_the_number_asked() -> None:
    day = date(2021, 6, 1)
    one_pass = Good(False, True, date(2019, 1, 1), None, (Inspection("S1", day, day, "pass"),))
    here = standing([one_pass], day)
    asked = (PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS, "revoked")
    assert [failures_until(*asked, most=n)["packaging"].tolist() for n in (1, 2, 3)] == [
        [NEVER],
        [NEVER],
        [3],
    ]


def test_no_goods_have_no_distance() -> None:
    here = standing([], date(2021, 6, 1))
    day = day_number(date(2021, 6, 1))
    answers = judged(here, DEFAULTS)
    assert failures_until(PROGRAM, here, answers, day, lambda _: DEFAULTS, "revoked")["packaging"].size == 0
    assert changes_on(PROGRAM, here, answers, day, lambda _: DEFAULTS)["packaging"].size == 0


def test_a_verdict_that_the_programme_does_not_know_is_never_reached() -> None:
    day = date(2021, 6, 1)
    here = standing([Good(False, True, date(2019, 1, 1), None, ())], day)
    found = failures_until(PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS, "lost")
    assert found["packaging"].tolist() == [NEVER]


@pytest.mark.parametrize("validity", [180, 60, 400])
def test_a_value_that_counts_from_a_later_day_is_tried_under_that_value(
    validity: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sampled on 1 June; from 1 September (day 92) another validity counts: the answer changes by it, or not."""
    sampled = date(2020, 6, 1)
    good = Good(False, True, date(2019, 1, 1), None, (Inspection("S1", sampled, sampled, "pass"),))
    here = standing([good], sampled)

    def values_on(day: int) -> Mapping[str, int]:
        return dict(DEFAULTS) | ({"inspection_validity_days": validity} if day_of(day) >= NEW_VALUE else {})

    monkeypatch.setattr(nearness, "_epochs", lambda _: [day_number(NEW_VALUE)])
    (found,) = changes_on(PROGRAM, here, judged(here, DEFAULTS), day_number(sampled), values_on)["packaging"]
    expected = {180: sampled + timedelta(days=181), 60: NEW_VALUE, 400: sampled + timedelta(days=401)}
    assert day_of(int(found)) == expected[validity]


def test_the_condition_on_the_age_of_the_inspection_is_found_by_what_it_asks() -> None:
    assert conditions_of_age(PROGRAM) == ("inspected_recently",)


def test_the_arrays_given_are_left_as_they_were() -> None:
    day = date(2021, 6, 1)
    here = standing([Good(False, True, date(2019, 1, 1), None, (Inspection("S", day, day, "fail"),))], day)
    before = here.events.day.copy(), here.goods.on.copy()
    failures_until(PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS, "revoked")
    changes_on(PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS)
    assert np.array_equal(before[0], here.events.day) and np.array_equal(before[1], here.goods.on)


def test_a_supposed_failure_stands_on_the_day_after_so_the_oldest_may_have_left_the_window() -> None:
    """The first failure is 365 days before the supposed one and no longer counts beside it."""
    day = date(2021, 6, 1)
    told = ((364, "fail"), (200, "pass"), (100, "fail"), (20, "pass"))
    found = tuple(
        Inspection(f"S{ago}", day - timedelta(days=ago), day - timedelta(days=ago), word)
        for ago, word in told
    )
    here = standing([Good(False, True, date(2019, 1, 1), None, found)], day)
    asked = (PROGRAM, here, judged(here, DEFAULTS), day_number(day), lambda _: DEFAULTS, "revoked")
    assert failures_until(*asked)["packaging"].tolist() == [2]
