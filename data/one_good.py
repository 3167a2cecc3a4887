"""One good out of the registers: what it is called, and every inspection ever recorded of it with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from data.register import register
from data.tables import written_columns
from data.versions import END_OF_TIME, known

ABOUT = {
    "entity": "goods.entity",
    "household_no": "goods.household_no",
    "product_code": "goods.product_code",
    "product_name": "products.product_name",
    "category": "products.category",
    "source": "goods.source",
    "fit_for_online_sale": "goods.fit_for_online_sale",
    "registered_on": "goods.registered_on",
    "head_name": "households.head_name",
    "household_since": "households.registered_on",
    "household_left": "households.left_on",
    "village_name": "villages.village_name",
    "township_name": "townships.township_name",
}
PARENTS = (
    ("products", "goods.product_entity"),
    ("households", "goods.household_entity"),
    ("villages", "households.village_entity"),
    ("townships", "villages.township_entity"),
)


@dataclass(frozen=True)
class Recorded:
    """A row that was recorded about a good. `conclusion`, `result_date` are those of an inspection, else None."""

    at: str  # the instant, UTC text
    register: str
    key: str
    version: int
    conclusion: str | None
    result_date: str | None


def recorded_since(db: Database, good: int, seq: int) -> list[Recorded]:
    """What was recorded about one good (entity) after a chain entry, the oldest first: its inspections (also those
    that were this good's before a correction), itself, its household and product."""
    parent = "entity IN (SELECT {0} FROM goods WHERE entity = :good)"
    parts = (
        ("inspections", "sample_no", "entity IN (SELECT entity FROM inspections WHERE good_entity = :good)"),
        ("goods", "household_no || '/' || product_code", "entity = :good"),
        ("households", "household_no", parent.format("household_entity")),
        ("products", "product_code", parent.format("product_entity")),
    )
    result = {"inspections": "conclusion, result_date"}
    sql = " UNION ALL ".join(
        f"SELECT recorded_at, '{table}', {key}, version, {result.get(table, 'NULL, NULL')}, recorded_seq AS seq"
        f" FROM {table} WHERE recorded_seq > :seq AND {where}"
        for table, key, where in parts
    )
    rows = db.execute(f"{sql} ORDER BY seq", {"good": good, "seq": seq}).fetchall()
    return [Recorded(*row[:-1]) for row in rows]


def about_good(db: Database, subject: str, known_at: str | None = None) -> dict[str, Any] | None:
    """What the registers said of one good at K (canonical UTC text; None: now); None where it is not there."""
    household, _, product = subject.partition("/")
    joins = " ".join(
        f"JOIN {table} ON {table}.entity = {column} AND {known(table)}" for table, column in PARENTS
    )
    row = db.execute(
        f"SELECT {', '.join(ABOUT.values())} FROM goods {joins}"
        f" WHERE goods.household_no = :household AND goods.product_code = :product AND {known('goods')}",
        {"household": household, "product": product, "k": known_at or END_OF_TIME},
    ).fetchone()
    return dict(zip(ABOUT, row, strict=True)) if row else None


def versions_about(db: Database, good: int, known_at: str | None = None) -> dict[int, list[dict[str, Any]]]:
    """All versions recorded by K of every sample that was ever this good's, by entity, the oldest first.

    `good` is the good's entity. A sample that a correction moved to another good is here too: its last
    version then names that one.
    """
    columns = written_columns(register("inspections"))
    sql = (
        f"SELECT {', '.join(columns)} FROM inspections WHERE recorded_at <= :k AND entity IN"
        " (SELECT entity FROM inspections WHERE good_entity = :good AND recorded_at <= :k)"
        " ORDER BY entity, version"
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in db.execute(sql, {"good": good, "k": known_at or END_OF_TIME}):
        version = dict(zip(columns, row, strict=True))
        found.setdefault(version["entity"], []).append(version)
    return found
