"""Act: what a person does about a decision. The front of casework: everything a page or command needs is named here.

standing(db, subject, benefit, day)       how it stands and what may be done
act(writer, Asked(...), doer=Doer(...))   do it, in one transaction with its paper
bulk_preview / bulk_grant                 plain cases together, never taking away
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from data import settings
from data.canonical import Cell, json_text
from data.casework import acts as recorded
from data.casework.ledger import next_id, record
from data.store import Database, Writer
from office.casework.act_papers import Occasion, paper_of
from office.casework.acting_words import done_meanwhile, done_words
from office.casework.asked import HOW, KIND_WORDS, Asked, Doer, Done
from office.casework.bulk import (
    BulkDone,
    BulkPreview,
    LeftOut,
    PlainCase,
    bulk_grant,
    bulk_grant_in,
    bulk_preview,
)
from office.casework.cases import Case
from office.casework.doers import allowed
from office.casework.in_force import STATE_WORDS
from office.casework.recovering import handed_back
from office.casework.standing import ACTION_OF, Possible, Standing, standing, standing_of, standing_to_close
from office.casework.wishes import Wish, known_wish, wish_of
from office.casework.working_days import nth_working_day_after
from office.days import must_be_today, now
from office.deciding import Answers
from office.paperwork.letterhead import letterhead
from office.paperwork.papers_of_goods_and_money import Returnable
from office.paperwork.printing import Filed, numbered
from office.programs import program_in_force
from office.recording import decided_at, kept_decision
from office.refusal import Refused, refuse
from rules.procedure import procedure
from rules.program import Words

__all__ = [
    "HOW",
    "KIND_WORDS",
    "STATE_WORDS",
    "Asked",
    "BulkDone",
    "BulkPreview",
    "Case",
    "Doer",
    "Done",
    "LeftOut",
    "PlainCase",
    "Possible",
    "Standing",
    "act",
    "act_in",
    "bulk_grant",
    "bulk_grant_in",
    "bulk_preview",
    "standing",
]

STATE_OF = {"grant": "granted", "reinstate": "granted", "withhold": "withheld"}
OF_A_CASE = ("deliver", "hear", "revoke", "deliver_decision", "recover")
ON_A_DECISION = ("grant", "withhold", "reinstate", "notify", "revoke")


def act(writer: Writer, asked: Asked, *, doer: Doer, seen: int | None = None) -> Done:
    """Do what is asked, in a transaction of its own, on the office's day.

    `seen` is the id of the last act about this good and benefit that the person saw (0: none; None: not checked).
    Raises Refused in words; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        return act_in(db, asked, doer=doer, at=at, day=settings.working_day(db, at), seen=seen)


def act_in(
    db: Database, asked: Asked, *, doer: Doer, at: datetime, day: date, seen: int | None = None
) -> Done:
    """The same inside the caller's transaction, at an instant and on a day of the caller's (the demonstration)."""
    asked = known_wish(asked)
    by = allowed(db, doer, ACTION_OF[asked.kind])
    doer = Doer(by, doer.role)
    must_be_today(db, day, at)
    _must_be_a_benefit(db, asked.benefit, day)
    if asked.kind == "stop":
        return _close(db, asked, doer=doer, at=at, day=day, seen=seen)
    answers = decided_at(db, day, at, asked.subject)
    found = standing_of(db, answers, asked.benefit, doer)
    _must_be_in_order(asked, found, seen)
    occasion = _occasion(db, asked, found, answers, by)
    number, paper = next_id(db, "acts"), paper_of(occasion)
    filed = numbered(db, paper, about=f"act:{number}", subject=asked.subject) if paper else None
    decision = (
        kept_decision(db, answers, asked.benefit, by=by, at=at) if asked.kind in ON_A_DECISION else None
    )
    row = _row(occasion, number, decision, filed.number if filed else None)
    return _kept(db, row, filed, at=at, by=by)


def _close(db: Database, asked: Asked, *, doer: Doer, at: datetime, day: date, seen: int | None) -> Done:
    """Close a case. It rests on no decision: also a good that is no longer decided leaves no case open."""
    found = standing_to_close(db, asked.subject, asked.benefit, day, doer)
    _must_be_in_order(asked, found, seen)
    assert found.case is not None
    wish, notice = wish_of(asked, found), found.case.notice
    row: dict[str, Cell] = {
        "id": next_id(db, "acts"),
        "good_entity": notice.good_entity,
        "subject": found.subject,
        "benefit": found.benefit,
        "kind": wish.kind,
        "done_on": day.isoformat(),
        "case_id": notice.id,
        "overrides": 0,
        "reason": wish.reason,
        "details": json_text({}),
    }
    return _kept(db, row, None, at=at, by=doer.name)


