"""What each township and village adds to a figure: always the whole, which is asserted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from rules.county_rows import NONE, CountyRows, Texts
from rules.history import Bools, Ints
from rules.target import OTHER, Counted, Part

Level = Literal["township", "village"]
Parts = Mapping[str, Part]


class PartsDoNotAddUp(AssertionError):
    """The townships' parts are not the whole: a figure that must not be shown."""


def parts_of(
    rows: CountyRows, township: Ints, village: Ints, value: Ints, of: Ints | None, there: Bools
) -> tuple[Parts, Parts]:
    """(by township, by village) of figures per unit; `there`: units that have a part in it at all."""
    by_township = _summed(rows.townships.code, township, value, of, there)
    by_village = _summed(rows.villages.code, village, value, of, there & (village != NONE))
    return by_township, by_village


def _summed(codes: Texts, place: Ints, value: Ints, of: Ints | None, there: Bools) -> Parts:
    """Exact sums per code; what lies nowhere comes last (weights of bincount are no whole numbers)."""
    size = codes.size + 1
    at = place[there] % size  # NONE is the last
    values = _sums(at, value[there], size)
    ofs = None if of is None else _sums(at, of[there], size)
    present = np.zeros(size, dtype=bool)
    present[at] = True
    names = [*codes.tolist(), OTHER]
    return {
        names[i]: Part(int(values[i]), None if ofs is None else int(ofs[i]))
        for i in np.flatnonzero(present).tolist()
    }


def _sums(at: Ints, value: Ints, size: int) -> Ints:
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, at, value)
    return found


def places_of(rows: CountyRows, township: Ints, village: Ints, level: Level | None) -> Mapping[str, Bools]:
    """Code → which units lie there; all of them under ``""`` where no level is asked."""
    if level is None:
        return {"": np.ones(township.size, dtype=bool)}
    codes, place = (rows.townships.code, township) if level == "township" else (rows.villages.code, village)
    found = {str(codes[at]): place == at for at in np.unique(place[place != NONE]).tolist()}
    if level == "township" and (place == NONE).any():
        found[OTHER] = place == NONE
    return found


def must_add_up(counted: Counted) -> Counted:
    """The same, once the townships' parts are seen to be the whole. Raises PartsDoNotAddUp."""
    if counted.value is None:
        return counted
    parts = counted.by_township.values()
    values, ofs = sum(part.value for part in parts), sum(part.of or 0 for part in parts)
    if values != counted.value or ofs != (counted.of or 0):
        raise PartsDoNotAddUp(f"{values} of {ofs} in the townships, {counted.value} of {counted.of} in all")
    return counted
