"""Who takes part in the demonstration: villages, households and their goods, plainly invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.seed.calendar import ENROLLED, WORKING_DAY, entry_day, office_day
from data.seed.produce import BY_CODE, PRODUCTS, Product, source_of
from data.seed.sample import Row
from data.seed.stories import Story, cast
from data.seed.townships import OTHER_UNITS, townships

_VILLAGES_EACH = 10
_GOODS_EACH = ((1, 46), (2, 36), (3, 15), (4, 3))  # how many goods a household has, and how often


@dataclass(frozen=True)
class Household:
    """One invented household."""

    number: str
    village: str
    since: date
    left: date | None
    left_known: date | None

    def row(self, *, left: date | None = None) -> Row:
        """Its row in the register, as it stands with this 退出日期."""
        return {
            "household_no": self.number,
            "village_code": self.village,
            "head_name": f"示例户{self.number[1:]}",
            "registered_on": self.since.isoformat(),
            "left_on": left.isoformat() if left else None,
        }

    @property
    def entered(self) -> date:
        """The day on which it is entered."""
        return ENROLLED if self.since <= ENROLLED else entry_day(self.since) or WORKING_DAY


@dataclass(frozen=True)
class Good:
    """One product of one household; `story` is what happens to it, None for nothing much."""

    household: Household
    product: Product
    source: str
    fit: int | None
    since: date
    story: Story | None

    @property
    def subject(self) -> str:
        """What it is called: 户编号/产品编码."""
        return f"{self.household.number}/{self.product.code}"

    def row(self, *, fit: int | None) -> Row:
        """Its row in the register, as it stands with this fitness for online sale."""
        return {
            "household_no": self.household.number,
            "product_code": self.product.code,
            "source": self.source,
            "fit_for_online_sale": fit,
            "registered_on": self.since.isoformat(),
        }

    @property
    def entered(self) -> date:
        """The day on which it is entered, never before its household."""
        if self.since <= ENROLLED:
            return self.household.entered
        return entry_day(self.since, not_before=self.household.entered) or WORKING_DAY


def _places() -> list[tuple[str, str]]:
    """Township and village code of every village."""
    codes = [row["township_code"] for row in townships() if row["township_code"] != OTHER_UNITS]
    return [(code, f"{code}-{place:02d}") for code in codes for place in range(1, _VILLAGES_EACH + 1)]


def villages(rng: Random) -> list[Row]:
    """示例村01 … in the nine townships, about half of them poor villages."""
    return [
        {
            "village_code": village,
            "township_code": township,
            "village_name": f"示例村{number:02d}",
            "poor_village": int(rng.random() < 0.5),
        }
        for number, (township, village) in enumerate(_places(), start=1)
    ]


def goods(households: int, rng: Random) -> Iterator[Good]:
    """Every household's goods in the order of their numbers; the first of some has a story."""
    homes = [village for _, village in _places()]
    stories = cast(households)
    told = dict(zip(rng.sample(range(households), len(stories)), stories, strict=True))
    for at in range(households):
        story = told.get(at)
        household = _household(at + 1, rng.choice(homes), story, rng)
        products = _products(story, rng)
        yield _good(household, products[0], story, rng)
        for product in products[1:]:
            yield _good(household, product, None, rng)


def _household(number: int, village: str, story: Story | None, rng: Random) -> Household:
    since = story.household_since if story else None
    if since is None:
        since = date(2014, 1, 6) + timedelta(days=rng.randrange(1300))
        if story is None and rng.random() < 0.12:  # enrolled while the demonstration runs
            since = date(2017, 10, 9) + timedelta(days=rng.randrange(1100))
    left = story.left if story else None
    left_known = story.left_known if story else None
    return Household(f"H{number:04d}", village, office_day(since), left, left_known)


def _products(story: Story | None, rng: Random) -> list[Product]:
    """Different products; the first suits the story and is never a standardised one there."""
    wanted = rng.choices([n for n, _ in _GOODS_EACH], [w for _, w in _GOODS_EACH])[0]
    drawn = rng.choices(PRODUCTS, [p.weight for p in PRODUCTS], k=4 * wanted)
    if story is not None:
        suitable = [p for p in PRODUCTS if not p.standardised and story.category in (None, p.category)]
        drawn.insert(0, rng.choices(suitable, [p.weight for p in suitable])[0])
    return [BY_CODE[code] for code in dict.fromkeys(p.code for p in drawn)][:wanted]


def _good(household: Household, product: Product, story: Story | None, rng: Random) -> Good:
    first = max(household.since, date(2017, 9, 4))
    if story is None and rng.random() < 0.18:  # taken up later; late enough starters have no visit yet
        first = max(first, office_day(first + timedelta(days=rng.randrange(1200))))
    good = Good(household, product, source_of(product, rng), 1, min(first, WORKING_DAY), story)
    if story is not None:
        return replace(good, fit=story.fit, since=story.since or first)
    return replace(good, fit=rng.choices((1, 0, None), (945, 47, 8))[0])
