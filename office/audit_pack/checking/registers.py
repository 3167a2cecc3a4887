"""The registers as they were known at an instant: goods with their household and product, and their inspections."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern
from typing import Any, NamedTuple

from .canonical import Cell
from .pack import Pack


class Good(NamedTuple):
    """One version of a good."""

    recorded_at: str
    version: int
    household_no: str
    product_code: str
    source: str
    fit: int | None
    registered_on: str
    household: int
    product: int


class Household(NamedTuple):
    """One version of a household: its days of being registered poor."""

    recorded_at: str
    version: int
    since: str
    left_on: str | None


class Product(NamedTuple):
    """One version of a product."""

    recorded_at: str
    version: int
    standardised: int


class Inspection(NamedTuple):
    """One version of an inspection; `original` is the entity that a re-inspection is about."""

    recorded_at: str
    version: int
    id: int
    sample_no: str
    good: int
    sampled: str
    result: str
    conclusion: str
    original: int | None


KEYS = ("sample_no", "household_no", "product_code")  # every row has its own
READ: dict[str, tuple[Any, tuple[str, ...]]] = {
    "goods": (
        Good,
        (
            *("household_no", "product_code", "source", "fit_for_online_sale", "registered_on"),
            *("household_entity", "product_entity"),
        ),
    ),
    "households": (Household, ("registered_on", "left_on")),
    "products": (Product, ("standardised",)),
    "inspections": (
        Inspection,
        (
            *("id", "sample_no", "good_entity", "sampling_date", "result_date"),
            *("conclusion", "original_entity"),
        ),
    ),
}


class Counted(NamedTuple):
    """An inspection that counts on a day: its own row, its day, whether it failed, and what replaced its conclusion."""

    id: int
    sampled: str
    sample_no: str
    failed: bool
    replaced_by: tuple[Inspection, ...]


class Registers:
    """All versions of the four registers that a decision looks at, by entity."""

    def __init__(self, pack: Pack) -> None:
        read = {name: _versions(pack, name) for name in READ}
        self.goods: dict[int, list[Good]] = read["goods"]
        self.households: dict[int, list[Household]] = read["households"]
        self.products: dict[int, list[Product]] = read["products"]
        self.inspections: dict[int, list[Inspection]] = read["inspections"]
        self._of_good: dict[int, list[int]] = {}
        self._again: dict[int, list[int]] = {}
        for entity, versions in self.inspections.items():
            for good in {one.good for one in versions}:
                self._of_good.setdefault(good, []).append(entity)
            for original in {one.original for one in versions if one.original is not None}:
                self._again.setdefault(original, []).append(entity)

    def goods_on(self, day: str, known_at: str) -> Iterator[tuple[int, Good]]:
        """Every good registered by the day, as known at the instant."""
        for entity, versions in self.goods.items():
            good = known(versions, known_at)
            if good is not None and good.registered_on <= day:
                yield entity, good

    def counted(self, good: int, day: str, known_at: str) -> list[Counted]:
        """The good's inspections that count on the day, by sampling date, then sample number."""
        found = []
        for entity in self._of_good.get(good, ()):
            first = known(self.inspections[entity], known_at)
            if first is None or first.good != good or first.original is not None or first.result > day:
                continue
            again = self._replacing(entity, day, known_at)
            conclusion = again[-1].conclusion if again else first.conclusion
            if conclusion in ("pass", "fail"):
                found.append(Counted(first.id, first.sampled, first.sample_no, conclusion == "fail", again))
        return sorted(found, key=lambda one: (one.sampled, one.sample_no))

    def _replacing(self, original: int, day: str, known_at: str) -> tuple[Inspection, ...]:
        """The re-inspections with a result by the day, by result date, then sample number: the last one speaks."""
        if original not in self._again:
            return ()
        found = [known(self.inspections[entity], known_at) for entity in self._again[original]]
        of_day = [one for one in found if one and one.original == original and one.result <= day]
        return tuple(sorted(of_day, key=lambda one: (one.result, one.sample_no)))


def known(versions: list[Any], known_at: str) -> Any:
    """The newest version recorded by an instant; None where there was none yet."""
    if len(versions) == 1:  # nearly always
        return versions[0] if versions[0].recorded_at <= known_at else None
    recorded = [one for one in versions if one.recorded_at <= known_at]
    return max(recorded, key=lambda one: one.version) if recorded else None


def _versions(pack: Pack, name: str) -> dict[int, list[Any]]:
    make, columns = READ[name]
    entity, *places = pack.table(name).at("entity", "recorded_at", "version", *columns)
    unlike = {pack.table(name).columns.index(column) for column in KEYS if column in columns}
    found: dict[int, list[Any]] = {}
    for row in pack.rows(name):
        values = [row[at] if at in unlike else _shared(row[at]) for at in places]
        found.setdefault(row[entity], []).append(make(*values))  # type: ignore[arg-type]
    return found


def _shared(value: Cell) -> Cell:
    """Days, instants and choices are few: a million rows share them."""
    return intern(value) if isinstance(value, str) else value
