"""What a household hands back after a decision: durable equipment and unused material that it holds now."""

from __future__ import annotations

from typing import Literal, cast

from data.casework.packaging import held_by
from data.store import Database
from office.paperwork.papers_of_goods_and_money import Returnable


def handed_back(db: Database, subject: str) -> tuple[Returnable, ...]:
    """Everything that the good still holds, as lines of the list; used-up material is no longer held."""
    return tuple(
        Returnable(
            item_code=one.item_code,
            item_name=one.name,
            item_kind=cast(Literal["equipment", "material"], one.kind),
            unit=one.unit,
            held=one.quantity,
            to_return=one.quantity,
        )
        for one in held_by(db, subject)
    )
