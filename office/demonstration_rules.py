"""What the invented office of the demonstration did about its rules and its own record: a change that waits, a sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from data.rulekeeping.populations import Frame
from data.seed.case_stories import CLERK
from data.store import Database
from office.audit import findings, sampling
from office.casework.asked import Doer
from office.programs import loaded, program_in_force
from office.rulekeeping import drafting
from office.rulekeeping.publishing import Proposal, propose_in
from rules.editing import with_value

Do = Callable[[Database, datetime, date], None]

AUDITOR = "示例审计员"
DRAFT, WHY = "示例：三次合格才恢复", "示例：恢复资格拟改为连续 3 次合格，供演示"
PROPOSED_ON, COUNTS_FROM = date(2021, 9, 28), date(2021, 11, 1)
SAMPLED_ON, SAMPLED_FROM = date(2021, 9, 29), date(2021, 6, 30)
FOUND = (
    ("in_order", ""),
    ("finding", "示例：纸质检验报告还没有归档，请补"),
    ("in_order", "示例：已对照纸质报告"),
)


def told_rules() -> Iterator[tuple[date, Do]]:
    """Each with the office's day on which it was done."""
    yield PROPOSED_ON, _change
    yield SAMPLED_ON, _sample


def _change(db: Database, at: datetime, day: date) -> None:
    """A draft was saved and proposed; it waits for its second person."""
    before = program_in_force(db, day)
    text = with_value(before.text, "readmission_passes", COUNTS_FROM, 3, "示例：拟议取值")
    drafting.save_in(db, drafting.Wish(DRAFT, before.program, before.digest, text), doer=Doer(CLERK), at=at)
    program = loaded(text.encode("utf-8"), f"{before.program}.toml")
    propose_in(db, program, Proposal(text, COUNTS_FROM, WHY), doer=Doer(CLERK), at=at, day=day)


def _sample(db: Database, at: datetime, day: date) -> None:
    """Three decisions of each verdict were drawn, and some of them looked at."""
    wish = sampling.Wish(Frame(since=SAMPLED_FROM.isoformat()), 3, "verdict", seed="示例种子")
    drawn = sampling.draw_in(db, wish, doer=Doer(AUDITOR), at=at, day=day)
    for decision, (kind, text) in zip(drawn.drawn, FOUND, strict=False):
        note = findings.Note(drawn.number, decision, kind, text)
        findings.note_in(db, note, doer=Doer(AUDITOR), at=at, day=day)
