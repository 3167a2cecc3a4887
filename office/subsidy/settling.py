"""Settle: a settlement of logistics claims is drafted, checked, confirmed by another person, and then frozen.

Everything is worked out again inside the transaction that confirms; a draft that no longer says what would be
drawn up now is refused, and discarded. What is learnt later becomes an adjustment in the next settlement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from data import settings
from data.canonical import Cell, instant_text, json_text
from data.casework.documents import number_from
from data.casework.ledger import next_id, record
from data.casework.settlements import Settlement, line_rows, lines_of, next_number, open_draft
from data.casework.settlements import settlement as read_settlement
from data.chain import evidence_seq, head
from data.decisions import keep_program
from data.numbers import LARGEST, number_text
from data.store import Database, Writer
from office.casework.asked import Doer
from office.casework.doers import allowed, same_person
from office.days import must_be_today, now
from office.paperwork.printing import numbered
from office.recording import engines
from office.refusal import Refused, refuse
from office.signing import kept_text
from office.subsidy.settlement_differences import differences
from office.subsidy.settlement_lines import Drawn, draw_up
from office.subsidy.settlement_paper import paper_of
from office.subsidy.settlement_terms import terms_of, terms_on
from office.subsidy.settlement_words import done_already, one_at_a_time
from rules.program import Words

LONGEST = 500  # characters of a note or a reason
FIRST_SAID = 5  # differing lines that a refusal names


def draft(
    writer: Writer, claimed_until: date, pool: int | None, *, doer: Doer, note: str | None = None
) -> Settlement:
    """Draw up and keep a draft on the office's day, in a transaction of its own.

    It takes every claim made by `claimed_until` that is not settled yet, and what changes settled ones. `pool`: 分
    to be shared, None: whatever is due. Raises Refused; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        day = settings.working_day(db, at)
        return draft_in(db, claimed_until, pool, doer=doer, at=at, day=day, note=note)


def draft_in(
    db: Database,
    claimed_until: date,
    pool: int | None,
    *,
    doer: Doer,
    at: datetime,
    day: date,
    note: str | None = None,
) -> Settlement:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "draft_settlement")
    must_be_today(db, day, at)
    must_be_possible(claimed_until, pool, day)
    if (open_one := open_draft(db)) is not None:
        raise one_at_a_time(open_one)
    written = kept_text(note, Words("说明", "the note"), LONGEST) if note and note.strip() else None
    drawn = draw_up(db, terms_on(db, claimed_until, pool), max(instant_text(at), head(db).at))
    if not drawn.decided:
        raise refuse(
            f"到 {claimed_until.isoformat()} 没有可以结算的申报，也没有需要调整的已结算申报，没有起草。",
            f"There is nothing to settle by {claimed_until.isoformat()}: no claim that can be decided and no change"
            " to a settled one. Nothing was drafted.",
        )
    return _kept(db, drawn, next_number(db, day.year), by=by, at=at, day=day, note=written)


def must_be_possible(claimed_until: date, pool: int | None, day: date) -> None:
    """Raises Refused for a day still to come, or a pool that is no sum of money."""
    if claimed_until > day:
        raise refuse(
            f"申报截止日 {claimed_until.isoformat()} 晚于今天 {day.isoformat()}，不能结算还没有到的日子。",
            f"{claimed_until.isoformat()} lies after today, {day.isoformat()}: days to come cannot be settled.",
        )
    if pool is not None and not 0 <= pool <= LARGEST:
        raise refuse(
            f"资金总额须在 0 到 {number_text(LARGEST, 2)} 元之间。",
            f"The pool must lie between 0 and {number_text(LARGEST, 2)} yuan.",
        )


def check(writer: Writer, number: str, *, doer: Doer) -> Settlement:
    """Another person has looked through the draft. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return check_in(db, number, doer=doer, at=at, day=settings.working_day(db, at))


def check_in(db: Database, number: str, *, doer: Doer, at: datetime, day: date) -> Settlement:
    """The same inside the caller's transaction."""
    by = allowed(db, doer, "settle")
    must_be_today(db, day, at)
    found = _open(db, number, "check")
    if found.state == "checked":
        raise done_already(found, "check")
    _another_person(db, found, by)
    return _step(db, found, "check", by=by, at=at, day=day)


def confirm(writer: Writer, number: str, *, doer: Doer) -> Settlement:
    """Confirm a checked draft, which freezes it and gives it its paper. Never by the one who drafted it.

    Raises Refused where it was not checked, was confirmed or discarded meanwhile, or would be drawn up
    otherwise now; nothing is half done.
    """
    with writer.transaction() as db:
        at = now()
        return confirm_in(db, number, doer=doer, at=at, day=settings.working_day(db, at))


def confirm_in(db: Database, number: str, *, doer: Doer, at: datetime, day: date) -> Settlement:
    """The same inside the caller's transaction."""
    by = allowed(db, doer, "settle")
    must_be_today(db, day, at)
    found = _open(db, number, "confirm")
    if found.state != "checked":
        raise refuse(
            f"{number} 还没有复核，不能确认。请先由起草人以外的审核员复核。",
            f"{number} has not been checked and cannot be confirmed. A reviewer other than its drafter checks first.",
        )
    _another_person(db, found, by)
    _must_still_hold(db, found, max(instant_text(at), head(db).at))
    paper = paper_of(db, found, confirmed_by=by, day=day)
    filed = numbered(db, paper, about=f"settlement:{found.id}", number=found.number)
    return _step(db, found, "confirm", by=by, at=at, day=day, document=filed.row)


