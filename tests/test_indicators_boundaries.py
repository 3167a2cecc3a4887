"""What counts and what does not, case by case: a closed station, a renewal, the same person twice, a year without data …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.store import Writer, open_writer
from office.targets.gathering import rows_anew
from rules.county_rows import CountyRows
from rules.indicators import INDICATORS
from rules.load_targets import targets
from rules.target import Counted, Part, day_number
from tests.county_by_chance import Row, enter

AT = datetime(2021, 12, 31, tzinfo=UTC)
VILLAGE = {"village_code": "V1", "township_code": "653128100", "village_name": "示例村", "poor_village": 0}
LISTED = {"village_code": "V1", "listed_on": "2015-01-01", "left_on": None}
STATION = {
    "station_code": "Z1",
    "station_name": "示例站",
    "level": "village",
    "township_code": "653128100",
    "village_code": "V1",
    "opened_on": "2018-01-01",
    "closed_on": None,
    "sells": 1,
    "buys": 1,
    "parcels": 1,
    "pays": 1,
}
CERTIFICATE = {
    "certificate_no": "C1",
    "kind": "green",
    "supplier_code": "S1",
    "product_code": None,
    "applied_on": None,
    "issued_on": "2020-03-16",
    "expires_on": None,
    "withdrawn_on": None,
    "renewal_of": None,
}
SUPPLIER = {
    "supplier_code": "S1",
    "supplier_name": "示例社",
    "kind": "cooperative",
    "township_code": "653128100",
    "registered_on": "2018-01-01",
}
Look = Callable[..., Counted]


class RolledBack(Exception):
    """Leaves a transaction without a trace."""


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    path: Path = tmp_path_factory.mktemp("boundaries") / "office.db"
    with open_writer(path, migrate=True, clock=lambda: AT) as writer:
        yield writer


@pytest.fixture
def county(writer: Writer) -> Callable[..., CountyRows]:
    """`county(day, register=[rows])`: two townships and one village, with these rows."""

    def made(day: date, **rows: list[Row]) -> CountyRows:
        townships = [
            {"township_code": code, "township_name": f"示例{code}"} for code in ("653128100", "653128101")
        ]
        found: list[CountyRows] = []
        with pytest.raises(RolledBack), writer.transaction() as db:
            enter(db, {"townships": townships, "villages": [VILLAGE], **rows}, AT)
            found.append(rows_anew(db, day))
            raise RolledBack
        return found[0]

    return made


@pytest.fixture
def count(county: Callable[..., CountyRows]) -> Look:
    """`count("training", day, register=[rows])`: what the target's indicator counts."""

    def counted(name: str, day: date, **rows: Any) -> Counted:
        target = targets()[name]
        return INDICATORS[target.indicator].count(county(day, **rows), day_number(day), target)

    return counted


def returned(month: str, sold: int = 0, bought: int = 0, station: str = "Z1", reported: str = "") -> Row:
    return {
        "station_code": station,
        "month": month,
        "sold": sold,
        "bought": bought,
        "services": 0,
        "orders": 1,
        "reported_on": reported or f"{month}-28",
    }


def pair(counted: Counted) -> tuple[int | None, int | None]:
    return counted.value, counted.of


# ---- poor villages ----


def test_a_village_that_left_the_list_after_the_fixed_day_still_counts(count: Look) -> None:
    left = {**LISTED, "left_on": "2020-03-17"}
    rows = {"stations": [STATION], "poor_village_periods": [left]}
    assert pair(count("stations_in_poor_villages", date(2020, 12, 31), **rows)) == (1, 1)


def test_a_village_that_left_the_list_on_the_fixed_day_does_not_count(count: Look) -> None:
    left = {**LISTED, "left_on": "2020-03-16"}
    rows = {"stations": [STATION], "poor_village_periods": [left]}
    assert pair(count("stations_in_poor_villages", date(2020, 12, 31), **rows)) == (None, 0)


