"""The packaging ledger as it is read: what lies where, what goods hold, and every move with its slip.

A move takes a quantity of one item out of a storage place or a good, or from outside, into a place, a good or
outside. Balances are sums of moves; nothing else is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from data.register import register
from data.versions import END_OF_TIME, as_known, known

KINDS = ("receive", "transfer", "issue", "return", "use_up", "lost", "write_off")


class Item(NamedTuple):
    """One kind of packaging; `kind` is `equipment` (handed back) or `material` (used up)."""

    entity: int
    code: str
    name: str
    kind: str
    unit: str


class Place(NamedTuple):
    """One storage place."""

    entity: int
    code: str
    name: str


class HeldItem(NamedTuple):
    """So much of one item that a good holds without a break `since` a day (ISO); what came back whole is over."""

    item_code: str
    name: str
    kind: str
    unit: str
    quantity: int
    since: str


@dataclass(frozen=True)
class Move:
    """One line of a slip, in the words of the registers. Days are ISO texts; places are codes."""

    id: int
    slip_no: str
    kind: str
    done_on: str
    item_code: str
    item_name: str
    unit: str
    quantity: int
    from_place: str | None
    to_place: str | None
    subject: str | None
    reason: str | None
    recorded_by: str
    recorded_at: str


def items(db: Database) -> dict[str, Item]:
    """Every item by its code."""
    rows = as_known(db, register("packaging_items"))
    found = (Item(r["entity"], r["item_code"], r["item_name"], r["item_kind"], r["item_unit"]) for r in rows)
    return {item.code: item for item in sorted(found, key=lambda item: item.code)}


def places(db: Database) -> dict[str, Place]:
    """Every storage place by its code."""
    rows = as_known(db, register("storage_places"))
    found = (Place(r["entity"], r["place_code"], r["place_name"]) for r in rows)
    return {place.code: place for place in sorted(found, key=lambda place: place.code)}


def stock(db: Database, day: date | None = None) -> dict[tuple[int, int], int]:
    """How much lies at each (place, item), by entity, at the end of a day (None: now); nothing there is left out."""
    rows = db.execute(
        "SELECT place, item_entity, sum(quantity) AS balance FROM ("
        " SELECT to_place AS place, item_entity, quantity, done_on FROM packaging_moves"
        " UNION ALL SELECT from_place, item_entity, -quantity, done_on FROM packaging_moves)"
        " WHERE place IS NOT NULL AND done_on <= ? GROUP BY place, item_entity HAVING balance > 0",
        [_until(day)],
    )
    return {(place, item): quantity for place, item, quantity in rows}


def held_by(db: Database, subject: str) -> list[HeldItem]:
    """Everything that one good (`户编号/产品编码`) holds now, by item code."""
    return held_by_goods(db, subject=subject).get(subject, [])


def held_by_goods(
    db: Database, *, subject: str | None = None, household: str | None = None, day: date | None = None
) -> dict[str, list[HeldItem]]:
    """What goods hold at the end of a day (None: now), by subject: one good, one household's, or all."""
    # Where the balance after a move is the move itself, the good held none before: there its holding begins.
    rows = db.execute(
        "WITH signed AS (SELECT id, subject, item_entity, done_on,"
        " CASE WHEN to_good IS NULL THEN -quantity ELSE quantity END AS change FROM packaging_moves"
        " WHERE subject IS NOT NULL AND (:subject IS NULL OR subject = :subject)"
        " AND (:household IS NULL OR substr(subject, 1, length(:household) + 1) = :household || '/')"
        " AND done_on <= :until), counted AS (SELECT *,"
        " sum(change) OVER (PARTITION BY subject, item_entity ORDER BY id) AS after FROM signed)"
        " SELECT subject, item_code, item_name, item_kind, item_unit, sum(change) AS balance,"
        " max(done_on) FILTER (WHERE after = change)"
        " FROM counted JOIN packaging_items ON packaging_items.entity = item_entity"
        f" WHERE {known('packaging_items')}"
        " GROUP BY subject, item_entity HAVING balance > 0 ORDER BY subject, item_code",
        {"subject": subject, "household": household, "until": _until(day), "k": END_OF_TIME},
    )
    found: dict[str, list[HeldItem]] = {}
    for good, *item in rows:
        found.setdefault(good, []).append(HeldItem(*item))
    return found


def moves(
    db: Database,
    *,
    kind: str | None = None,
    item: str | None = None,
    place: str | None = None,
    subject: str | None = None,
    slip_no: str | None = None,
    since: date | None = None,
    until: date | None = None,
    after: int = 0,
) -> list[Move]:
    """The lines of slips, the newest first; each filter that is given narrows them. `item`, `place` are codes.

    `subject` is a good or, without its product, a whole household; `after` the id of a move: only later ones.
    """
    rows = db.execute(
        "SELECT packaging_moves.id, slip_no, packaging_moves.kind, done_on, item_code, item_name, item_unit,"
        " quantity, source.place_code, target.place_code, subject, packaging_moves.reason,"
        " packaging_moves.recorded_by, packaging_moves.recorded_at FROM packaging_moves"
        f" JOIN packaging_items ON packaging_items.entity = item_entity AND {known('packaging_items')}"
        " LEFT JOIN storage_places AS source ON source.id = from_place"
        " LEFT JOIN storage_places AS target ON target.id = to_place"
        " WHERE (:kind IS NULL OR packaging_moves.kind = :kind) AND (:item IS NULL OR item_code = :item)"
        " AND (:place IS NULL OR :place IN (source.place_code, target.place_code))"
        " AND (:subject IS NULL OR subject = :subject"
        " OR substr(subject, 1, length(:subject) + 1) = :subject || '/')"
        " AND (:slip IS NULL OR slip_no = :slip) AND packaging_moves.id > :after"
        " AND done_on BETWEEN :since AND :until ORDER BY packaging_moves.id DESC",
        {
            "kind": kind,
            "item": item,
            "place": place,
            "subject": subject,
            "slip": slip_no,
            "after": after,
            "since": since.isoformat() if since else "",
            "until": _until(until),
            "k": END_OF_TIME,
        },
    )
    return [Move(*row) for row in rows]


def last_move(db: Database, *, subject: str | None, place: str | None) -> int:
    """The id of the last move about a good or, without one, in or out of a storage place (code); 0: there is none."""
    row = db.execute(
        "SELECT coalesce(max(packaging_moves.id), 0) FROM packaging_moves"
        " LEFT JOIN storage_places AS source ON source.id = from_place"
        " LEFT JOIN storage_places AS target ON target.id = to_place"
        " WHERE CASE WHEN :subject IS NULL THEN :place IN (source.place_code, target.place_code)"
        " ELSE subject = :subject END",
        {"subject": subject, "place": place},
    ).fetchone()
    return int(row[0])


def slips_of(db: Database, kind: str, year: int) -> int:
    """How many slips of a kind a year has."""
    row = db.execute(
        "SELECT count(DISTINCT slip_no) FROM packaging_moves WHERE kind = ? AND substr(done_on, 1, 4) = ?",
        [kind, f"{year:04d}"],
    ).fetchone()
    return int(row[0])


def _until(day: date | None) -> str:
    return day.isoformat() if day else END_OF_TIME
