"""A county with 1,000,000 monthly figures and attendances, drawn at random, made once and kept beside the yardstick."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.county import Columns, Generator
from bench.drawing import (
    END,
    MONTHS,
    START,
    coded,
    days,
    months,
    objects,
    only,
    pairs,
    reported,
    same,
    texts,
    until,
)
from bench.setting import ROOT
from bench.yardstick import MADE, enter
from data.seed import townships
from data.store import open_writer

_MADE_BY = (
    "bench/target_county.py",
    "bench/drawing.py",
    "data/tables.py",
    "data/migrations.py",
    "data/chain.py",
)


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; the first three are the million."""

    returns: int = 420_000
    sales: int = 280_000
    attendances: int = 300_000
    villages: int = 2_000
    stations: int = 10_000
    shops: int = 7_000
    participants: int = 60_000
    sessions: int = 6_000
    seed: int = 20210930

    @property
    def rows(self) -> int:
        """Monthly figures and attendances."""
        return self.returns + self.sales + self.attendances


def target_county(folder: Path, size: Size) -> Path:
    """The database of this size, made unless one with the same parameters and layout lies there."""
    path = folder / f"targets-{size.rows}.db"
    note, described = path.with_suffix(".json"), _described(size)
    if not (path.exists() and note.exists() and json.loads(note.read_text()) == described):
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{path.name}*"):
            stale.unlink()
        with open_writer(path, migrate=True, clock=lambda: MADE) as writer, writer.transaction() as db:
            enter(db, drawn(size), MADE, None)
        note.write_text(json.dumps(described))
    return path


def _described(size: Size) -> dict[str, Any]:
    files = [ROOT / name for name in _MADE_BY] + sorted((ROOT / "data/registers").glob("*.py"))
    layout = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return {**asdict(size), "layout": layout}


def drawn(size: Size) -> dict[str, Columns]:
    """The columns of every register that the targets look at; an entity is the row's number from 1."""
    draw = np.random.default_rng(size.seed)
    tables: dict[str, Columns] = {}
    places = townships()
    tables["townships"] = {key: objects([row[key] for row in places]) for key in places[0]}
    villages = draw.integers(0, len(places), size.villages)
    tables["villages"] = {
        "village_code": coded("V", size.villages),
        "township_code": tables["townships"]["township_code"][villages],
        "village_name": coded("示例村", size.villages),
        "poor_village": draw.integers(0, 2, size.villages).astype(object),
        "township_entity": villages + 1,
    }
    _poor(tables, size, draw)
    _stations(tables, size, draw)
    _shops(tables, size, draw)
    _connected(tables, size, draw)
    _delivered(tables, size, draw)
    _shown(tables, size, draw)
    _people(tables, size, draw)
    _produce(tables, draw)
    return tables


