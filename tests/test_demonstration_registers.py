"""The demonstration's further registers tell a believable county: every kind of thing, nothing against a rule, the wanted totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.modelled import model_faults
from data.register import REGISTERS, Register
from data.seed import WORKING_DAY, Batch, demonstration
from data.seed.registers.training import ATTENDED
from data.store import reading
from office.gathering import known_now
from office.grants.checking import check_grants
from office.grants.kinds import KINDS
from office.starting import start_demonstration
from office.targets.measuring import Standing, measure

SIZES = (60, 2000)
FURTHER = tuple(list(REGISTERS)[9:])
NAMES = {
    "body_name",
    "station_name",
    "supplier_name",
    "courier_name",
    "shop_name",
    "base_name",
    "employer",
    "bank",
}
Row = dict[str, Any]
Key = tuple[Any, ...]


@cache
def batches(households: int) -> tuple[Batch, ...]:
    return tuple(demonstration(households))


@cache
def current(households: int) -> dict[str, dict[Key, Row]]:
    found: dict[str, dict[Key, Row]] = defaultdict(dict)
    for batch in batches(households):
        for row in batch.rows:
            found[batch.register][key_of(REGISTERS[batch.register], row)] = row
    return found


def rows(register: str, households: int = 2000) -> list[Row]:
    return list(current(households)[register].values())


def key_of(register: Register, row: Row) -> Key:
    return tuple(row[name] for name in register.key)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def open_on(on: date, row: Row, since: str = "opened_on", until: str = "closed_on") -> bool:
    return row[since] <= on.isoformat() and (row[until] is None or on.isoformat() < row[until])


# ---- nothing against a rule ----


@pytest.mark.parametrize("households", SIZES)
@pytest.mark.parametrize("name", FURTHER)
def test_every_register_has_rows_and_every_row_keeps_its_rules(name: str, households: int) -> None:
    register = REGISTERS[name]
    entered = [row for batch in batches(households) if batch.register == name for row in batch.rows]
    assert entered
    assert {field for row in entered for field in row} <= set(register.by_name)
    values = {column.name: [row.get(column.name) for row in entered] for column in register.columns}
    faults = [(entered[at], column, words.en) for at, column, words in model_faults(register, values)]
    assert not faults, faults[:3]


@pytest.mark.parametrize("households", (5, *SIZES))
def test_every_reference_is_there_when_its_row_is_entered(households: int) -> None:
    seen: dict[str, set[Key]] = defaultdict(set)
    for batch in batches(households):
        register = REGISTERS[batch.register]
        for row in batch.rows:
            seen[batch.register].add(key_of(register, row))
        for row in batch.rows:
            for reference in register.references:
                named = tuple(row.get(column) for column in reference.columns)
                assert None in named or named in seen[reference.register], (batch.at, batch.register, row)


@pytest.mark.parametrize("households", SIZES)
def test_a_row_that_exists_is_entered_again_only_as_a_correction_that_changes_it(households: int) -> None:
    seen: dict[tuple[str, Key], Row] = {}
    for batch in batches(households):
        for row in batch.rows:
            key = batch.register, key_of(REGISTERS[batch.register], row)
            assert (key in seen) == (batch.reason is not None), (batch.at, batch.register, row)
            assert seen.get(key) != row
            seen[key] = row


@pytest.mark.parametrize("households", SIZES)
def test_nothing_is_entered_before_it_has_happened(households: int) -> None:
    for batch in batches(households):
        for column in REGISTERS[batch.register].columns:
            if column.kind in ("date", "month") and not column.may_be_future:
                last = batch.at.date().isoformat()[: 7 if column.kind == "month" else 10]
                late = [row for row in batch.rows if str(row.get(column.name) or "") > last]
                assert not late, (batch.at, batch.register, column.name, late[0])


def test_the_same_seed_gives_the_same_rows_whatever_else_there_is() -> None:
    assert list(demonstration(30, 7)) == list(demonstration(30, 7))


def test_people_and_places_are_plainly_invented() -> None:
    for name in FURTHER:
        for column in REGISTERS[name].columns:
            if column.name in NAMES or (column.personal and column.name != "note"):  # a note names nobody
                found = [row[column.name] for row in rows(name)]
                assert all(text.startswith("示例") for text in found), (name, column.name)


# ---- what the county is like on the working day ----

TODAY = WORKING_DAY.isoformat()
STATUSES = {
    "county_transactions": "on_track",
    "poor_village_sales": "at_risk",
    "poor_village_stations": "on_track",
    "villages_broadband": "met",
    "poor_villages_broadband": "met",
    "stations_in_poor_villages": "missed",
    "poor_villages_using": "met",
    "logistics_stations": "at_risk",
    "logistics_villages": "on_track",
    "training": "on_track",
    "village_leaders": "on_track",
    "staff_trained": "at_risk",
    "new_certificates": "at_risk",
    "demonstration_villages": "at_risk",
}


def standings(file: Path) -> dict[str, Standing]:
    with reading(file) as db:
        return {one.target.name: one for one in measure(db, WORKING_DAY)}


def test_one_target_is_missed_some_are_met_some_on_track_some_at_risk(demo_db: Path, tmp_path: Path) -> None:
    start_demonstration(tmp_path / "usual seed.db", 60)
    for file in demo_db, tmp_path / "usual seed.db":
        found = standings(file)
        assert {name: found[name].status for name in STATUSES} == STATUSES
        assert [one.target.name for one in found.values() if one.status == "missed"] == [
            "stations_in_poor_villages"
        ]


def test_the_missed_target_is_missed_by_one_village_that_has_its_station_since(demo_db: Path) -> None:
    missed = standings(demo_db)["stations_in_poor_villages"]
    assert missed.at_deadline is not None and missed.at_deadline.of is not None
    assert missed.at_deadline.value == missed.at_deadline.of - 1
    assert missed.counted.value == missed.counted.of


def test_trade_grows_as_wanted_in_every_year_and_training_is_past_three_quarters(demo_db: Path) -> None:
    found = standings(demo_db)
    grown = {
        name: {year.year: year.percent or 0 for year in found[name].years}
        for name in ("county_transactions", "poor_village_sales")
    }
    assert all(25 <= grown["county_transactions"][year] <= 31 for year in (2019, 2020, 2021)), grown
    assert all(17 <= grown["poor_village_sales"][year] <= 23 for year in (2019, 2020, 2021)), grown
    assert found["training"].counted.value == ATTENDED


@pytest.mark.parametrize("households", SIZES)
def test_returns_come_every_month_with_gaps_three_of_the_last_are_missing_and_none_is_too_early(
    households: int,
) -> None:
    by_month = Counter(row["month"] for row in rows("station_returns", households))
    working = sum(open_on(date(2021, 8, 31), row) for row in rows("stations", households))
    assert working - by_month["2021-08"] == 3
    assert len(by_month) == 47 and "2021-09" not in by_month
    late = [row for row in rows("station_returns", households) if int(row["reported_on"][8:]) > 5]
    assert 0.01 < len(late) / by_month.total() < 0.08


def test_trade_has_its_season() -> None:
    of = Counter[str]()
    for row in rows("station_returns"):
        of[row["month"]] += row["sold"]
    assert min(of["2019-10"], of["2020-01"]) > 1.5 * max(of["2019-03"], of["2019-05"])


def test_one_station_came_back_under_a_new_code_and_one_reported_after_its_end() -> None:
    closed = [row for row in rows("stations") if row["closed_on"]]
    again = [
        (old["station_code"], new["station_code"])
        for old in closed
        for new in rows("stations")
        if new["village_code"] == old["village_code"] and new["opened_on"] > old["closed_on"]
    ]
    assert len(again) == 1 and len(closed) >= 3
    ends = {row["station_code"]: row["closed_on"] for row in closed}
    late = [
        row
        for row in rows("station_returns")
        if row["station_code"] in ends and row["month"] > ends[row["station_code"]][:7]
    ]
    assert len(late) == 1


def test_villages_left_the_list_before_and_after_the_plan_and_one_came_onto_it_later() -> None:
    left = [row["left_on"] for row in rows("poor_village_periods") if row["left_on"]]
    assert min(left) < "2020-03-16" < max(left)
    assert sum(row["listed_on"] > "2017" for row in rows("poor_village_periods")) == 1


def test_certificates_two_to_renew_soon_three_in_progress_and_renewals_of_the_same_kind_and_holder() -> None:
    by_number = {row["certificate_no"]: row for row in rows("certifications")}
    renewed = {row["renewal_of"] for row in by_number.values()}
    soon = [
        row["certificate_no"]
        for row in by_number.values()
        if row["expires_on"]
        and TODAY < row["expires_on"] <= "2021-12-31"
        and row["certificate_no"] not in renewed
    ]
    assert len(soon) == 2
    assert sum(row["issued_on"] is None for row in by_number.values()) == 3
    for row in by_number.values():
        if row["renewal_of"]:
            before = by_number[row["renewal_of"]]
            assert all(row[name] == before[name] for name in ("kind", "supplier_code", "product_code"))


@pytest.mark.parametrize("households", SIZES)
def test_traces_lead_to_inspections_and_claims_of_the_same_good_and_some_have_gaps(households: int) -> None:
    samples, claims = current(households)["inspections"], current(households)["shipments"]
    for row in rows("trace_batches", households):
        if row["sample_no"]:
            sample = samples[row["sample_no"],]
            assert (sample["household_no"], sample["product_code"]) == (
                row["household_no"],
                row["product_code"],
            )
            assert sample["conclusion"] == "pass" and sample["sampling_date"] <= TODAY
    batches_of = {row["trace_code"]: row for row in rows("trace_batches", households)}
    moved = rows("trace_movements", households)
    for row in moved:
        if row["claim_no"]:
            claim, batch = claims[row["claim_no"],], batches_of[row["trace_code"]]
            assert (claim["household_no"], claim["product_code"]) == (
                batch["household_no"],
                batch["product_code"],
            )
            assert row["moved_on"] == claim["shipped_on"]
    assert any(row["packed_on"] is None for row in batches_of.values())
    assert set(batches_of) - {row["trace_code"] for row in moved}


def test_tasks_and_findings_are_done_open_and_overdue() -> None:
    for register, due, done in (
        ("assignments", "due_on", "finished_on"),
        ("supervisions", "rectify_by", "rectified_on"),
    ):
        found = Counter(
            "done" if row[done] else "overdue" if row[due] < TODAY else "open" for row in rows(register)
        )
        assert (
            found["done"] > 3 * (found["open"] + found["overdue"]) and found["open"] and found["overdue"]
        ), found


def test_people_come_again_all_managers_but_one_were_trained_and_most_practitioners() -> None:
    times = Counter(row["participant_no"] for row in rows("attendances"))
    assert max(times.values()) >= 4 and len(times) < len(rows("attendances")) / 2
    for kind, least, most in ("manager", -1, -1), ("practitioner", -30, -10):
        there = [
            row
            for row in rows("participants")
            if row["kind"] == kind and open_on(WORKING_DAY, row, "since", "until")
        ]
        trained = sum(row["participant_no"] in times for row in there)
        assert least <= trained - len(there) <= most, (kind, trained, len(there))


@pytest.mark.parametrize("households", SIZES)
def test_every_choice_of_every_register_occurs(households: int) -> None:
    never = {
        (name, column.name, code)
        for name in FURTHER
        for column in REGISTERS[name].columns
        for code in set(column.choices) - {row[column.name] for row in rows(name, households)}
    }
    assert not never


@pytest.mark.parametrize("households", SIZES)
@pytest.mark.parametrize(
    ("register", "owner", "other"),
    [
        ("outlet_rewards", "outlet_code", "other_reward"),
        ("household_interest", "loan_no", "other_subsidy"),
        ("enterprise_interest", "loan_no", "other_subsidy"),
    ],
)
def test_some_claims_were_made_twice_and_some_have_another_subsidy_or_do_not_say(
    register: str, owner: str, other: str, households: int
) -> None:
    claims = rows(register, households)
    made = Counter((row[owner], row["period_to"]) for row in claims)
    assert max(made.values()) == 2
    assert {row[other] for row in claims} == {0, 1, None}


@pytest.mark.parametrize("name", KINDS)
def test_claims_of_grants_are_payable_refused_and_doubtful(demo_db: Path, name: str) -> None:
    with reading(demo_db) as db:
        found = Counter(check_grants(db, KINDS[name], WORKING_DAY, known_now(db)).verdicts)
    assert set(found) == {"payable", "refused", "cannot_decide"}, found
    assert found["payable"] > found["refused"] > found["cannot_decide"] > 0, found