def _kept(db: Database, row: dict[str, Cell], filed: Filed | None, *, at: datetime, by: str) -> Done:
    """What was done, recorded with its paper."""
    record(db, "act", {"acts": [row], "documents": [filed.row] if filed else []}, at=at, by=by)
    done = recorded.act(db, cast(int, row["id"]))
    assert done is not None
    return Done(done, (filed.number,) if filed else (), done_words(done))


def _occasion(db: Database, asked: Asked, found: Standing, answers: Answers, by: str) -> Occasion:
    """All that the act and its paper are written from. Raises Refused where the wish lacks something."""
    wish = wish_of(asked, found)
    return Occasion(
        db=db,
        wish=wish,
        standing=found,
        answers=answers,
        state=_state(wish, found),
        defence_days=_defence_days(found),
        returned=handed_back(db, asked.subject) if wish.kind == "recover" else (),
        by=by,
        letterhead=letterhead(db),
    )


def _row(o: Occasion, number: int, decision: int | None, document: str | None) -> dict[str, Cell]:
    """The act as it is recorded."""
    wish, found = o.wish, o.standing
    return {
        "id": number,
        "good_entity": int(o.answers.gathered.goods.entity[0]),
        "subject": found.subject,
        "benefit": found.benefit,
        "kind": wish.kind,
        "done_on": found.day.isoformat(),
        "case_id": o.case.notice.id if wish.kind in OF_A_CASE else None,
        "state": o.state,
        "effective_on": wish.effective_on.isoformat() if wish.effective_on else None,
        "overrides": int(wish.overrides),
        "decision_id": decision,
        "document_no": document,
        "reason": wish.reason,
        **_details(wish, o.defence_days, o.returned),
    }


def _must_be_a_benefit(db: Database, benefit: str, day: date) -> None:
    known = program_in_force(db, day).benefits
    if benefit not in known:
        names = ", ".join(known)
        raise refuse(
            f"没有“{benefit}”这一项；可用的有：{names}", f'no benefit "{benefit}"; there are: {names}'
        )


def _must_be_in_order(asked: Asked, found: Standing, seen: int | None) -> None:
    _must_have_been_seen(found, seen)
    _must_be_possible(found, asked.kind)


def _must_have_been_seen(found: Standing, seen: int | None) -> None:
    """What others did since the person looked is said with who and when."""
    if seen is None or seen == found.seen:
        return
    raise Refused(done_meanwhile([act for act in found.acts if act.id > seen]))


def _must_be_possible(found: Standing, kind: str) -> None:
    why_not = found.may[kind].why_not
    if why_not is not None:
        raise Refused(Words(f"{why_not.zh}没有改动任何内容。", f"{why_not.en} Nothing was changed."))


def _state(wish: Wish, found: Standing) -> str | None:
    """The state that the act brings into force; a decision takes away as far as the rules recommend."""
    if wish.kind == "revoke":
        return "revoked" if found.verdict == "revoked" else "withheld"
    return STATE_OF.get(wish.kind)


def _defence_days(found: Standing) -> int:
    """The defence period in working days: what the notice said, for one still to be sent what is in force."""
    noticed = found.case.notice.details if found.case and found.case.is_open else {}
    return int(noticed.get("defence_working_days", procedure(found.day)["defence_working_days"]))


def _details(wish: Wish, period: int, returned: tuple[Returnable, ...]) -> dict[str, Cell]:
    """The columns that only some kinds have, with `details` as canonical JSON."""
    columns: dict[str, Cell] = {}
    details: dict[str, Any] = {}
    if wish.kind == "notify":
        details = {"defence_working_days": period}
    elif wish.kind == "hear":
        details = {"text": wish.text}
    elif wish.kind == "recover":
        details = {"items": [asdict(one) for one in returned]}
    elif wish.delivered_on is not None:
        columns["delivered_on"] = wish.delivered_on.isoformat()
        details = {"how": wish.how, "to": wish.to}
        if wish.kind == "deliver":
            counted = nth_working_day_after(wish.delivered_on, period)
            columns["defence_until"] = counted.until.isoformat()
            details |= {"defence_working_days": period, "certain": counted.certain}
    return {**columns, "details": json_text(details)}
