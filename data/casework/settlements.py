"""What was settled: drafts and confirmed settlements as they were recorded, their lines, and what was paid by them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlite_utils import Database

from data.canonical import Cell

SERIES = "结算"
_CONFIRMED = "settlement_id IN (SELECT settlement_id FROM settlement_steps WHERE kind = 'confirm')"
_COLUMNS = (
    "id, number, program, digest, claimed_until, done_on, known_at, known_seq, parameters, engines, pool,"
    " lines, due, paid, note, recorded_at, recorded_by"
)


@dataclass(frozen=True)
class Step:
    """What was done with a draft: `check`, `confirm` or `discard`, on which day, by whom."""

    kind: str
    done_on: str
    document_no: str | None
    reason: str | None
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class Settlement:
    """One settlement and its steps. Days are ISO texts, money is 分; `pool` None: no fixed sum to share.

    `due` adds up what its claims are entitled to before cap and pool, `paid` what all its lines pay and recover.
    """

    id: int
    number: str
    program: str
    digest: str
    claimed_until: str
    done_on: str
    known_at: str
    known_seq: int
    parameters: Mapping[str, int]
    engines: Mapping[str, str]
    pool: int | None
    lines: int
    due: int
    paid: int
    note: str | None
    recorded_at: str
    recorded_by: str
    steps: Mapping[str, Step]

    @property
    def state(self) -> str:
        """`draft`, `checked`, `confirmed` or `discarded`."""
        for kind, state in (("discard", "discarded"), ("confirm", "confirmed"), ("check", "checked")):
            if kind in self.steps:
                return state
        return "draft"

    @property
    def is_open(self) -> bool:
        """Neither confirmed nor discarded."""
        return self.state in ("draft", "checked")


class Line(NamedTuple):
    """One line as it is kept, without its settlement and number; findings, facts, evidence are canonical JSON.

    A `claim` line: `due` by the method, `capped` after the household's cap, `paid` out of the pool. An `adjustment`:
    `due` is what the shipment is entitled to now, `capped` the change asked for (below nought: to be recovered),
    `paid` what is given of it. `household_no` and `shipped_on` say against whose cap, and which year's, it counts.
    """

    kind: str
    shipment_entity: int
    shipment_row: int
    claim_no: str
    subject: str
    household_no: str
    shipped_on: str
    verdict: str
    row: int
    findings: str
    facts: str
    evidence: str
    due: int
    capped: int
    paid: int
    adjusts: int | None


class Settled(NamedTuple):
    """A claim line of a confirmed settlement that decided its shipment: the one that later lines adjust."""

    shipment_entity: int
    id: int
    settlement_id: int
    household_no: str
    shipped_on: str
    due: int
    capped: int


class Account(NamedTuple):
    """What one household has of one settled shipment in one calendar year: `paid` by all lines, the rest of the last."""

    shipment_entity: int
    household_no: str
    shipped_on: str
    last: int
    subject: str
    due: int
    paid: int

    @property
    def cap(self) -> tuple[str, str]:
        """The household and year whose cap it uses."""
        return self.household_no, self.shipped_on[:4]


class Outcome(NamedTuple):
    """What confirmed settlements have said of one shipment: `paid` by all lines together, the rest of the last."""

    shipment_entity: int
    last: int
    shipment_row: int
    verdict: str
    findings: str
    paid: int


def settlement(db: Database, number: str) -> Settlement | None:
    """One settlement by its number, `结算〔2021〕1号`."""
    return next(_settlements(db, "WHERE number = ?", [number]), None)


def settlement_of_line(db: Database, line: int) -> Settlement | None:
    """The settlement that a line belongs to."""
    where = "WHERE id = (SELECT settlement_id FROM settlement_lines WHERE id = ?)"
    return next(_settlements(db, where, [line]), None)


def settlements(db: Database) -> list[Settlement]:
    """All of them, the newest first."""
    return list(_settlements(db, "ORDER BY id DESC", []))


def settlements_by_id(db: Database) -> dict[int, Settlement]:
    """All of them by the id that lines carry."""
    return {one.id: one for one in settlements(db)}


def open_draft(db: Database) -> Settlement | None:
    """The one that is neither confirmed nor discarded; the tables allow no second."""
    newest = next(_settlements(db, "ORDER BY id DESC LIMIT 1", []), None)
    return newest if newest is not None and newest.is_open else None


def next_number(db: Database, year: int) -> str:
    """The number that the next draft of a year has; a discarded draft keeps its own."""
    start = f"{SERIES}〔{year}〕"
    made = db.execute("SELECT count(*) FROM settlements WHERE number LIKE ? || '%'", [start]).fetchone()[0]
    return f"{start}{made + 1}号"


def lines_of(db: Database, settlement_id: int) -> Iterator[Line]:
    """A settlement's lines in the order of writing."""
    rows = db.execute(
        f"SELECT {', '.join(Line._fields)} FROM settlement_lines WHERE settlement_id = ? ORDER BY id",
        [settlement_id],
    )
    return map(Line._make, rows)


