"""The paper of each act: what stands on it, out of the case, the decision it rests on and what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict, cast

from data.evidence import evidence_rows
from data.one_good import about_good
from data.store import Database
from office.casework.asked import HOW, TO
from office.casework.cases import Case, defence_of
from office.casework.standing import Standing
from office.casework.wishes import Wish
from office.deciding import Answers
from office.explaining import counting, evidence_of, lines_of, values_since
from office.latches import cleared_when
from office.paperwork.paper_parts import against, evidence_on_paper, findings_on_paper, good_on_paper
from office.paperwork.papers import (
    Benefit,
    DecisionPaper,
    DeliveryReceipt,
    Evidence,
    Finding,
    GoodOnPaper,
    HearingNote,
    IntendedNotice,
    Letterhead,
    Paper,
    Reinstatement,
)
from office.paperwork.papers_of_goods_and_money import RecoveryList, Returnable
from office.rulekeeping.said_of_readings import with_said
from rules.procedure import procedure
from rules.slip import Line


@dataclass(frozen=True)
class Occasion:
    """What a paper is written from. `defence_days` are working days, `returned` is what is to be
    handed back, `by` who acts."""

    db: Database
    wish: Wish
    standing: Standing
    answers: Answers
    state: str | None
    defence_days: int
    returned: tuple[Returnable, ...]
    by: str
    letterhead: Letterhead

    @property
    def case(self) -> Case:
        assert self.standing.case is not None
        return self.standing.case

    @property
    def benefit(self) -> Benefit:
        return cast(Benefit, self.standing.benefit)

    @property
    def benefit_title(self) -> str:
        return self.answers.program.benefits[self.standing.benefit].title.zh

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the decision that the act rests on."""
        since = values_since(self.answers.program, self.standing.day)
        program, benefit = self.answers.program, self.standing.benefit
        return with_said(self.db, program, benefit, lines_of(self.answers, benefit, since), self.standing.day)

    def findings(self, some: tuple[Line, ...]) -> tuple[Finding, ...]:
        return findings_on_paper(self.answers.program, some, self.answers.values)

    def evidence(self, some: tuple[Line, ...]) -> tuple[Evidence, ...]:
        """The inspections, those first that these lines rest on."""
        gathered = self.answers.gathered
        return evidence_on_paper(evidence_rows(self.db, evidence_of(gathered)[0]), counting(gathered, some))

    @property
    def overrides(self) -> str:
        """The written reason where the office departs from the rules."""
        if not self.wish.overrides:
            return ""
        noticed = self.case.notice.reason if self.wish.kind == "revoke" else None
        return noticed or self.wish.reason or ""


def paper_of(occasion: Occasion) -> Paper | None:
    """The paper that goes with an act; None where it has none."""
    make = _PAPERS.get(occasion.wish.kind)
    return make(occasion) if make else None


class _Common(TypedDict):
    done_on: date
    letterhead: Letterhead
    good: GoodOnPaper


def _common(o: Occasion) -> _Common:
    about = about_good(o.db, o.standing.subject) or {}
    good = good_on_paper(o.standing.subject, about)
    return {"done_on": o.standing.day, "letterhead": o.letterhead, "good": good}


def _notice(o: Occasion) -> Paper:
    return IntendedNotice(
        **_common(o),
        benefit=o.benefit,
        benefit_title=o.benefit_title,
        outcome="revoked" if o.answers.of(0, o.benefit).verdict == "revoked" else "withheld",
        findings=o.findings(against(o.lines)),
        evidence=o.evidence(against(o.lines)),
        defence_days=o.defence_days,
        overrides=o.overrides,
    )


def _receipt(o: Occasion) -> Paper:
    paper, title = o.case.notice, IntendedNotice.title
    if o.wish.kind == "deliver_decision" and o.case.decided:
        paper, title = o.case.decided, DecisionPaper.title
    assert o.wish.how is not None and o.wish.to is not None
    common = _common(o)
    return DeliveryReceipt(
        **common,
        of_number=paper.document_no or "",
        of_title=title.zh,
        recipient=common["good"].head_name,
        way=o.wish.how,
        how=HOW[o.wish.how].zh,
        delivered_on=o.wish.delivered_on,
        received_title=TO[o.wish.how].zh,
        received_by=o.wish.to,
        delivered_by=o.by,
    )


def _hearing(o: Occasion) -> Paper:
    common = _common(o)
    delivered = o.case.step("deliver")
    assert delivered is not None
    return HearingNote(
        **common,
        notice_number=o.case.notice.document_no or "",
        held_on=o.standing.day,
        how="",
        place="",
        speaker=common["good"].head_name if o.wish.text else "",
        said=o.wish.text or "",
        recorded_by=o.by,
        period_ended_on=defence_of(delivered).until,
    )


def _decision(o: Occasion) -> Paper:
    periods = procedure(o.standing.day)
    assert o.case.delivered_on is not None and o.wish.effective_on is not None
    return DecisionPaper(
        **_common(o),
        benefit=o.benefit,
        benefit_title=o.benefit_title,
        outcome=cast(Literal["revoked", "withheld"], o.state),
        notice_number=o.case.notice.document_no or "",
        notice_delivered_on=o.case.delivered_on,
        defence="\n".join(text for act in o.case.heard if (text := act.details["text"])),
        answer=o.wish.reason or "",
        findings=o.findings(against(o.lines)),
        evidence=o.evidence(against(o.lines)),
        effective_on=o.wish.effective_on,
        review_days=periods["appeal_days_review"],
        lawsuit_months=periods["appeal_months_court"],
        restored_when=_way_back(o),
        overrides=o.overrides,
    )


def _way_back(o: Occasion) -> str:
    """What clears the standing for which something is taken away; "" where it is another reason."""
    standings = [line.name for line in against(o.lines) if line.latch]
    return "；".join(cleared_when(o.answers.program, name, o.answers.values).zh for name in standings)


def _recovery(o: Occasion) -> Paper:
    assert o.case.decided is not None
    return RecoveryList(
        **_common(o),
        decision_number=o.case.decided.document_no or "",
        lines=o.returned,
        return_by=None,
        drawn_up_by=o.by,
    )


def _reinstatement(o: Occasion) -> Paper:
    assert o.wish.effective_on is not None and o.standing.last is not None
    return Reinstatement(
        **_common(o),
        benefit=o.benefit,
        benefit_title=o.benefit_title,
        revoked_by_number=o.standing.last.document_no or "",
        reinstated_from=o.wish.effective_on,
        findings=o.findings(o.lines),
        evidence=o.evidence(o.lines),
        overrides=o.overrides,
    )


_PAPERS: Mapping[str, Callable[[Occasion], Paper]] = {
    "notify": _notice,
    "deliver": _receipt,
    "hear": _hearing,
    "revoke": _decision,
    "deliver_decision": _receipt,
    "recover": _recovery,
    "reinstate": _reinstatement,
}