@pytest.mark.parametrize(("listed", "expected"), [("2020-03-16", 1), ("2020-03-17", None)])
def test_a_village_that_became_poor_counts_if_it_was_so_by_the_fixed_day(
    count: Look, listed: str, expected: int | None
) -> None:
    rows = {"stations": [STATION], "poor_village_periods": [{**LISTED, "listed_on": listed}]}
    assert count("stations_in_poor_villages", date(2020, 12, 31), **rows).value == expected


def test_a_village_without_any_period_counts_by_its_flag(count: Look) -> None:
    rows = {"stations": [STATION], "villages": [{**VILLAGE, "poor_village": 1}]}
    assert pair(count("stations_in_poor_villages", date(2020, 12, 31), **rows)) == (1, 1)


# ---- stations ----


@pytest.mark.parametrize(("opened", "expected"), [("2020-12-31", 1), ("2021-01-01", 0)])
def test_a_station_counts_from_the_day_it_opened(count: Look, opened: str, expected: int) -> None:
    rows = {"stations": [{**STATION, "opened_on": opened}], "poor_village_periods": [LISTED]}
    assert count("stations_in_poor_villages", date(2020, 12, 31), **rows).value == expected


@pytest.mark.parametrize(("closed", "expected"), [("2021-01-01", 1), ("2020-12-31", 0)])
def test_a_closed_station_no_longer_counts(count: Look, closed: str, expected: int) -> None:
    rows = {"stations": [{**STATION, "closed_on": closed}], "poor_village_periods": [LISTED]}
    assert count("stations_in_poor_villages", date(2020, 12, 31), **rows).value == expected


def test_an_empty_register_is_no_data_and_not_nothing(count: Look) -> None:
    assert count("stations_in_poor_villages", date(2020, 12, 31), poor_village_periods=[LISTED]).value is None


def test_a_village_with_one_kind_of_broadband_only_is_not_covered(count: Look) -> None:
    network = {"village_code": "V1", "fixed_on": "2019-01-01", "mobile_on": None}
    assert pair(count("villages_broadband", date(2020, 12, 31), village_networks=[network])) == (0, 1)


# ---- growth ----


def test_growth_compares_the_same_months_of_two_years(count: Look) -> None:
    rows = [returned("2020-01", 100), returned("2020-02", 100), returned("2020-09", 900)]
    rows += [returned("2021-01", 130), returned("2021-02", 120)]
    station = {**STATION, "opened_on": "2020-01-15"}
    counted = count("county_transactions", date(2021, 6, 30), stations=[station], station_returns=rows)
    assert pair(counted) == (250, 200) and counted.beside == {"year": 2021, "base_year": 2020, "months": 2}


def test_a_month_that_one_station_did_not_report_is_left_out_of_both_years_for_it(count: Look) -> None:
    stations = [STATION, {**STATION, "station_code": "Z2"}]
    rows = [returned("2020-05", 100), returned("2020-05", 100, station="Z2"), returned("2021-05", 130)]
    counted = count("county_transactions", date(2021, 6, 30), stations=stations, station_returns=rows)
    assert pair(counted) == (130, 100)
    assert list(counted.missing["stations"]) == [2]


def test_a_station_that_is_new_this_year_had_nothing_last_year(count: Look) -> None:
    stations = [STATION, {**STATION, "station_code": "Z2", "opened_on": "2021-05-31"}]
    rows = [returned("2020-05", 100), returned("2021-05", 130), returned("2021-05", 70, station="Z2")]
    counted = count("county_transactions", date(2021, 6, 30), stations=stations, station_returns=rows)
    assert pair(counted) == (200, 100)


@pytest.mark.parametrize(("closed", "expected"), [("2021-05-01", 0), ("2021-05-02", 70)])
def test_a_return_of_a_station_that_was_closed_all_month_is_not_counted(
    count: Look, closed: str, expected: int
) -> None:
    stations = [STATION, {**STATION, "station_code": "Z2", "closed_on": closed}]
    rows = [returned("2020-05", 100), returned("2020-05", 50, station="Z2")]
    rows += [returned("2021-05", 130), returned("2021-05", 70, station="Z2")]
    counted = count("county_transactions", date(2021, 6, 30), stations=stations, station_returns=rows)
    assert pair(counted) == (130 + expected, 150)


