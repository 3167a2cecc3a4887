"""`compare --runs A B`: why the list of one recorded run is another than that of an earlier one."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from data.store import reading
from office.casework.in_force import STATE_WORDS
from office.commands.speaking import DONE, USAGE, answer, say, tell
from office.rulekeeping.draft_words import verdict_or_not
from office.rulekeeping.list_changes import ListChanges, Name, list_changes
from office.rulekeeping.list_words import PART_WORDS, rules_words, summary_words, title_words, why_words
from rules.program import Words


def tell_list_changes(args: Namespace) -> int:
    """Both lists, what made the difference, and every name, in words or as one JSON document."""
    if args.set or any((args.as_of, args.against_as_of, args.program_file, args.known_at)):
        tell(
            args,
            "--runs 对比两次存档，不能再写日期、假设值或草案",
            "--runs compares two recorded runs: it takes no day, what-if value or draft",
        )
        return USAGE
    with reading(args.db) as db:
        found = list_changes(db, *args.runs)
        if args.json:
            answer(list_changes_document(found))
            return DONE
        for benefit in found.benefits:
            print(say(args, summary_words(found, benefit)))
        for line in rules_words(found) or [Words("规则没有变化。", "The rules are the same.")]:
            print(say(args, line))
        for name in found.names:
            print(f"  {_line(args, found, name)}：{say(args, why_words(db, found, name))}")
    return DONE


def _line(args: Namespace, found: ListChanges, name: Name) -> str:
    sides = (
        [STATE_WORDS[name.state_before], STATE_WORDS[name.state_after]]
        if name.before == name.after
        else [verdict_or_not(name.before), verdict_or_not(name.after)]
    )
    moved = " → ".join(say(args, side) for side in sides)
    part, title = say(args, PART_WORDS[name.part]), say(args, title_words(found, name.benefit))
    return f"{name.subject} {title} [{part}] {moved}"


def list_changes_document(found: ListChanges) -> dict[str, Any]:
    """What `compare --runs A B --json` prints; `before` with the changes gives `after`, `parts` add up to `changed`."""
    sides = (found.before, found.after)
    return {
        "runs": [
            {
                "run": s.run.id,
                "as_of": s.run.as_of.isoformat(),
                "known_at": s.run.known_at,
                "digest": s.run.digest,
            }
            for s in sides
        ],
        "before": {benefit: found.before.counts(benefit) for benefit in found.benefits},
        "after": {benefit: found.after.counts(benefit) for benefit in found.benefits},
        "parts": {benefit: found.parts(benefit) for benefit in found.benefits},
        "changed": [
            {
                "subject": name.subject,
                "benefit": name.benefit,
                "part": name.part,
                "before": name.before,
                "after": name.after,
                "state_before": name.state_before,
                "state_after": name.state_after,
                "because": [turn.name for turn in name.turns],
                "what": list(name.what),
                "act": name.act,
            }
            for name in found.names
        ],
    }
