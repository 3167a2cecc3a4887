"""What an auditor finds in a sample's decisions: in order, or a finding in words; noted as often as need be.

note(writer, Note(...), doer=…)      in a transaction of its own on the office's day
note_in(db, …, at=, day=)            inside the caller's
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data import settings
from data.canonical import Cell
from data.casework.ledger import next_id, record
from data.rulekeeping.samples import Finding, Sample, findings_of
from data.store import Database, Writer
from office.audit.sampling import the_sample
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import now
from office.refusal import refuse
from office.signing import kept_text
from rules.program import Words

OPEN = "open"
KINDS: Mapping[str, Words] = {
    "in_order": Words("无问题", "in order"),
    "finding": Words("发现问题", "finding"),
}
STATES: Mapping[str, Words] = {OPEN: Words("未看", "not yet looked at"), **KINDS}


@dataclass(frozen=True)
class Note:
    """What is noted about a drawn decision. `seen`: the newest finding that the person saw about it (0: none)."""

    sample: str
    decision: int
    kind: str
    text: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class Progress:
    """How far a sample is worked through."""

    drawn: int
    in_order: int
    finding: int

    @property
    def looked_at(self) -> int:
        """How many of the drawn decisions have a finding of either kind."""
        return self.in_order + self.finding


def note(writer: Writer, wish: Note, *, doer: Doer) -> Finding:
    """Note it on the office's day. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return note_in(db, wish, doer=doer, at=at, day=settings.day_of_entry(db, at))


def note_in(db: Database, wish: Note, *, doer: Doer, at: datetime, day: date) -> Finding:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "audit")
    sample = the_sample(db, wish.sample)
    if wish.kind not in KINDS:
        raise refuse(
            f"结果只能是：{'、'.join(f'{name}（{words.zh}）' for name, words in KINDS.items())}",
            f"what is noted is one of: {', '.join(KINDS)}",
        )
    if wish.decision not in sample.drawn:
        raise refuse(
            f"判定 {wish.decision} 没有抽中，不在{sample.number}里",
            f"decision {wish.decision} was not drawn in {sample.number}",
        )
    text = _text(wish)
    last = latest(findings_of(db, sample.id)).get(wish.decision)
    if wish.seen is not None and wish.seen != (last.id if last else 0):
        raise refuse(
            "这一条刚有别人记录过，没有写入。请看过以后再记",
            "somebody noted something about it meanwhile; nothing was written. Look at it first",
        )
    if last is not None and (last.kind, last.text) == (wish.kind, text):
        raise refuse("与最近一次的记录完全相同，没有写入", "it is noted just so already; nothing was written")
    row: dict[str, Cell] = {
        "id": next_id(db, "audit_findings"),
        "sample_id": sample.id,
        "decision_id": wish.decision,
        "kind": wish.kind,
        "text": text,
        "done_on": day.isoformat(),
    }
    record(db, "audit_finding", {"audit_findings": [row]}, at=at, by=by)
    return findings_of(db, sample.id)[-1]


def latest(findings: Sequence[Finding]) -> dict[int, Finding]:
    """The finding that counts for each decision: the newest."""
    return {one.decision_id: one for one in sorted(findings, key=lambda one: one.id)}


def state(finding: Finding | None) -> str:
    """A key of STATES."""
    return finding.kind if finding else OPEN


def progress(sample: Sample, kinds: Mapping[str, int]) -> Progress:
    """How far a sample is, from how many of its decisions have which kind of newest finding."""
    return Progress(len(sample.drawn), kinds.get("in_order", 0), kinds.get("finding", 0))


def _text(wish: Note) -> str | None:
    if wish.kind == "finding" or wish.text.strip():
        return kept_text(wish.text, Words("发现的问题", "what was found"))
    return None