def test_a_year_without_data_is_no_data(count: Look) -> None:
    rows = [returned("2019-05", 100), returned("2021-05", 130)]
    counted = count("county_transactions", date(2021, 6, 30), stations=[STATION], station_returns=rows)
    assert counted == Counted(None)


def test_growth_from_nothing_keeps_its_sums_and_is_never_infinite(count: Look) -> None:
    rows = [returned("2020-05", 0), returned("2021-05", 130)]
    counted = count("county_transactions", date(2021, 6, 30), stations=[STATION], station_returns=rows)
    assert pair(counted) == (130, 0)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2021, 2, 28), 2020), (date(2021, 3, 1), None)], ids=["February", "March"]
)
def test_until_the_end_of_february_a_year_without_figures_leaves_the_word_to_the_year_before(
    count: Look, day: date, year: int | None
) -> None:
    rows = [returned("2019-05", 100), returned("2020-05", 130)]
    counted = count("county_transactions", day, stations=[STATION], station_returns=rows)
    assert counted.beside.get("year") == year


@pytest.mark.parametrize(("reported", "expected"), [("2021-06-30", 130), ("2021-07-01", None)])
def test_a_figure_is_known_from_the_day_it_was_reported(
    count: Look, reported: str, expected: int | None
) -> None:
    rows = [returned("2020-05", 100), returned("2021-05", 130, reported=reported)]
    counted = count("county_transactions", date(2021, 6, 30), stations=[STATION], station_returns=rows)
    assert counted.value == expected


def test_sales_of_a_shop_that_a_station_runs_are_not_counted_twice(count: Look) -> None:
    channel = {"channel_code": "Q1", "channel_name": "示例平台", "kind": "platform", "since": "2018-01-01"}
    shop = {
        "shop_code": "W1",
        "shop_name": "示例店",
        "channel_code": "Q1",
        "owner": "enterprise",
        "household_no": None,
        "village_code": "V1",
        "station_code": "Z1",
        "opened_on": "2019-01-01",
        "closed_on": None,
    }
    own = {**shop, "shop_code": "W2", "station_code": None}
    sales = [
        {
            "shop_code": code,
            "month": month,
            "paid": paid,
            "refunded": 10,
            "orders": 1,
            "reported_on": f"{month}-28",
        }
        for code in ("W1", "W2")
        for month, paid in (("2020-05", 60), ("2021-05", 80))
    ]
    rows = [returned("2020-05", 100), returned("2021-05", 130)]
    counted = count(
        "county_transactions",
        date(2021, 6, 30),
        channels=[channel],
        stations=[STATION],
        station_returns=rows,
        shops=[shop, own],
        shop_sales=sales,
    )
    assert pair(counted) == (130 + 70, 100 + 50)


# ---- people, certificates, goods ----


