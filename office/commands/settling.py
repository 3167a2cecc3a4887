"""Commands of logistics settlements: settle preview, draft, check, confirm, discard, show, list. Sums in JSON are 分."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from data import settings
from data.casework.settlements import Line, Settlement, lines_of, settlements
from data.names import read_names
from data.papers.filters import yuan
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands, name_and_value, what_if_values
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, now
from office.gathering import known_now
from office.paperwork.money import fen_from
from office.subsidy import settling
from office.subsidy.settlement_lines import draw_up
from office.subsidy.settlement_summary import Summary, frame_of, summary
from office.subsidy.settlement_terms import program_of, terms_on
from office.subsidy.settlement_words import STATES, STEPS
from rules.slip import verdict_words

_BY = "经办人 / who does it"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("settle", show_list, "物流补贴结算", "settlements of the logistics subsidy")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    _drawing_up(ways.command("preview", preview, "试算，不写入", "what a draft would come to"))
    drafting = ways.command("draft", draft, "起草结算", "draft a settlement")
    _drawing_up(drafting)
    drafting.add_argument("--note", help="说明 / a note")
    drafting.add_argument("--by", default="", help=_BY)
    for kind, words in STEPS.items():
        step = ways.command(kind, take, words.zh, words.en)
        step.add_argument("number", help="结算编号 / the settlement's number, 结算〔2021〕1号")
        step.add_argument("--by", default="", help=_BY)
        step.set_defaults(kind=kind)
        if kind == "discard":
            step.add_argument("--reason", default="", help="作废理由 / why it is discarded")
    one = ways.command("show", show_one, "一次结算的全部行", "one settlement with its lines")
    one.add_argument("number", help="结算编号 / the settlement's number")
    ways.command("list", show_list, "全部结算", "every settlement")


def _drawing_up(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--claimed-until", help="申报截止日 / claims made by this day (default: the working day)"
    )
    parser.add_argument("--pool", help="资金总额（元）/ yuan to be shared (default: whatever is due)")
    if parser.prog.endswith("preview"):
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            type=name_and_value,
            metavar="NAME=VALUE",
            help="假设参数值 / what if",
        )


def preview(args: Namespace) -> int:
    """`settle preview`: what a draft would come to, also with other values; nothing is written."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        until, pool = _until(args, day), _pool(args)
        settling.must_be_possible(until, pool, day)
        drawn = draw_up(db, terms_on(db, until, pool, what_if_values(args)), known_now(db))
        found = summary(frame_of(drawn.lines(), read_names(db), drawn.terms.program), drawn.terms.program)
    if args.json:
        answer({"claimed_until": until.isoformat(), "pool": pool, "unit": "分", **_sums(found)})
        return DONE
    _tell_sums(args, found)
    return DONE


def draft(args: Namespace) -> int:
    """`settle draft`: keep a draft."""
    with open_writer(args.db) as writer, reading(args.db) as db:
        until = _until(args, settings.working_day(db, now()))
        made = settling.draft(writer, until, _pool(args), doer=Doer(args.by), note=args.note)
        return _told(args, made)


def take(args: Namespace) -> int:
    """`settle check|confirm|discard`: one step of a draft."""
    doer = Doer(args.by)
    with open_writer(args.db) as writer:
        if args.kind == "discard":
            found = settling.discard(writer, args.number, args.reason, doer=doer)
        else:
            step = settling.check if args.kind == "check" else settling.confirm
            found = step(writer, args.number, doer=doer)
    return _told(args, found)


def show_list(args: Namespace) -> int:
    """`settle list`: every settlement with how it stands."""
    with reading(args.db) as db:
        found = settlements(db)
    if args.json:
        answer({"unit": "分", "settlements": [_document(one) for one in found]})
        return DONE
    for one in found:
        _tell_one(args, one)
    if not found:
        tell(args, "还没有结算。", "There is no settlement yet.")
    return DONE


