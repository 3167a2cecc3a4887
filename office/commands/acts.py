"""Commands that act on decisions: act grant, withhold, notify, deliver, hear, revoke, …, act list, act bulk."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from data import settings
from data.casework.acts import Act
from data.store import open_writer, reading
from office.casework.acting import (
    HOW,
    KIND_WORDS,
    Asked,
    Doer,
    Standing,
    act,
    bulk_grant,
    bulk_preview,
    standing,
)
from office.casework.bulk import BulkPreview
from office.casework.cases import Case
from office.casework.in_force import STATE_WORDS
from office.casework.wishes import TAKES
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, now
from office.programs import program_in_force
from office.refusal import refuse
from rules.program import Words
from rules.slip import verdict_words


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("act", listed, "处理：给予、不给予、取消的各步、恢复", "acts on decisions")
    ways = Commands(top.add_subparsers(required=True, metavar="KIND"))
    for kind, words in KIND_WORDS.items():
        _kind(ways, kind, words)
    one = ways.command(
        "list", listed, "现行状态、办理经过和现在能办的", "what is in force, done and possible"
    )
    one.add_argument("subject", help="户编号/产品编码, H0001/P01")
    one.add_argument("--benefit", help="只看一项 / one benefit only")
    many = ways.command("bulk", together, "一并给予情况清楚的农产品", "grant the plain cases together")
    many.add_argument("benefit")
    many.add_argument("--township", help="只办一个乡镇（名称） / one township only")
    many.add_argument(
        "--confirm", metavar="DIGEST", help="按预览给出的摘要确认 / confirm exactly that preview"
    )
    many.add_argument("--by", default="", help="经办人 / who does it")


def _kind(ways: Commands, kind: str, words: Words) -> None:
    parser: ArgumentParser = ways.command(kind, do, words.zh, words.en)
    parser.set_defaults(kind=kind)
    parser.add_argument("subject", help="户编号/产品编码, H0001/P01")
    parser.add_argument("benefit", help="packaging, logistics")
    parser.add_argument("--by", default="", help="经办人 / who does it")
    parser.add_argument("--reason", help="理由 / why")
    parser.add_argument("--seen", type=int, help="所见最后一次处理的编号 / id of the last act you saw")
    options: Mapping[str, dict[str, Any]] = {
        "override": {
            "action": "store_true",
            "help": "与规则建议不同（须写理由） / against the rules, with a reason",
        },
        "effective_on": {"help": "生效日期 / the day it takes effect (default: today; revoke: tomorrow)"},
        "delivered_on": {"help": "送达日期 / the day of delivery (default: today)"},
        "how": {"help": f"送达方式 / how: {', '.join(HOW)}"},
        "to": {"help": "签收人 / to whom"},
        "text": {"help": "申辩内容；不写表示没有提出 / what was said; without it: nothing was"},
    }
    for name in TAKES[kind]:
        parser.add_argument(f"--{name.replace('_', '-')}", **options[name])


def do(args: Namespace) -> int:
    """`act KIND`: one act about one good and benefit."""
    given = {name: getattr(args, name) for name in TAKES[args.kind]}
    for name in ("effective_on", "delivered_on"):
        if given.get(name):
            given[name] = day_from(given[name])
    asked = Asked(args.kind, args.subject, args.benefit, args.reason, **given)
    with open_writer(args.db) as writer:
        done = act(writer, asked, doer=Doer(args.by), seen=args.seen)
    if args.json:
        answer({"act": act_document(done.act), "documents": list(done.documents)})
    tell(args, done.words.zh, done.words.en)
    return DONE


def listed(args: Namespace) -> int:
    """`act list`: for each benefit what is in force, what the rules recommend, every act, what may be done now."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        program = program_in_force(db, day)
        if args.benefit and args.benefit not in program.benefits:
            names = ", ".join(program.benefits)
            raise refuse(
                f"没有“{args.benefit}”；可用的有：{names}", f'no benefit "{args.benefit}"; there are: {names}'
            )
        benefits = [args.benefit] if args.benefit else list(program.benefits)
        found = [standing(db, args.subject, benefit, day) for benefit in benefits]
    if args.json:
        answer(
            {"subject": args.subject, "day": day.isoformat(), "benefits": [_document(one) for one in found]}
        )
        return DONE
    for one in found:
        _tell(args, one, program.benefits[one.benefit].title)
    return DONE


