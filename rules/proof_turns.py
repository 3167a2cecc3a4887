"""Where a verdict turns: the first two counts of which the larger has a higher (or lower) rank than the smaller."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.int16]


def first_turn(ranks: Ranks, *, rising: bool) -> tuple[int, tuple[int, int], int] | None:
    """`ranks` by (cases before, count, cases behind), −1 without a verdict → (before, two counts, behind), or None.

    A count without a verdict is passed over: its neighbours are compared with one another. `rising`: the larger
    count has the higher rank, otherwise the lower one.
    """
    if ranks.shape[1] < 2:
        return None
    found: list[tuple[int, int, int]] = []
    last = ranks[:, 0].copy()
    gaps = bool((ranks < 0).any())
    for count in range(1, ranks.shape[1]):
        now = ranks[:, count]
        turned = now > last if rising else now < last
        if gaps:
            turned &= (now >= 0) & (last >= 0)
        if turned.any():
            above, rest = (int(i) for i in np.argwhere(turned)[0])
            found.append((above, count, rest))
        last = np.where(now >= 0, now, last) if gaps else now
    if not found:
        return None
    above, count, rest = min(found)
    told = np.flatnonzero(ranks[above, :count, rest] >= 0)
    return above, (int(told[-1]), count), rest
