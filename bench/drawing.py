"""Columns drawn at random for a yardstick: days, months, codes, pairs that are all different."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.county import Generator

FIRST_MONTH, MONTHS = np.datetime64("2017-10"), 48
START, END = np.datetime64("2017-10-01"), np.datetime64("2021-09-30")


def pairs(draw: Generator, left: int, right: int, number: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """So many different pairs, in the order of the left."""
    chosen = np.unique(draw.integers(0, left * right, number * 2))
    chosen = np.sort(draw.permutation(chosen)[:number]) if chosen.size > number else chosen
    if chosen.size < number:
        chosen = np.sort(draw.choice(left * right, number, replace=False))
    return np.divmod(chosen, right)


def objects(values: list[Any]) -> NDArray[Any]:
    return np.array(values, dtype=object)


def same(value: Any, size: int) -> NDArray[Any]:
    return np.full(size, value, dtype=object)


def only(values: NDArray[Any], kept: NDArray[Any]) -> NDArray[Any]:
    found = values.astype(object)
    found[~kept] = None
    return found


def coded(letter: str, size: int) -> NDArray[Any]:
    return objects([f"{letter}{number:06d}" for number in range(1, size + 1)])


def days(draw: Generator, size: int, first: np.datetime64, last: np.datetime64) -> NDArray[Any]:
    return first + draw.integers(0, int((last - first).astype(int)) + 1, size).astype("timedelta64[D]")


def until(draw: Generator, begin: NDArray[Any], chance: float) -> NDArray[Any]:
    ends = texts(begin + draw.integers(1, 900, begin.size).astype("timedelta64[D]"))
    return only(ends, draw.random(begin.size) < chance)


def texts(days: NDArray[Any]) -> NDArray[Any]:
    return days.astype("datetime64[D]").astype(str).astype(object)


def months(month: NDArray[Any]) -> NDArray[Any]:
    return (FIRST_MONTH + month).astype(str).astype(object)


def reported(draw: Generator, month: NDArray[Any]) -> NDArray[Any]:
    begin = (FIRST_MONTH + month + 1).astype("datetime64[D]")
    return texts(begin + draw.integers(0, 12, month.size).astype("timedelta64[D]"))