def together(args: Namespace) -> int:
    """`act bulk`: look at the plain cases first; with `--confirm DIGEST --by NAME` grant them."""
    if args.confirm:
        with open_writer(args.db) as writer:
            done = bulk_grant(
                writer, args.benefit, None, doer=Doer(args.by), seen=args.confirm, township=args.township
            )
        if args.json:
            answer({"granted": done.granted, "acts": list(done.acts)})
        tell(args, done.words.zh, done.words.en)
        return DONE
    with reading(args.db) as db:
        preview = bulk_preview(db, args.benefit, settings.working_day(db, now()), township=args.township)
    if args.json:
        answer(_preview_document(args, preview))
        return DONE
    tell(args, f"情况清楚、可一并给予：{len(preview.cases)} 个", f"{len(preview.cases)} plain cases")
    for township, number in preview.by_township.items():
        print(f"  {township} {number}")
    for left in preview.left_out:
        print(f"  {say(args, left.reason)} {len(left.subjects)}")
    if preview.cases:
        tell(
            args,
            f"核对后确认：act bulk {args.benefit} --confirm {preview.digest} --by 姓名",
            f"to confirm: act bulk {args.benefit} --confirm {preview.digest} --by NAME",
        )
    return DONE


def act_document(act: Act) -> dict[str, Any]:
    """One act as JSON."""
    return {"case": act.case, **asdict(act)}


def _document(one: Standing) -> dict[str, Any]:
    held = one.in_force
    return {
        "benefit": one.benefit,
        "state": held.state,
        "since": held.since.isoformat() if held.since else None,
        "overrides": held.overrides,
        "verdict": one.verdict,
        "seen": one.seen,
        "case": _case_document(one.case) if one.case else None,
        "acts": [act_document(act) for act in one.acts],
        "may": [kind for kind, possible in one.may.items() if possible.now],
    }


def _case_document(case: Case) -> dict[str, Any]:
    return {
        "id": case.notice.id,
        "open": case.is_open,
        "halted": case.halted.en if case.halted else None,
        "next_step": case.next_step,
        "wait_until": case.wait_until.isoformat() if case.wait_until else None,
        "defence_until": case.defence.until.isoformat() if case.defence else None,
        "certain": case.defence.certain if case.defence else None,
    }


def _preview_document(args: Namespace, preview: BulkPreview) -> dict[str, Any]:
    return {
        "benefit": preview.benefit,
        "day": preview.day.isoformat(),
        "digest": preview.digest,
        "cases": [case.subject for case in preview.cases],
        "by_township": dict(preview.by_township),
        "left_out": [
            {"reason": say(args, left.reason), "subjects": list(left.subjects)} for left in preview.left_out
        ],
    }


def _tell(args: Namespace, one: Standing, title: Words) -> None:
    state, verdict = STATE_WORDS[one.in_force.state], verdict_words(one.verdict)
    since = f" {one.in_force.since}" if one.in_force.since else ""
    print(f"{one.subject}  {say(args, title)}")
    tell(
        args,
        f"  现行：{state.zh}{since}；规则建议：{verdict.zh}",
        f"  in force: {state.en}{since}; the rules say: {verdict.en}",
    )
    for done in one.acts:
        print(f"  {_act_line(args, done)}")
    if one.case and one.case.halted:
        print(f"  {say(args, one.case.halted)}")
    now_possible = [f"{kind}（{words.zh}）" for kind, words in KIND_WORDS.items() if one.may[kind].now]
    kinds = [kind for kind in KIND_WORDS if one.may[kind].now]
    tell(args, f"  现在能办：{'、'.join(now_possible)}", f"  possible now: {', '.join(kinds)}")


def _act_line(args: Namespace, act: Act) -> str:
    parts = [str(act.id), act.done_on, say(args, KIND_WORDS[act.kind]), act.recorded_by]
    parts += [
        part for part in (act.effective_on and f"→ {act.effective_on}", act.document_no, act.reason) if part
    ]
    return "  ".join(parts) + (" *" if act.overrides else "")
