"""Traced batches of what was inspected and shipped, and where they went; a few of them with gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from data.seed.calendar import WORKING_DAY, office_day
from data.seed.registers.certifying import CERTIFICATES
from data.seed.registers.scene import Entry, Scene, iso, told
from data.seed.sample import Row, Sample

_BATCHES = 240  # among 2,000 households
_FIRST = date(2020, 9, 1)  # tracing began
_SENT_TO = ("示例分拣中心", "示例中转仓", "示例外省收货点")


def tracing(scene: Scene) -> Iterator[Entry]:
    """A batch for some of the claimed shipments: the inspection before, the packing, the way out."""
    rng = scene.rng("tracing")
    passed = _passed(scene)
    claims = [(entered, row) for entered, row in scene.claims if str(row["shipped_on"]) >= _FIRST.isoformat()]
    some = rng.sample(claims, min(len(claims), scene.some(_BATCHES, 12)))
    for nth, (entered, claim) in enumerate(sorted(some, key=lambda one: str(one[1]["claim_no"])), start=1):
        shipped = date.fromisoformat(str(claim["shipped_on"]))
        gap = nth % 23 == 5
        before = [
            (sample, day)
            for sample, day in passed.get((str(claim["household_no"]), str(claim["product_code"])), [])
            if sample.sampled <= shipped
        ]
        sample, inspected = before[-1] if before else (None, date.min)
        harvested = office_day(shipped - timedelta(days=rng.randrange(4, 40)))
        packed = max(harvested, office_day(shipped - timedelta(days=rng.randrange(1, 4))))
        quantity = 10 * rng.randrange(20, 300)
        known = max(shipped + timedelta(days=2), inspected, entered)
        if known > WORKING_DAY:
            continue
        code = f"ZS{shipped:%y%m}{nth:04d}"
        row: Row = {
            "trace_code": code,
            "household_no": claim["household_no"],
            "product_code": claim["product_code"],
            "harvested_on": iso(harvested),
            "quantity": quantity,
            "sample_no": scene.numbers[sample] if sample and not gap else None,
            "conformity_no": f"HG{nth:05d}" if nth % 9 else None,
            "certificate_no": _certificate(str(claim["product_code"]), harvested) if nth % 2 else None,
            "packed_on": None if gap else iso(packed),
        }
        yield from told("trace_batches", row, known)
        if nth % 31 != 7:  # of one in thirty nobody wrote down where it went
            yield from _movements(code, quantity, packed, shipped, claim, known)


def _movements(
    code: str, quantity: int, packed: date, shipped: date, claim: Row, known: date
) -> Iterator[Entry]:
    """Three steps; the claim stands at the one that was shipped."""
    days = (packed, shipped, shipped + timedelta(days=2))
    for step, (day, to) in enumerate(zip(days, _SENT_TO, strict=True), start=1):
        row: Row = {
            "trace_code": code,
            "step": step,
            "moved_on": iso(day),
            "moved_to": to,
            "channel": str(claim["platform"]) if claim["platform"] and step == 2 else None,
            "quantity": quantity,
            "claim_no": claim["claim_no"] if step == 2 else None,
        }
        yield from told("trace_movements", row, max(known, day))


def _passed(scene: Scene) -> dict[tuple[str, str], list[tuple[Sample, date]]]:
    """The passed samples of every good in order of sampling, with the day of their entry."""
    found: dict[tuple[str, str], list[tuple[Sample, date]]] = {}
    for sample, entered in sorted(scene.county.samples, key=lambda pair: pair[0].sampled):
        if sample.conclusion == "pass":
            found.setdefault((sample.household_no, sample.product_code), []).append((sample, entered))
    return found


def _certificate(product: str, day: date) -> str | None:
    """A certificate of the product in force on a day."""
    for one in CERTIFICATES:
        of_product = one.product is not None and f"P{one.product:02d}" == product
        begun = one.issued is not None and one.issued <= day
        if of_product and begun and (one.expires is None or day < one.expires):
            return one.number
    return None
