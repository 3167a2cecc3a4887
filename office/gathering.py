"""Gather: everything a decision on a day looks at, as known at an instant, in the core's own arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from data.canonical import instant_text
from data.chain import evidence_seq, head
from data.evidence import GoodsRead, SamplesRead, read_goods, read_samples
from data.store import Database
from office.days import day_number, now
from office.refusal import refuse
from rules.facts import Goods, Standing, standing_of
from rules.history import Samples


@dataclass(frozen=True)
class Gathered:
    """The goods registered by a day with their inspections, as known at an instant.

    `known_at` is canonical UTC text; `standing` holds all that no parameter changes.
    """

    as_of: date
    known_at: str
    goods: GoodsRead
    samples: SamplesRead
    standing: Standing
    known_seq: int = (
        -1
    )  # the last entry that had changed a register by `known_at` when the reading began; -1: not told


def gather(db: Database, as_of: date, known_at: str, subject: str | None = None) -> Gathered:
    """All goods registered by `as_of` (or the one asked), from the versions recorded by `known_at`.

    Raises Refused where the good asked is not registered by then.
    """
    known_seq = evidence_seq(db, known_at)  # first: what is committed while we read makes it another
    everything = read_goods(db, known_at, subject)
    goods = chosen(everything, everything.registered <= day_number(as_of))
    if subject is not None and not goods.subject.size:
        raise _not_there(subject, everything, as_of)
    samples = read_samples(db, known_at, goods, subject)
    standing = standing_of(as_goods(goods, as_of), as_samples(samples))
    return Gathered(as_of, known_at, goods, samples, standing, known_seq)


def known_now(db: Database) -> str:
    """The instant that sees everything recorded, also where the clock has been set back since."""
    return max(instant_text(now()), head(db).at)


def as_goods(goods: GoodsRead, as_of: date) -> Goods:
    """The registers' goods as the core asks them, all on one day."""
    on = np.full(goods.entity.size, day_number(as_of), dtype=np.int64)
    return Goods(on, goods.standardised, goods.source, goods.fit, goods.poor_from, goods.poor_until)


def as_samples(samples: SamplesRead) -> Samples:
    """The registers' samples as the core asks them."""
    return Samples(
        samples.good,
        samples.sampled,
        samples.result,
        samples.conclusion,
        samples.again_of,
        samples.again_result,
        samples.again_conclusion,
    )


def chosen(goods: GoodsRead, kept: np.ndarray) -> GoodsRead:
    """Some of the goods, in their order."""
    return GoodsRead(*(getattr(goods, field.name)[kept] for field in fields(goods)))


def _not_there(subject: str, everything: GoodsRead, as_of: date) -> Exception:
    if everything.subject.size:
        return refuse(
            f"“{subject}”到 {as_of.isoformat()} 尚未登记，不作判定",
            f"{subject} was not registered by {as_of.isoformat()} and is not decided",
        )
    return refuse(
        f"没有登记“{subject}”；写法是 户编号/产品编码，例如 H0001/P01",
        f'no good "{subject}" is registered; write household/product, for example H0001/P01',
    )
