"""How `decide` and `explain` tell of claimed shipments, where the programme is about them."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from data.numbers import number_text
from office.casework.in_force import STATE_WORDS
from office.commands.slip_lines import tell_inspections, tell_lines
from office.commands.speaking import answer, say, tell
from office.subsidy.claim_slips import ClaimSlip, claims_document, slip_document
from office.subsidy.claims import Claims
from rules.program import Words
from rules.slip import verdict_words


def tell_claims(args: Namespace, claims: Claims, day: date) -> None:
    """How many claims have which verdict, and what they are due; with --json every one."""
    if args.json:
        answer(claims_document(claims, day))
        return
    number, due = claims.entity.size, number_text(int(claims.payable_due.sum()), 2)
    tell(
        args,
        f"{day.isoformat()}，{number} 件申报，应付 {due} 元（未计限额）",
        f"{day.isoformat()}, {number} claims, {due} yuan due before the caps",
    )
    for verdict in reversed(claims.program.better):
        print(f"  {say(args, verdict_words(verdict))} {int((claims.verdicts == verdict).sum())}")


def tell_claim(args: Namespace, slip: ClaimSlip, day: date) -> None:
    """One claim's slip in words; with --json as a document."""
    if args.json:
        answer(slip_document(slip, day))
        return
    title = slip.claims.program.benefits[slip.claims.benefit].title
    verdict = say(args, verdict_words(slip.verdict))
    print(f"{slip.claim_no} {slip.subject}  {day.isoformat()}  {say(args, title)}: {verdict}")
    tell_lines(args, slip.claims.program, slip.lines, slip.claims.values)
    if slip.act is not None and slip.act.state:
        state = STATE_WORDS[slip.act.state]
        print(f"  · {slip.act.effective_on}  {say(args, state)}  {slip.act.recorded_by}")
    tell_inspections(args, slip.inspections)
    print(f"  · {say(args, slip.recommended)}")
    for what, earlier in (
        (Words("同一运单", "same waybill"), slip.same_waybill),
        (Words("同一订单", "same order"), slip.same_order),
    ):
        if earlier is not None:
            print(f"  · {say(args, what)}: {earlier['claim_no']}  {earlier['claimed_on']}")
    due = number_text(slip.due, 2)
    amount = Words(f"{slip.amount.zh}。应付 {due} 元", f"{slip.amount.en}. Due: {due} yuan")
    print(f"  = {say(args, amount)}")