def lines_with_waybills(db: Database, settlement_id: int) -> Iterator[tuple[Line, str, int]]:
    """Each line with the waybill and the fee (分) of the shipment's version that it rests on."""
    names = ", ".join(f"settlement_lines.{name}" for name in Line._fields)
    rows = db.execute(
        f"SELECT {names}, shipments.waybill_no, shipments.fee FROM settlement_lines"
        " JOIN shipments ON shipments.id = shipment_row WHERE settlement_id = ? ORDER BY settlement_lines.id",
        [settlement_id],
    )
    return ((Line(*row[:-2]), row[-2], row[-1]) for row in rows)


def lines_about(db: Database, claim_no: str) -> list[tuple[str, Line]]:
    """Every line of confirmed settlements about one claim, with its settlement's number, the oldest first."""
    names = ", ".join(f"settlement_lines.{name}" for name in Line._fields)
    rows = db.execute(
        f"SELECT number, {names} FROM settlement_lines JOIN settlements ON settlements.id = settlement_id"
        f" WHERE claim_no = ? AND {_CONFIRMED} ORDER BY settlement_lines.id",
        [claim_no],
    )
    return [(row[0], Line(*row[1:])) for row in rows]


def settled(db: Database) -> list[Settled]:
    """The claim lines that settled a shipment (payable or refused), in the order of shipments."""
    rows = db.execute(
        f"SELECT {', '.join(Settled._fields)} FROM settlement_lines"
        f" WHERE kind = 'claim' AND verdict <> 'cannot_decide' AND {_CONFIRMED} ORDER BY shipment_entity"
    )
    return list(map(Settled._make, rows))


def accounts(db: Database) -> list[Account]:
    """What was paid and is due by the lines of confirmed settlements, in the order of shipments."""
    rows = db.execute(
        "SELECT shipment_entity, household_no, shipped_on, max(id), subject, due, sum(paid) FROM settlement_lines"
        f" WHERE (kind = 'adjustment' OR verdict <> 'cannot_decide') AND {_CONFIRMED}"
        " GROUP BY shipment_entity, household_no, substr(shipped_on, 1, 4) ORDER BY 1, 2, 3"
    )
    return list(map(Account._make, rows))  # a bare column is that of the row with max(id)


def outcomes(db: Database, shipments: Sequence[int], known_at: str) -> dict[int, Outcome]:
    """By shipment, what settlements confirmed by an instant (canonical UTC text) had said of some of them."""
    rows = db.execute(
        "SELECT shipment_entity, max(settlement_lines.id), shipment_row, verdict, findings, sum(paid)"
        " FROM settlement_lines JOIN settlement_steps AS step ON step.settlement_id = settlement_lines.settlement_id"
        " AND step.kind = 'confirm' AND step.recorded_at <= :k WHERE verdict <> 'cannot_decide'"
        " AND shipment_entity IN (SELECT value FROM json_each(:some)) GROUP BY shipment_entity",
        {"k": known_at, "some": json.dumps(list(shipments))},
    )
    return {row[0]: Outcome._make(row) for row in rows}


def paid_by_year(db: Database) -> dict[tuple[str, int], int]:
    """By household and calendar year of the ship date, what confirmed settlements have paid in all."""
    rows = db.execute(
        "SELECT household_no, CAST(substr(shipped_on, 1, 4) AS INTEGER), sum(paid) FROM settlement_lines"
        f" WHERE {_CONFIRMED} GROUP BY 1, 2"
    )
    return {(household, year): paid for household, year, paid in rows}


def shares_given(db: Database) -> dict[int, tuple[int, int]]:
    """By confirmed settlement: what it gave out, for what was asked of it after the caps (分)."""
    rows = db.execute(
        "SELECT settlement_id, sum(max(paid, 0)), sum(max(capped, 0)) FROM settlement_lines"
        f" WHERE {_CONFIRMED} GROUP BY settlement_id"
    )
    return {number: (given, asked) for number, given, asked in rows}


def line_rows(lines: Iterator[Line], settlement_id: int, first: int) -> list[dict[str, Cell]]:
    """Lines as rows of their table, numbered from `first`."""
    return [
        {"id": number, "settlement_id": settlement_id, **line._asdict()}
        for number, line in enumerate(lines, first)
    ]


def _settlements(db: Database, where: str, values: list[Any]) -> Iterator[Settlement]:
    for row in db.execute(f"SELECT {_COLUMNS} FROM settlements {where}", values).fetchall():
        named = dict(zip(_COLUMNS.replace(" ", "").split(","), row, strict=True))
        parsed = {name: json.loads(named[name]) for name in ("parameters", "engines")}
        yield Settlement(**{**named, **parsed, "steps": _steps(db, named["id"])})


def _steps(db: Database, settlement_id: int) -> dict[str, Step]:
    rows = db.execute(
        "SELECT kind, done_on, document_no, reason, recorded_at, recorded_by FROM settlement_steps"
        " WHERE settlement_id = ? ORDER BY id",
        [settlement_id],
    )
    return {row[0]: Step(*row) for row in rows}
