"""From the registers to arrays: what a decision looks at, as known at an instant.

Days are whole days since 1970-01-01. The arrays of goods are in the order of their subject; those
of samples are sorted by (good, sampling day, sample number), as the running figures need them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from data.as_numbers import day_number, day_number_or, place_among
from data.versions import END_OF_TIME, known

Ints = NDArray[np.int64]
Texts = NDArray[np.object_]

FAR_AWAY = 10**6  # the day of leaving of a household that has not left
SOURCES = ("grown", "produced", "acquired")
CONCLUSIONS = ("pass", "fail")


@dataclass(frozen=True)
class GoodsRead:
    """Goods with what their product and household say, one row per good."""

    entity: Ints
    subject: Texts  # 户编号/产品编码
    registered: Ints
    source: Ints  # index in SOURCES
    fit: Ints  # 1, 0, or -1 where blank
    standardised: Ints
    poor_from: Ints
    poor_until: Ints


@dataclass(frozen=True)
class SamplesRead:
    """Inspections of those goods; `good` and `again_of` are rows of the arrays beside them."""

    id: Ints  # of the row version
    good: Ints
    sampled: Ints
    result: Ints
    conclusion: Ints  # index in CONCLUSIONS; 2 for what is not counted
    again_id: Ints
    again_of: Ints
    again_result: Ints
    again_conclusion: Ints


@dataclass(frozen=True)
class EvidenceRow:
    """One inspection that a decision rests on: the version, its days as ISO text, its stored conclusion."""

    id: int
    sample_no: str
    version: int
    sampling_date: str
    result_date: str
    conclusion: str
    reinspection_of: str | None


def evidence_rows(db: Database, ids: Sequence[int]) -> tuple[EvidenceRow, ...]:
    """The inspections with these row-version ids, by sampling day and number."""
    names = ", ".join(field.name for field in fields(EvidenceRow))
    marks = ",".join("?" * len(ids))
    sql = f"SELECT {names} FROM inspections WHERE id IN ({marks}) ORDER BY sampling_date, sample_no"
    return tuple(EvidenceRow(*row) for row in db.execute(sql, list(ids)))


def read_goods(db: Database, known_at: str | None, subject: str | None = None) -> GoodsRead:
    """Every good as known at an instant (canonical UTC text; None is now), or only one of them."""
    where, bind = _one_good(subject)
    goods = _columns(
        db,
        "goods",
        "entity, household_no || '/' || product_code, household_entity, product_entity,"
        f" {day_number('registered_on')}, {place_among('source', SOURCES)}, coalesce(fit_for_online_sale, -1)",
        known_at,
        where,
        bind,
    )
    if not goods:
        return GoodsRead(*(np.empty(0, dtype=object if n == 1 else np.int64) for n in range(8)))
    order = np.argsort(np.array(goods[1], dtype=object), kind="stable")
    entity, subjects, household, product, registered, source, fit = (np.array(c)[order] for c in goods)
    poor_from, poor_until = _looked_up(
        db,
        "households",
        f"entity, {day_number('registered_on')}, {day_number_or('left_on', FAR_AWAY)}",
        household,
        known_at,
    )
    (standardised,) = _looked_up(db, "products", "entity, standardised", product, known_at)
    return GoodsRead(
        entity, subjects.astype(object), registered, source, fit, standardised, poor_from, poor_until
    )


def read_samples(
    db: Database, known_at: str | None, goods: GoodsRead, subject: str | None = None
) -> SamplesRead:
    """The inspections of the goods as known at an instant, sorted as the module says."""
    where, bind = (
        ("", {}) if subject is None else (" AND good_entity = :good", {"good": int(goods.entity[0])})
    )
    first = _packed(db, "entity", f"original_entity IS NULL{where}", known_at, bind)
    entity, sampled, result, conclusion, row, own = first
    good, kept = _positions(goods.entity, entity)
    if kept.size < entity.size:  # goods that are not asked
        good, sampled, result, conclusion, row, own = (
            c[kept] for c in (good, sampled, result, conclusion, row, own)
        )
    order = np.argsort(good << 20 | sampled, kind="stable")
    order = _ties_by_number(db, order, good, sampled, row)
    again = _packed(db, "original_entity", f"original_entity IS NOT NULL{where}", known_at, bind)
    again_of, kept = _positions(own[order], again[5])
    by_result = _by_result_and_number(db, again[2], again[4], kept)
    return SamplesRead(
        id=row[order],
        good=good[order],
        sampled=sampled[order],
        result=result[order],
        conclusion=conclusion[order],
        again_id=again[4][by_result],
        again_of=again_of[by_result],
        again_result=again[2][by_result],
        again_conclusion=again[3][by_result],
    )


def _packed(
    db: Database, named: str, where: str, known_at: str | None, bind: dict[str, Any]
) -> tuple[Ints, ...]:
    """(good entity, sampling day, result day, conclusion, row id, `named` entity) of samples.

    Packed into three integers a row: reading tuples of six costs three times as much.
    """
    cursor = db.execute(
        "SELECT (good_entity << 34) | (sampling_day << 17) | result_day,"
        " (id << 2) | CASE conclusion WHEN 'pass' THEN 0 WHEN 'fail' THEN 1 ELSE 2 END,"
        f" {named} FROM inspections WHERE {where} AND {known('inspections')}",
        {"k": known_at or END_OF_TIME, **bind},
    )
    flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)
    when, row, entity = flat[0::3], flat[1::3], flat[2::3]
    day = (1 << 17) - 1
    return when >> 34, when >> 17 & day, when & day, row & 3, row >> 2, entity


def _ties_by_number(db: Database, order: Ints, good: Ints, sampled: Ints, row: Ints) -> Ints:
    """Samples of one good on one day stand in the order of their numbers, as text."""
    key = (good << 20 | sampled)[order]
    same = np.flatnonzero(key[1:] == key[:-1])
    if not same.size:
        return order
    tied = np.unique(np.concatenate((same, same + 1)))
    numbers = _sample_numbers(db, row[order[tied]])
    ranked = sorted(range(tied.size), key=lambda i: (key[tied[i]], numbers[i]))
    sorted_order = order.copy()
    sorted_order[tied] = order[tied[ranked]]
    return sorted_order


def _by_result_and_number(db: Database, result: Ints, row: Ints, kept: Ints) -> Ints:
    numbers = _sample_numbers(db, row[kept])
    return kept[
        np.array(sorted(range(kept.size), key=lambda i: (result[kept[i]], numbers[i])), dtype=np.int64)
    ]


def _sample_numbers(db: Database, rows: Ints) -> list[str]:
    """The sample numbers of row versions, in the order asked."""
    found: dict[int, str] = {}
    for start in range(0, rows.size, 500):
        some = rows[start : start + 500].tolist()
        marks = ",".join("?" * len(some))
        found.update(
            db.execute(f"SELECT id, sample_no FROM inspections WHERE id IN ({marks})", some).fetchall()
        )
    return [found[row] for row in rows.tolist()]


def _positions(have: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """Where each asked value stands in `have`, and which of the asked stand there at all."""
    if not have.size or not asked.size:
        return np.full(asked.size, -1, dtype=np.int64), np.empty(0, dtype=np.int64)
    sorter = np.argsort(have)
    at = np.minimum(np.searchsorted(have, asked, sorter=sorter), have.size - 1)
    return sorter[at], np.flatnonzero(have[sorter[at]] == asked)


def _looked_up(db: Database, table: str, columns: str, entities: Ints, known_at: str | None) -> list[Ints]:
    """The columns after the first (the entity) for each of the entities; one alone is read by its index."""
    where, bind = (" AND entity = :one", {"one": int(entities[0])}) if entities.size == 1 else ("", {})
    read = [np.array(c, dtype=np.int64) for c in _columns(db, table, columns, known_at, where, bind)]
    at, _ = _positions(read[0], entities)
    return [column[at] for column in read[1:]]


def _columns(
    db: Database,
    table: str,
    columns: str,
    known_at: str | None,
    where: str = "",
    bind: dict[str, Any] | None = None,
) -> list[tuple[Any, ...]]:
    sql = f"SELECT {columns} FROM {table} WHERE {known(table)}{where}"
    return list(zip(*db.execute(sql, {"k": known_at or END_OF_TIME, **(bind or {})}).fetchall(), strict=True))


def _one_good(subject: str | None) -> tuple[str, dict[str, Any]]:
    if subject is None:
        return "", {}
    household, _, product = subject.partition("/")
    return " AND household_no = :household AND product_code = :product", {
        "household": household,
        "product": product,
    }
