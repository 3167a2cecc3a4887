"""Any claims, corrections, pools and caps, settlement after settlement: sums equal their parts and nothing is lost."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.settlements import Line, Settlement, settlements
from data.store import Database, open_writer
from office.refusal import Refused
from office.subsidy import settling
from office.subsidy.settlement_terms import terms_on
from tests.casework import Clock
from tests.settling import GOODS, SettlingOffice, shipment

CLAIMS = ("A1", "A2", "A3", "B1")
DAYS = (date(2021, 11, 10), date(2021, 12, 1), date(2022, 1, 5))
TODAY = date(2022, 1, 31)
CHANGE = st.fixed_dictionaries(
    {
        "claim": st.sampled_from(CLAIMS),
        "subject": st.sampled_from(GOODS),
        "shipped_on": st.sampled_from(DAYS),
        "waybill": st.sampled_from(("", "", "", "W", "w-")),
        "fee": st.integers(0, 200),
        "origin": st.sampled_from(("county", "county", "county", "elsewhere")),
        "refunded": st.sampled_from((0, 0, 0, 1, None)),
    }
)
ROUND = st.tuples(st.lists(CHANGE, max_size=4), st.none() | st.integers(0, 250))
SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office before its first claim; only copied."""
    path = tmp_path_factory.mktemp("settling") / "office.db"
    office = SettlingOffice(path)
    office.writer.close()
    return path


class Again(SettlingOffice):
    """The same office on a copy of its database."""

    def __init__(self, file: Path) -> None:
        self.file, self.day, self.clock, self.samples = file, TODAY, Clock(TODAY), 3
        self.writer = open_writer(file, clock=lambda: self.clock())
        self.known: dict[str, dict[str, Any]] = {}

    def change(self, change: dict[str, Any]) -> None:
        """A new claim, or another version of one."""
        claim = change["claim"]
        more = {name: change[name] for name in ("fee", "origin", "refunded")}
        more |= {"waybill_no": change["waybill"]} if change["waybill"] else {}
        row = shipment(claim, change["subject"], change["shipped_on"], **more)
        if claim not in self.known:
            self.ship(row)
        elif row != self.known[claim]:
            self.correct_shipment(row)
        self.known[claim] = row

    def settle(self, pool: int | None) -> Settlement | None:
        """A whole settlement; None where there is nothing to settle."""
        try:
            return self.settled(pool)
        except Refused as refused:
            assert "nothing to settle" in refused.words.en
            return None

    def every_line(self) -> list[tuple[Settlement, list[Line]]]:
        with self.writer.transaction() as db:
            found = settlements(db)
        return [(one, self.lines(one)) for one in reversed(found)]


@contextmanager
def office_of(master: Path) -> Iterator[Again]:
    with TemporaryDirectory() as folder:
        office = Again(Path(shutil.copy(master, Path(folder) / "office.db")))
        try:
            yield office
        finally:
            office.writer.close()


def paid_by(office: Again, *names: str) -> Counter[tuple[Any, ...]]:
    """Everything paid, added up by some of the columns of its lines."""
    total: Counter[tuple[Any, ...]] = Counter()
    for _, lines in office.every_line():
        for line in lines:
            total[tuple(getattr(line, name) for name in names)] += line.paid
    return total


def by_year(office: Again, *names: str) -> Counter[tuple[Any, ...]]:
    """The same for each calendar year of the ship dates."""
    total: Counter[tuple[Any, ...]] = Counter()
    for key, paid in paid_by(office, *names, "shipped_on").items():
        total[*key[:-1], key[-1][:4]] += paid
    return total


@SLOWLY
@given(rounds=st.lists(ROUND, min_size=1, max_size=4), cap=st.integers(0, 200))
def test_sums_equal_their_parts_caps_and_pools_hold(master: Path, rounds: list[Any], cap: int) -> None:
    def small_cap(db: Database, until: date, pool: int | None) -> Any:
        return terms_on(db, until, pool, {"household_year_cap_fen": cap})

    with office_of(master) as office, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "terms_on", small_cap)
        for changes, pool in rounds:
            for change in changes:
                office.change(change)
            office.settle(pool)
        for found, lines in office.every_line():
            assert found.lines == len(lines)
            assert found.paid == sum(line.paid for line in lines)
            assert found.due == sum(line.due for line in lines if line.kind == "claim")
            asked = sum(max(line.capped, 0) for line in lines)
            assert sum(max(line.paid, 0) for line in lines) == min(
                asked, asked if found.pool is None else found.pool
            )
            assert all(type(line.paid) is int for line in lines)
        assert all(paid <= cap for paid in by_year(office, "household_no").values())
        assert all(paid >= 0 for paid in by_year(office, "shipment_entity", "household_no").values())


@SLOWLY
@given(rounds=st.lists(st.lists(CHANGE, max_size=4), min_size=1, max_size=4))
def test_with_money_enough_the_sum_of_all_settlements_is_what_the_last_state_entitles_to(
    master: Path, rounds: list[Any]
) -> None:
    with office_of(master) as office:
        for changes in rounds:
            for change in changes:
                office.change(change | {"waybill": ""})
            office.settle(None)
        paid = by_year(office, "claim_no", "household_no")
        for claim, row in office.known.items():
            if row["refunded"] is None:
                continue  # not decided: nothing is paid yet, or what was paid stays
            payable = row["origin"] == "county" and row["refunded"] == 0 and row["fee"] > 0
            due = min(100, row["fee"] * 70 // 100) if payable else 0
            now = (claim, row["household_no"], row["shipped_on"][:4])
            assert paid[now] == due
            assert all(sum_ == 0 for key, sum_ in paid.items() if key[0] == claim and key != now)


@SLOWLY
@given(rounds=st.lists(st.lists(CHANGE, max_size=4), min_size=1, max_size=4))
def test_no_waybill_is_paid_for_twice_and_what_is_open_is_settled_in_the_end(
    master: Path, rounds: list[Any]
) -> None:
    with office_of(master) as office:
        for changes in rounds:
            for change in changes:
                office.change(change)
            office.settle(None)
            total = paid_by(office, "claim_no")
            paid = [
                row["waybill_no"].replace("-", "").upper()
                for claim, row in office.known.items()
                if total[claim,] > 0
            ]
            assert len(set(paid)) == len(paid)
        for _ in range(len(CLAIMS)):
            if office.settle(None) is None:
                break
        else:
            assert office.settle(None) is None


@SLOWLY
@given(
    first=st.lists(CHANGE, min_size=1, max_size=4),
    later=st.lists(CHANGE, max_size=4),
    pool=st.integers(0, 250),
)
def test_what_is_kept_of_a_settlement_never_changes(
    master: Path, first: list[Any], later: list[Any], pool: int
) -> None:
    with office_of(master) as office:
        for change in first:
            office.change(change)
        office.settle(pool)
        kept = office.every_line()
        for change in later:
            office.change(change)
        office.settle(pool)
        assert office.every_line()[: len(kept)] == kept
