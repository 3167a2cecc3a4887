"""The set-based facts and verdicts against the rules told one good at a time, on random histories."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bench import plain
from bench.plain import DEFAULTS, Good
from office.programs import program_named
from tests.random_goods import days, goods, judged, verdicts, with_one_more

PROGRAM = program_named()
some_goods = st.lists(goods(), min_size=1, max_size=4)
some_values = st.fixed_dictionaries(
    {
        "inspection_validity_days": st.integers(30, 730),
        "long_term_consecutive_failures": st.integers(1, 4),
        "long_term_failures_in_window": st.integers(1, 4),
        "long_term_failure_percent": st.integers(1, 100),
        "failure_window_days": st.sampled_from([30, 119, 120, 121, 365, 1095]),
        "readmission_passes": st.integers(1, 3),
    }
)


@settings(max_examples=400, deadline=None)
@given(some_goods, days, some_values)
def test_verdicts_are_those_of_the_plain_telling(some: list[Good], day: date, values: dict[str, int]) -> None:
    assert verdicts(PROGRAM, some, day, values) == [plain.verdicts(good, day, values) for good in some]


@settings(max_examples=200, deadline=None)
@given(some_goods, days)
def test_facts_are_those_of_the_plain_telling(some: list[Good], day: date) -> None:
    table, _ = judged(PROGRAM, some, day, dict(DEFAULTS))
    for at, good in enumerate(some):
        history = plain.events(good.inspections, day)
        expected = {
            "inspections": len(history),
            "last_conclusion": int(history[-1].failed) if history else -1,
            "days_since_last_inspection": (day - history[-1].day).days if history else -1,
            "consecutive_failures": plain.trailing(history, True),
            "consecutive_passes": plain.trailing(history, False),
            "long_term_failing": int(plain.long_term_failing(history, DEFAULTS)),
        }
        assert {name: int(table.columns[name][at]) for name in expected} == expected


@settings(max_examples=200, deadline=None)
@given(some_goods, days)
def test_goods_do_not_touch_one_another(some: list[Good], day: date) -> None:
    alone = [verdicts(PROGRAM, [good], day, dict(DEFAULTS))[0] for good in some]
    assert verdicts(PROGRAM, some, day, dict(DEFAULTS)) == alone


def rank(verdict: str) -> int:
    return PROGRAM.better.index(verdict)


@settings(max_examples=300, deadline=None)
@given(goods(), days, some_values)
def test_one_more_first_time_failure_at_the_end_never_helps(
    good: Good, day: date, values: dict[str, int]
) -> None:
    _one_more(good, day, values, "fail", helps=False)


@settings(max_examples=300, deadline=None)
@given(goods(), days, some_values)
def test_one_more_pass_at_the_end_never_harms(good: Good, day: date, values: dict[str, int]) -> None:
    _one_more(good, day, values, "pass", helps=True)


def _one_more(good: Good, day: date, values: dict[str, int], conclusion: str, *, helps: bool) -> None:
    """Compared on the day after everything is known: with one more, and without."""
    later = max([day, *(i.result for i in good.inspections)]) + timedelta(days=1)
    before, after = verdicts(PROGRAM, [good, with_one_more(good, later, conclusion)], later, values)
    for benefit in PROGRAM.benefits:
        was, now = before[benefit], after[benefit]
        assert rank(now) >= rank(was) if helps else rank(now) <= rank(was)
