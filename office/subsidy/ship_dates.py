"""What the registers and rules say of the goods that ship, each as of the dates on which it shipped."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from data.casework.claims import ShipmentsRead
from data.evidence import GoodsRead, SamplesRead, read_goods, read_samples
from data.store import Database
from office.days import day_number, day_of
from office.gathering import as_goods, as_samples, chosen
from office.programs import in_force_since, texts_between, values_in_force
from rules.claim_facts import RECOMMENDED
from rules.facts import Goods, facts_of, judge_goods
from rules.history import Ints, Samples
from rules.on_days import standings
from rules.program import Program
from rules.table import UNKNOWN

RIGHT = "logistics"  # the benefit of goods that the right to claim is
Texts = NDArray[np.object_]
Stretches = tuple[tuple[int, int, Program], ...]  # first and last day number, and the text that decides


@dataclass(frozen=True)
class KnownOfGood:
    """What is known of each shipment's good on its ship date; -1 is nothing or unknown. Row ids of inspections."""

    conclusion: Ints
    recommended: Ints  # place in RECOMMENDED
    inspection: Ints
    reinspection: Ints

    def at(self, places: Ints) -> KnownOfGood:
        """Some of the rows, in any order and several times."""
        return KnownOfGood(
            self.conclusion[places],
            self.recommended[places],
            self.inspection[places],
            self.reinspection[places],
        )

    def put(self, places: Ints, some: KnownOfGood) -> None:
        """Write what is known of these rows."""
        for field in fields(self):
            getattr(self, field.name)[places] = getattr(some, field.name)


def goods_that_ship(db: Database, known_at: str, shipments: ShipmentsRead) -> tuple[GoodsRead, SamplesRead]:
    """The goods of these shipments with their inspections, as known at an instant."""
    everything = read_goods(db, known_at)
    goods = chosen(everything, np.isin(everything.entity, shipments.good))
    return goods, read_samples(db, known_at, goods)


def known_on_ship_dates(
    shipments: ShipmentsRead, goods: GoodsRead, samples: SamplesRead, texts: Stretches
) -> tuple[Texts, KnownOfGood]:
    """The subject of each shipment, and what is known of it on its ship date, under the text in force on it."""
    sorter = np.argsort(goods.entity)
    place = sorter[np.searchsorted(goods.entity, shipments.good, sorter=sorter)]
    # Several parcels of one good on one day ask the same.
    pairs, which = np.unique(place << 20 | shipments.shipped, return_inverse=True)
    good, on = pairs >> 20, pairs & ((1 << 20) - 1)
    found = KnownOfGood(*(np.full(good.size, UNKNOWN, dtype=np.int64) for _ in range(4)))
    asked = as_goods(goods, day_of(0))
    for begins, ends, program in texts:
        rows = np.flatnonzero((begins <= on) & (on <= ends))
        found.put(rows, _on_days(program, asked, goods.registered, samples, good[rows], on[rows]))
    return goods.subject[place], found.at(which)


def texts_on_ship_dates(db: Database, shipments: ShipmentsRead, known_at: str) -> Stretches:
    """The texts of the programme of goods that decide on the shipments' dates, as published by an instant."""
    if not shipments.shipped.size:
        return ()
    first, last = int(shipments.shipped.min()), int(shipments.shipped.max())
    return texts_between(db, first, last, known_at=known_at)


def _on_days(
    program: Program, goods: Goods, registered: Ints, samples: SamplesRead, good: Ints, on: Ints
) -> KnownOfGood:
    """What is known of each `good` (a place in `goods`) on its day."""
    every = as_samples(samples)
    first = day_number(in_force_since(program))
    found = KnownOfGood(*(np.full(good.size, UNKNOWN, dtype=np.int64) for _ in range(4)))
    ranks = np.array([RECOMMENDED.index(verdict) for verdict in program.better], dtype=np.int64)
    for rows, standing, place in standings(program, goods, every, good, on):
        found.conclusion[rows] = standing.plain_facts["last_conclusion"]
        last = standing.events.last
        some = np.flatnonzero(last >= 0)
        sample = place[standing.events.sample[last[some]]]
        found.inspection[rows[some]] = samples.id[sample]
        found.reinspection[rows[some]] = _speaking(every, samples.again_id, sample, on[rows[some]])
        if on[rows[0]] >= first:
            values = values_in_force(program, day_of(int(on[rows[0]])))
            verdict = judge_goods(program, facts_of(standing, program, values), values).verdicts[RIGHT]
            found.recommended[rows] = np.where(on[rows] >= registered[good[rows]], ranks[verdict], UNKNOWN)
    return found


def _speaking(samples: Samples, again_id: Ints, sample: Ints, on: Ints) -> Ints:
    """The row id of the re-inspection that speaks for each sample on its day; -1 where there is none."""
    order = np.argsort(samples.again_of, kind="stable")  # of one sample the later result stays the later
    keys = samples.again_of[order] << 20 | samples.again_result[order]
    at = np.searchsorted(keys, sample << 20 | on, side="right") - 1
    at = np.concatenate((order, [-1]))[at]
    speaks = (at >= 0) & (np.concatenate((samples.again_of, [-1]))[at] == sample)
    found: Ints = np.where(speaks, np.concatenate((again_id, [-1]))[at], -1)
    return found
