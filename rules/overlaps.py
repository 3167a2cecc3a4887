"""Which claim of the same thing came first for the same days: a day is paid for once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.history import Bools, Ints


def came_first(owner: Ints, first: Ints, last: Ints, rank: Sequence[int], stands: Bools) -> Ints:
    """For each claim the place of the first one before it, of the same `owner`, whose period shares a day; -1: none.

    `rank` orders the claims (a lower one comes first). A claim that does not stand (`stands`), or that has given way to
    an earlier one itself, is in nobody's way.
    """
    found = np.full(owner.size, -1, dtype=np.int64)
    standing: dict[int, list[int]] = {}
    owners, begins, ends = owner.tolist(), first.tolist(), last.tolist()
    for at in sorted(range(owner.size), key=lambda one: rank[one]):
        before = standing.setdefault(owners[at], [])
        earlier = next((b for b in before if begins[b] <= ends[at] and begins[at] <= ends[b]), None)
        if earlier is not None:
            found[at] = earlier
        elif stands[at]:
            before.append(at)
    return found
