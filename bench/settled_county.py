"""The yardstick with 100,000 shipments and the office's acts about its goods, made once and kept beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bench.county import county
from bench.setting import DAY, ROOT
from bench.shipments import shipments
from bench.yardstick import KNOWN_AT, MADE, Size, enter, yardstick
from data.casework.ledger import next_id, record
from data.decisions import Decision, RunHeader, record_run
from data.settings import make_demonstration
from data.store import Database, open_writer
from office.programs import program_named, values_in_force

SHIPMENTS = 100_000
GRANTED, NOTICED = date(2020, 7, 1), date(2020, 12, 1)
DELIVERED, HEARD = date(2020, 12, 2), date(2020, 12, 10)
DECIDED, REVOKED = date(2021, 2, 28), date(2021, 3, 1)  # it takes effect on the day after
_MADE_BY = (
    "bench/shipments.py",
    "bench/settled_county.py",
    "data/casework/casework_tables.py",
    "data/casework/ledger.py",
)


def settled_county(folder: Path, size: Size, number: int = SHIPMENTS) -> Path:
    """The database of this size, made unless one with the same parameters and layout lies there."""
    base = yardstick(folder, size)
    path = folder / f"shipments-{size.goods}-{size.inspections}-{number}.db"
    note, described = path.with_suffix(".json"), _described(base, number)
    if not (path.exists() and note.exists() and json.loads(note.read_text()) == described):
        for stale in folder.glob(f"{path.name}*"):
            stale.unlink()
        shutil.copy(base, path)
        _fill(path, size, number)
        note.write_text(json.dumps(described))
    return path


def _described(base: Path, number: int) -> dict[str, Any]:
    layout = sha256(b"".join((ROOT / name).read_bytes() for name in _MADE_BY)).hexdigest()
    return {
        "shipments": number,
        "layout": layout,
        "base": json.loads(base.with_suffix(".json").read_text()),
    }


def _fill(path: Path, size: Size, number: int) -> None:
    goods = county(size.goods, size.inspections, size.seed)[0]["goods"]
    subjects = (goods["household_no"] + "/" + goods["product_code"]).tolist()
    with open_writer(path, clock=lambda: MADE) as writer, writer.transaction() as db:
        enter(db, {"shipments": shipments(number, goods, size.seed)}, MADE, None)
        _acts(db, subjects, size.seed)


def _acts(db: Database, subjects: list[str], seed: int) -> None:
    """Seven goods in ten are granted the right, one in ten is refused it, one in forty loses it again."""
    draw = np.random.default_rng(seed + 1).random(len(subjects))
    granted, withheld = np.flatnonzero(draw < 0.7), np.flatnonzero((draw >= 0.7) & (draw < 0.8))
    lost = np.flatnonzero(draw < 0.025)
    first = _decided(db, subjects, GRANTED, {"eligible": granted, "not_eligible": withheld})
    rows = [_act(subjects, good, "grant", GRANTED, first, state="granted") for good in granted.tolist()]
    rows += [_act(subjects, good, "withhold", GRANTED, first, state="withheld") for good in withheld.tolist()]
    _write(db, GRANTED, rows, "示例审核员")
    second = _decided(db, subjects, NOTICED, {"revoked": lost})
    begin = next_id(db, "acts")
    _write(
        db, NOTICED, [_act(subjects, good, "notify", NOTICED, second) for good in lost.tolist()], "示例录入员"
    )
    cases = {good: begin + at for at, good in enumerate(lost.tolist())}
    third = _decided(db, subjects, DECIDED, {"revoked": lost})
    for day, acts in _path(subjects, cases, third):
        _write(db, day, acts, "示例审核员")
    make_demonstration(db, DAY, at=MADE, by="bench")


def _path(
    subjects: list[str], cases: Mapping[int, int], decided: Mapping[int, int]
) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    """What follows a notice, day by day."""
    told = {"delivered_on": DELIVERED.isoformat(), "defence_until": "2020-12-09"}
    every = cases.items()
    yield DELIVERED, [{**_act(subjects, g, "deliver", DELIVERED, None, case=c), **told} for g, c in every]
    silent = {"details": '{"text": null}'}
    yield HEARD, [{**_act(subjects, good, "hear", HEARD, None, case=case), **silent} for good, case in every]
    effective = {"effective_on": REVOKED.isoformat()}
    yield (
        DECIDED,
        [
            {**_act(subjects, good, "revoke", DECIDED, decided, case=case, state="revoked"), **effective}
            for good, case in every
        ],
    )


def _act(
    subjects: list[str],
    good: int,
    kind: str,
    day: date,
    decided: Mapping[int, int] | None,
    *,
    case: int | None = None,
    state: str | None = None,
) -> dict[str, Any]:
    return {
        "good_entity": good + 1,
        "subject": subjects[good],
        "benefit": "logistics",
        "kind": kind,
        "done_on": day.isoformat(),
        "case_id": case,
        "state": state,
        "effective_on": day.isoformat() if state else None,
        "overrides": 0,
        "decision_id": decided[good] if decided is not None else None,
        "reason": "示例" if kind == "revoke" else None,
        "details": "{}",
    }


def _write(db: Database, day: date, rows: list[dict[str, Any]], by: str) -> None:
    """Acts of one day, which is the working day of a demonstration meanwhile: an act is done on no other."""
    make_demonstration(db, day, at=MADE, by="bench")
    begin = next_id(db, "acts")
    record(db, "act", {"acts": [{"id": begin + at, **row} for at, row in enumerate(rows)]}, at=MADE, by=by)


def _decided(
    db: Database, subjects: list[str], day: date, verdicts: Mapping[str, np.ndarray]
) -> dict[int, int]:
    """The decisions that acts rest on, without their grounds; gives the id of each good's."""
    program = program_named()
    header = RunHeader(program.program, program.digest, day, KNOWN_AT, values_in_force(program, day), {})
    begin = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM decisions").fetchone()[0])
    goods = [(good, verdict) for verdict, some in verdicts.items() for good in some.tolist()]
    kept = [
        Decision(good + 1, subjects[good], "logistics", verdict, 1, "{}", "{}", "[]")
        for good, verdict in goods
    ]
    record_run(db, header, kept, program.text, at=MADE, by="bench")
    return {good: begin + at for at, (good, _) in enumerate(goods)}
