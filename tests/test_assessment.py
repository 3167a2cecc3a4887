"""The assessment: points are whole and add up, what does not apply is shared out, a veto zeroes and lifting restores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from data.reporting.assessments import assessments, in_force, vetoes
from data.versions import END_OF_TIME
from office.casework.asked import Doer
from office.paperwork.printing import print_document
from office.refusal import Refused
from office.reports.assessment import Scored, beside_last, period_until, score
from office.reports.differing import read
from office.reports.standings import standings
from rules.assessing import (
    ALL,
    Figure,
    Points,
    Score,
    TownshipScore,
    assess,
    points_of,
    shared_out,
    state_of,
)
from rules.faults import ProgramFaults
from rules.load_assessment import assessment, read_assessment
from rules.load_targets import targets
from rules.plan import stands_in
from tests.reporting import AUGUST, LAST_AUGUST, REVIEWER, T1, T2, County

DAY = date(2021, 8, 31)
FILE = Path("rules/assessment.toml")
KINDS = st.sampled_from(["growth", "share", "per", "count"])
NUMBERS = st.integers(0, 10**12)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path / "office.db")
    made.station("S1", "V1")
    made.station("S2", "V2")
    made.returned("S1", LAST_AUGUST, 100_000)
    made.returned("S1", AUGUST, 120_000)
    made.returned("S2", AUGUST, 50_000)
    made.shop("W1", village_code="V1")
    made.sold_in_shop("W1", LAST_AUGUST, 10_000)
    made.sold_in_shop("W1", AUGUST, 11_000)
    made.payout("H1", "2021-08-10", 40_000)
    made.payout("H3", "2021-02-10", 5_000, source="wage")
    yield made
    made.writer.close()


def scored(county: County, month: str = AUGUST) -> Scored:
    with county.writer.transaction() as db:
        return score(db, period_until(month, county.day), END_OF_TIME)


def item(found: Scored, code: str, name: str) -> Score:
    return next(one for one in found.scores[code].scores if one.item == name)


# ---- the file ----


def test_every_item_quotes_the_plan_and_names_a_target_that_there_is() -> None:
    for name, one in assessment().items.items():
        assert stands_in(one.citation.quote, one.citation.clause), name
        assert not one.target or one.target in targets(), name
        assert one.citation.reading == "office"  # the plan gives no points
    for parameter in assessment().parameters.values():
        assert stands_in(parameter.citation.quote, parameter.citation.clause)


def faults(old: str, new: str) -> list[str]:
    """What is said of the file with one change."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ProgramFaults) as raised:
        read_assessment(text.replace(old, new, 1).encode(), "assessment.toml")
    return [f"{fault.key}: {fault.message.en}" for fault in raised.value.faults]


