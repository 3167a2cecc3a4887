"""What the slip says would change the answer: done for real in a database, it changes it, and nothing shorter does."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path

from hypothesis import given, settings

from bench import plain
from bench.plain import DEFAULTS, Good, Inspection
from data.canonical import instant_text
from data.store import reading
from office.days import day_number, day_of, now
from office.explaining import explain
from office.programs import program_named
from rules.trying import Change, OneGood, changes, verdicts_over
from tests.random_goods import arrays, days, goods

PROGRAM = program_named()


def one(good: Good, day: date) -> OneGood:
    return OneGood(PROGRAM, lambda _: DEFAULTS, *arrays([good], day))


def known(good: Good, day: date) -> Good:
    some = tuple(i for i in good.inspections if i.result <= day)
    return Good(good.standardised, good.fit, good.poor_from, good.poor_until, some)


def after(good: Good, day: date, words: tuple[str, ...]) -> dict[str, str]:
    """The plain telling's verdicts after further inspections on the days that follow."""
    more = tuple(
        Inspection(f"ZZ{n}", day + timedelta(days=n), day + timedelta(days=n), word)
        for n, word in enumerate(words, start=1)
    )
    supposed = Good(good.standardised, good.fit, good.poor_from, good.poor_until, (*good.inspections, *more))
    return plain.verdicts(supposed, day + timedelta(days=len(words)))


@settings(max_examples=60, deadline=None)
@given(goods(), days.filter(lambda d: d >= date(2020, 3, 16)))
def test_each_change_comes_true_and_no_shorter_row_of_inspections_brings_it(good: Good, day: date) -> None:
    now_known = known(good, day)
    today = plain.verdicts(now_known, day)
    for benefit in PROGRAM.benefits:
        found = changes(one(good, day), benefit, day_number(day), today[benefit])
        by_inspections = {c.to: c for c in found if c.lapse is None}
        reached: dict[str, int] = {}
        for count in range(1, 5):
            for words in product(("pass", "fail"), repeat=count):
                reached.setdefault(after(now_known, day, words)[benefit], count)
        reached.pop(today[benefit], None)
        assert {to: len(c.by) for to, c in by_inspections.items()} == reached
        for to, change in by_inspections.items():
            assert after(now_known, day, tuple(f.conclusion for f in change.by))[benefit] == to
        assert [len(c.by) or 9 for c in found] == sorted(len(c.by) or 9 for c in found)


@settings(max_examples=60, deadline=None)
@given(goods(), days.filter(lambda d: d >= date(2020, 3, 16)))
def test_the_lapse_is_the_first_day_on_which_the_answer_differs(good: Good, day: date) -> None:
    now_known = known(good, day)
    verdict = plain.verdicts(now_known, day)["packaging"]
    lapse = next((c for c in changes(one(good, day), "packaging", day_number(day), verdict) if c.lapse), None)
    ahead = ((n, plain.verdicts(now_known, day + timedelta(days=n))["packaging"]) for n in range(1, 1200))
    expected = next(((day + timedelta(days=n), to) for n, to in ahead if to != verdict), None)
    assert ((day_of(lapse.lapse), lapse.to) if lapse and lapse.lapse else None) == expected


@settings(max_examples=40, deadline=None)
@given(goods())
def test_the_band_over_time_is_the_verdict_of_every_single_day(good: Good) -> None:
    first, last = date(2020, 3, 16), date(2021, 12, 31)
    bands = verdicts_over(one(good, last), "packaging", day_number(first), day_number(last))
    for number in range(day_number(first), day_number(last) + 1, 7):
        (verdict,) = (v for a, b, v in bands if a <= number <= b)
        assert verdict == plain.verdicts(good, day_of(number))["packaging"]


def test_a_single_failure_is_said_with_the_day_before_which_it_revokes() -> None:
    sampled = (("S1", "2021-01-10", "fail"), ("S2", "2021-03-01", "pass"), ("S3", "2021-05-01", "fail"))
    history = tuple(Inspection(n, date.fromisoformat(d), date.fromisoformat(d), c) for n, d, c in sampled)
    good = Good(False, True, date(2018, 1, 1), None, history)
    day = date(2021, 6, 1)
    to_revoked = revoking(changes(one(good, day), "packaging", day_number(day), "not_eligible"))
    # 365 days after the first failure it has left the window: two failures of three are left
    assert [f.conclusion for f in to_revoked.by] == ["fail"]
    assert to_revoked.before is not None and day_of(to_revoked.before) == date(2022, 1, 10)


def test_a_failure_that_revokes_whenever_it_comes_is_said_without_a_day() -> None:
    history = tuple(Inspection(f"S{n}", date(2021, n, 10), date(2021, n, 10), "fail") for n in (1, 3))
    good = Good(False, True, date(2018, 1, 1), None, history)
    day = date(2021, 6, 1)
    to_revoked = revoking(changes(one(good, day), "packaging", day_number(day), "not_eligible"))
    assert to_revoked.before is None


def revoking(found: tuple[Change, ...]) -> Change:
    return next(c for c in found if c.to == "revoked")


def test_explaining_a_good_of_the_demonstration_gives_both_slips(demo_db: Path) -> None:
    with reading(demo_db) as db:
        (household, code), *_ = db.execute("SELECT household_no, product_code FROM goods LIMIT 1")
        explained = explain(db, f"{household}/{code}", PROGRAM, date(2021, 9, 30), instant_text(now()))
    assert [s.decision.benefit for s in explained.slips] == ["packaging", "logistics"]
    for slip in explained.slips:
        assert {line.name for line in slip.lines} <= set(slip.decision.findings)
        assert len(slip.evidence) >= int(slip.decision.facts["inspections"] or 0)


def test_a_good_never_inspected_of_a_household_that_stays_has_no_lapse() -> None:
    good, day = Good(False, True, date(2018, 1, 1), None, ()), date(2021, 6, 1)
    found = changes(one(good, day), "packaging", day_number(day), "cannot_decide")
    assert [c.lapse for c in found] == [None] * len(found)
