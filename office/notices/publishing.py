"""Publish (公示): what was given hangs on the wall for its days, masked, and whoever objects is answered.

A notice is built from two sources only: packaging grants in force on the day of posting (a good that has lost it
since is left out), and the lines of a confirmed settlement, net per household as on its sheet: whom it does not pay
more than it takes back is left out. What the rules recommend and who lost a right have no way into it: `Line` is
made of `Given` and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Literal

from data import settings
from data.canonical import Cell, json_text, sha256_of
from data.casework.ledger import next_id, record
from data.casework.public_notices import (
    Given,
    Posted,
    claims_paid,
    grants_unpublished,
    notice,
    settlements_unpublished,
)
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.paperwork.letterhead import letterhead
from office.paperwork.papers import Letterhead
from office.paperwork.papers_of_goods_and_money import SUBSIDY, PublicNotice, Published
from office.paperwork.printing import numbered
from office.refusal import Refused, refuse
from office.signing import kept_text
from rules.procedure import procedure
from rules.program import Words

Kind = Literal["packaging", "settlement"]
KINDS: dict[str, Words] = {
    "packaging": Words("包装设备和包材", "Packaging"),
    "settlement": Words("物流补贴结算", "Logistics settlement"),
}
ITEMS = {"packaging": "支持包装的农产品（个）", "settlement": SUBSIDY}
MOST_DAYS = 60
LONGEST = 100  # characters of a place or a telephone number


@dataclass(frozen=True)
class Asked:
    """What is to be published. A settlement by its number (None: the newest unpublished one); packaging granted
    from `since` (None: the oldest grant that hangs on no notice yet) to the day. `days` None: the office's value.
    """

    kind: str
    settlement: str | None = None
    since: date | None = None
    days: int | None = None


@dataclass(frozen=True)
class Line:
    """One household's line on the wall, and the acts or settlement lines that it rests on (never on the wall)."""

    published: Published
    rests_on: tuple[int, ...]


@dataclass(frozen=True)
class Preview:
    """Exactly what would hang on the wall if it were posted on `posted_on`; `digest` stands for these very lines."""

    kind: Kind
    settlement: tuple[int, str] | None
    period_from: date
    period_to: date
    posted_on: date
    days: int
    lines: tuple[Line, ...]

    @property
    def ends_on(self) -> date:
        """The last day on the wall; the day of posting is the first."""
        return self.posted_on + timedelta(days=self.days - 1)

    @property
    def total(self) -> int:
        """分 of all lines; 0 where it is given in kind."""
        return sum(line.published.amount or 0 for line in self.lines)

    @property
    def entries(self) -> str:
        """The lines as they are kept: canonical JSON."""
        return json_text([{**said(line.published), "rests_on": list(line.rests_on)} for line in self.lines])

    @property
    def digest(self) -> str:
        return sha256_of(self.entries.encode())


def preview(db: Database, asked: Asked, day: date) -> Preview:
    """What would be posted on a day. Raises Refused where there is nothing to publish or it cannot be."""
    days = _days(asked.days, day)
    if asked.kind == "packaging":
        return _packaging(db, asked.since, day, days)
    if asked.kind == "settlement":
        return _settlement(db, asked.settlement, day, days)
    raise refuse(
        f"没有“{asked.kind}”这种公示；可用的有：{'、'.join(KINDS)}",
        f'there is no public notice of "{asked.kind}"; there are: {", ".join(KINDS)}',
    )