def test_weights_that_do_not_add_up_to_a_hundred_are_a_fault_of_their_day() -> None:
    old = "[{ from = 2020-03-16, value = 15 }]"
    (fault,) = faults(old, f"{old[:-1]}, {{ from = 2022-01-01, value = 16 }}]")
    assert "items" in fault and "2022-01-01" in fault and "101" in fault


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('own     = "shop_sales"→own     = "shop_sale"', "items.shop_sales.own"),
        ('own     = "shop_sales"→target = "x"\nown     = "shop_sales"', "one of target and own"),
        ('points  = "growth"→points  = "best"', "items.shop_sales.points"),
        ("weight  = [{ from = 2020-03-16, value = 10 }]→weight  = []", "items.shop_sales.weight"),
        ("{ from = 2020-03-16, value = 25, note→{ from = 2020-03-16, value = 0, note", "full"),
        ("{ from = 2020-03-16, value = 25, note→{ from = 2021-03-16, value = 25, note", "full mark"),
        ("[parameters.odd_jump_times]→[parameters.odd]", "odd_jump_times"),
        ("range   = [1, 28]→range   = [6, 28]", "outside the range"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(change: str, said: str) -> None:
    assert any(said in fault for fault in faults(*change.split("→")))


# ---- points ----


@pytest.mark.parametrize(
    ("points", "value", "of", "full", "earned"),
    [
        ("growth", 125, 100, 25, 1000),
        ("growth", 124, 100, 25, 960),
        ("growth", 200, 100, 25, 1000),
        ("growth", 99, 100, 25, 0),
        ("share", 1, 3, 100, 333),
        ("share", 9, 10, 90, 1000),
        ("share", 0, 10, 90, 0),
        ("per", 100_000, 2, 50_000, 1000),
        ("per", 99_999, 2, 50_000, 999),
        ("count", 1, None, 2, 500),
        ("count", 3, None, 2, 1000),
    ],
)
def test_points_are_in_proportion_up_to_the_full_mark_and_rounded_down(
    points: Points, value: int, of: int | None, full: int, earned: int
) -> None:
    assert points_of(points, Figure(value, of), full, 1000) == earned


@given(KINDS, NUMBERS, NUMBERS, st.integers(1, 10**6), st.integers(0, ALL))
@settings(max_examples=200, deadline=None)
def test_points_lie_within_the_weight_and_never_fall_when_the_figure_rises(
    points: Points, value: int, of: int, full: int, weight: int
) -> None:
    if state_of(points, Figure(value, of)) != "scored":
        return
    earned = points_of(points, Figure(value, of), full, weight)
    assert 0 <= earned <= weight
    assert earned <= points_of(points, Figure(value + 1 + value // 7, of), full, weight)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 100), min_size=1))
@settings(max_examples=100, deadline=None)
def test_weights_are_shared_out_to_exactly_a_hundred_points(weights: dict[str, int]) -> None:
    found = shared_out(weights)
    assert sum(found.values()) == ALL
    whole = sum(weights.values())
    assert all(abs(found[name] * whole - weight * ALL) < whole for name, weight in weights.items())
    assert shared_out({}) == {}


@pytest.mark.parametrize(
    ("points", "figure", "state"),
    [
        ("growth", Figure(None), "no_data"),
        ("growth", Figure(5, 0), "not_applicable"),
        ("share", Figure(0, 0), "not_applicable"),
        ("share", Figure(None, 0), "not_applicable"),
        ("per", Figure(None, 3), "no_data"),
        ("count", Figure(0), "scored"),
        ("count", Figure(None), "no_data"),
        ("share", Figure(0, 1), "scored"),
    ],
)
def test_nothing_to_be_had_does_not_apply_and_nothing_reported_is_no_data(
    points: Points, figure: Figure, state: str
) -> None:
    assert state_of(points, figure) == state


@st.composite
def township_figures(draw: Any) -> dict[str, Figure]:
    return {name: Figure(draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)) for name in assessment().items}


@given(township_figures(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_townships_points_equal_a_plain_recount_and_a_veto_zeroes_them(
    figures: dict[str, Figure], vetoed: bool
) -> None:
    found = assess(assessment().items, figures, DAY, vetoed=vetoed)
    applying = [one for one in found.scores if one.state != "not_applicable"]
    assert sum(one.weight for one in applying) == (ALL if applying else 0)
    assert all(0 <= one.points <= one.weight for one in found.scores)
    plain = sum(plainly(one.item, figures[one.item], one.weight) for one in applying)
    assert found.before_veto == (plain if applying else None)
    assert found.total == (0 if vetoed else found.before_veto)


def plainly(name: str, figure: Figure, weight: int) -> int:
    """The same the long way, with fractions."""
    from fractions import Fraction

    one = assessment().items[name]
    if figure.value is None:
        return 0
    full, of = one.full_on(DAY), figure.of or 0
    reached = {
        "growth": lambda: Fraction(100 * (figure.value - of), of * full),
        "share": lambda: Fraction(100 * figure.value, of * full),
        "per": lambda: Fraction(figure.value, of * full),
        "count": lambda: Fraction(figure.value, full),
    }[one.points]()
    return int(weight * min(Fraction(1), max(Fraction(0), reached)))


def test_before_the_first_weight_there_is_nothing_to_assess(county: County) -> None:
    with pytest.raises(Refused, match="no assessment yet"):
        scored(county, "2019-12")
    assert assess(assessment().items, {}, date(2020, 3, 15)) == TownshipScore((), False)


# ---- from the registers ----


def test_figures_come_from_the_townships_own_rows(county: County) -> None:
    found = scored(county)
    assert item(found, T1, "transactions").figure == Figure(192_000 + 11_000, 160_000 + 10_000)
    assert item(found, T1, "shop_sales").figure == Figure(11_000, 10_000)
    assert item(found, T1, "shop_sales").points == item(found, T1, "shop_sales").weight * 10 // 25
    assert item(found, T1, "households_led").figure == Figure(1, 3)
    assert item(found, T1, "income_gained").figure == Figure(40_000, 3)
    assert item(found, T2, "households_led").figure == Figure(0, 1)
    assert item(found, T2, "income_gained").figure == Figure(5_000, 1)
    assert item(found, T1, "returns_in_time").figure == Figure(1, 8)
    assert item(found, T1, "stations").figure == Figure(1, 1)


def test_a_growth_without_a_base_does_not_apply_and_its_weight_goes_to_the_others(county: County) -> None:
    found = scored(county)
    one = item(found, T2, "transactions")
    assert one.state in ("not_applicable", "no_data") and one.points == 0
    assert sum(one.weight for one in found.scores[T2].scores) == ALL


def test_every_point_can_be_opened_down_to_its_rows(county: County) -> None:
    found = scored(county)
    assert found.behind["transactions"][T1].rows["station_returns"] == [("S1", AUGUST)]
    assert found.behind["shop_sales"][T1].rows == {"shop_sales": [("W1", AUGUST)]}
    assert found.behind["households_led"][T1].rows == {"payouts": ["N0001"]}
    assert found.behind["returns_in_time"][T1].rows == {
        "station_returns": [("S1", AUGUST)],
    }
    for rows in found.behind.values():
        assert all(code in found.names for code in rows)


def test_the_townships_figures_are_parts_of_the_targets(county: County) -> None:
    found = scored(county)
    with county.writer.transaction() as db:
        whole = {one.target.name: one.counted for one in standings(db, DAY, END_OF_TIME)}
    for one in found.items:
        if one.target and whole[one.target].value is not None:
            parts = [found.behind[one.name][code].figure.value or 0 for code in found.names]
            assert sum(parts) == whole[one.target].value


def test_a_left_household_counts_neither_above_nor_below(county: County) -> None:
    from tests.entering import enter, household

    enter(
        county.writer,
        "households",
        [household("H1", village_code="V1", left_on="2021-08-31")],
        reason="退出",
    )
    assert item(scored(county), T1, "households_led").figure == Figure(0, 2)
    assert item(scored(county), T1, "income_gained").figure == Figure(None, 2)
    assert item(scored(county), T1, "income_gained").state == "no_data"


def test_what_nobody_in_the_county_has_to_reach_does_not_apply_and_is_no_missing_report(
    county: County,
) -> None:
    assert item(scored(county), T1, "trained").state == "no_data"
    county.trained("villager")
    found = scored(county)
    assert item(found, T1, "trained").state == "not_applicable"
    assert sum(one.weight for one in found.scores[T1].scores) == ALL
    county.trained("manager", village_code="V2")
    assert item(scored(county), T1, "trained").state == "not_applicable"
    assert item(scored(county), T2, "trained").figure == Figure(1, 1)


# ---- issuing and vetoes ----


def test_issuing_again_names_exactly_what_changed(county: County) -> None:
    first = county.assess(remark="示例备注")
    assert (first.number, first.edition) == ("岳电商办考核〔2021〕1号", 1)
    with pytest.raises(Refused, match="Nothing differs"):
        county.assess(remark="示例备注")
    county.payout("H4", "2021-08-11", 10_000)
    second = county.assess(remark="示例备注")
    changed = {(one.place, one.figure) for one in read(second.changes)}
    assert {(T1, "households_led.value"), (T1, "income_gained.value"), (T1, "total")} <= changed
    assert {place for place, _ in changed} == {T1}
    was, now = first.scores["flat"], second.scores["flat"]
    assert changed == {
        (place, figure) for place in was for figure in was[place] if was[place][figure] != now[place][figure]
    }
    with county.writer.transaction() as db:
        assert [one.edition for one in assessments(db)] == [2, 1]


def test_the_paper_says_every_computation_and_names_nobody(county: County) -> None:
    issued = county.assess()
    with county.writer.transaction() as db:
        first, again = (print_document(db, issued.number)[1] for _ in range(2))
    assert first == again
    document = Document(BytesIO(first))
    text = "\n".join(c.text for table in document.tables for row in table.rows for c in row.cells)
    assert "2,030.00元" in text and "岳普湖镇" in text and "办公室口径" in text
    assert "示例户主" not in text and "H1" not in text


def test_a_veto_zeroes_the_total_shows_its_number_and_lifting_restores(county: County) -> None:
    before = scored(county).scores[T1]
    veto = county.veto("impose", document_no="示例文号〔2021〕3号")
    vetoed = scored(county)
    assert vetoed.scores[T1].total == 0 and vetoed.scores[T1].before_veto == before.total
    assert vetoed.scores[T2] == scored(county).scores[T2] and not vetoed.scores[T2].vetoed
    issued = county.assess()
    assert issued.scores["flat"][T1]["veto"] == (f"2021年9月10日否决（第{veto.id}号，示例文号〔2021〕3号）")
    county.veto("lift")
    assert scored(county).scores[T1] == before
    again = county.assess()
    assert {one.figure for one in read(again.changes)} == {"total", "veto"}


def test_a_veto_is_imposed_once_and_lifted_once(county: County) -> None:
    with pytest.raises(Refused, match="nothing to lift"):
        county.veto("lift")
    county.veto("impose", township="岳普湖镇")
    with pytest.raises(Refused, match="already"):
        county.veto("impose")
    county.veto("impose", year=2020)
    county.veto("lift")
    county.veto("impose")
    with county.writer.transaction() as db:
        assert [one.kind for one in vetoes(db)] == ["impose", "lift", "impose", "impose"]
        assert in_force(db, 2021, END_OF_TIME).keys() == {T1}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": "  "}, "reason"),
        ({"township": "其他单位"}, "no township"),
        ({"township": "653128999"}, "no township"),
        ({"year": 2022}, "year"),
        ({"doer": Doer("示例某人", "clerk")}, "only"),
    ],
)
def test_a_veto_needs_a_reason_a_township_a_year_and_a_reviewer(
    county: County, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        county.veto("impose", **more)
    with county.writer.transaction() as db:
        assert not vetoes(db)


def test_what_was_seen_must_still_be_so(county: County) -> None:
    with county.writer.transaction() as db:
        seen = beside_last(db, score(db, period_until(AUGUST, county.day), END_OF_TIME)).digest
    assert county.assess(seen=seen).edition == 1
    county.veto("impose")
    with pytest.raises(Refused, match="have changed since"):
        county.assess(seen=seen)
    assert REVIEWER.role == "reviewer"


def test_a_shop_without_a_village_sells_where_its_station_is(county: County) -> None:
    county.shop("W2", owner="station", station_code="S2")
    county.sold_in_shop("W2", LAST_AUGUST, 20_000)
    county.sold_in_shop("W2", AUGUST, 30_000, 1_000)
    found = scored(county)
    assert item(found, T2, "shop_sales").figure == Figure(29_000, 20_000)
    assert item(found, T1, "shop_sales").figure == Figure(11_000, 10_000)


def test_a_return_on_the_sixth_is_late_in_the_assessment_too(county: County) -> None:
    before = item(scored(county), T1, "returns_in_time").figure
    county.returned("S1", "2021-07", 1_000, on="2021-08-06")
    assert item(scored(county), T1, "returns_in_time").figure == before
    county.returned("S1", "2021-06", 1_000, on="2021-07-05")
    assert item(scored(county), T1, "returns_in_time").figure == Figure((before.value or 0) + 1, before.of)
