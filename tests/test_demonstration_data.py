"""The invented data show every case, keep every rule of the registers, and are the same each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from bench.plain import DEFAULTS, Event, Good, Inspection, events, long_term_failing, sets, trailing, verdicts
from data.register import REGISTERS
from data.seed import WORKING_DAY, Batch, demonstration, townships

KEYS = {
    "townships": ("township_code",),
    "villages": ("village_code",),
    "households": ("household_no",),
    "products": ("product_code",),
    "goods": ("household_no", "product_code"),
    "inspections": ("sample_no",),
    "storage_places": ("place_code",),
    "packaging_items": ("item_code",),
    "shipments": ("claim_no",),
}
KEYS |= {name: REGISTERS[name].key for name in REGISTERS if name not in KEYS}
SIZES = (60, 2000)
Subject = tuple[str, str]


@cache
def batches(households: int) -> tuple[Batch, ...]:
    return tuple(demonstration(households))


class Known:
    """The registers as recorded up to an instant."""

    def __init__(self, households: int, until: datetime | None = None) -> None:
        self.rows: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {name: {} for name in KEYS}
        for batch in batches(households):
            if until is None or batch.at <= until:
                for row in batch.rows:
                    key = tuple(row[name] for name in KEYS[batch.register])
                    self.rows[batch.register][key] = row

    def goods(self) -> dict[Subject, Good]:
        samples: dict[Subject, list[Inspection]] = defaultdict(list)
        for row in self.rows["inspections"].values():
            samples[row["household_no"], row["product_code"]].append(
                Inspection(
                    row["sample_no"],
                    day(row["sampling_date"]),
                    day(row["result_date"]),
                    row["conclusion"],
                    row["reinspection_of"],
                )
            )
        return {
            (household, product): self._good(household, product, tuple(samples[household, product]))
            for household, product in self.rows["goods"]
        }

    def _good(self, household: str, product: str, samples: tuple[Inspection, ...]) -> Good:
        home = self.rows["households"][household,]
        fit = self.rows["goods"][household, product]["fit_for_online_sale"]
        return Good(
            bool(self.rows["products"][product,]["standardised"]),
            None if fit is None else bool(fit),
            day(home["registered_on"]),
            day(home["left_on"]) if home["left_on"] else None,
            samples,
        )


@cache
def known(households: int) -> Known:
    return Known(households)


@cache
def goods(households: int) -> dict[Subject, Good]:
    return known(households).goods()


def day(text: str) -> date:
    return date.fromisoformat(text)


def rows(households: int, register: str) -> Iterable[dict[str, Any]]:
    return (row for batch in batches(households) if batch.register == register for row in batch.rows)


def history(good: Good) -> list[Event]:
    return events(good.inspections, WORKING_DAY)


def failing_over_time(good: Good) -> list[bool]:
    past = history(good)
    return [long_term_failing(past[:end], DEFAULTS) for end in range(1, len(past) + 1)]


def one_failure_away(good: Good) -> bool:
    past = history(good)
    return not long_term_failing(past, DEFAULTS) and sets([*past, Event(WORKING_DAY, True)], DEFAULTS)


def at_end(good: Good) -> dict[str, str]:
    return verdicts(good, WORKING_DAY)


# ---- what the office would hold ----


def test_the_nine_townships_and_other_units_are_there() -> None:
    assert len(townships()) == 10
    assert townships()[-1]["township_name"] == "其他单位"
    assert all(row["township_code"].startswith("653128") for row in townships())


def test_the_usual_size_is_two_thousand_households_with_about_1_75_goods_each() -> None:
    assert len(known(2000).rows["households"]) == 2000
    assert 3300 <= len(goods(2000)) <= 3700
    assert 85 <= len(known(2000).rows["villages"]) <= 95
    assert 20 <= len(known(2000).rows["products"]) <= 30


def test_villages_spread_over_the_nine_townships_and_about_half_are_poor() -> None:
    found = list(known(2000).rows["villages"].values())
    assert {row["township_code"] for row in found} == {row["township_code"] for row in townships()[:-1]}
    assert 0.35 <= sum(row["poor_village"] for row in found) / len(found) <= 0.65


def test_every_name_of_a_village_and_a_head_of_household_is_plainly_invented() -> None:
    assert all(row["village_name"].startswith("示例村") for row in rows(2000, "villages"))
    assert all(row["head_name"].startswith("示例户") for row in rows(2000, "households"))
    assert all(row["agency"].startswith("示例") for row in rows(2000, "inspections"))


# ---- the order and the rules of recording ----


@pytest.mark.parametrize("households", SIZES)
def test_batches_come_in_the_order_of_recording_and_none_after_the_working_day(households: int) -> None:
    instants = [batch.at for batch in batches(households)]
    assert all(before < after for before, after in pairwise(instants))
    assert all(at.tzinfo is UTC for at in instants)
    assert instants[-1].date() == WORKING_DAY
    assert len({(at.year, at.month) for at in instants} & {(2017, 10), (2021, 9)}) == 2


@pytest.mark.parametrize("households", SIZES)
def test_every_reference_exists_when_its_row_is_entered(households: int) -> None:
    seen: dict[str, set[tuple[Any, ...]]] = {name: set() for name in KEYS}
    needs: dict[str, list[tuple[str, tuple[str, ...]]]] = {
        "villages": [("townships", ("township_code",))],
        "households": [("villages", ("village_code",))],
        "goods": [("households", ("household_no",)), ("products", ("product_code",))],
        "inspections": [("goods", ("household_no", "product_code"))],
        "shipments": [("goods", ("household_no", "product_code"))],
    }
    for batch in batches(households):
        for row in batch.rows:
            for register, columns in needs.get(batch.register, []):
                assert tuple(row[name] for name in columns) in seen[register], (batch.register, row)
            seen[batch.register].add(tuple(row[name] for name in KEYS[batch.register]))


@pytest.mark.parametrize("households", SIZES)
def test_a_row_that_exists_is_entered_again_only_as_a_correction_that_changes_it(households: int) -> None:
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for batch in batches(households):
        for row in batch.rows:
            key = (batch.register, *(row[name] for name in KEYS[batch.register]))
            assert (key in seen) == (batch.reason is not None), (batch.at, row)
            assert seen.get(key) != row
            seen[key] = row


@pytest.mark.parametrize("households", SIZES)
def test_results_follow_samples_and_records_follow_results(households: int) -> None:
    for batch in batches(households):
        if batch.register == "inspections":
            for row in batch.rows:
                recorded = batch.at.date().isoformat()
                assert str(row["sampling_date"]) <= str(row["result_date"]) < recorded, row


@pytest.mark.parametrize("households", SIZES)
def test_a_reinspection_names_an_original_of_the_same_good_and_concludes(households: int) -> None:
    by_number = {row["sample_no"]: row for row in known(households).rows["inspections"].values()}
    again = [row for row in by_number.values() if row["reinspection_of"]]
    assert again
    for row in again:
        original = by_number[row["reinspection_of"]]
        assert original["reinspection_of"] is None
        assert (original["household_no"], original["product_code"]) == (
            row["household_no"],
            row["product_code"],
        )
        assert row["result_date"] >= original["result_date"]
        assert row["conclusion"] in ("pass", "fail")
        assert row["method"] == "quantitative"


def test_rapid_tests_conclude_only_for_vegetables() -> None:
    categories = {row["product_code"]: row["category"] for row in rows(2000, "products")}
    for row in rows(2000, "inspections"):
        if row["method"] == "rapid" and row["conclusion"] != "not_applicable":
            assert categories[row["product_code"]] == "vegetable"


def test_samples_and_results_fall_on_office_days_and_are_numbered_by_month() -> None:
    for row in rows(2000, "inspections"):
        assert day(row["sampling_date"]).weekday() < 5 and day(row["result_date"]).weekday() < 5
        assert row["sample_no"].startswith("S" + row["sampling_date"][:7].replace("-", ""))


# ---- how much of what ----


def test_failures_stay_at_the_real_rates() -> None:
    found = Counter(row["conclusion"] for row in known(2000).rows["inspections"].values())
    assert 0.001 <= found["fail"] / sum(found.values()) <= 0.018
    assert found["pending"] and found["not_applicable"]


def test_goods_are_mostly_visited_every_three_to_five_months() -> None:
    gaps = [
        (after.day - before.day).days
        for good in goods(2000).values()
        for before, after in pairwise(history(good))
    ]
    assert 90 <= median(gaps) <= 150
    assert sum(80 <= gap <= 160 for gap in gaps) / len(gaps) > 0.9


def test_the_answers_of_the_working_day_are_in_realistic_shares() -> None:
    for benefit in ("packaging", "logistics"):
        found = Counter(at_end(good)[benefit] for good in goods(2000).values())
        assert 0.75 <= found["eligible"] / len(goods(2000)) <= 0.87, found
        assert 200 <= found["not_eligible"] <= 900, found
        assert 10 <= found["cannot_decide"] <= 99, found
        assert 8 <= found["revoked"] <= 16, found


# ---- every case, also in a small demonstration ----


def _revoked_three_in_a_row(good: Good) -> bool:
    return failing_over_time(good)[-1:] == [True] and trailing(history(good), True) >= 3


def _revoked_by_often_only(good: Good) -> bool:
    return failing_over_time(good)[-1:] == [True] and all(
        trailing(history(good)[:end], True) < 3 for end in range(1, len(history(good)) + 1)
    )


def _readmitted(good: Good) -> bool:
    over_time = failing_over_time(good)
    return any(over_time) and not over_time[-1]


def _relapsed(good: Good) -> bool:
    over_time = failing_over_time(good)
    ups = sum(now and not before for before, now in pairwise([False, *over_time]))
    return ups >= 2 and over_time[-1]


def _about_to_lapse(good: Good) -> bool:
    soon = WORKING_DAY + timedelta(days=30)
    return at_end(good)["logistics"] == "eligible" and verdicts(good, soon)["logistics"] == "not_eligible"


def _lapsed(good: Good) -> bool:
    past = history(good)
    return bool(past) and (WORKING_DAY - past[-1].day).days > 180 and good.poor_until is None


def _retested(good: Good, first: str, again: str) -> bool:
    by_number = {i.sample_no: i for i in good.inspections}
    return any(
        i.original and by_number[i.original].conclusion == first and i.conclusion == again
        for i in good.inspections
    )


def _several_one_day(good: Good) -> bool:
    days = [event.day for event in history(good)]
    return len(set(days)) < len(days)


def _late_result(good: Good) -> bool:
    late = [i for i in good.inspections if (i.result - i.sampled).days > 60]
    return any(i.sampled < j.sampled and j.result < i.result for i in late for j in good.inspections)


def _last_is(good: Good, conclusion: str) -> bool:
    ends = [(i.sampled, i.sample_no, i.conclusion) for i in good.inspections]
    return bool(ends) and max(ends)[2] == conclusion


CASES: dict[str, Callable[[Good], bool]] = {
    "revoked by three in a row": _revoked_three_in_a_row,
    "revoked by often in the window alone": _revoked_by_often_only,
    "readmitted": _readmitted,
    "relapsed after readmission": _relapsed,
    "one failure from revocation": one_failure_away,
    "one failure from revocation though eligible": lambda good: (
        one_failure_away(good) and at_end(good)["packaging"] == "eligible"
    ),
    "about to lapse": _about_to_lapse,
    "lapsed": _lapsed,
    "never inspected": lambda good: not good.inspections and at_end(good)["logistics"] == "cannot_decide",
    "unknown fitness": lambda good: good.fit is None and at_end(good)["packaging"] == "cannot_decide",
    "not fit": lambda good: good.fit is False and at_end(good)["logistics"] == "eligible",
    "standardised": lambda good: good.standardised,
    "pending last": lambda good: _last_is(good, "pending"),
    "not applicable last": lambda good: _last_is(good, "not_applicable"),
    "overturned": lambda good: _retested(good, "fail", "pass"),
    "confirmed": lambda good: _retested(good, "fail", "fail"),
    "grey zone settled": lambda good: _retested(good, "pending", "pass"),
    "several samples one day": _several_one_day,
    "late result": _late_result,
    "household left": lambda good: bool(good.poor_until and good.poor_until <= WORKING_DAY),
    "household leaves soon": lambda good: bool(good.poor_until and good.poor_until > WORKING_DAY),
    "household registered after its first sample": lambda good: any(
        i.sampled < good.poor_from for i in good.inspections
    ),
}


@pytest.mark.parametrize("households", SIZES)
@pytest.mark.parametrize("case", CASES)
def test_every_case_is_shown(case: str, households: int) -> None:
    assert any(CASES[case](good) for good in goods(households).values())


@pytest.mark.parametrize("households", SIZES)
def test_some_goods_are_registered_after_their_first_sample(households: int) -> None:
    registered = {key: day(row["registered_on"]) for key, row in known(households).rows["goods"].items()}
    assert any(
        i.sampled < registered[key] for key, good in goods(households).items() for i in good.inspections
    )


@pytest.mark.parametrize("households", SIZES)
def test_every_verdict_occurs_for_both_benefits(households: int) -> None:
    found = {
        (benefit, verdict) for good in goods(households).values() for benefit, verdict in at_end(good).items()
    }
    assert len(found) == 8


@pytest.mark.parametrize("households", SIZES)
def test_a_correction_of_september_changes_an_answer(households: int) -> None:
    before = Known(households, datetime(2021, 9, 20, tzinfo=UTC)).goods()
    changed = {
        (at_end(before[key])["logistics"], at_end(good)["logistics"])
        for key, good in goods(households).items()
        if key in before
    }
    assert ("not_eligible", "eligible") in changed
    assert any(batch.reason for batch in batches(households) if batch.register == "goods")


# ---- the same each time ----


def test_the_same_seed_gives_the_same_data_and_another_seed_other_data() -> None:
    assert list(demonstration(60, 7)) == list(demonstration(60, 7))
    assert list(demonstration(60, 7)) != list(demonstration(60, 8))


def test_few_households_show_some_cases_and_none_is_refused() -> None:
    assert sum(len(b.rows) for b in demonstration(5) if b.register == "households") == 5
    with pytest.raises(ValueError, match="household"):
        list(demonstration(0))
