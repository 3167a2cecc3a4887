"""How `decide` and `explain` tell of claims of grants: rewards for outlets, interest of households or of enterprises."""

from __future__ import annotations

from argparse import Namespace

from data.papers.filters import yuan
from data.register import register
from office.commands.slip_lines import tell_lines
from office.commands.speaking import answer, say, tell
from office.grants.checking import Checked
from office.grants.slips import GrantSlip, Row, grants_document, slip_document
from rules.program import Words
from rules.slip import verdict_words


def tell_grants(args: Namespace, found: Checked) -> None:
    """How many claims have which verdict, and what they come to; with --json every one."""
    if args.json:
        answer(grants_document(found))
        return
    day, number, due = found.as_of.isoformat(), found.claims.entity.size, yuan(int(found.granted.sum()))
    tell(
        args,
        f"{day}，{number} 件申报，按规则可以支付 {due} 元",
        f"{day}, {number} claims, {due} yuan payable by the rules",
    )
    for verdict in reversed(found.program.better):
        print(f"  {say(args, verdict_words(verdict))} {int((found.verdicts == verdict).sum())}")
    if found.too_early.entity.size:
        early = found.too_early.entity.size
        tell(
            args,
            f"  期间在规则施行以前，不作判定 {early}",
            f"  for days before the programme was in force, not decided: {early}",
        )


def tell_grant(args: Namespace, slip: GrantSlip) -> None:
    """One claim's slip in words; with --json as a document."""
    if args.json:
        answer(slip_document(slip))
        return
    checked = slip.checked
    title, verdict = checked.program.benefits[checked.benefit].title, verdict_words(slip.verdict)
    print(f"{slip.claim_no}  {slip.decided_on.isoformat()}  {say(args, title)}: {say(args, verdict)}")
    tell_lines(args, checked.program, slip.lines, checked.values_at(slip.at))
    for row in slip.rests_on:
        print(f"  · {_named(args, row)}")
    if slip.earlier is not None:
        words = Words("此前已申报", "claimed before")
        print(f"  · {say(args, words)}: {_named(args, slip.earlier)}")
    print(f"  = {say(args, slip.amount)}")
    print(f"  = {say(args, slip.outcome)}")


def _named(args: Namespace, row: Row) -> str:
    """A row by its register and key."""
    about = register(row.register)
    return f"{say(args, about.title)} {' '.join(str(row.values[name]) for name in about.key)}"
