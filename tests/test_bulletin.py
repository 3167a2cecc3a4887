"""The monthly bulletin: its figures equal a plain recount of the rows, its parts the whole; editions name what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.documents import chain_mark
from data.reporting.bulletins import bulletins
from data.reporting.report_rows import ShopMonth, StationMonth
from data.seed.townships import OTHER_UNITS
from data.store import reading
from data.versions import END_OF_TIME
from office.casework.asked import Doer
from office.months import day_after, earlier, last_day, up_to
from office.paperwork.printing import print_document
from office.refusal import Refused
from office.reports.bulletin import issue_in, last_ended, look, ready
from office.reports.bulletin_data import figures
from office.reports.bulletin_words import FIGURES, figure_named
from office.reports.differing import read
from office.reports.proportions import change
from office.reports.returns import Due
from office.reports.transactions import Amounts, by_month, must_add_up, whole
from office.targets.measuring import months_by
from rules.target import month_of
from tests.reporting import AUGUST, DAY, JULY, LAST_AUGUST, REVIEWER, T1, T2, County


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path / "office.db")
    yield made
    made.writer.close()


@pytest.fixture
def reporting(county: County) -> County:
    """Two stations and three shops over three months; S2 came late in August, S3 (of T2) not at all."""
    for code, village in (("S1", "V1"), ("S2", "V2"), ("S3", "V2")):
        county.station(code, village)
    for month, sold in ((LAST_AUGUST, 50_000), (JULY, 80_000), (AUGUST, 100_000)):
        county.returned("S1", month, sold)
    county.returned("S2", AUGUST, 40_000, on="2021-09-06")
    county.shop("W1", village_code="V1")
    county.shop("W2", owner="household", household_no="H3")
    county.shop("W3", owner="station", station_code="S1")
    county.sold_in_shop("W1", AUGUST, 30_000, 5_000)
    county.sold_in_shop("W2", AUGUST, 7_000)
    county.sold_in_shop("W3", AUGUST, 99_999)  # in the return of S1 already
    return county


def flat_of(county: County, month: str = AUGUST) -> dict[str, dict[str, Any]]:
    with county.writer.transaction() as db:
        found = ready(db, month, county.day, END_OF_TIME)
    return {place: dict(values) for place, values in found.flat.items()}


def words_of(county: County, number: str) -> str:
    with county.writer.transaction() as db:
        _, content = print_document(db, number)
    document = Document(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join([*lines, *(c.text for t in document.tables for r in t.rows for c in r.cells)])


def test_a_months_transactions_are_what_stations_returned_and_other_shops_sold(reporting: County) -> None:
    found = flat_of(reporting)
    assert found[T1]["sold"] == 100_000 + 25_000
    assert (found[T1]["bought"], found[T1]["services"]) == (50_000, 10_000)
    assert found[T2]["sold"] == 40_000 + 7_000
    assert found["whole"]["total"] == found[T1]["total"] + found[T2]["total"]
    assert found["whole"]["before"] == 80_000 + 40_000 + 8_000
    assert found["whole"]["year_before"] == 50_000 + 25_000 + 5_000
    assert found["whole"]["orders"] == 4


def test_a_township_that_reported_nothing_has_no_data_and_never_nought(reporting: County) -> None:
    found = flat_of(reporting)
    assert found["653128102"]["sold"] is None and found["653128102"]["total"] is None
    assert found[T2]["before"] is None
    assert OTHER_UNITS not in found


def test_other_units_and_the_county_centre_have_a_line_where_they_have_a_part(reporting: County) -> None:
    reporting.station("S8", "V9")
    reporting.station("S9", level="county", village_code=None, township_code=None)
    reporting.returned("S8", AUGUST, 10_000)
    reporting.returned("S9", AUGUST, 20_000)
    found = flat_of(reporting)
    assert found[OTHER_UNITS]["sold"] == 10_000
    assert found[""]["sold"] == 20_000
    assert found["whole"]["sold"] == sum(found[place]["sold"] for place in (T1, T2, OTHER_UNITS, ""))


def test_a_return_is_in_time_on_the_fifth_and_late_on_the_sixth(county: County) -> None:
    for code in ("S1", "S2", "S3"):
        county.station(code)
    county.returned("S1", AUGUST, 10_000, on="2021-09-05")
    county.returned("S2", AUGUST, 10_000, on="2021-09-06")
    found = flat_of(county)[T1]
    assert [found[name] for name in ("due", "in_time", "late", "missing")] == [3, 1, 1, 1]
    assert flat_of(county)["quality"]["late_stations"] == "S2"
    assert flat_of(county)["quality"]["missing_stations"] == "S3"


@pytest.mark.parametrize(
    ("closed_on", "sold", "due", "after"),
    [("2021-08-02", 10_000, 1, ""), ("2021-08-01", None, 0, "S1"), ("2021-07-31", None, 0, "S1")],
)
def test_the_return_of_a_closed_station_is_not_counted_and_is_named(
    county: County, closed_on: str, sold: int | None, due: int, after: str
) -> None:
    county.station("S1", closed_on=closed_on)
    county.returned("S1", AUGUST, 10_000)
    found = flat_of(county)
    assert (found[T1]["sold"], found[T1]["due"], found["quality"]["closed_stations"]) == (sold, due, after)


@pytest.mark.parametrize(
    ("before", "now", "odd"),
    [(10_000, 30_000, ""), (10_000, 30_010, "S1"), (30_000, 10_000, ""), (30_010, 10_000, "S1")],
)
def test_a_jump_is_looked_at_again_beyond_three_times(
    county: County, before: int, now: int, odd: str
) -> None:
    county.station("S1")
    county.returned("S1", JULY, before)
    county.returned("S1", AUGUST, now)
    assert flat_of(county)["quality"]["odd_stations"] == odd


def test_orders_without_an_amount_are_looked_at_again(county: County) -> None:
    county.station("S1")
    county.returned("S1", AUGUST, 0, orders=3)
    assert flat_of(county)["quality"]["odd_stations"] == "S1"


@pytest.mark.parametrize(("day", "late"), [(date(2021, 9, 8), 0), (date(2021, 9, 9), 1)])
def test_a_correction_after_the_eighth_is_told_apart(tmp_path: Path, day: date, late: int) -> None:
    county = County(tmp_path / "office.db", date(2021, 9, 6))
    county.station("S1")
    county.returned("S1", AUGUST, 10_000)
    county.on(day)
    county.returned("S1", AUGUST, 12_000, reason="漏记一单")
    found = flat_of(county)
    assert (found["quality"]["corrected_stations"], found["quality"]["corrected_late"]) == ("S1", late)
    assert found[T1]["sold"] == 12_000
    county.writer.close()


def test_a_household_is_led_once_however_often_it_sold_and_only_by_a_paid_sale(reporting: County) -> None:
    reporting.payout("H1", "2021-08-01", 10_000)
    reporting.payout("H1", "2021-08-31", 10_000)
    reporting.purchase("H1", "2021-08-15", 5_000)
    reporting.purchase("H3", "2021-08-15", 5_000)
    reporting.payout("H2", "2021-08-15", 10_000, source="wage")
    reporting.payout("H4", "2021-07-31", 10_000)
    found = flat_of(reporting)
    assert (found[T1]["led"], found[T2]["led"], found["whole"]["led"]) == (1, 1, 2)


def test_inspections_are_counted_by_the_day_of_their_result(reporting: County) -> None:
    for day, conclusion in (
        ("2021-08-01", "pass"),
        ("2021-08-31", "fail"),
        ("2021-08-15", "to_be_confirmed"),
        ("2021-07-31", "pass"),
    ):
        reporting.inspect("H1", day, conclusion)
    found = flat_of(reporting)["help"]
    assert [found[name] for name in ("samples", "passed", "failed", "pending")] == [3, 1, 1, 1]
    assert found["goods"] == 4


def test_a_months_figures_are_those_of_the_target_by_township(reporting: County) -> None:
    with reporting.writer.transaction() as db:
        found = figures(db, AUGUST, END_OF_TIME)
        by_township = months_by(db, "county_transactions", date(2021, 9, 30), level="township")
    for place in found.places:
        months = by_township.get(place.code or "")
        theirs = months.of(month_of(last_day(AUGUST))) if months else None
        assert theirs == (place.now.total if place.now else None)


def test_the_month_that_runs_cannot_be_reported_and_the_one_before_can(reporting: County) -> None:
    with reporting.writer.transaction() as db:
        with pytest.raises(Refused, match="has not ended"):
            look(db, "2021-09", date(2021, 9, 30), END_OF_TIME)
        assert look(db, AUGUST, date(2021, 9, 1), END_OF_TIME).month == AUGUST
    assert last_ended(date(2021, 9, 30)) == AUGUST and last_ended(date(2021, 10, 1)) == "2021-09"
    assert last_ended(date(2021, 1, 31)) == "2020-12"


def test_a_bulletin_is_issued_once_numbered_frozen_and_printed_the_same_again(reporting: County) -> None:
    issued = reporting.issue(problems="示例问题", requirements="示例要求")
    assert (issued.number, issued.edition, issued.changes) == ("岳电商办通报〔2021〕1号", 1, [])
    with reporting.writer.transaction() as db:
        printed = print_document(db, issued.number)
    text = words_of(reporting, issued.number)
    assert "2021年8月电子商务扶贫统计通报" in text and "示例问题" in text
    assert "示例户主" not in text and "H1" not in text
    reporting.returned("S3", AUGUST, 10_000, on="2021-09-10")
    with reporting.writer.transaction() as db:
        assert print_document(db, issued.number) == printed
        assert chain_mark(db)["number"] > 0


def test_issuing_again_is_refused_until_something_changed_and_then_names_exactly_that(
    reporting: County,
) -> None:
    first = reporting.issue()
    with pytest.raises(Refused, match="Nothing differs"):
        reporting.issue()
    reporting.returned("S3", AUGUST, 10_000, on="2021-09-10")
    second = reporting.issue()
    changed = {(one.place, one.figure): (one.was, one.now) for one in read(second.changes)}
    assert second.edition == 2 and second.number == "岳电商办通报〔2021〕2号"
    assert changed[T2, "sold"] == (47_000, 57_000)
    assert changed["whole", "total"] == (185_000 + 71_000, 185_000 + 87_000)
    assert changed[T2, "missing"] == (1, 0) and changed[T2, "late"] == (1, 2)
    assert not [place for place, _ in changed if place == T1]
    assert changed.keys() == exactly_changed(first.context["figures"], second.context["figures"])
    text = words_of(reporting, second.number)
    assert "本期为第2版，代替岳电商办通报〔2021〕1号" in text and "470.00" in text and "570.00" in text


def test_an_earlier_month_of_the_chart_is_a_figure_too(reporting: County) -> None:
    first = reporting.issue()
    reporting.returned("S3", "2020-02", 10_000)
    second = reporting.issue()
    changed = {(one.place, one.figure): (one.was, one.now) for one in read(second.changes)}
    was = first.context["figures"]["months"]["2020-02:sold"] or 0
    assert changed["months", "2020-02:sold"][1] == was + 10_000
    assert "2020年2月上行额（元）" in words_of(reporting, second.number)
    assert figure_named("2020-02:sold").words.en == "February 2020: Sold (yuan)"


def test_what_was_recorded_before_the_clock_was_set_back_is_in_the_bulletin(reporting: County) -> None:
    reporting.issue()
    reporting.returned("S3", AUGUST, 10_000)
    with reporting.writer.transaction() as db:
        late = issue_in(db, AUGUST, doer=REVIEWER, at=datetime(2021, 9, 10, 1, tzinfo=UTC), day=DAY)
    assert (T2, "sold") in {(one.place, one.figure) for one in read(late.changes)}


def exactly_changed(was: dict[str, Any], now: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (place, figure)
        for place in was.keys() | now.keys()
        for figure in was.get(place, {}).keys() | now.get(place, {}).keys()
        if was.get(place, {}).get(figure) != now.get(place, {}).get(figure)
    }


def test_a_changed_text_alone_is_a_new_edition(reporting: County) -> None:
    reporting.issue(problems="甲")
    second = reporting.issue(problems="乙")
    assert [(one.place, one.figure) for one in read(second.changes)] == [("text", "problems")]


def test_what_was_seen_must_still_be_so(reporting: County) -> None:
    with reporting.writer.transaction() as db:
        seen = ready(db, AUGUST, DAY, END_OF_TIME).digest
    reporting.returned("S3", AUGUST, 10_000)
    with pytest.raises(Refused, match="have changed since"):
        reporting.issue(seen=seen)
    with reporting.writer.transaction() as db:
        assert not bulletins(db)
        seen = ready(db, AUGUST, DAY, END_OF_TIME, problems="随便").digest
    assert reporting.issue(seen=seen, problems="另一句").edition == 1


@pytest.mark.parametrize("role", ["clerk", "auditor", "administrator"])
def test_only_a_reviewer_issues(reporting: County, role: str) -> None:
    with pytest.raises(Refused):
        reporting.issue(doer=Doer("示例某人", role))


def test_a_month_without_any_data_can_be_issued_and_says_so(county: County) -> None:
    issued = county.issue()
    assert "总体情况没有数据" in words_of(county, issued.number)


def test_an_id_number_in_a_text_is_refused_and_nothing_is_half_done(reporting: County) -> None:
    with pytest.raises(Refused):
        reporting.issue(problems="联系人 11010519491231002X")
    with reporting.writer.transaction() as db:
        assert not bulletins(db) and not db.execute("SELECT count(*) FROM documents").fetchone()[0]


def test_growth_is_told_without_a_base_and_without_data() -> None:
    assert change(None, 5).zh == "没有数据"
    assert change(5, None).zh == change(5, 0).zh == "无基期"
    assert change(100, 100).zh == "持平"
    assert change(112_349, 100_000).zh == "增长12.3%" and change(112_350, 100_000).zh == "增长12.4%"
    assert change(87_650, 100_000).zh == "下降12.4%" and change(0, 7).zh == "下降100.0%"


def test_months_go_over_the_year(county: County) -> None:
    assert earlier("2021-01") == "2020-12" and earlier("2020-12", -1) == "2021-01"
    assert day_after("2021-12", 5) == date(2022, 1, 5)
    assert last_day("2020-02") == date(2020, 2, 29)
    assert up_to("2021-02", 4) == ("2020-11", "2020-12", "2021-01", "2021-02")


MONTHS = st.sampled_from([AUGUST, JULY, LAST_AUGUST])
PLACES = st.sampled_from([T1, T2, OTHER_UNITS, ""])
FEN = st.integers(0, 10**9)
STATIONS = st.builds(
    StationMonth,
    month=MONTHS,
    station=st.text("AB", min_size=1, max_size=3),
    name=st.just("示例站"),
    level=st.just("village"),
    township=PLACES,
    village=st.just(""),
    open=st.booleans(),
    sold=FEN,
    bought=FEN,
    services=FEN,
    orders=FEN,
    reported_on=st.sampled_from([None, "2021-09-05"]),
    corrected_at=st.none(),
)
SHOPS = st.builds(
    ShopMonth,
    month=MONTHS,
    shop=st.just("W"),
    name=st.just("示例网店"),
    township=PLACES,
    of_station=st.booleans(),
    open=st.booleans(),
    paid=FEN,
    refunded=FEN,
    orders=FEN,
    reported_on=st.just("2021-09-05"),
    corrected_at=st.none(),
)


@given(st.lists(STATIONS, max_size=12), st.lists(SHOPS, max_size=12))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_table_equals_a_plain_recount_and_its_parts_the_whole(
    stations: list[StationMonth], shops: list[ShopMonth]
) -> None:
    table = by_month(stations, shops)
    must_add_up(table, stations, shops, [AUGUST, JULY, LAST_AUGUST])
    for month in (AUGUST, JULY, LAST_AUGUST):
        for place in (T1, T2, OTHER_UNITS, ""):
            plain = plainly(stations, shops, month, place)
            assert table.get(month, {}).get(place) == plain
        parts = [
            one for place in (T1, T2, OTHER_UNITS, "") if (one := plainly(stations, shops, month, place))
        ]
        total = whole(table, month)
        assert (total.total if total else None) == (sum(one.total for one in parts) if parts else None)


def plainly(stations: list[StationMonth], shops: list[ShopMonth], month: str, place: str) -> Amounts | None:
    """The same the long way: every row looked at by itself."""
    sums, found = {"sold": 0, "bought": 0, "services": 0, "orders": 0}, False
    for row in [one._asdict() for one in stations]:
        if row["month"] == month and row["township"] == place and row["open"] and row["reported_on"]:
            found = True
            for name in sums:
                sums[name] += row[name]
    for row in [one._asdict() for one in shops]:
        if row["month"] == month and row["township"] == place and row["open"] and not row["of_station"]:
            found = True
            sums["sold"] += row["paid"] - row["refunded"]
            sums["orders"] += row["orders"]
    return Amounts(**sums) if found else None


def test_parts_that_do_not_add_up_are_never_shown(reporting: County) -> None:
    row = StationMonth(AUGUST, "S", "示例站", "village", T1, "", True, 5, 0, 0, 1, "2021-09-05", None)
    table = by_month([row], [])
    with pytest.raises(ValueError, match="do not add up"):
        must_add_up({AUGUST: {T1: Amounts(4, 0, 0, 1)}}, [row], [], [AUGUST])
    must_add_up(table, [row], [], [AUGUST])
    assert Due(1, 1, 0, 0) != Due(1, 0, 1, 0) and REVIEWER.role == "reviewer"


@pytest.mark.parametrize("month", ["2020-02", "2021-06"])
def test_the_demonstrations_month_is_the_targets_month_township_by_township(
    demo_db: Path, month: str
) -> None:
    with reading(demo_db) as db:
        found = figures(db, month, END_OF_TIME)
        by_township = months_by(db, "county_transactions", date(2021, 9, 30), level="township")
    for number, of in ((last_day(month), "now"), (last_day(earlier(month)), "before")):
        theirs = {
            code: value for code, months in by_township.items() if (value := months.of(month_of(number)))
        }
        ours = {place.code: amounts.total for place in found.places if (amounts := getattr(place, of))}
        assert theirs == ours
        assert sum(theirs.values()) == getattr(found.whole, of).total


def test_every_figure_has_its_words(reporting: County) -> None:
    for values in flat_of(reporting).values():
        assert all(figure in FIGURES or figure_named(figure).words.en != figure for figure in values)
