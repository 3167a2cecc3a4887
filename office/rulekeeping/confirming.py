"""Readings confirmed: who of the leading group confirmed what a part says, when, and by which document.

A confirmation is of what the part said then; once its value or words change it lapses by itself. Nothing that was
decided or printed before is changed by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.rulekeeping.confirmations import Confirmation
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.cited import Chapter
from office.days import now
from office.refusal import Refused, refuse
from office.rulekeeping.readings import Reading, readings_on
from office.signing import kept_text, named
from rules.program import Words

LONGEST_NUMBER = 60
KINDS = {
    "confirm": Words("确认", "Confirm"),
    "look": Words("看过，未变", "Looked at, unchanged"),
    "withdraw": Words("撤销确认", "Withdraw a confirmation"),
}


@dataclass(frozen=True)
class Asked:
    """One part of the rules; `seen`: the digest of what it said when the person looked (None: whatever it says)."""

    file: str
    part: str
    seen: str | None = None


@dataclass(frozen=True)
class Wish:
    """What is to be entered of one or more parts: `kind` of KINDS, and of a confirmation by whom, when, and by which document."""

    kind: str
    parts: Sequence[Asked]
    confirmed_by: str = ""
    confirmed_on: date | None = None
    document_no: str = ""
    remark: str = ""


def enter(writer: Writer, wish: Wish, book: Sequence[Chapter], *, doer: Doer) -> tuple[Reading, ...]:
    """Enter it on the office's day, in a transaction of its own; gives the readings as they are then.

    `book`: what the rules say (`office.rule_book.chapters`). Raises Refused; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        return enter_in(db, wish, book, doer=doer, at=at, day=settings.day_of_entry(db, at))


def enter_in(
    db: Database, wish: Wish, book: Sequence[Chapter], *, doer: Doer, at: datetime, day: date
) -> tuple[Reading, ...]:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "confirm_reading")
    if wish.kind not in KINDS:
        raise refuse(f"没有“{wish.kind}”这种办理", f'there is no "{wish.kind}" of a reading')
    if not wish.parts:
        raise refuse("请先选择要办理的口径", "choose the readings first")
    known = {(one.file, one.key): one for one in readings_on(db, book, day)}
    chosen = [_known(known, asked) for asked in dict.fromkeys(wish.parts)]
    for one in chosen:
        _possible(one, wish.kind)
    said = _said(wish, day)
    first = next_id(db, "confirmations")
    rows: list[dict[str, Cell]] = [
        {
            "id": first + at_place,
            "file": one.file,
            "part": one.key,
            "kind": wish.kind,
            "stated": one.stated,
            "done_on": day.isoformat(),
            **said,
        }
        for at_place, one in enumerate(chosen)
    ]
    record(db, "confirmation", {"confirmations": rows}, at=at, by=by)
    again = {(one.file, one.key): one for one in readings_on(db, book, day)}
    return tuple(again[one.file, one.key] for one in chosen)


def _known(known: Mapping[tuple[str, str], Reading], asked: Asked) -> Reading:
    """The reading that is meant. Refused where there is none, or where it says something else than what was seen."""
    found = known.get((asked.file, asked.part))
    if found is None:
        raise refuse(
            f"没有“{asked.file} {asked.part}”这一项；可用的见 readings list",
            f'there is no reading "{asked.file} {asked.part}"; see readings list',
        )
    if asked.seen is not None and asked.seen != found.stated:
        raise refuse(
            f"“{found.part.words.zh}”的取值或文字已有变化，没有办理。请刷新后再看",
            f'"{found.part.words.en}" says something else by now; nothing was done. Look again',
        )
    return found


def _possible(one: Reading, kind: str) -> None:
    zh, en = one.part.words.zh, one.part.words.en
    if kind == "withdraw" and one.confirmation is None:
        raise refuse(f"“{zh}”没有确认过，无可撤销", f'"{en}" was not confirmed: there is nothing to withdraw')
    if kind == "confirm" and one.status == "confirmed" and one.confirmation is not None:
        number = one.confirmation.document_no
        raise refuse(
            f"“{zh}”已经确认过（{number}），没有再办理。确认有误的，请先撤销",
            f'"{en}" is confirmed already ({number}); nothing was done. A mistaken confirmation is withdrawn first',
        )


def _said(wish: Wish, day: date) -> dict[str, Cell]:
    """The columns that hold what was written. Raises Refused for what is missing or comes later than the day."""
    remark = kept_text(wish.remark, Words("备注", "the remark")) if wish.remark.strip() else None
    if wish.kind == "withdraw" and remark is None:
        raise refuse("请写明撤销的理由", "say why it is withdrawn")
    if wish.kind != "confirm":
        return {"confirmed_by": None, "confirmed_on": None, "document_no": None, "remark": remark}
    if wish.confirmed_on is None:
        raise refuse("请写明领导小组确认的日期", "say on which day the leading group confirmed it")
    if wish.confirmed_on > day:
        raise _later(wish.confirmed_on, day)
    return {
        "confirmed_by": _by_whom(wish.confirmed_by),
        "confirmed_on": wish.confirmed_on.isoformat(),
        "document_no": kept_text(wish.document_no, Words("文号", "the document's number"), LONGEST_NUMBER),
        "remark": remark,
    }


def _by_whom(text: str) -> str:
    if not text.strip():
        raise refuse("请写明由领导小组的谁确认", "say who of the leading group confirmed it")
    return named(text)


def _later(confirmed_on: date, day: date) -> Refused:
    return refuse(
        f"确认日期 {confirmed_on} 晚于今天 {day}，没有办理",
        f"{confirmed_on} lies after today, {day}; nothing was done",
    )


def not_looked_at(one: Reading, day: date, days: int) -> bool:
    """Whether nobody confirmed it or looked at it within so many days before the day, the day included."""
    return one.looked_on is None or one.looked_on < day - timedelta(days=days)


__all__ = ["Asked", "Confirmation", "Wish", "enter", "enter_in", "not_looked_at"]