def test_the_same_person_at_two_sessions_is_two_person_times_and_one_person(count: Look) -> None:
    person = {
        "participant_no": "R1",
        "participant_name": "示例人员",
        "kind": "manager",
        "household_no": None,
        "village_code": "V1",
        "since": "2018-01-01",
        "until": None,
    }
    sessions = [
        {
            "session_no": code,
            "session_name": "示例班",
            "topic": "basics",
            "starts_on": ends,
            "ends_on": ends,
            "places": 9,
            "organiser": "示例单位",
        }
        for code, ends in (
            ("B0", "2018-12-31"),
            ("B1", "2019-01-01"),
            ("B2", "2020-05-05"),
            ("B3", "2020-05-06"),
        )
    ]
    came = [
        {"session_no": code, "participant_no": "R1", "hours": 80, "completed": 1}
        for code in ("B0", "B1", "B2", "B3")
    ]
    rows = {"participants": [person], "training_sessions": sessions, "attendances": came}
    counted = count("training", date(2020, 5, 5), **rows)  # B0 ended before the first day, B3 ends tomorrow
    assert counted.value == 2 and counted.beside == {"persons": 1}
    assert counted.by_township == {"653128100": Part(2)} and counted.by_village == {"V1": Part(2)}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, 1),
        ({"issued_on": "2020-03-15"}, 0),
        ({"kind": "sc"}, 0),
        ({"kind": "pollution_free"}, 0),
        ({"withdrawn_on": "2021-06-30"}, 0),
        ({"withdrawn_on": "2021-07-01"}, 1),
        ({"issued_on": "2021-07-01"}, 0),
    ],
    ids=str,
)
def test_a_new_certificate_is_of_the_three_kinds_issued_in_time_and_not_withdrawn(
    count: Look, other: Row, expected: int
) -> None:
    rows = {"suppliers": [SUPPLIER], "certifications": [{**CERTIFICATE, **other}]}
    assert count("new_certificates", date(2021, 6, 30), **rows).value == expected


def test_a_renewal_is_not_new(count: Look) -> None:
    renewal = {**CERTIFICATE, "certificate_no": "C2", "renewal_of": "C1", "issued_on": "2021-01-01"}
    old = {**CERTIFICATE, "issued_on": "2018-01-01"}
    rows = {"suppliers": [SUPPLIER], "certifications": [old, renewal]}
    assert count("new_certificates", date(2021, 6, 30), **rows).value == 0


def test_a_certificate_applied_for_is_in_progress_and_missing(count: Look) -> None:
    waiting = {**CERTIFICATE, "issued_on": None, "applied_on": "2021-06-30"}
    rows = {"suppliers": [SUPPLIER], "certifications": [waiting]}
    counted = count("new_certificates", date(2021, 6, 30), **rows)
    assert counted.value == 0 and counted.beside == {"in_progress": 1}
    assert list(counted.missing["certifications"]) == [1]


@pytest.mark.parametrize(("days", "expected"), [(180, 1), (181, 0)])
def test_a_good_counts_up_to_the_last_day_of_validity(county: Any, days: int, expected: int) -> None:
    sampled = date(2021, 1, 4)
    day = sampled + timedelta(days=days)
    home = {
        "household_no": "H1",
        "village_code": "V1",
        "head_name": "示例户主",
        "registered_on": "2015-01-01",
        "left_on": None,
    }
    product = {"product_code": "P1", "product_name": "示例", "category": "fruit", "standardised": 0}
    good = {
        "household_no": "H1",
        "product_code": "P1",
        "source": "grown",
        "fit_for_online_sale": 1,
        "registered_on": "2018-01-01",
    }
    sample = {
        "sample_no": "Y1",
        "household_no": "H1",
        "product_code": "P1",
        "sampling_date": sampled.isoformat(),
        "result_date": "2021-01-09",
        "method": "quantitative",
        "conclusion": "fail",
    }
    rows = county(day, households=[home], products=[product], goods=[good], inspections=[sample])
    target = targets()["goods_inspected"]
    assert pair(INDICATORS["goods_inspected"].count(rows, day_number(day), target)) == (expected, 1)
    early = INDICATORS["goods_inspected"].count(rows, day_number(date(2021, 1, 8)), target)
    assert pair(early) == (0, 1)  # its result is of the ninth


def test_compound_growth_compares_with_the_baseline_year(county: Any) -> None:
    rows = county(
        date(2021, 12, 31),
        stations=[STATION],
        station_returns=[returned("2019-05", 100), returned("2020-05", 500), returned("2021-05", 144)],
    )
    target = replace(targets()["county_transactions"], progress="compound")
    counted = INDICATORS["transactions"].count(rows, day_number(date(2021, 12, 31)), target)
    assert pair(counted) == (144, 100) and counted.beside["base_year"] == 2019
