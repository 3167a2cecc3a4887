"""Counties drawn by chance, small and awkward, entered behind the import: rows of every register the indicators look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from data.canonical import Cell
from data.chain import append, entry_at
from data.register import REGISTERS, Register
from data.seed.townships import OTHER_UNITS
from data.store import Database
from data.tables import reference_column, written_columns

Row = dict[str, Any]
Rows = dict[str, list[Row]]

FIRST, LAST = date(2019, 1, 1), date(2021, 12, 31)
MONTHS = [f"{year}-{month:02d}" for year in (2019, 2020, 2021) for month in range(1, 13)]
CHANGED = {"station_returns": "sold", "shop_sales": "paid", "certifications": "withdrawn_on"}


def day(draw: Random, first: date = FIRST, last: date = LAST) -> str:
    return (first + timedelta(days=draw.randint(0, (last - first).days))).isoformat()


def maybe(draw: Random, chance: float, make: Any) -> Any:
    return make() if draw.random() < chance else None


def later(draw: Random, begin: str, chance: float) -> str | None:
    """A day after `begin`, or none."""
    found: str | None = maybe(
        draw, chance, lambda: day(draw, date.fromisoformat(begin), LAST + timedelta(days=200))
    )
    return found


def county_by_chance(draw: Random) -> Rows:
    """A few rows of everything, with gaps, closed stations, renewals, the same person twice."""
    rows: Rows = {name: [] for name in REGISTERS}
    codes = ["653128100", "653128101", OTHER_UNITS]
    rows["townships"] = [{"township_code": code, "township_name": f"示例乡{code[-3:]}"} for code in codes]
    villages = [f"V{n}" for n in range(draw.randint(1, 6))]
    for code in villages:
        rows["villages"].append(
            {
                "village_code": code,
                "township_code": draw.choice(codes),
                "village_name": f"示例村{code}",
                "poor_village": draw.randint(0, 1),
            }
        )
        for listed in {day(draw, date(2015, 1, 1)) for _ in range(draw.choice((0, 0, 1, 1, 2)))}:
            rows["poor_village_periods"].append(
                {"village_code": code, "listed_on": listed, "left_on": later(draw, listed, 0.5)}
            )
        if draw.random() < 0.7:
            fixed, mobile = (maybe(draw, 0.8, lambda: day(draw)) for _ in range(2))
            rows["village_networks"].append({"village_code": code, "fixed_on": fixed, "mobile_on": mobile})
    _stations(draw, rows, villages, codes)
    _shops(draw, rows, villages)
    _logistics(draw, rows, villages)
    _people(draw, rows, villages)
    _produce(draw, rows, codes)
    for code in codes:
        for month in MONTHS:
            if draw.random() < (0.9 if code != OTHER_UNITS else 0.3):
                homes = draw.randint(1, 500)
                rows["broadband_counts"].append(
                    {
                        "township_code": code,
                        "month": month,
                        "subscriptions": draw.randint(0, homes),
                        "households": homes,
                    }
                )
    for name in list(rows):
        if draw.random() < 0.04 and name not in ("townships", "villages") and _unneeded(name):
            rows[name] = []
    return rows


def _unneeded(name: str) -> bool:
    """Nothing else refers to this register."""
    return name in (
        *("station_returns", "shop_sales", "village_networks", "broadband_counts", "outlet_villages"),
        *("attendances", "village_leaders", "demonstration_villages", "inspections", "poor_village_periods"),
    )


def _stations(draw: Random, rows: Rows, villages: list[str], codes: list[str]) -> None:
    townships = {row["village_code"]: row["township_code"] for row in rows["villages"]}
    for number in range(draw.randint(0, 6)):
        level = draw.choice(("county", "township", "village", "village", "village"))
        village = draw.choice(villages) if level == "village" else None
        township = {"county": None, "village": townships.get(village or "")}.get(level, draw.choice(codes))
        opened = day(draw, date(2018, 6, 1))
        rows["stations"].append(
            {
                "station_code": f"Z{number}",
                "station_name": f"示例站{number}",
                "level": level,
                "township_code": township,
                "village_code": village,
                "opened_on": opened,
                "closed_on": later(draw, opened, 0.3),
                "sells": 1,
                "buys": 1,
                "parcels": 1,
                "pays": 0,
            }
        )
        for month in MONTHS:
            if draw.random() < 0.85:
                rows["station_returns"].append(
                    {
                        "station_code": f"Z{number}",
                        "month": month,
                        "sold": draw.choice((0, 0, draw.randint(0, 10**6))),
                        "bought": draw.randint(0, 10**6),
                        "services": draw.randint(0, 10**4),
                        "orders": draw.randint(0, 50),
                        "reported_on": _reported(draw, month),
                    }
                )


def _reported(draw: Random, month: str) -> str:
    begin = date(int(month[:4]), int(month[5:]), 25)
    return (begin + timedelta(days=draw.choice((0, 10, 12, 40)))).isoformat()


def _shops(draw: Random, rows: Rows, villages: list[str]) -> None:
    rows["channels"] = [
        {
            "channel_code": "Q1",
            "channel_name": "示例平台",
            "kind": "platform",
            "since": "2018-01-01",
            "until": None,
        }
    ]
    for number in range(draw.randint(1, 4)):
        registered = day(draw, date(2014, 1, 1))
        rows["households"].append(
            {
                "household_no": f"H{number}",
                "village_code": draw.choice(villages),
                "head_name": f"示例户主{number}",
                "registered_on": registered,
                "left_on": later(draw, registered, 0.3),
            }
        )
    stations = [row["station_code"] for row in rows["stations"]]
    for number in range(draw.randint(0, 5)):
        opened = day(draw)
        household = maybe(draw, 0.5, lambda: draw.choice(rows["households"])["household_no"])
        rows["shops"].append(
            {
                "shop_code": f"W{number}",
                "shop_name": f"示例店{number}",
                "channel_code": "Q1",
                "owner": "household" if household else "enterprise",
                "household_no": household,
                "village_code": maybe(draw, 0.5, lambda: draw.choice(villages)),
                "station_code": draw.choice(stations) if stations and draw.random() < 0.3 else None,
                "opened_on": opened,
                "closed_on": later(draw, opened, 0.3),
            }
        )
        for month in MONTHS:
            if draw.random() < 0.7:
                paid = draw.choice((0, draw.randint(0, 10**6)))
                rows["shop_sales"].append(
                    {
                        "shop_code": f"W{number}",
                        "month": month,
                        "paid": paid,
                        "refunded": draw.choice((0, paid, draw.randint(0, paid))),
                        "orders": 1,
                        "poor_goods": None,
                        "reported_on": _reported(draw, month),
                    }
                )


def _logistics(draw: Random, rows: Rows, villages: list[str]) -> None:
    rows["couriers"] = [
        {"courier_code": "K1", "courier_name": "示例快递", "since": "2018-01-01", "until": None}
    ]
    stations = [row["station_code"] for row in rows["stations"]]
    for number in range(draw.randint(0, 4)):
        opened = day(draw)
        rows["outlets"].append(
            {
                "outlet_code": f"O{number}",
                "outlet_name": f"示例网点{number}",
                "level": "village",
                "courier_code": "K1",
                "township_code": None,
                "village_code": maybe(draw, 0.6, lambda: draw.choice(villages)),
                "station_code": draw.choice(stations) if stations and draw.random() < 0.5 else None,
                "opened_on": opened,
                "closed_on": later(draw, opened, 0.3),
            }
        )
        for village in draw.sample(villages, draw.randint(0, len(villages))):
            since = day(draw)
            until = later(draw, since, 0.3)
            rows["outlet_villages"].append(
                {"outlet_code": f"O{number}", "village_code": village, "since": since, "until": until}
            )
    for village in villages:
        named = day(draw)
        rows["demonstration_villages"].append(
            {
                "village_code": village,
                "named_on": named,
                "established_on": later(draw, named, 0.6),
                "until": later(draw, named, 0.2),
            }
        )


def _people(draw: Random, rows: Rows, villages: list[str]) -> None:
    for number in range(draw.randint(1, 8)):
        since = day(draw, date(2018, 1, 1))
        home = maybe(draw, 0.4, lambda: draw.choice(rows["households"])["household_no"])
        rows["participants"].append(
            {
                "participant_no": f"R{number}",
                "participant_name": f"示例人员{number}",
                "kind": draw.choice(("household", "manager", "practitioner", "practitioner", "other")),
                "household_no": home,
                "village_code": maybe(draw, 0.5, lambda: draw.choice(villages)),
                "since": since,
                "until": later(draw, since, 0.3),
            }
        )
    people = [row["participant_no"] for row in rows["participants"]]
    for number in range(draw.randint(0, 6)):
        starts = day(draw, date(2018, 10, 1))
        rows["training_sessions"].append(
            {
                "session_no": f"B{number}",
                "session_name": f"示例班{number}",
                "plan_no": None,
                "practice_base_code": None,
                "topic": "basics",
                "starts_on": starts,
                "ends_on": (date.fromisoformat(starts) + timedelta(days=draw.randint(0, 5))).isoformat(),
                "places": 30,
                "organiser": "示例单位",
                "village_code": None,
            }
        )
        for person in draw.sample(people, draw.randint(0, len(people))):
            rows["attendances"].append(
                {"session_no": f"B{number}", "participant_no": person, "hours": 80, "completed": 1}
            )
    for village in villages:
        for named in {day(draw) for _ in range(draw.choice((0, 1, 2)))}:
            rows["village_leaders"].append(
                {
                    "village_code": village,
                    "participant_no": draw.choice(people),
                    "named_on": named,
                    "until": later(draw, named, 0.5),
                }
            )


def _produce(draw: Random, rows: Rows, codes: list[str]) -> None:
    rows["products"] = [
        {"product_code": f"P{n}", "product_name": f"示例产品{n}", "category": "fruit", "standardised": 0}
        for n in range(2)
    ]
    for number in range(2):
        rows["suppliers"].append(
            {
                "supplier_code": f"S{number}",
                "supplier_name": f"示例社{number}",
                "kind": "cooperative",
                "township_code": maybe(draw, 0.7, lambda: draw.choice(codes)),
                "registered_on": "2018-01-01",
                "designated_on": None,
                "designated_until": None,
                "closed_on": None,
            }
        )
    for number in range(draw.randint(0, 7)):
        issued = maybe(draw, 0.7, lambda: day(draw))
        applied = maybe(draw, 0.6, lambda: day(draw))
        rows["certifications"].append(
            {
                "certificate_no": f"C{number}",
                "kind": draw.choice(("green", "organic", "geographical", "pollution_free", "sc")),
                "supplier_code": draw.choice(("S0", "S1")),
                "product_code": None,
                "applied_on": applied if issued is None or applied is None else min(applied, issued),
                "issued_on": issued,
                "expires_on": None,
                "withdrawn_on": later(draw, issued or "2020-01-01", 0.2),
                "renewal_of": f"C{number - 1}" if number and draw.random() < 0.3 else None,
            }
        )
    for home in rows["households"]:
        for product in ("P0", "P1"):
            if draw.random() < 0.7:
                rows["goods"].append(
                    {
                        "household_no": home["household_no"],
                        "product_code": product,
                        "source": "grown",
                        "fit_for_online_sale": 1,
                        "registered_on": day(draw, date(2018, 1, 1)),
                    }
                )
    _inspections(draw, rows)


def _inspections(draw: Random, rows: Rows) -> None:
    number = 0
    for good in rows["goods"]:
        for _ in range(draw.randint(0, 4)):
            sampled = day(draw)
            result = (date.fromisoformat(sampled) + timedelta(days=draw.choice((0, 5, 40)))).isoformat()
            conclusion = draw.choice(("pass", "fail", "pending", "not_applicable"))
            rows["inspections"].append(_inspection(number, good, sampled, result, conclusion))
            number += 1
            if draw.random() < 0.3:
                after = (date.fromisoformat(result) + timedelta(days=draw.randint(0, 30))).isoformat()
                again = _inspection(number, good, sampled, after, draw.choice(("pass", "fail")))
                rows["inspections"].append({**again, "reinspection_of": f"Y{number - 1}"})
                number += 1


def _inspection(number: int, good: Row, sampled: str, result: str, conclusion: str) -> Row:
    return {
        "sample_no": f"Y{number}",
        "household_no": good["household_no"],
        "product_code": good["product_code"],
        "sampling_date": sampled,
        "result_date": result,
        "method": "quantitative",
        "item": None,
        "conclusion": conclusion,
        "reinspection_of": None,
        "agency": None,
    }


def corrections_of(draw: Random, rows: Rows) -> Rows:
    """Later versions of some rows: another amount, a certificate taken back."""
    found: Rows = {}
    for name, column in CHANGED.items():
        some = [row for row in rows[name] if draw.random() < 0.1]
        value: Any = day(draw) if column.endswith("_on") else 10**6 + draw.randint(0, 100)
        found[name] = [{**row, column: value} for row in some]
    return found


def enter(db: Database, rows: Mapping[str, Sequence[Row]], at: datetime, reason: str | None = None) -> None:
    """Write rows as one entry of the chain; a key that is there already becomes its row's next version."""
    seq = append(db, at=at, actor="示例", action="correction" if reason else "import", body={"rows": "示例"})
    recorded = (seq, entry_at(db, seq), "示例", reason)
    for register in REGISTERS.values():
        for row in rows.get(register.name, ()):
            _insert(db, register, row, recorded)


def _insert(db: Database, register: Register, row: Row, recorded: tuple[Any, ...]) -> None:
    number = db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {register.name}").fetchone()[0]
    own = _found(db, register, tuple(row[column] for column in register.key))
    entity, version = (own[0], own[1] + 1) if own else (number, 1)
    values: dict[str, Cell] = {"id": number, "entity": entity, "version": version, **row}
    for reference in register.references:
        key = tuple(row.get(column) for column in reference.columns)
        there = None if None in key else _found(db, REGISTERS[reference.register], key)
        values[reference_column(register, reference)] = there[0] if there else None
    names = written_columns(register)
    filled = [*(values.get(name) for name in names[: -len(recorded)]), *recorded]
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    db.execute(f"INSERT INTO {register.name} ({quoted}) VALUES ({marks})", filled)


def _found(db: Database, register: Register, key: tuple[Cell, ...]) -> tuple[int, int] | None:
    where = " AND ".join(f"{column} = ?" for column in register.key)
    sql = f"SELECT entity, max(version) FROM {register.name} WHERE {where}"
    entity, version = db.execute(sql, list(key)).fetchone()
    return None if entity is None else (entity, version)
