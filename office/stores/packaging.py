"""Hand out, take back, write off: the packaging ledger's one way of being written, slip by slip.

A slip moves quantities of items between storage places, goods and outside. Packaging goes only to a good whose
packaging is granted and in force; no balance ever falls below nothing; every slip has its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from data import settings
from data.casework import packaging as ledger
from data.casework.acts import acts_about
from data.casework.ledger import Row, next_id, record
from data.casework.packaging import HeldItem, Item, Place
from data.one_good import about_good
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.casework.in_force import in_force
from office.days import must_be_today, now
from office.paperwork.letterhead import letterhead
from office.paperwork.paper_parts import good_on_paper
from office.paperwork.papers_of_goods_and_money import IssueSlip, ReturnSlip
from office.paperwork.papers_of_goods_and_money import Moved as MovedOnPaper
from office.paperwork.printing import numbered
from office.refusal import refuse
from office.stores.packaging_slips import ACTION_OF, BENEFIT, KIND_WORDS, Checked, Line, Slip, checked
from rules.program import Words

__all__ = [
    "ACTION_OF",
    "KIND_WORDS",
    "Line",
    "Moved",
    "Slip",
    "StockLine",
    "ToRecover",
    "move",
    "move_in",
    "recovery",
    "stock_lines",
]


@dataclass(frozen=True)
class Moved:
    """What was recorded; `document` is the number of the paper to sign, where there is one."""

    slip_no: str
    document: str | None
    words: Words


@dataclass(frozen=True)
class StockLine:
    """So much of an item at a place."""

    place: Place
    item: Item
    quantity: int


@dataclass(frozen=True)
class ToRecover:
    """A good whose packaging was taken away and that still holds some; `document` is the list handed over."""

    subject: str
    state: str
    since: date
    held: tuple[HeldItem, ...]
    document: str | None


def move(writer: Writer, slip: Slip, *, doer: Doer, seen: int | None = None) -> Moved:
    """Record a slip on the office's day. Raises Refused in words; nothing is half done.

    `seen` is what `data.casework.packaging.last_move` said when the person looked (None: not checked).
    """
    with writer.transaction() as db:
        at = now()
        return move_in(db, slip, doer=doer, at=at, day=settings.working_day(db, at), seen=seen)


def move_in(
    db: Database, slip: Slip, *, doer: Doer, at: datetime, day: date, seen: int | None = None
) -> Moved:
    """The same inside the caller's transaction, at an instant and on a day of the caller's (the demonstration)."""
    by = allowed(db, doer, ACTION_OF.get(slip.kind, "hand_out"))
    must_be_today(db, day, at)
    found = checked(db, slip, day)
    _must_have_been_seen(db, slip, seen)
    _must_be_there(db, found)
    first = next_id(db, "packaging_moves")
    documents: list[Row] = []
    paper = _paper(db, found, day, by)
    if paper is not None:
        filed = numbered(db, paper, about=f"packaging_moves:{first}", subject=slip.subject)
        number, documents = filed.number, [filed.row]
    else:
        series = KIND_WORDS[slip.kind].zh
        number = f"{series}〔{day.year}〕{ledger.slips_of(db, slip.kind, day.year) + 1}号"
    rows = [
        _row(found, first + at_, item, quantity, number, day)
        for at_, (item, quantity) in enumerate(found.lines)
    ]
    record(db, "packaging", {"packaging_moves": rows, "documents": documents}, at=at, by=by)
    kind = KIND_WORDS[slip.kind]
    words = Words(f"{kind.zh}已登记，单号 {number}。", f"Recorded ({kind.en}), slip {number}.")
    return Moved(number, number if documents else None, words)


def stock_lines(db: Database, day: date | None = None) -> list[StockLine]:
    """What lies where at the end of a day (None: now), by place and item."""
    items = {item.entity: item for item in ledger.items(db).values()}
    places = {place.entity: place for place in ledger.places(db).values()}
    found = [StockLine(places[p], items[i], n) for (p, i), n in ledger.stock(db, day).items()]
    return sorted(found, key=lambda line: (line.place.code, line.item.code))


def recovery(db: Database, day: date) -> list[ToRecover]:
    """Goods whose packaging is no longer granted on a day and that still hold something, the longest first."""
    found = []
    for subject, held in ledger.held_by_goods(db, day=day).items():
        standing = in_force(db, subject, BENEFIT, day)
        if standing.state != "granted" and standing.since is not None:
            document = _list_handed_over(db, subject, standing.act, day)
            found.append(ToRecover(subject, standing.state, standing.since, tuple(held), document))
    return sorted(found, key=lambda one: (one.since, one.subject))


def _list_handed_over(db: Database, subject: str, since_act: int | None, day: date) -> str | None:
    """The number of the recovery list that follows the act that took packaging away, by a day."""
    lists = [
        act.document_no
        for act in acts_about(db, subject, BENEFIT)
        if act.kind == "recover" and act.id > (since_act or 0) and act.done_on <= day.isoformat()
    ]
    return lists[-1] if lists else None


def _must_have_been_seen(db: Database, slip: Slip, seen: int | None) -> None:
    """What others recorded since the person looked is said with who, what and on which slip."""
    if seen is None:
        return
    newer = ledger.moves(db, subject=slip.subject, place=None if slip.subject else slip.place, after=seen)
    if newer:
        last, kind = newer[0], KIND_WORDS[newer[0].kind]
        raise refuse(
            f"{last.recorded_by}刚刚登记了{kind.zh}（{last.slip_no}，“{last.item_name}”{last.quantity:,} {last.unit}），"
            "请看过现在的数量再登记；没有登记任何内容",
            f"{last.recorded_by} has just recorded slip {last.slip_no} ({kind.en}: {last.quantity:,} {last.unit} of"
            f" {last.item_name}); look at what is there now. Nothing was recorded",
        )


def _must_be_there(db: Database, found: Checked) -> None:
    """What leaves a place or a good must be there now."""
    slip = found.slip
    in_store = ledger.stock(db)
    held = {one.item_code: one.quantity for one in ledger.held_by(db, slip.subject)} if slip.subject else {}
    for item, quantity in found.lines:
        if slip.kind == "receive":
            continue
        if slip.subject and slip.kind != "issue":
            there, whose = held.get(item.code, 0), slip.subject
        else:
            assert found.place is not None
            there, whose = in_store.get((found.place.entity, item.entity), 0), found.place.name
        if there < quantity:
            raise refuse(
                f"{whose} 只有“{item.name}”{there:,} {item.unit}，不够 {quantity:,} {item.unit}；没有登记任何内容",
                f"{whose} has {there:,} {item.unit} of {item.name}, not {quantity:,}; nothing was recorded",
            )


def _row(found: Checked, number: int, item: Item, quantity: int, slip_no: str, day: date) -> Row:
    slip, place = found.slip, found.place.entity if found.place else None
    into_place = slip.kind in ("receive", "return")
    return {
        "id": number,
        "slip_no": slip_no,
        "kind": slip.kind,
        "item_entity": item.entity,
        "quantity": quantity,
        "from_place": None if into_place else place,
        "to_place": place if into_place else found.to_place.entity if found.to_place else None,
        "from_good": None if slip.kind == "issue" else found.good,
        "to_good": found.good if slip.kind == "issue" else None,
        "subject": slip.subject,
        "act_id": found.standing.act if found.standing else None,
        "done_on": day.isoformat(),
        "reason": slip.reason,
    }


def _paper(db: Database, found: Checked, day: date, by: str) -> IssueSlip | ReturnSlip | None:
    """The paper that is signed when packaging changes hands with a household."""
    slip, place = found.slip, found.place
    about = about_good(db, slip.subject) if slip.subject else None
    if slip.kind not in ("issue", "return") or about is None or place is None or slip.subject is None:
        return None
    lines = tuple(
        MovedOnPaper(
            item_code=item.code,
            item_name=item.name,
            item_kind=cast(Literal["equipment", "material"], item.kind),
            unit=item.unit,
            quantity=quantity,
            place=place.name,
        )
        for item, quantity in found.lines
    )
    good, head = good_on_paper(slip.subject, about), letterhead(db)
    if slip.kind == "issue":
        return IssueSlip(
            letterhead=head, done_on=day, good=good, lines=lines, issued_by=by, receiver=slip.person
        )
    return ReturnSlip(
        letterhead=head, done_on=day, good=good, lines=lines, received_by=by, returned_by=slip.person
    )