def post(
    writer: Writer, asked: Asked, *, doer: Doer, phone: str, place: str, seen: str | None = None
) -> Posted:
    """Post a notice on the office's day, in a transaction of its own.

    `phone` is the office's, `place` where it hangs, `seen` the digest of the preview that the person looked at
    (None: not checked). Raises Refused; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return post_in(db, asked, doer=doer, phone=phone, place=place, at=at, day=day, seen=seen)


def post_in(
    db: Database,
    asked: Asked,
    *,
    doer: Doer,
    phone: str,
    place: str,
    at: datetime,
    day: date,
    seen: str | None = None,
) -> Posted:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "publish")
    phone = kept_text(phone, Words("办公室电话", "the office's telephone number"), LONGEST)
    place = kept_text(place, Words("张贴地点", "the place where it hangs"), LONGEST)
    ready = preview(db, asked, day)
    if seen is not None and seen != ready.digest:
        raise refuse(
            "公示内容在您预览之后有了变化，没有发布。请重新预览后再发布。",
            "What would be published has changed since you looked at it. Nothing was posted: look at it again.",
        )
    notice_id = next_id(db, "public_notices")
    paper = paper_of(ready, replace(letterhead(db), phone=phone), place)
    number, document = numbered(db, paper, about=f"public_notice:{notice_id}")
    row: dict[str, Cell] = {
        "id": notice_id,
        "number": number,
        "kind": ready.kind,
        "settlement_id": ready.settlement[0] if ready.settlement else None,
        "period_from": ready.period_from.isoformat(),
        "period_to": ready.period_to.isoformat(),
        "posted_on": ready.posted_on.isoformat(),
        "days": ready.days,
        "ends_on": ready.ends_on.isoformat(),
        "place": place,
        "phone": phone,
        "entries": ready.entries,
    }
    record(db, "public_notice", {"public_notices": [row], "documents": [document]}, at=at, by=by)
    posted = notice(db, number)
    assert posted is not None
    return posted


def paper_of(ready: Preview, letterhead: Letterhead, place: str) -> PublicNotice:
    """The paper for the wall of a place."""
    return PublicNotice(
        done_on=ready.posted_on,
        letterhead=letterhead,
        benefit="packaging" if ready.kind == "packaging" else "logistics",
        period_from=ready.period_from,
        period_to=ready.period_to,
        notice_from=ready.posted_on,
        notice_to=ready.ends_on,
        notice_days=ready.days,
        rows=tuple(line.published for line in ready.lines),
        place=place,
    )


def lines_of(kind: Kind, given: Iterable[Given]) -> tuple[Line, ...]:
    """One line per household, in the order given (by place and household): how much was given, and its sum."""
    return tuple(_line(kind, list(of_one)) for _, of_one in groupby(given, key=lambda one: one.household_no))


def _line(kind: Kind, given: Sequence[Given]) -> Line:
    first = given[0]
    amounts = [one.amount for one in given if one.amount is not None]
    taken_back = sum(amount < 0 for amount in amounts)
    published = Published.of(
        township=first.township,
        village=first.village,
        head_name=first.head_name,
        household_no=first.household_no,
        item=ITEMS[kind],
        count=len(given) - taken_back,
        amount=sum(amounts) if amounts else None,
    )
    return Line(published, tuple(one.id for one in given))


def _packaging(db: Database, since: date | None, day: date, days: int) -> Preview:
    if since is not None and since > day:
        raise refuse(
            f"起始日 {since} 晚于发布日 {day}，没有发布。",
            f"The first day, {since}, lies after the day of posting, {day}. Nothing was posted.",
        )
    given = grants_unpublished(db, since, day)
    if not given:
        raise refuse(
            "没有待公示的包装给予：到这一天没有新给予的，或者都已公示。",
            "There is no packaging grant to publish: nothing new was granted by this day, or all of it is published.",
        )
    first = since or min(one.day for one in given)
    return Preview("packaging", None, first, day, day, days, lines_of("packaging", given))


def _settlement(db: Database, number: str | None, day: date, days: int) -> Preview:
    open_ones = settlements_unpublished(db)
    found = next((one for one in open_ones if number in (None, one[1])), None)
    if found is None:
        raise _no_settlement(number)
    given = claims_paid(db, found[0])
    if not given:
        raise refuse(
            f"结算 {found[1]} 没有应付的申报，不需要公示。",
            f"Settlement {found[1]} pays nothing, so there is nothing to publish.",
        )
    first, last = min(one.day for one in given), max(one.day for one in given)
    return Preview("settlement", found, first, last, day, days, lines_of("settlement", given))


def _no_settlement(number: str | None) -> Refused:
    if number is None:
        return refuse(
            "没有待公示的结算：须先有一次已确认、尚未公示的结算。",
            "There is no settlement to publish: it takes one that is confirmed and not published yet.",
        )
    return refuse(
        f"结算 {number} 不能公示：没有这次结算，或尚未确认，或已在公示。",
        f"Settlement {number} cannot be published: there is none, or it is not confirmed, or it is published already.",
    )


def _days(asked: int | None, day: date) -> int:
    days = procedure(day)["public_notice_days"] if asked is None else asked
    if not 1 <= days <= MOST_DAYS:
        raise refuse(
            f"公示期须在 1 到 {MOST_DAYS} 天之间，不能是 {days} 天。",
            f"A notice hangs for 1 to {MOST_DAYS} days, not for {days}.",
        )
    return days


def said(published: Published) -> dict[str, Any]:
    """A line as it is kept and shown: exactly what it says on the wall, by name."""
    return {f.name: getattr(published, f.name) for f in fields(published)}