def show_one(args: Namespace) -> int:
    """`settle show`: one settlement, its sums and its lines."""
    with reading(args.db) as db:
        one = settling.settlement(db, args.number)
        program = program_of(db, one)
        lines = list(lines_of(db, one.id))
        found = summary(frame_of(lines, read_names(db), program), program)
    if args.json:
        answer({"unit": "分", **_document(one), **_sums(found), "items": [_line(line) for line in lines]})
        return DONE
    _tell_one(args, one)
    _tell_sums(args, found)
    for line in lines:
        words = say(args, verdict_words(line.verdict))
        kind = "±" if line.kind == "adjustment" else " "
        amounts = f"{yuan(line.due)} → {yuan(line.capped)} → {yuan(line.paid)}"
        print(f" {kind} {line.claim_no}  {line.subject}  {line.shipped_on}  {words}  {amounts}")
    return DONE


def _until(args: Namespace, day: date) -> date:
    return day if args.claimed_until is None else day_from(args.claimed_until)


def _pool(args: Namespace) -> int | None:
    return None if args.pool is None else fen_from(args.pool)


def _told(args: Namespace, one: Settlement) -> int:
    if args.json:
        answer({"unit": "分", **_document(one)})
    _tell_one(args, one)
    return DONE


def _tell_one(args: Namespace, one: Settlement) -> None:
    state = STATES[one.state]
    pool = "–" if one.pool is None else yuan(one.pool)
    tell(
        args,
        f"{one.number}  {state.zh}  申报截至 {one.claimed_until}  {one.lines} 行"
        f"  应付 {yuan(one.due)} 元  实付 {yuan(one.paid)} 元  资金 {pool}  起草 {one.recorded_by} {one.done_on}",
        f"{one.number}  {state.en}  claimed by {one.claimed_until}  {one.lines} lines"
        f"  due {yuan(one.due)}  paid {yuan(one.paid)} yuan  pool {pool}  drafted {one.recorded_by} {one.done_on}",
    )
    for kind, step in one.steps.items():
        words = STEPS[kind]
        reason = f"：{step.reason}" if step.reason else ""
        tell(
            args,
            f"  {words.zh} {step.recorded_by} {step.done_on}{reason}",
            f"  {words.en}: {step.recorded_by} {step.done_on} {step.reason or ''}".rstrip(),
        )


def _tell_sums(args: Namespace, found: Summary) -> None:
    said = "  ".join(f"{say(args, verdict_words(v))} {n}" for v, n in found.verdicts.items())
    tell(
        args,
        f"  申报 {found.claims}：{said}；调整 {found.adjustments}",
        f"  claims {found.claims}: {said}; adjustments {found.adjustments}",
    )
    tell(
        args,
        f"  应付 {yuan(found.due)} 元，限额后 {yuan(found.capped)} 元，"
        f"支付 {yuan(found.granted)} 元（其中补付 {yuan(found.added)} 元），收回 {yuan(found.recovered)} 元",
        f"  due {yuan(found.due)}, after caps {yuan(found.capped)}, paid out {yuan(found.granted)} ({yuan(found.added)} of it added),"
        f" taken back {yuan(found.recovered)} yuan",
    )


def _document(one: Settlement) -> dict[str, Any]:
    return {
        "number": one.number,
        "state": one.state,
        "claimed_until": one.claimed_until,
        "drafted_on": one.done_on,
        "drafted_by": one.recorded_by,
        "program": one.program,
        "digest": one.digest,
        "known_at": one.known_at,
        "parameters": one.parameters,
        "pool": one.pool,
        "lines": one.lines,
        "due": one.due,
        "paid": one.paid,
        "note": one.note,
        "steps": [
            {"kind": step.kind, "on": step.done_on, "by": step.recorded_by, "reason": step.reason}
            for step in one.steps.values()
        ],
    }


def _sums(found: Summary) -> dict[str, Any]:
    return {
        "claims": found.claims,
        "adjustments": found.adjustments,
        "verdicts": found.verdicts,
        "because": found.because,
        "due": found.due,
        "capped": found.capped,
        "granted": found.granted,
        "added": found.added,
        "recovered": found.recovered,
        "paid": found.paid,
    }


def _line(line: Line) -> dict[str, Any]:
    kept = ("kind", "claim_no", "subject", "household_no", "shipped_on", "verdict", "due", "capped", "paid")
    return {name: getattr(line, name) for name in kept}
