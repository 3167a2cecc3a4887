"""How a sample is drawn: by a seed, so that anybody can draw it again with any tool that knows SHA-256.

Each decision's rank is SHA-256 of the UTF-8 text `seed|number`, written in hex; the sample are the n decisions with
the smallest ranks. Of one seed and population a smaller sample is the beginning of a larger one. With strata the n
smallest of each stratum are taken, stratum by stratum in the order of their names.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from hashlib import sha256
from secrets import choice

from data.rulekeeping.populations import Member

STRATA = ("township", "verdict")
_LETTERS, _LENGTH = (
    "abcdefghjkmnpqrstuvwxyz",
    12,
)  # none that is mistaken for another when read aloud or copied


def new_seed() -> str:
    """A seed that nobody chose."""
    return "".join(choice(_LETTERS) for _ in range(_LENGTH))


def rank(seed: str, number: int) -> str:
    """A decision's place in the order of drawing."""
    return sha256(f"{seed}|{number}".encode()).hexdigest()


def smallest(seed: str, numbers: Iterable[int], size: int) -> list[int]:
    """The `size` numbers that come first in the order of drawing."""
    return [number for _, number in heapq.nsmallest(size, ((rank(seed, one), one) for one in numbers))]


def numbers_text(numbers: Iterable[int]) -> str:
    """The numbers in decimal, ascending, one a line and no line end after the last."""
    return "\n".join(map(str, sorted(numbers)))


def population_digest(numbers: Iterable[int]) -> str:
    """SHA-256 of `numbers_text`."""
    return sha256(numbers_text(numbers).encode()).hexdigest()


def by_stratum(members: Sequence[Member], strata: str) -> dict[str, list[int]]:
    """The population's numbers by stratum, in the order of their names; one stratum "" without strata."""
    found: dict[str, list[int]] = {}
    for one in members:
        found.setdefault(getattr(one, strata) if strata else "", []).append(one.id)
    return dict(sorted(found.items()))


def drawn(seed: str, members: Sequence[Member], size: int, strata: str = "") -> list[int]:
    """The sample: `size` decisions, or so many of each stratum; all of them where there are fewer."""
    return [
        number for of_one in by_stratum(members, strata).values() for number in smallest(seed, of_one, size)
    ]