def _poor(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    listed = np.flatnonzero(draw.random(size.villages) < 0.4)
    begin = days(draw, listed.size, np.datetime64("2014-01-01"), np.datetime64("2019-01-01"))
    tables["poor_village_periods"] = {
        "village_code": tables["villages"]["village_code"][listed],
        "listed_on": texts(begin),
        "left_on": until(draw, begin, 0.3),
        "village_entity": listed + 1,
    }


def _stations(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    village = draw.integers(0, size.villages, size.stations)
    opened = days(draw, size.stations, np.datetime64("2016-01-01"), END)
    tables["stations"] = {
        "station_code": coded("Z", size.stations),
        "station_name": coded("示例站", size.stations),
        "level": draw.choice(objects(["village", "township"]), size.stations, p=(0.9, 0.1)),
        **_in_village(tables, village),
        "township_code": tables["villages"]["township_code"][village],
        "township_entity": tables["villages"]["township_entity"][village],
        "opened_on": texts(opened),
        "closed_on": until(draw, opened, 0.1),
        **{name: same(1, size.stations) for name in ("sells", "buys", "parcels", "pays")},
    }
    station, month = pairs(draw, size.stations, MONTHS, size.returns)
    tables["station_returns"] = {
        "station_code": tables["stations"]["station_code"][station],
        "month": months(month),
        **{name: draw.integers(0, 10**6, size.returns) for name in ("sold", "bought", "services")},
        "orders": draw.integers(0, 500, size.returns),
        "reported_on": reported(draw, month),
        "station_entity": station + 1,
    }


def _shops(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    tables["channels"] = {
        "channel_code": objects(["Q1"]),
        "channel_name": objects(["示例平台"]),
        "kind": objects(["platform"]),
        "since": objects(["2016-01-01"]),
    }
    village, station = (draw.integers(0, most, size.shops) for most in (size.villages, size.stations))
    opened = days(draw, size.shops, np.datetime64("2016-01-01"), END)
    run = draw.random(size.shops) < 0.1
    tables["shops"] = {
        "shop_code": coded("W", size.shops),
        "shop_name": coded("示例店", size.shops),
        "channel_code": same("Q1", size.shops),
        "channel_entity": same(1, size.shops),
        "owner": same("enterprise", size.shops),
        **_in_village(tables, village),
        "station_code": only(tables["stations"]["station_code"][station], run),
        "station_entity": only((station + 1).astype(object), run),
        "opened_on": texts(opened),
        "closed_on": until(draw, opened, 0.1),
    }
    shop, month = pairs(draw, size.shops, MONTHS, size.sales)
    paid = draw.integers(0, 10**6, size.sales)
    tables["shop_sales"] = {
        "shop_code": tables["shops"]["shop_code"][shop],
        "month": months(month),
        "paid": paid,
        "refunded": paid // draw.integers(2, 50, size.sales),
        "orders": draw.integers(0, 500, size.sales),
        "reported_on": reported(draw, month),
        "shop_entity": shop + 1,
    }


def _connected(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    every = np.arange(size.villages)
    tables["village_networks"] = {
        **_in_village(tables, every),
        "fixed_on": only(texts(days(draw, size.villages, START, END)), draw.random(size.villages) < 0.95),
        "mobile_on": texts(days(draw, size.villages, START, END)),
    }
    township, month = np.divmod(np.arange(9 * MONTHS), MONTHS)
    homes = draw.integers(500, 5000, township.size)
    tables["broadband_counts"] = {
        "township_code": tables["townships"]["township_code"][township],
        "month": months(month),
        "subscriptions": homes * draw.integers(40, 100, township.size) // 100,
        "households": homes,
        "township_entity": township + 1,
    }


def _delivered(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    tables["couriers"] = {
        "courier_code": objects(["K1"]),
        "courier_name": objects(["示例快递"]),
        "since": objects(["2016-01-01"]),
    }
    outlets = 2 * size.villages
    village, station = (draw.integers(0, most, outlets) for most in (size.villages, size.stations))
    opened = days(draw, outlets, START, END)
    named = draw.random(outlets) < 0.8
    tables["outlets"] = {
        "outlet_code": coded("O", outlets),
        "outlet_name": coded("示例网点", outlets),
        "level": same("village", outlets),
        "courier_code": same("K1", outlets),
        "courier_entity": same(1, outlets),
        **_in_village(tables, village),
        "station_code": only(tables["stations"]["station_code"][station], named),
        "station_entity": only((station + 1).astype(object), named),
        "opened_on": texts(opened),
        "closed_on": until(draw, opened, 0.1),
    }
    outlet, served = pairs(draw, outlets, size.villages, outlets)
    since = days(draw, outlets, START, END)
    tables["outlet_villages"] = {
        "outlet_code": tables["outlets"]["outlet_code"][outlet],
        **_in_village(tables, served),
        "since": texts(since),
        "until": until(draw, since, 0.1),
        "outlet_entity": outlet + 1,
    }


def _shown(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    shown = np.arange(0, size.villages, 50)
    named_on = days(draw, shown.size, START, END)
    tables["demonstration_villages"] = {
        **_in_village(tables, shown),
        "named_on": texts(named_on),
        "established_on": until(draw, named_on, 0.7),
    }


def _people(tables: dict[str, Columns], size: Size, draw: Generator) -> None:
    village = draw.integers(0, size.villages, size.participants)
    since = days(draw, size.participants, START, END)
    kinds = objects(["household", "villager", "manager", "practitioner"])
    tables["participants"] = {
        "participant_no": coded("R", size.participants),
        "participant_name": coded("示例人员", size.participants),
        "kind": draw.choice(kinds, size.participants, p=(0.4, 0.3, 0.1, 0.2)),
        **_in_village(tables, village),
        "since": texts(since),
        "until": until(draw, since, 0.1),
    }
    ends = days(draw, size.sessions, START, np.datetime64("2021-12-31"))
    tables["training_sessions"] = {
        "session_no": coded("B", size.sessions),
        "session_name": coded("示例班", size.sessions),
        "topic": same("basics", size.sessions),
        "starts_on": texts(ends),
        "ends_on": texts(ends),
        "places": same(60, size.sessions),
        "organiser": same("示例单位", size.sessions),
    }
    session, person = pairs(draw, size.sessions, size.participants, size.attendances)
    tables["attendances"] = {
        "session_no": tables["training_sessions"]["session_no"][session],
        "participant_no": tables["participants"]["participant_no"][person],
        "hours": same(80, size.attendances),
        "completed": same(1, size.attendances),
        "training_session_entity": session + 1,
        "participant_entity": person + 1,
    }
    led, leader = np.arange(0, size.villages, 2), draw.integers(0, size.participants, size.villages // 2)
    named = days(draw, led.size, START, END)
    tables["village_leaders"] = {
        **_in_village(tables, led),
        "participant_no": tables["participants"]["participant_no"][leader],
        "participant_entity": leader + 1,
        "named_on": texts(named),
        "until": until(draw, named, 0.2),
    }


def _produce(tables: dict[str, Columns], draw: Generator) -> None:
    suppliers, certificates = 100, 500
    at = draw.integers(0, 10, suppliers)
    tables["suppliers"] = {
        "supplier_code": coded("S", suppliers),
        "supplier_name": coded("示例社", suppliers),
        "kind": same("cooperative", suppliers),
        "township_code": tables["townships"]["township_code"][at],
        "township_entity": at + 1,
        "registered_on": same("2016-01-01", suppliers),
    }
    supplier = draw.integers(0, suppliers, certificates)
    issued = days(draw, certificates, START, END)
    tables["certifications"] = {
        "certificate_no": coded("C", certificates),
        "kind": draw.choice(objects(["green", "organic", "geographical", "pollution_free"]), certificates),
        "supplier_code": tables["suppliers"]["supplier_code"][supplier],
        "supplier_entity": supplier + 1,
        "issued_on": texts(issued),
        "withdrawn_on": until(draw, issued, 0.1),
    }


def _in_village(tables: dict[str, Columns], village: NDArray[Any]) -> Columns:
    return {"village_code": tables["villages"]["village_code"][village], "village_entity": village + 1}
