"""Somebody has looked at past decisions that would be otherwise now, and says what is to be done about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse
from office.signing import kept_text
from office.then_and_now.past import past_decisions
from rules.program import Words


@dataclass(frozen=True)
class Wish:
    """Which recorded decisions were looked at, and what came of it."""

    decisions: Sequence[int]
    text: str


def look(writer: Writer, wish: Wish, *, doer: Doer) -> int:
    """Note it on the office's day; gives how many decisions it was noted for. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return look_in(db, wish, doer=doer, at=at, day=settings.day_of_entry(db, at))


def look_in(db: Database, wish: Wish, *, doer: Doer, at: datetime, day: date) -> int:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "look_into")
    text = kept_text(wish.text, Words("看过后的说明", "what came of it"))
    asked = tuple(dict.fromkeys(wish.decisions))
    if not asked:
        raise refuse("请先在表中选出看过的判定", "choose the decisions that were looked at first")
    past = past_decisions(db)
    listed = {one.decision: one for one in past.found}
    if strangers := [number for number in asked if number not in listed]:
        raise refuse(
            f"判定 {strangers[0]} 现在看没有不同，没有写入。请刷新后再看",
            f"decision {strangers[0]} is not otherwise now; nothing was written. Look again",
        )
    if closed := [number for number in asked if past.look_at(listed[number])]:
        raise refuse(
            f"判定 {closed[0]} 已有人看过，没有写入。请刷新后再看",
            f"somebody has looked at decision {closed[0]} already; nothing was written. Look again",
        )
    first = next_id(db, "audit_findings")
    rows: list[dict[str, Cell]] = [
        {
            "id": first + nth,
            "decision_id": number,
            "kind": "looked_at",
            "text": text,
            "done_on": day.isoformat(),
        }
        for nth, number in enumerate(asked)
    ]
    record(db, "audit_finding", {"audit_findings": rows}, at=at, by=by)
    return len(rows)
