"""Lists of registers in SQL equal a plain filter in Python, on rows made by chance; places follow the definitions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from data.register import REGISTERS
from data.register_lists import (
    BLANK,
    RowsAsked,
    candidates,
    entity_of,
    named_by,
    names_of,
    referring,
    rows_asked,
    rows_counted,
    sizes,
    villages_of,
)
from data.register_places import has_place, holds_on
from data.store import Database, reading
from tests.entering import enter, household, new_writer
from tests.register_rows import enter_rows, rows_for
from tests.test_page_registers import key_of

TOWNS, VILLAGES, STATIONS, HOUSEHOLDS, RETURNS = 3, 9, 25, 30, 120
Rows = list[dict[str, Any]]


class County:
    """What was entered, as plain rows by key: the reference that SQL is compared with."""

    def __init__(self, chance: random.Random) -> None:
        self.towns = [{"township_code": f"T{n}", "township_name": f"示例镇{n}"} for n in range(TOWNS)]
        self.villages: Rows = [
            {
                "village_code": f"V{n}",
                "township_code": f"T{n % TOWNS}",
                "village_name": f"示例村{n}",
                "poor_village": 1,
            }
            for n in range(VILLAGES)
        ]
        self.households = [household(f"H{n}", village_code=f"V{n % VILLAGES}") for n in range(HOUSEHOLDS)]
        self.stations: Rows = [self._station(n, chance) for n in range(STATIONS)]
        self.returns = self._returns(chance)
        self.ties: Rows = [
            {
                "station_code": f"S{chance.randrange(STATIONS)}",
                "household_no": f"H{n}",
                "since": f"2020-0{chance.randint(1, 9)}-01",
                "until": chance.choice([None, "2021-01-01", "2021-06-30"]),
            }
            for n in range(HOUSEHOLDS)
        ]

    def _station(self, n: int, chance: random.Random) -> dict[str, Any]:
        level = chance.choice(["county", "township", "village"])
        village = chance.randrange(VILLAGES)
        return {
            "station_code": f"S{n}",
            "station_name": f"{chance.choice(['东', '西'])}站{n}",
            "level": level,
            "township_code": None if level == "county" else f"T{village % TOWNS}",
            "village_code": f"V{village}" if level == "village" else None,
            "opened_on": f"20{chance.randint(18, 21)}-03-01",
            "closed_on": chance.choice([None, None, "2021-07-01", "2021-09-01"]),
            **{name: chance.randint(0, 1) for name in ("sells", "buys", "parcels", "pays")},
        }

    def _returns(self, chance: random.Random) -> Rows:
        keys = {
            (f"S{chance.randrange(STATIONS)}", f"2021-{chance.randint(1, 8):02d}") for _ in range(RETURNS)
        }
        return [
            {
                "station_code": station,
                "month": month,
                "sold": chance.randrange(10**6),
                "bought": 0,
                "services": 0,
                "orders": 1,
                "reported_on": "2021-09-01",
            }
            for station, month in sorted(keys)
        ]

    def station(self, code: str) -> dict[str, Any]:
        return next(row for row in self.stations if row["station_code"] == code)

    def village_of(self, number: str) -> dict[str, Any]:
        code = next(row["village_code"] for row in self.households if row["household_no"] == number)
        return next(row for row in self.villages if row["village_code"] == code)


@pytest.fixture(scope="module", params=[1, 2])
def county(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[County, Database]]:
    """Rows by chance in a database, some of them corrected: the old versions must not show."""
    chance = random.Random(request.param)
    made = County(chance)
    path: Path = tmp_path_factory.mktemp("lists") / "a.db"
    with new_writer(path) as writer:
        for name, rows in (
            ("townships", made.towns),
            ("villages", made.villages),
            ("households", made.households),
            ("stations", made.stations),
            ("station_returns", made.returns),
            ("station_households", made.ties),
        ):
            enter(writer, name, rows)
        corrected = chance.sample(made.stations, 6)
        for row in corrected:
            row |= {"station_name": f"新{row['station_name']}", "sells": 1 - row["sells"]}
        enter(writer, "stations", corrected, reason="更正")
        moved = chance.sample(made.villages, 3)
        for row in moved:
            row["township_code"] = f"T{chance.randrange(TOWNS)}"
        enter(writer, "villages", moved, reason="更正")
    with reading(path) as db:
        yield made, db


def plain(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row[name] for name in names) for row in rows)


def asked(db: Database, what: RowsAsked) -> list[tuple[Any, ...]]:
    """The keys that SQL gives, which must also be what it counts."""
    rows = rows_asked(db, what)
    assert rows_counted(db, what) == len(rows)
    return plain(rows, *REGISTERS[what.register].key)


def test_texts_choices_and_days_select_as_plain_python_does(county: tuple[County, Database]) -> None:
    made, db = county
    for word in ("东", "新", "s1", "站1 西", "nichts"):
        here = [
            r
            for r in made.stations
            if all(w in f"{r['station_code']}|{r['station_name']}" for w in word.upper().split())
        ]
        assert asked(db, RowsAsked("stations", search=word)) == plain(here, "station_code"), word
    for equal in ({"level": "village"}, {"sells": "1"}, {"sells": "0", "level": "township"}):
        here = [r for r in made.stations if all(str(r[name]) == value for name, value in equal.items())]
        assert asked(db, RowsAsked("stations", equal=equal)) == plain(here, "station_code"), equal
    for since, until in (
        ("2020-03-01", ""),
        ("", "2020-03-01"),
        ("2019-03-02", "2020-03-01"),
        ("2020-03-02", "2020-12-31"),
    ):
        here = [r for r in made.stations if since <= r["opened_on"] <= (until or "9")]
        assert asked(db, RowsAsked("stations", since=since, until=until)) == plain(here, "station_code")


def test_a_word_is_also_found_in_what_a_code_is_called(county: tuple[County, Database]) -> None:
    made, db = county
    here = [r for r in made.returns if "东" in made.station(r["station_code"])["station_name"]]
    assert asked(db, RowsAsked("station_returns", search="东")) == plain(here, "station_code", "month")
    ties = plain(made.ties, "station_code", "household_no", "since")
    assert asked(db, RowsAsked("station_households", search="户主", personal=True)) == ties
    assert asked(db, RowsAsked("station_households", search="户主")) == []
    assert asked(db, RowsAsked("households", search="户主")) == []
    assert rows_counted(db, RowsAsked("households", search="户主", personal=True)) == HOUSEHOLDS


@pytest.mark.parametrize("town", [f"T{n}" for n in range(TOWNS)])
def test_a_place_is_found_as_far_away_as_the_definitions_lead(
    county: tuple[County, Database], town: str
) -> None:
    made, db = county
    stations = {r["station_code"] for r in made.stations if r["township_code"] == town}
    assert asked(db, RowsAsked("stations", township=town)) == sorted((code,) for code in stations)
    returns = [r for r in made.returns if r["station_code"] in stations]
    assert asked(db, RowsAsked("station_returns", township=town)) == plain(returns, "station_code", "month")
    households = [r for r in made.households if made.village_of(r["household_no"])["township_code"] == town]
    assert asked(db, RowsAsked("households", township=town)) == plain(households, "household_no")
    assert villages_of(db, town) == {
        r["village_code"]: r["village_name"] for r in made.villages if r["township_code"] == town
    }


def test_a_village_leaves_out_stations_that_lie_in_none(county: tuple[County, Database]) -> None:
    made, db = county
    for n in range(VILLAGES):
        here = {r["station_code"] for r in made.stations if r["village_code"] == f"V{n}"}
        returns = [r for r in made.returns if r["station_code"] in here]
        assert asked(db, RowsAsked("station_returns", village=f"V{n}")) == plain(
            returns, "station_code", "month"
        )


def test_months_are_narrowed_by_days_of_the_control(county: tuple[County, Database]) -> None:
    made, db = county
    here = [r for r in made.returns if "2021-03" <= r["month"] <= "2021-05"]
    what = RowsAsked("station_returns", since="2021-03-31", until="2021-05-01")
    assert asked(db, what) == plain(here, "station_code", "month")


@pytest.mark.parametrize(
    "day", ["2020-02-29", "2020-03-01", "2020-12-31", "2021-01-01", "2021-06-29", "2021-06-30", "2021-07-01"]
)
def test_a_row_holds_from_its_first_day_to_before_its_last(county: tuple[County, Database], day: str) -> None:
    made, db = county
    here = [r for r in made.ties if r["since"] <= day and (r["until"] is None or day < r["until"])]
    assert asked(db, RowsAsked("station_households", holds_on=day)) == plain(
        here, "station_code", "household_no", "since"
    )
    open_then = [r for r in made.stations if r["opened_on"] <= day and (r["closed_on"] or "9") > day]
    assert asked(db, RowsAsked("stations", holds_on=day)) == plain(open_then, "station_code")


def test_several_conditions_hold_together_and_pages_follow_each_other(
    county: tuple[County, Database],
) -> None:
    made, db = county
    stations = {r["station_code"] for r in made.stations if r["township_code"] == "T1"}
    here = [r for r in made.returns if r["station_code"] in stations and r["month"] >= "2021-02"]
    what = RowsAsked("station_returns", township="T1", since="2021-02-01", search="站")
    assert asked(db, what) == plain(here, "station_code", "month")
    whole = rows_asked(db, RowsAsked("station_returns"))
    assert [row["month"] for row in whole] == sorted((row["month"] for row in whole), reverse=True)
    parts = [
        rows_asked(db, RowsAsked("station_returns"), first=first, most=50)
        for first in range(0, len(whole), 50)
    ]
    assert [row["id"] for part in parts for row in part] == [row["id"] for row in whole]


def test_what_refers_to_a_row_is_counted_and_listed(county: tuple[County, Database]) -> None:
    made, db = county
    register = REGISTERS["stations"]
    for row in made.stations:
        entity = entity_of(db, register, (row["station_code"],))
        assert entity is not None
        returns = [r for r in made.returns if r["station_code"] == row["station_code"]]
        ties = [r for r in made.ties if r["station_code"] == row["station_code"]]
        expected: Mapping[str, int] = {"station_returns": len(returns), "station_households": len(ties)}
        assert referring(db, register, entity) == {name: n for name, n in expected.items() if n}
        listed = asked(db, RowsAsked("station_returns", of=("stations", entity)))
        assert listed == plain(returns, "station_code", "month")
    assert asked(db, RowsAsked("households", of=("stations", 1))) == []
    assert entity_of(db, register, ("S999",)) is None


def test_sizes_are_rows_and_not_versions(county: tuple[County, Database]) -> None:
    made, db = county
    found = sizes(db)
    assert set(found) == set(REGISTERS)
    assert (found["stations"], found["villages"], found["shops"]) == (STATIONS, VILLAGES, 0)
    assert found["station_returns"] == len(made.returns)


def test_candidates_are_all_or_none(county: tuple[County, Database]) -> None:
    made, db = county
    stations = {r["station_code"]: r["station_name"] for r in made.stations}
    assert candidates(db, REGISTERS["stations"], STATIONS) == stations
    assert candidates(db, REGISTERS["stations"], STATIONS - 1) is None
    assert names_of(db, REGISTERS["stations"], {"S1", "S999"}) == {"S1": stations["S1"]}


@pytest.mark.parametrize(
    ("register", "column", "named"),
    [
        ("station_returns", "station_code", "stations"),
        ("inspections", "product_code", "products"),
        ("inspections", "household_no", "households"),
        ("trace_batches", "household_no", "households"),
        ("certifications", "renewal_of", "certifications"),
        ("stations", "station_name", None),
        ("station_returns", "month", None),
    ],
)
def test_a_code_is_known_by_the_register_that_gives_it(register: str, column: str, named: str | None) -> None:
    found = named_by(REGISTERS[register], column)
    assert (found.name if found else None) == named


@pytest.mark.parametrize("name", list(REGISTERS))
def test_every_register_is_listed_with_every_filter(tmp_path: Path, name: str) -> None:
    """One example row: found by nothing asked, and by each thing that it says itself."""
    register = REGISTERS[name]
    with new_writer(tmp_path / "a.db") as writer:
        enter_rows(writer, rows_for(name))
    with reading(tmp_path / "a.db") as db:
        (row,) = rows_asked(db, RowsAsked(name))
        assert tuple(row[part] for part in register.key) == key_of(register)
        for column in register.columns:
            if column.kind in ("choice", "yes_no"):
                value = BLANK if row[column.name] is None else str(row[column.name])
                assert rows_counted(db, RowsAsked(name, equal={column.name: value})) == 1, column.name
            elif column.kind in ("code", "text", "name") and row[column.name]:
                assert rows_counted(db, RowsAsked(name, search=row[column.name], personal=True)) == 1
        if register.day:
            day = str(row[register.day] or "")[:10].ljust(10, "-") if row[register.day] else ""
            day = {4: f"{day[:4]}-06-01", 7: f"{day[:7]}-15"}.get(len(day.rstrip("-")), day)
            assert rows_counted(db, RowsAsked(name, since=day, until=day)) == 1
        for place, table in (("township", "townships"), ("village", "villages")):
            codes = [code for (code,) in db.execute(f"SELECT {REGISTERS[table].key[0]} FROM {table}")]
            found = [rows_counted(db, RowsAsked(name, **{place: code})) for code in codes]
            assert sum(found) <= (1 if has_place(name, table) else 0)
        assert rows_counted(db, RowsAsked(name, holds_on="1980-01-01")) == (
            0 if holds_on(register, "day") else 1
        )
