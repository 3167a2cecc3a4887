"""What the demonstration's office received, handed out and got back of its packaging, slip by slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.seed.case_stories import CLERK, ONE_SHORT, READMITTED, RELAPSED, REVIEWER
from data.seed.county import County
from data.seed.stores import ITEMS, MAIN_STORE

TOWNSHIP_STORE = "K01"
_BEGUN, _AGAIN = 24, 10  # how many shippers are given packaging in the first year, and in the second
_EVERY_SIXTH = 6  # of them also gets scales

Lines = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Slip:
    """One slip: so much of each item (code, quantity) out of or into a place, from or to a good."""

    kind: str
    on: date
    lines: Lines
    by: str = CLERK
    place: str | None = MAIN_STORE
    to_place: str | None = None
    subject: str | None = None
    reason: str | None = None


def slips(county: County) -> list[Slip]:
    """Every slip in the order of its day."""
    return sorted(_all(county), key=lambda slip: slip.on)


def _all(county: County) -> Iterator[Slip]:
    hundreds = max(1, county.households // 100)
    yield Slip("receive", date(2020, 6, 29), tuple((item.code, item.received * hundreds) for item in ITEMS))
    some = (("B03", 1), ("B11", 100), ("B13", 5))
    yield Slip("transfer", date(2020, 7, 1), some, to_place=TOWNSHIP_STORE)
    for name, story in (ONE_SHORT, _one_short), (READMITTED, _readmitted), (RELAPSED, _relapsed):
        for good in county.of_story(name)[:1]:
            yield from story(good.subject)
    for at, shipper in enumerate(county.shippers[:_BEGUN]):
        yield from _shipper(at, shipper.subject)
    yield Slip(
        "write_off", date(2021, 5, 10), (("B12", 2),), REVIEWER, reason="中心库屋顶漏雨，两卷受潮不能使用"
    )
    yield Slip("receive", date(2021, 7, 8), (("B11", 300 * hundreds), ("B14", 500 * hundreds)))
    for shipper in county.shippers[_BEGUN : _BEGUN + _AGAIN]:
        yield _issue(date(2021, 7, 15), shipper.subject, ("B11", 40), ("B14", 60))


def _issue(on: date, subject: str, *lines: tuple[str, int]) -> Slip:
    return Slip("issue", on, lines, subject=subject)


def _used(on: date, subject: str, *lines: tuple[str, int]) -> Slip:
    return Slip("use_up", on, lines, place=None, subject=subject)


def _returned(on: date, subject: str, *lines: tuple[str, int]) -> Slip:
    return Slip("return", on, lines, subject=subject)


def _one_short(subject: str) -> Iterator[Slip]:
    """After the decision of May 2021 only the unused boxes came back so far."""
    yield _issue(date(2020, 7, 6), subject, ("B01", 1), ("B11", 120), ("B13", 3))
    yield _used(date(2020, 12, 30), subject, ("B11", 70))
    yield _returned(date(2021, 6, 2), subject, ("B11", 50))


def _readmitted(subject: str) -> Iterator[Slip]:
    """Everything that could be handed back was, in February 2021."""
    yield _issue(date(2020, 7, 6), subject, ("B02", 1), ("B11", 80))
    yield _used(date(2020, 11, 30), subject, ("B11", 50))
    yield _returned(date(2021, 2, 3), subject, ("B02", 1), ("B11", 30))


def _relapsed(subject: str) -> Iterator[Slip]:
    """Handed back in March 2021, given again in July."""
    yield _issue(date(2020, 7, 6), subject, ("B03", 1), ("B11", 60))
    yield _returned(date(2021, 3, 8), subject, ("B03", 1), ("B11", 60))
    yield _issue(date(2021, 7, 6), subject, ("B03", 1), ("B11", 60))


def _shipper(at: int, subject: str) -> Iterator[Slip]:
    scales = (("B03", 1),) if at % _EVERY_SIXTH == 0 else ()
    yield _issue(date(2020, 7, 7), subject, *scales, ("B11", 60), ("B12", 1), ("B13", 2))
    if at % 2 == 0:
        yield _used(date(2020, 10, 30), subject, ("B11", 40), ("B13", 1))
    if at == 0:
        yield Slip(
            "lost",
            date(2021, 4, 20),
            (("B03", 1),),
            REVIEWER,
            place=None,
            subject=subject,
            reason="搬家途中遗失，村委会已出具说明",
        )
