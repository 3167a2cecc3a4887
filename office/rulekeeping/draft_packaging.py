"""What a draft means for packaging: what the losing goods hold now, and what the gaining ones would need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.casework import packaging as ledger
from data.casework.packaging import Item, Move
from data.store import Database
from office.answering import while_all_stands
from office.rulekeeping.draft_effects import LOSS, Effects
from office.stores.packaging_slips import BENEFIT
from rules.program import Words

METHOD = Words(
    "变差的产品按包装台账当日结存计；变好（到最好一档）的产品按它自己上一次领用的数量假定，从未领用的按同一产品最近一次发放的数量假定，"
    "两样都没有的不估算。用完的包材收不回。",
    "Goods that lose: what the packaging ledger has them hold on the day. Goods that gain the best answer are assumed to need"
    " what they were last handed out, without such a slip what was last handed out for the same product; where there is"
    " neither, nothing is estimated. Used-up materials cannot be handed back.",
)


@dataclass(frozen=True)
class ItemEffect:
    """One item: pieces that losing goods hold and how many goods, pieces that gaining goods would need and how many."""

    item: Item
    held: int
    held_by: int
    needed: int
    needed_by: int


@dataclass(frozen=True)
class PackagingEffect:
    """By item code. `without_basis`: gaining goods for which nothing can be estimated; None: no packaging is decided."""

    items: tuple[ItemEffect, ...]
    losing: int
    gaining: int
    without_basis: int


def packaging_effect(db: Database, day: date, found: Effects) -> PackagingEffect | None:
    """What of the packaging a draft touches; None where either side decides nothing about packaging."""
    if BENEFIT not in found.before.program.benefits or BENEFIT not in found.after.program.benefits:
        return None
    key = (day, found.before.program.digest, found.after.program.digest)
    return while_all_stands("draft_packaging", db, key, lambda: _effect(db, day, found))


def _effect(db: Database, day: date, found: Effects) -> PackagingEffect:
    rows = found.of(BENEFIT)
    losing = rows["subject"][rows["direction"] == LOSS].tolist()
    best = rows["after"] == found.after.program.better[-1]
    gaining = rows["subject"][best].tolist()
    held = _held(db, day, losing)
    needed, without = _needed(ledger.moves(db, kind="issue", until=day), gaining)
    items = tuple(
        ItemEffect(item, *held.get(code, (0, 0)), *needed.get(code, (0, 0)))
        for code, item in ledger.items(db).items()
        if code in held or code in needed
    )
    return PackagingEffect(items, len(losing), len(gaining), without)


def _held(db: Database, day: date, subjects: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Item code → (pieces, goods) that these goods hold."""
    every = ledger.held_by_goods(db, day=day)
    return _added_up({one.item_code: one.quantity for one in every.get(s, ())} for s in subjects)


def _needed(issued: Iterable[Move], subjects: Iterable[str]) -> tuple[dict[str, tuple[int, int]], int]:
    """Item code → (pieces, goods) that these goods would need, and for how many nothing can be said."""
    by_good, by_product = _last_slips(issued)
    wanted = [by_good.get(s) or by_product.get(s.partition("/")[2], {}) for s in subjects]
    return _added_up(wanted), sum(not needs for needs in wanted)


def _last_slips(issued: Iterable[Move]) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Item code → pieces of the last slip of each good, and of each product; `issued` has the newest first."""
    slips: dict[str, tuple[str, str]] = {}
    found: tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]] = ({}, {})
    for move in issued:
        subject = move.subject or ""
        keys = (subject, subject.partition("/")[2])
        for kind, key, needs in zip("gp", keys, found, strict=True):
            last = slips.setdefault(f"{kind}{key}", (move.slip_no, subject))
            if last == (move.slip_no, subject):
                of_key = needs.setdefault(key, {})
                of_key[move.item_code] = of_key.get(move.item_code, 0) + move.quantity
    return found


def _added_up(parts: Iterable[Mapping[str, int]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        for code, quantity in part.items():
            pieces, goods = found.get(code, (0, 0))
            found[code] = pieces + quantity, goods + 1
    return found
