"""That a re-check was made is recorded with the chain's end then and the first difference; papers' marks are compared."""

from __future__ import annotations

from datetime import date, datetime
from math import ceil

from data import settings
from data.canonical import Cell, json_text
from data.casework.documents import MARK
from data.casework.ledger import next_id, record
from data.rulekeeping.rechecks import Recheck, entry_hash_at, rechecks
from data.store import Database, Writer
from data.words import Words
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import must_be_today, now
from office.rechecking.whole import Rechecked
from office.refusal import refuse

_HEX = frozenset("0123456789abcdef")


def keep(writer: Writer, found: Rechecked, *, doer: Doer) -> Recheck:
    """Record it on the office's day, in a transaction of its own. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return keep_in(db, found, doer=doer, at=at, day=settings.working_day(db, at))


def keep_in(db: Database, found: Rechecked, *, doer: Doer, at: datetime, day: date) -> Recheck:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "recheck")
    must_be_today(db, day, at)
    if not found.entries or entry_hash_at(db, found.entries) != found.head:
        raise refuse(
            "复核时的链首与现在的记录链对不上，没有登记。请重新复核。",
            "The chain's end of that re-check is not in the chain as it is now, so nothing was recorded."
            " Please re-check again.",
        )
    first = found.differences[0] if found.differences else None
    said = {"place": first.place, "zh": first.message.zh, "en": first.message.en} if first else None
    row: dict[str, Cell] = {
        "id": next_id(db, "rechecks"),
        "head_seq": found.entries,
        "head_hash": found.head,
        "decisions": found.rechecked,
        "differences": found.total,
        "first": json_text(said) if said else None,
        "seconds": ceil(found.seconds),
        "done_on": day.isoformat(),
    }
    record(db, "recheck", {"rechecks": [row]}, at=at, by=by)
    return rechecks(db)[0]


def mark_holds(db: Database, number: str, mark: str) -> tuple[bool, Words]:
    """Whether an entry's number and hash, as they stand at a paper's foot, are those of the chain; and why not.

    Raises Refused for what is no number, or fewer characters than a paper bears.
    """
    digits, written = number.strip(), "".join(mark.split()).lower()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
        raise refuse("链号是一个数字，例如 1293。", "The entry's number is digits, for example 1293.")
    if not (MARK <= len(written) <= 64 and set(written) <= _HEX):
        raise refuse(
            f"散列是 {MARK} 到 64 位的 0–9、a–f，照纸上抄写。",
            f"The hash is {MARK} to 64 characters out of 0–9 and a–f, as on the paper.",
        )
    stored = entry_hash_at(db, int(digits))
    if stored is None:
        return False, Words(
            f"记录链里没有第 {digits} 条：纸上的这一条后来被去掉了。",
            f"The chain has no entry {digits}: the one on the paper was taken away since.",
        )
    if not stored.startswith(written):
        return False, Words(
            f"第 {digits} 条现在的散列是 {stored[:MARK]}…，与纸上的不同：这一条或它之前的记录在打印以后被改写过。",
            f"Entry {digits} now has the hash {stored[:MARK]}…, not the paper's: it, or something before it,"
            " was rewritten after printing.",
        )
    return True, Words(
        f"第 {digits} 条的散列与纸上的相同：打印以来，到这一条为止的记录链没有被改写。",
        f"Entry {digits} has the hash that the paper bears: up to it the chain was not rewritten since.",
    )
