"""A step with personal data is written down: one row and one entry of the chain, by somebody who may take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.protection.personal_steps import PersonalStep, step
from data.store import Database
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.signing import kept_text
from rules.program import Words

LONGEST_REASON = 200
REASON = Words("理由", "the reason")
STEP_WORDS: dict[str, Words] = {
    "show": Words("查看姓名", "names shown"),
    "extract": Words("提供本户信息", "extract for the household"),
    "ask": Words("要求更正", "correction wished"),
    "correct": Words("已更正", "corrected"),
    "decline": Words("未更正", "not corrected"),
}
# Who may take each step: actions of office/permissions.py.
ACTION_OF = {
    "show": "show_personal",
    "extract": "household_extract",
    "ask": "answer_correction",
    "correct": "answer_correction",
    "decline": "answer_correction",
}


@dataclass(frozen=True)
class Noted:
    """What is written down about a step; see `data.protection.personal_steps.PersonalStep`."""

    kind: str
    register: str
    fields: str
    rows: int
    reason: str
    household_no: str | None = None
    answers: int | None = None


def note_in(
    db: Database, noted: Noted, *, doer: Doer, at: datetime, longest: int = LONGEST_REASON, action: str = ""
) -> PersonalStep:
    """Write it inside the caller's transaction. Raises Refused where the doer may not, or the reason is none.

    `action` is asked instead of the kind's own, for what holds more than names.
    """
    by = allowed(db, doer, action or ACTION_OF[noted.kind])
    number = next_id(db, "personal_steps")
    row: dict[str, Cell] = {
        "id": number,
        "kind": noted.kind,
        "register": noted.register,
        "household_no": noted.household_no,
        "fields": noted.fields,
        "rows": noted.rows,
        "answers": noted.answers,
        "reason": kept_text(noted.reason, REASON, longest),
        "done_on": settings.day_of_entry(db, at).isoformat(),
    }
    record(db, "personal", {"personal_steps": [row]}, at=at, by=by)
    written = step(db, number)
    assert written is not None  # just written, in this transaction
    return written
