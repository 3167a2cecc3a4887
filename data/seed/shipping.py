"""What the households of the demonstration sold online and sent off, and how they claimed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.provinces import OWN_PROVINCE, PROVINCES
from data.seed.calendar import ENTRY_DAYS, WORKING_DAY
from data.seed.claim_stories import (
    BEFORE_THE_DECISION,
    CORRECTED_ON,
    CORRECTIONS,
    SOLD_ONLINE_AFTER_ALL,
    WRONG_CLAIMS,
    Correction,
    WrongClaim,
)
from data.seed.county import County
from data.seed.families import Good
from data.seed.sample import Row

FIRST_SHIPPED, SETTLED_UNTIL = date(2020, 10, 8), date(2021, 8, 31)
PARCELS_EACH = (6, 30)  # how many parcels somebody who ships sends in the year
_PLATFORMS = ("示例电商平台甲", "示例电商平台乙", "示例电商平台丙")
_STATION, _COOPERATIVE = 0.15, 0.05  # how often somebody else hands the claim in


@dataclass(eq=False)
class Claim:
    """One claim line before it has its numbers. `same_as` is the claim whose waybill or order it repeats."""

    good: Good
    shipped: date
    claimed: date
    row: dict[str, str | int | None]
    story: WrongClaim | None = None
    same_as: Claim | None = None


def claims(county: County) -> Iterator[tuple[date, str | None, Row]]:
    """Every claim line as it was entered: the day of entry, the reason where it is a correction, the row."""
    lines = claim_lines(county)
    rows = dict(zip(lines, numbered(lines), strict=True))
    for line, row in rows.items():
        yield _entered(line.claimed), None, row
    for line, correction in _corrected(lines):
        yield CORRECTED_ON, correction.reason, {**rows[line], **correction.changed}


def claim_lines(county: County) -> list[Claim]:
    """Every claim of the year in the order of claiming, the wrong ones among them."""
    rng = Random(county.seed + 2)
    lines = [line for good in county.shippers for line in _of_good(good, rng)]
    ordinary = [line for line in lines if line.claimed <= SETTLED_UNTIL]
    for story in (*WRONG_CLAIMS, BEFORE_THE_DECISION):
        for _ in range(max(1, round(story.claims * county.households / 2000))):
            lines += _told(story, county, ordinary, rng)
    told = [line for line in lines if line.claimed <= WORKING_DAY]
    return sorted(
        told, key=lambda line: (line.claimed, line.shipped, line.good.subject, line.same_as is not None)
    )


def _of_good(good: Good, rng: Random) -> Iterator[Claim]:
    """A year of parcels of somebody who does well, each claimed within some weeks."""
    span = (WORKING_DAY - FIRST_SHIPPED).days
    for _ in range(rng.randint(*PARCELS_EACH)):
        yield _claim(good, FIRST_SHIPPED + timedelta(days=rng.randrange(span)), rng)


def _claim(good: Good, shipped: date, rng: Random) -> Claim:
    by = rng.random()
    claimant = "station" if by < _STATION else "cooperative" if by < _STATION + _COOPERATIVE else "household"
    province = rng.choice([code for code in PROVINCES if code != OWN_PROVINCE])
    weight = 100 * rng.randint(5, 80)
    row: Row = {
        "claimant": claimant,
        "platform": rng.choice(_PLATFORMS),
        "sold_online": 1,
        "origin": "county",
        "destination_province": province,
        "destination_in_county": 0,
        "weight": weight,
        "fee": 300 + 10 * rng.randint(0, 60) + weight // 10,
        "refunded": 0,
        "other_subsidy": 0,
    }
    return Claim(good, shipped, shipped + timedelta(days=rng.randint(3, 45)), row)


def _told(story: WrongClaim, county: County, ordinary: Sequence[Claim], rng: Random) -> list[Claim]:
    """One wrong claim, with what it repeats; nothing where the county has no such good."""
    like = _like(story, county, ordinary, rng)
    if like is None:
        return []
    line = replace(like, story=story, row={**like.row, **story.changed})
    if story.again is None:
        return [line]
    first = replace(line, story=None, row={**line.row, "claimant": "household"})
    by = "household" if story.again == "same waybill" else "station"
    later = first.claimed + timedelta(days=5)
    return [first, replace(line, claimed=later, row={**line.row, "claimant": by}, same_as=first)]


def _like(story: WrongClaim, county: County, ordinary: Sequence[Claim], rng: Random) -> Claim | None:
    """The ordinary claim that the wrong one would be but for its story."""
    if story.of_story is not None and story.shipped is not None:
        goods = county.of_story(story.of_story)
        if not goods:
            return None
        line = _claim(rng.choice(goods), story.shipped, rng)
        return replace(line, claimed=min(line.claimed, story.shipped + timedelta(days=12)))
    after = timedelta(days=story.claimed_after or 0)
    likely = [line for line in ordinary if line.shipped + after <= SETTLED_UNTIL]
    if not likely:
        return None
    like = rng.choice(likely)
    line = _claim(like.good, like.shipped, rng)
    return replace(line, claimed=like.shipped + after if after else like.claimed)


def numbered(lines: Sequence[Claim]) -> list[Row]:
    """Every line's row with its numbers, all of them in the order of claiming."""
    rows: dict[Claim, Row] = {}
    of_month: Counter[str] = Counter()
    for at, line in enumerate(lines, start=1):
        month = f"{line.claimed:%Y%m}"
        of_month[month] += 1
        rows[line] = {
            "claim_no": f"L{month}-{of_month[month]:04d}",
            "household_no": line.good.household.number,
            "product_code": line.good.product.code,
            "claimed_on": line.claimed.isoformat(),
            "shipped_on": line.shipped.isoformat(),
            "waybill_no": f"SL{at:09d}",
            "order_no": f"DD{at:09d}",
            **line.row,
            **(_repeated(line, rows[line.same_as]) if line.same_as is not None else {}),
        }
    return list(rows.values())


def _repeated(line: Claim, before: Row) -> Row:
    """What a second claim has in common with the first: the order always, the waybill where that is its story."""
    same = ["platform", "order_no"]
    if line.story is not None and line.story.again != "same order by a station":
        same.append("waybill_no")
    return {name: before[name] for name in same}


def _entered(claimed: date) -> date:
    """The last office day of the month in which it was claimed, or of the next where it came after that."""
    return next(day for day in ENTRY_DAYS if day >= claimed)


def _corrected(lines: Sequence[Claim]) -> Iterator[tuple[Claim, Correction]]:
    """Settled claims that turned out otherwise: ordinary ones, and one that was not sold offline after all."""
    settled = [line for line in lines if _entered(line.claimed) <= SETTLED_UNTIL]
    ordinary = iter(line for line in reversed(settled) if line.story is None and line.same_as is None)
    for correction in CORRECTIONS:
        for _ in range(correction.claims):
            if (line := next(ordinary, None)) is not None:
                yield line, correction
    offline = [line for line in settled if line.story and line.story.name == "sold offline"]
    yield from ((line, SOLD_ONLINE_AFTER_ALL) for line in offline[: SOLD_ONLINE_AFTER_ALL.claims])
