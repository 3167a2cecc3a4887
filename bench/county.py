"""A county drawn at random, as columns of the registers: with every turn that the rules follow."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.seed import townships
from data.seed.families import villages
from data.seed.produce import PRODUCTS

Columns = dict[str, NDArray[Any]]
Generator = np.random.Generator

START, END = np.datetime64("2017-10-01"), np.datetime64("2021-09-30")
_FAILURE_RATES = ((0.88, 0.01), (0.09, 0.15), (0.03, 0.55))  # share of goods, chance of a failure


def size_of(columns: Columns) -> int:
    """How many rows they are."""
    return len(next(iter(columns.values())))


def county(goods: int, inspections: int, seed: int) -> tuple[dict[str, Columns], dict[str, Columns]]:
    """First versions of all registers, and later versions of some rows (with `entity` and `version`).

    `inspections` counts samples: 99 in 100 are originals, one is a re-inspection.
    """
    draw = np.random.default_rng(seed)
    places = _columns(townships()), _columns(villages(Random(seed)))
    homes = max(1, goods * 57 // 100)
    tables = {
        "townships": places[0],
        "villages": {**places[1], "township_entity": np.arange(places[1]["village_code"].size) // 10 + 1},
        "households": _households(homes, places[1]["village_code"], draw),
        "products": _columns([product.row() for product in PRODUCTS]),
    }
    tables["goods"] = _goods(goods, tables, draw)
    tables["inspections"] = _inspections(inspections, tables["goods"], draw)
    return tables, {"inspections": _corrections(tables["inspections"], draw)}


def _columns(rows: list[dict[str, Any]]) -> Columns:
    return {name: np.array([row[name] for row in rows], dtype=object) for name in rows[0]}


def _texts(days: NDArray[np.datetime64]) -> NDArray[np.object_]:
    return days.astype("datetime64[D]").astype(str).astype(object)


def _later(day: NDArray[np.datetime64] | np.datetime64, days: NDArray[Any]) -> NDArray[np.datetime64]:
    after: NDArray[np.datetime64] = np.asarray(day, dtype="datetime64[D]") + days.astype("timedelta64[D]")
    return after


def _numbered(letter: str, numbers: NDArray[Any], width: int) -> NDArray[np.object_]:
    return np.array([f"{letter}{number:0{width}d}" for number in numbers.tolist()], dtype=object)


def _households(size: int, homes: NDArray[np.object_], draw: Generator) -> Columns:
    village = draw.integers(0, homes.size, size)
    left = _texts(_later(START, draw.integers(600, 1700, size)))
    left[draw.random(size) > 0.05] = None
    numbers = np.arange(1, size + 1)
    return {
        "household_no": _numbered("H", numbers, 6),
        "village_code": homes[village],
        "head_name": _numbered("示例户", numbers, 6),
        "registered_on": _texts(_later(np.datetime64("2014-01-01"), draw.integers(0, 1300, size))),
        "left_on": left,
        "village_entity": village + 1,
    }


def _goods(size: int, tables: dict[str, Columns], draw: Generator) -> Columns:
    """Household by household in turn, so that no household has a product twice."""
    homes, products = tables["households"]["household_no"], tables["products"]["product_code"]
    home = np.arange(size) % homes.size
    product = (
        draw.integers(0, products.size, homes.size)[home] + np.arange(size) // homes.size
    ) % products.size
    fit = draw.choice(np.array([1, 0, None], dtype=object), size, p=(0.94, 0.05, 0.01))
    return {
        "household_no": homes[home],
        "product_code": products[product],
        "source": draw.choice(
            np.array(["grown", "produced", "acquired"], dtype=object), size, p=(0.6, 0.3, 0.1)
        ),
        "fit_for_online_sale": fit,
        "registered_on": _texts(_later(np.datetime64("2017-09-01"), draw.integers(0, 1300, size))),
        "household_entity": home + 1,
        "product_entity": product + 1,
    }


def _inspections(size: int, goods: Columns, draw: Generator) -> Columns:
    """Originals in the order of sampling, then the re-inspections of some."""
    again = size // 100
    first = size - again
    good = draw.integers(0, size_of(goods), first)
    days = np.sort(draw.integers(0, (END - START).astype(int) - 1, first))
    sampled = _later(START, days)
    result = _later(sampled, _days_to_result(first, draw))
    concluded = _conclusions(good, size_of(goods), draw)
    original = _retested(concluded, again, draw)
    good = np.concatenate((good, good[original]))
    taken = np.concatenate((sampled, result[original]))
    result = np.concatenate((result, _later(result[original], draw.integers(0, 12, again))))
    upheld = np.where(draw.random(again) < 0.8, "fail", "pass").astype(object)
    numbers = _numbered("S", draw.permutation(size) + 1, 8)
    blank = np.full(size, None, dtype=object)
    original_entity, reinspection_of = blank.copy(), blank.copy()
    original_entity[first:] = original + 1
    reinspection_of[first:] = numbers[original]
    return {
        "sample_no": numbers,
        "household_no": goods["household_no"][good],
        "product_code": goods["product_code"][good],
        "sampling_date": _texts(taken),
        "result_date": _texts(result),
        "method": np.full(size, "quantitative", dtype=object),
        "item": np.full(size, "农药残留", dtype=object),
        "conclusion": np.concatenate((concluded, upheld)),
        "reinspection_of": reinspection_of,
        "agency": np.full(size, "示例检验中心", dtype=object),
        "good_entity": good + 1,
        "original_entity": original_entity,
    }


def _days_to_result(size: int, draw: Generator) -> NDArray[np.int64]:
    usual = np.where(draw.random(size) < 0.4, 0, draw.integers(3, 13, size))
    return np.where(draw.random(size) < 0.02, draw.integers(25, 70, size), usual)


def _conclusions(good: NDArray[np.int64], goods: int, draw: Generator) -> NDArray[np.object_]:
    shares, rates = zip(*_FAILURE_RATES, strict=True)
    rate = draw.choice(np.array(rates), goods, p=shares)
    found = np.where(draw.random(good.size) < rate[good], "fail", "pass").astype(object)
    uncounted = draw.random(good.size)
    found[uncounted < 0.02] = "pending"
    found[uncounted > 0.99] = "not_applicable"
    return found


def _retested(concluded: NDArray[np.object_], again: int, draw: Generator) -> NDArray[np.int64]:
    """Rows of the originals: mostly failures, some twice; what is pending too."""
    asked = np.flatnonzero((concluded == "fail") | (concluded == "pending"))
    pool = asked if asked.size else np.arange(concluded.size)
    return np.sort(draw.choice(pool, again))


def _corrections(inspections: Columns, draw: Generator) -> Columns:
    """A second version of one original in 500, with the opposite conclusion."""
    originals = np.flatnonzero(inspections["reinspection_of"] == None)  # noqa: E711
    row = np.sort(draw.choice(originals, originals.size // 500, replace=False))
    changed = {name: column[row] for name, column in inspections.items()}
    changed["conclusion"] = np.where(changed["conclusion"] == "fail", "pass", "fail").astype(object)
    return {**changed, "entity": row + 1, "version": np.full(row.size, 2)}
