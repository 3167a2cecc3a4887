"""What happens to a public notice on the wall: objections and their answers, withdrawal, the end of its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell
from data.casework import public_notices
from data.casework.ledger import next_id, record
from data.casework.public_notices import Posted, Step
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import Refused, refuse
from office.signing import kept_text
from rules.program import Words

LONGEST = 500  # characters of what is written down
STEPS: Mapping[str, Words] = {
    "objection": Words("登记异议", "record an objection"),
    "answer": Words("答复异议", "answer an objection"),
    "withdraw": Words("撤回公示", "withdraw the notice"),
    "close": Words("结束公示", "close the notice"),
}
_WRITTEN = {
    "objection": Words("异议内容", "what is objected to"),
    "answer": Words("答复内容", "the answer"),
    "withdraw": Words("撤回理由", "the reason for withdrawing it"),
}
STATES: Mapping[str, Words] = {
    "running": Words("公示中", "on the wall"),
    "ended": Words("期满待结束", "over, to be closed"),
    "closed": Words("已结束", "closed"),
    "withdrawn": Words("已撤回", "withdrawn"),
}
_NO_OBJECTION = "公示期满，无异议。"
_ALL_ANSWERED = "公示期满，异议均已答复。"


@dataclass(frozen=True)
class Wish:
    """One step of a notice (a key of STEPS). `answers` is the objection's id where it is an answer; `close` may be
    without words."""

    kind: str
    number: str
    text: str = ""
    answers: int | None = None


def take(writer: Writer, wish: Wish, *, doer: Doer) -> Posted:
    """Take a step on the office's day; gives the notice as it then stands. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return take_in(db, wish, doer=doer, at=at, day=settings.working_day(db, at))


def take_in(db: Database, wish: Wish, *, doer: Doer, at: datetime, day: date) -> Posted:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    if wish.kind not in STEPS:
        raise refuse(
            f"没有“{wish.kind}”这一步；可用的有：{'、'.join(STEPS)}",
            f'there is no step "{wish.kind}"; there are: {", ".join(STEPS)}',
        )
    by = allowed(db, doer, "publish")
    posted = notice_numbered(db, wish.number)
    _must_be_open(posted)
    if wish.kind == "answer":
        _must_be_unanswered(posted, wish.answers)
    if wish.kind == "close":
        _must_be_over(posted, day)
    row: dict[str, Cell] = {
        "id": next_id(db, "public_notice_steps"),
        "notice_id": posted.id,
        "kind": wish.kind,
        "done_on": day.isoformat(),
        "answers": wish.answers if wish.kind == "answer" else None,
        "text": _text(posted, wish),
    }
    record(db, "public_notice", {"public_notice_steps": [row]}, at=at, by=by)
    return notice_numbered(db, wish.number)


def notice_numbered(db: Database, number: str) -> Posted:
    """The notice of that number; refused where there is none."""
    found = public_notices.notice(db, number.strip())
    if found is None:
        raise refuse(f"没有编号为“{number}”的公示", f'there is no public notice numbered "{number}"')
    return found


def state_of(posted: Posted, day: date) -> str:
    """How a notice stands at the end of a day: a key of STATES."""
    if posted.step("withdraw", day):
        return "withdrawn"
    if posted.step("close", day):
        return "closed"
    return "running" if day <= posted.ends_on else "ended"


def days_left(posted: Posted, day: date) -> int:
    """The days that a notice still hangs, this one included; 0 where it hangs no longer."""
    return (posted.ends_on - day).days + 1 if state_of(posted, day) == "running" else 0


def running(db: Database, day: date) -> list[Posted]:
    """The notices on the wall on a day, the one that ends first in front."""
    return sorted(_in_state(db, day, "running"), key=lambda posted: (posted.ends_on, posted.id))


def ended(db: Database, day: date) -> list[Posted]:
    """The notices whose period is over by a day and that nobody has closed or withdrawn, the oldest first."""
    return sorted(_in_state(db, day, "ended"), key=lambda posted: posted.id)


def _in_state(db: Database, day: date, state: str) -> list[Posted]:
    return [posted for posted in public_notices.notices(db, day) if state_of(posted, day) == state]


def _text(posted: Posted, wish: Wish) -> str:
    if wish.kind == "close" and not wish.text.strip():
        return _ALL_ANSWERED if posted.step("objection") else _NO_OBJECTION
    return kept_text(wish.text, _WRITTEN.get(wish.kind, STEPS[wish.kind]), LONGEST)


def _must_be_open(posted: Posted) -> None:
    for kind, zh, en in (("close", "结束", "closed"), ("withdraw", "撤回", "withdrawn")):
        if done := posted.step(kind):
            raise refuse(
                f"公示 {posted.number} 已由{done.recorded_by}于 {done.done_on} {zh}，不能再办理。",
                f"Notice {posted.number} was {en} by {done.recorded_by} on {done.done_on}; nothing more is done about it.",
            )


def _must_be_unanswered(posted: Posted, objection: int | None) -> None:
    if not any(step.id == objection and step.kind == "objection" for step in posted.steps):
        raise refuse(
            f"公示 {posted.number} 没有编号为 {objection} 的异议",
            f"notice {posted.number} has no objection {objection}",
        )
    given = next((step for step in posted.steps if step.answers == objection), None)
    if given is not None:
        raise refuse(
            f"这条异议已由{given.recorded_by}于 {given.done_on} 答复，没有再写入。",
            f"This objection was answered by {given.recorded_by} on {given.done_on}; nothing was added.",
        )


def _must_be_over(posted: Posted, day: date) -> None:
    if day <= posted.ends_on:
        raise refuse(
            f"公示期到 {posted.ends_on} 为止，次日起才能结束；还剩 {days_left(posted, day)} 天（含当天）。",
            f"The notice hangs until {posted.ends_on} and can be closed from the day after."
            f" Days left, this one included: {days_left(posted, day)}.",
        )
    if waiting := posted.unanswered():
        raise _unanswered(posted, waiting)


def _unanswered(posted: Posted, waiting: tuple[Step, ...]) -> Refused:
    return refuse(
        f"公示 {posted.number} 还有 {len(waiting)} 条异议没有答复，答复后才能结束。",
        f"Notice {posted.number} is closed once every objection has an answer. Still without one: {len(waiting)}.",
    )
