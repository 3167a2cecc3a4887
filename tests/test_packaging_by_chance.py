"""Whatever two people record in whatever order: no balance falls below nothing, and every piece is accounted for."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.casework.packaging import moves
from data.integrity import check
from data.store import Database, reading
from office.casework.asked import Doer
from office.casework.in_force import in_force
from office.refusal import Refused
from office.stores.packaging import KIND_WORDS
from office.stores.packaging_slips import WITH_GOOD, WITH_PLACE, WITH_REASON
from tests.casework import CLERK, H1P1, REVIEWER
from tests.packing import BOX, MACHINE, OTHER_STORE, STORE, Stores, held, in_store

GOODS, PLACES, ITEMS = (H1P1, "H1/P2"), (STORE, OTHER_STORE), (MACHINE, BOX)
QUANTITY = st.sampled_from((1, 1, 1, 2, 3, 50, 101))
SLIPS = st.tuples(
    st.sampled_from(tuple(KIND_WORDS)),
    st.dictionaries(st.sampled_from(ITEMS), QUANTITY, min_size=1),
    st.sampled_from((None, *PLACES, *PLACES)),
    st.sampled_from((None, *PLACES)),
    st.sampled_from((None, *GOODS, *GOODS)),
    st.sampled_from((CLERK, REVIEWER, Doer("钱录入"))),
)
FITTING = st.sampled_from((True, True, True, False))  # whether the slip is made to say what its kind needs
DOINGS = st.one_of(
    *[st.tuples(SLIPS, FITTING)] * 4, st.sampled_from((1, 3)), st.sampled_from(("grant", "withhold"))
)
recorded: Counter[str] = Counter()


def _every_kind() -> list[Any]:
    return [((kind, {BOX: 1}, STORE, None, H1P1, CLERK), True) for kind in KIND_WORDS]


@example(_every_kind())
@given(st.lists(DOINGS, min_size=12, max_size=30))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def whatever_happens(doings: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = Stores(Path(folder) / "office.db")
        with stores.writer:
            stores.inspect("pass", subject="H1/P2")
            stores.issue({MACHINE: 1, BOX: 60})
            books = Counter({(STORE, MACHINE): 1, (STORE, BOX): 40, (H1P1, MACHINE): 1, (H1P1, BOX): 60})
            for doing in doings:
                _do(stores, doing, books)
            with reading(stores.file) as db:
                _adds_up(db, books)


def test_every_piece_is_in_a_store_at_a_household_or_accounted_for() -> None:
    whatever_happens()
    assert all(recorded[kind] for kind in KIND_WORDS), recorded


def _do(stores: Stores, doing: Any, books: Counter[tuple[str, str]]) -> None:
    """Try it; what was recorded is booked here too, by hand."""
    if isinstance(doing, int):
        stores.on(stores.day + timedelta(days=doing))
        return
    try:
        if isinstance(doing, str):
            stores.act(doing, REVIEWER, subject="H1/P2", override=True, reason="示例")
            return
        (kind, lines, place, to_place, subject, doer), fitting = doing
        if fitting:
            place, to_place, subject, doer = _fitted(kind, place, subject)
            lines = {BOX: 1} if kind == "use_up" else lines
        stores.slip(kind, lines, doer, place=place, to_place=to_place, subject=subject, reason="示例")
    except Refused:
        return
    recorded[kind] += 1
    for item, quantity in lines.items():
        source = {"receive": None, "return": subject, "use_up": subject}.get(kind, place or subject)
        target = {"receive": place, "return": place, "transfer": to_place, "issue": subject}.get(kind)
        if source:
            books[source, item] -= quantity
            assert books[source, item] >= 0, (kind, source, item)
        if target:
            books[target, item] += quantity


def _fitted(
    kind: str, place: str | None, subject: str | None
) -> tuple[str | None, str | None, str | None, Doer]:
    """Places, good and person as the kind needs them."""
    doer = REVIEWER if kind in WITH_REASON else CLERK
    if kind in WITH_REASON:
        return (place, None, None, doer) if place else (None, None, subject or H1P1, doer)
    place = place or STORE if kind in WITH_PLACE else None
    other = OTHER_STORE if place == STORE else STORE
    return place, other if kind == "transfer" else None, subject or H1P1 if kind in WITH_GOOD else None, doer


def _adds_up(db: Database, books: Counter[tuple[str, str]]) -> None:
    for item in ITEMS:
        in_stores = {place: in_store(db, item, place) for place in PLACES}
        with_goods = {good: held(db, good).get(item, 0) for good in GOODS}
        assert {**in_stores, **with_goods} == {where: books[where, item] for where in (*PLACES, *GOODS)}
        of_item = [move for move in moves(db) if move.item_code == item]
        received = sum(move.quantity for move in of_item if move.kind == "receive")
        gone = sum(move.quantity for move in of_item if move.kind in ("use_up", "lost", "write_off"))
        assert sum(in_stores.values()) + sum(with_goods.values()) + gone == received
    assert check(db) == []
    _issued_only_while_granted(db)


def _issued_only_while_granted(db: Database) -> None:
    for move in moves(db, kind="issue"):
        assert move.subject is not None
        assert in_force(db, move.subject, "packaging", date.fromisoformat(move.done_on)).state == "granted"
