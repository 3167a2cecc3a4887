"""Shipments drawn at random for the yardstick, and the office's acts about their goods: with every wrong claim."""

from __future__ import annotations

import numpy as np

from bench.county import Columns, Generator, size_of
from data.provinces import OWN_PROVINCE, PROVINCES

FIRST, LAST = np.datetime64("2020-06-01"), np.datetime64("2021-09-20")
_CLAIMED_BY = np.datetime64("2021-09-30")
_PLATFORMS = np.array(["示例平台一", "示例平台二", "示例平台三"], dtype=object)


def shipments(size: int, goods: Columns, seed: int) -> Columns:
    """First versions of the register of shipments, about some of the goods (a few ship much, most little)."""
    draw = np.random.default_rng(seed)
    good = (size_of(goods) * draw.random(size) ** 2).astype(np.int64)
    shipped = FIRST + draw.integers(0, int((LAST - FIRST).astype(int)), size).astype("timedelta64[D]")
    claimed = np.minimum(shipped + draw.integers(0, 110, size).astype("timedelta64[D]"), _CLAIMED_BY)
    numbers = np.arange(1, size + 1)
    ours = draw.random(size) < 0.15
    province = draw.choice(np.array([name for name in PROVINCES if name != OWN_PROVINCE], dtype=object), size)
    province[ours] = OWN_PROVINCE
    near = np.full(size, None, dtype=object)
    near[ours] = draw.choice(np.array([1, 0, None], dtype=object), int(ours.sum()), p=(0.2, 0.7, 0.1))
    return {
        "claim_no": _coded("L", numbers),
        "claimant": draw.choice(np.array(["household", "station", "cooperative"], dtype=object), size),
        "household_no": goods["household_no"][good],
        "product_code": goods["product_code"][good],
        "claimed_on": claimed.astype(str).astype(object),
        "shipped_on": shipped.astype(str).astype(object),
        "waybill_no": _coded("YT", _again(numbers, 0.01, draw)),
        "platform": draw.choice(_PLATFORMS, size),
        "order_no": _coded("D", _again(numbers, 0.01, draw)),
        "sold_online": _mostly(1, size, draw),
        "origin": draw.choice(np.array(["county", "elsewhere"], dtype=object), size, p=(0.98, 0.02)),
        "destination_province": province,
        "destination_in_county": near,
        "weight": draw.integers(100, 20_000, size),
        "fee": draw.integers(0, 3_000, size),
        "refunded": _mostly(0, size, draw),
        "other_subsidy": _mostly(0, size, draw),
        "good_entity": good + 1,
    }


def _coded(letters: str, numbers: np.ndarray) -> np.ndarray:
    return np.array([f"{letters}{number:08d}" for number in numbers.tolist()], dtype=object)


def _again(numbers: np.ndarray, share: float, draw: Generator) -> np.ndarray:
    """The numbers, some of them another row's."""
    return np.where(draw.random(numbers.size) < share, draw.permutation(numbers), numbers)


def _mostly(value: int, size: int, draw: Generator) -> np.ndarray:
    return draw.choice(np.array([value, 1 - value, None], dtype=object), size, p=(0.95, 0.03, 0.02))
