"""The command of acts against the rules: overrides."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data import settings
from data.rulekeeping.populations import townships_named
from data.store import reading
from office.audit.override_words import about_sheet, asked_words, overrides_xlsx, percent_words
from office.audit.overrides import ALWAYS, Asked, Found, Share, overview
from office.audit.sampling_words import benefit_titles
from office.casework.asked import KIND_WORDS
from office.commands.parsing import Commands
from office.commands.sampling import written
from office.commands.speaking import DONE, answer, tell
from office.days import day_from, now
from rules.slip import verdict_words


def add(commands: Commands) -> None:
    """Add the command of this module."""
    parser = commands.command(
        "overrides",
        list_overrides,
        "与规则不同的处理和后来的情况",
        "acts against the rules and what came after",
    )
    parser.add_argument("--from", dest="since", default="", help="办理日自 / days of the acts, from")
    parser.add_argument("--to", dest="until", default="", help="办理日至 / to")
    parser.add_argument(
        "--as-of", default="", help="看到哪一天 / known by which day (default: the working day)"
    )
    parser.add_argument("--township", default="", help="乡镇编码 / the township's code")
    parser.add_argument("--benefit", default="", help="待遇 / the benefit")
    parser.add_argument("--person", default="", help="办理人 / who did it")
    parser.add_argument("--condition", default="", help="条件 / the condition that was overridden")
    parser.add_argument("--export", type=Path, help="另存 Excel / also as FILE.xlsx")


def list_overrides(args: Namespace) -> int:
    """`overrides`: the acts against the rules of a period, who did how many, what came afterwards."""
    asked = Asked(
        day_from(args.since).isoformat() if args.since else ALWAYS[0],
        day_from(args.until).isoformat() if args.until else ALWAYS[1],
        args.benefit,
        args.township,
        args.person,
        args.condition,
    )
    with reading(args.db) as db:
        day = day_from(args.as_of) if args.as_of else settings.working_day(db, now())
        found, titles = overview(db, asked, day), benefit_titles(db)
        said = asked_words(asked, townships_named(db), titles, found)
    if args.export:
        written(args, args.export, overrides_xlsx(found, titles, about_sheet(found, day.isoformat(), said)))
    if args.json:
        answer(
            {
                "as_of": day.isoformat(),
                "acts": found.whole.acts,
                "overrides": [_override(one) for one in found.found],
                "people": [_share(one) for one in found.shares],
            }
        )
        return DONE
    for one in found.found:
        kind, verdict, act = KIND_WORDS[one.act.kind], verdict_words(one.kept.verdict), one.act
        tell(
            args,
            f"[{act.id}] {act.done_on} {act.recorded_by} {act.subject} {kind.zh}；规则建议 {verdict.zh}；{act.reason}",
            f"[{act.id}] {act.done_on} {act.recorded_by} {act.subject} {kind.en}; the rules: {verdict.en}; {act.reason}",
        )
    for share in found.shares:
        percent = percent_words(share)
        tell(
            args,
            f"{share.name}：{share.overrides}/{share.acts}（{percent.zh}）",
            f"{share.name}: {share.overrides}/{share.acts} ({percent.en})",
        )
    if not found.found:
        tell(args, "没有与规则不同的处理。", "No act went against the rules.")
    return DONE


def _override(one: Found) -> dict[str, Any]:
    act, after = one.act, one.outcome
    return {
        "act": act.id,
        "done_on": act.done_on,
        "by": act.recorded_by,
        "subject": act.subject,
        "benefit": act.benefit,
        "township_code": act.township,
        "kind": act.kind,
        "verdict": one.kept.verdict,
        "conditions": list(one.against),
        "reason": act.reason,
        "passes": after.passes,
        "fails": after.fails,
        "later": asdict(after.later) if after.later else None,
        "verdict_now": after.verdict,
        "agrees_now": after.agrees,
    }


def _share(one: Share) -> dict[str, Any]:
    return {"name": one.name, "acts": one.acts, "overrides": one.overrides, "percent": one.percent}