def discard(writer: Writer, number: str, reason: str, *, doer: Doer) -> Settlement:
    """Put a draft aside for a written reason; its claims come again in the next one."""
    with writer.transaction() as db:
        at = now()
        return discard_in(db, number, reason, doer=doer, at=at, day=settings.working_day(db, at))


def discard_in(db: Database, number: str, reason: str, *, doer: Doer, at: datetime, day: date) -> Settlement:
    """The same inside the caller's transaction."""
    by = allowed(db, doer, "discard_settlement")
    must_be_today(db, day, at)
    found = _open(db, number, "discard")
    written = kept_text(reason, Words("作废理由", "the reason for discarding it"), LONGEST)
    return _step(db, found, "discard", by=by, at=at, day=day, reason=written)


def settlement(db: Database, number: str) -> Settlement:
    """One settlement by its number, however its brackets were typed; refused where there is none."""
    asked = number_from(number)
    found = read_settlement(db, asked.text) if asked else None
    if found is None:
        raise refuse(
            f"没有编号为“{number}”的结算；写法是 结算〔2021〕1号",
            f'there is no settlement "{number}"; it is written 结算〔2021〕1号',
        )
    return found


def changed_since(db: Database, draft: Settlement, known_at: str) -> tuple[Words, ...]:
    """Which lines of a draft would be drawn up otherwise with what is known at an instant, in words."""
    drawn = draw_up(db, terms_of(db, draft), known_at)
    return differences(lines_of(db, draft.id), drawn.lines())


def may_decide(db: Database, found: Settlement, name: str) -> bool:
    """Whether somebody is another person than the one who drafted it."""
    return not same_person(db, found.recorded_by, name)


def _kept(
    db: Database, drawn: Drawn, number: str, *, by: str, at: datetime, day: date, note: str | None
) -> Settlement:
    settlement_id = next_id(db, "settlements")
    header: dict[str, Cell] = {
        "id": settlement_id,
        "number": number,
        "program": drawn.terms.program.program,
        "digest": drawn.terms.program.digest,
        "claimed_until": drawn.terms.claimed_until.isoformat(),
        "done_on": day.isoformat(),
        "known_at": drawn.known_at,
        "known_seq": evidence_seq(db, drawn.known_at),
        "parameters": json_text(dict(drawn.terms.values)),
        "engines": json_text(engines()),
        "pool": drawn.terms.pool,
        "lines": drawn.size,
        "due": drawn.total_due,
        "paid": drawn.total_paid,
        "note": note,
    }
    rows = line_rows(drawn.lines(), settlement_id, next_id(db, "settlement_lines"))
    seq = record(db, "settlement", {"settlements": [header], "settlement_lines": rows}, at=at, by=by)
    program = drawn.terms.program
    keep_program(db, program.digest, program.program, program.text, seq)
    return settlement(db, number)


def _step(
    db: Database,
    found: Settlement,
    kind: str,
    *,
    by: str,
    at: datetime,
    day: date,
    reason: str | None = None,
    document: dict[str, Cell] | None = None,
) -> Settlement:
    row: dict[str, Cell] = {
        "id": next_id(db, "settlement_steps"),
        "settlement_id": found.id,
        "kind": kind,
        "done_on": day.isoformat(),
        "document_no": document["number"] if document else None,
        "reason": reason,
    }
    documents = [document] if document else []
    record(db, "settlement", {"settlement_steps": [row], "documents": documents}, at=at, by=by)
    return settlement(db, found.number)


def _open(db: Database, number: str, kind: str) -> Settlement:
    found = settlement(db, number)
    if not found.is_open:
        raise done_already(found, "confirm" if found.state == "confirmed" else "discard", asked=kind)
    return found


def _another_person(db: Database, found: Settlement, by: str) -> None:
    if not may_decide(db, found, by):
        raise refuse(
            f"{found.number} 是您（{found.recorded_by}）起草的，须由另一位审核员复核和确认。没有改动任何内容。",
            f"You ({found.recorded_by}) drafted {found.number}: another reviewer must check and confirm it."
            " Nothing was changed.",
        )


def _must_still_hold(db: Database, found: Settlement, known_at: str) -> None:
    now_in_force = terms_on(db, date.fromisoformat(found.claimed_until), found.pool)
    if (now_in_force.program.digest, now_in_force.values) != (found.digest, found.parameters):
        raise refuse(
            f"{found.number} 起草以后，申报规则或取值有了变化，没有确认。请作废这份草稿，重新起草。",
            f"The rules of claims or their values have changed since {found.number} was drafted, so it was not"
            " confirmed. Discard this draft and draft again.",
        )
    changed: Sequence[Words] = changed_since(db, found, known_at)
    if not changed:
        return
    number = len(changed)
    raise Refused(
        Words(
            f"{found.number} 起草以后情况有了变化，有 {number} 行与现在的计算不同，没有确认。"
            "请作废这份草稿，重新起草。",
            f"{number} lines of {found.number} would be drawn up otherwise by now, so it was not confirmed."
            " Discard this draft and draft again.",
        ),
        tuple(changed[:FIRST_SAID]),
    )
