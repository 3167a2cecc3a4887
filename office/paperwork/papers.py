"""What stands on each paper the office signs: one frozen type per paper, no database, no clock.

A caller fills a type with what is known on the day (`IntendedNotice(good=…, …)`) and hands it to
`office.paperwork.printing.numbered`, which gives it its number and freezes `context(paper)` in the documents.
Money is 分, days are dates; the words around them stand in the templates (`data/papers/making.py`).
The papers: DecisionSlip, IntendedNotice, DecisionPaper, DeliveryReceipt, HearingNote, Reinstatement here;
IssueSlip, ReturnSlip, RecoveryList, Settlement, PublicNotice in `office/paperwork/papers_of_goods_and_money.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from rules.program import Words

Benefit = Literal["packaging", "logistics"]
Outcome = Literal["revoked", "withheld"]
Reading = str  # `text`, `office`, or of a confirmed reading its words (data/papers/filters.py)

# The plan's own words for what is taken away (三(八)); used-up material cannot be handed back.
MEASURES: dict[str, str] = {
    "packaging": "收回包装设备及未使用的包材",
    "logistics": "取消申请农产品上行物流补贴的资格",
}


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who writes, and where a household finds them. Blank is a line to be filled in by hand."""

    name: str = "县电商扶贫推进工作领导小组办公室"
    prefix: str = "岳电商办"
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class GoodOnPaper:
    """One product of one household as a paper names it."""

    subject: str
    household_no: str
    head_name: str
    township: str
    village: str
    product: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One condition or standing of a decision.

    `result` is what was found in words (满足, 不满足, 出现此情形, …), `found` the value beside what it must be.
    """

    text: str
    result: str
    found: str
    clause: str
    quote: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One inspection that a decision looked at; `conclusion` in words, `counts` where the decision rests on it."""

    sample_no: str
    version: int
    sampled_on: date
    result_on: date
    conclusion: str
    reinspection_of: str = ""
    counts: bool = False


@dataclass(frozen=True, kw_only=True)
class ValueInForce:
    """One value of the programme as it stood; `since` is None for a what-if value."""

    title: str
    value: str
    since: date | None
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper carries. `kind` names its template, `series` its run of numbers."""

    kind: ClassVar[str]
    series: ClassVar[str]
    title: ClassVar[Words]
    done_on: date
    letterhead: Letterhead = field(default_factory=Letterhead)


@dataclass(frozen=True, kw_only=True)
class DecisionSlip(Paper):
    """资格判定单: one verdict with everything it rests on. `known_at` is UTC text."""

    kind = "decision_slip"
    series = "判定"
    title = Words("资格判定单", "decision slip")
    good: GoodOnPaper
    benefit_title: str
    verdict: str
    as_of: date
    known_at: str
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    parameters: tuple[ValueInForce, ...]
    changes: tuple[str, ...]
    program_title: str
    program_source: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class IntendedNotice(Paper):
    """拟处理决定事先告知书: what is intended and why, and how to be heard within the working days.

    `outcome` is the state that is intended, `findings` are those that speak against the good. `overrides` is the written reason where the office
    departs from what the rules recommend, else "".
    """

    kind = "intended_notice"
    series = "告知"
    title = Words("拟处理决定事先告知书", "notice of an intended decision")
    good: GoodOnPaper
    benefit: Benefit
    benefit_title: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    defence_days: int
    overrides: str = ""
    measure: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "measure", MEASURES[self.benefit])


@dataclass(frozen=True, kw_only=True)
class DecisionPaper(Paper):
    """处理决定书. `outcome` is the state from `effective_on` on; remedies are those of the procedure values.

    `defence` is what the household said, or "" where it made none; `answer` what the office says to it;
    `restored_when` the way back in words, where there is one.
    """

    kind = "decision"
    series = "决定"
    title = Words("处理决定书", "decision")
    good: GoodOnPaper
    benefit: Benefit
    benefit_title: str
    outcome: Outcome
    notice_number: str
    notice_delivered_on: date
    defence: str
    answer: str
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    effective_on: date
    review_days: int
    lawsuit_months: int
    restored_when: str = ""
    overrides: str = ""
    measure: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "measure", MEASURES[self.benefit])


@dataclass(frozen=True, kw_only=True)
class DeliveryReceipt(Paper):
    """送达回证 for one paper; what is not known before delivery is left blank and filled in by hand.

    `way` is a key of `office.casework.asked.HOW` ("": not delivered yet), `how` its words; `received_title` says what
    `received_by` is: who took it, a witness where it was left, the number of the letter.
    """

    kind = "delivery_receipt"
    series = "送达"
    title = Words("送达回证", "delivery receipt")
    good: GoodOnPaper
    of_number: str
    of_title: str
    recipient: str
    place: str = ""
    how: str = ""
    delivered_on: date | None = None
    way: str = ""
    received_title: str = "签收人"
    received_by: str = ""
    delivered_by: str = ""


@dataclass(frozen=True, kw_only=True)
class HearingNote(Paper):
    """陈述申辩笔录: what was said, or (`said` blank) that no statement was made within the period."""

    kind = "hearing_note"
    series = "笔录"
    title = Words("陈述申辩笔录", "note of a statement of defence")
    good: GoodOnPaper
    notice_number: str
    held_on: date
    how: str
    place: str
    speaker: str
    said: str
    recorded_by: str
    period_ended_on: date


@dataclass(frozen=True, kw_only=True)
class Reinstatement(Paper):
    """恢复资格通知书: from which day the right is back, and what it rests on."""

    kind = "reinstatement"
    series = "恢复"
    title = Words("恢复资格通知书", "notice of reinstatement")
    good: GoodOnPaper
    benefit: Benefit
    benefit_title: str
    revoked_by_number: str
    reinstated_from: date
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    overrides: str = ""


def context(paper: Paper) -> dict[str, Any]:
    """The paper as JSON: texts, whole numbers (分), days as ISO text, lists. This is what is frozen."""
    return {f.name: _plain(getattr(paper, f.name)) for f in fields(paper)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
