"""Commands that decide: decide, explain, compare."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from data import settings
from data.store import Database, open_writer, reading
from office.because import because_words
from office.commands.claims import tell_claim, tell_claims
from office.commands.grants import tell_grant, tell_grants
from office.commands.list_changes import tell_list_changes
from office.commands.parsing import Commands, name_and_value, what_if_values
from office.commands.slip_lines import tell_inspections, tell_lines
from office.commands.speaking import DONE, USAGE, answer, say, tell
from office.comparing import compare, comparison_document
from office.days import day_from, known_at_from, now
from office.deciding import Answers, decide_all, decisions_document
from office.explaining import Slip, explain, explanation_document
from office.gathering import gather, known_now
from office.grants.checking import check_grants
from office.grants.kinds import BY_SUBJECT
from office.grants.slips import explain_grant
from office.programs import DEFAULT, program_from_file, program_in_force, values_in_force
from office.recording import record
from office.refusal import refuse
from office.rulekeeping.draft_words import verdict_or_not
from office.subsidy.claim_slips import explain_claim
from office.subsidy.claims import check_claims
from rules.facts import SHIPMENT
from rules.program import Program
from rules.slip import change_words, verdict_words


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    all_goods = commands.command("decide", decide, "判定全部产品", "decide every good of a day")
    _common(all_goods)
    all_goods.add_argument("--record", action="store_true", help="存档 / freeze the decisions (needs --by)")
    all_goods.add_argument("--by", help="经办人 / who records")
    one = commands.command("explain", explain_one, "一户一品的判定单", "one good's decision slip")
    one.add_argument("subject", help="户编号/产品编码, H0001/P01 (or, of a claim, 申报编号)")
    one.add_argument("--benefit", help="只看一项 / one benefit only")
    _common(one)
    two = commands.command("compare", compare_two, "对比两组判定", "compare two sets of decisions")
    _common(two)
    two.add_argument(
        "--against-as-of", help="对比的基准日 / the day of the side before (default: the same day)"
    )
    two.add_argument(
        "--runs",
        nargs=2,
        type=int,
        metavar=("A", "B"),
        help="两次存档的名单为何不同 / why the list of run B is another than that of run A",
    )


def _common(parser: ArgumentParser) -> None:
    parser.add_argument("--program", default=DEFAULT, help="规则名 / programme")
    parser.add_argument("--program-file", type=Path, help="规则草案文件 / a draft programme")
    parser.add_argument("--as-of", help="判定日 D / the day, 2021-09-30")
    parser.add_argument("--known-at", help="截至何时所知 K / the instant of knowledge")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=name_and_value,
        metavar="NAME=VALUE",
        help="假设参数值 / what if",
    )


def decide(args: Namespace) -> int:
    """`decide`: every good's answer; with `--record --by` frozen."""
    if args.record and not args.by:
        tell(args, "存档须写 --by 经办人", "--record needs --by NAME")
        return USAGE
    if args.record and (args.set or args.program_file):
        raise refuse("假设或草案的结果不能存档", "what-if values and drafts cannot be recorded")
    with reading(args.db) as db:
        program = _program(db, args)
        if program.subject in _DECIDE:
            return _DECIDE[program.subject](db, args, program)
        answers = _answers(db, args, program, _day(db, args.as_of), what_if_values(args))
    if args.record:
        with open_writer(args.db) as writer:
            run = record(writer, answers, by=args.by)
        tell(args, f"已存档，第 {run} 次", f"recorded as run {run}")
    if args.json:
        answer(decisions_document(answers, answers.gathered.as_of))
    else:
        _tell_counts(args, answers)
    return DONE


def _decide_claims(db: Database, args: Namespace, program: Program) -> int:
    """`decide` with a programme about claims: every claim made by the day."""
    if args.record:
        raise refuse(
            "申报的判定随结算存档，请用 settle draft", "claims are recorded by a settlement: settle draft"
        )
    day = _day(db, args.as_of)
    values = values_in_force(program, day, what_if_values(args))
    claims = check_claims(db, day, _known_at(db, args), program, values)
    tell_claims(args, claims, day)
    return DONE


def _explain_claim(db: Database, args: Namespace, program: Program) -> int:
    """`explain` with a programme about claims: the slip of the claim with this number."""
    day = _day(db, args.as_of)
    values = values_in_force(program, day, what_if_values(args))
    slip = explain_claim(db, args.subject, day, _known_at(db, args), program, values)
    tell_claim(args, slip, day)
    return DONE


def _decide_grants(db: Database, args: Namespace, program: Program) -> int:
    """`decide` with a programme about a grant: every claim made by the day, each on its own day."""
    if args.record:
        raise refuse(
            "奖补与贴息的申报只核对，不存档", "claims of grants are checked only; nothing of them is recorded"
        )
    day, kind = _day(db, args.as_of), BY_SUBJECT[program.subject]
    found = check_grants(db, kind, day, _known_at(db, args), program, what_if_values(args))
    tell_grants(args, found)
    return DONE


def _explain_grant(db: Database, args: Namespace, program: Program) -> int:
    """`explain` with a programme about a grant: the slip of the claim with this number."""
    day, known_at = _day(db, args.as_of), _known_at(db, args)
    kind, changed = BY_SUBJECT[program.subject], what_if_values(args)
    slip = explain_grant(db, kind, args.subject, day, known_at, program, changed)
    tell_grant(args, slip)
    return DONE


Told = Callable[[Database, Namespace, Program], int]
# Programmes that are not about goods: who decides and explains them.
_DECIDE: Mapping[str, Told] = {SHIPMENT: _decide_claims, **dict.fromkeys(BY_SUBJECT, _decide_grants)}
_EXPLAIN: Mapping[str, Told] = {SHIPMENT: _explain_claim, **dict.fromkeys(BY_SUBJECT, _explain_grant)}


def explain_one(args: Namespace) -> int:
    """`explain`: a decision slip in words for each benefit."""
    with reading(args.db) as db:
        program = _program(db, args)
        if args.benefit and args.benefit not in program.benefits:
            names = "、".join(program.benefits)
            raise refuse(
                f"没有“{args.benefit}”；可用的有：{names}", f'no benefit "{args.benefit}"; there are: {names}'
            )
        if program.subject in _EXPLAIN:
            return _EXPLAIN[program.subject](db, args, program)
        benefits = (args.benefit,) if args.benefit else None
        day = _day(db, args.as_of)
        explained = explain(
            db, args.subject, program, day, _known_at(db, args), what_if_values(args), benefits
        )
    if args.json:
        answer(explanation_document(explained))
    else:
        for slip in explained.slips:
            _tell_slip(args, program, slip, explained.answers)
    return DONE


def compare_two(args: Namespace) -> int:
    """`compare`: before (`--against-as-of`, published rules) and after (`--as-of`, what-if or draft), or `--runs`."""
    if args.runs:
        return tell_list_changes(args)
    with reading(args.db) as db:
        day = _day(db, args.as_of)
        against = day_from(args.against_as_of) if args.against_as_of else day
        known = known_at_from(args.known_at) if args.known_at else None
        published, program = program_in_force(db, against, args.program, known), _program(db, args)
        before = _answers(db, args, published, against, {})
        after = _answers(db, args, program, day, what_if_values(args), before)
    comparison = compare(before, after)
    if args.json:
        answer(comparison_document(comparison))
        return DONE
    for side, answers in (("前 / before", before), ("后 / after", after)):
        print(side)
        _tell_counts(args, answers)
    tell(args, f"共 {len(comparison.changed)} 处变化", f"{len(comparison.changed)} changes")
    for c in comparison.changed:
        sides = " → ".join(say(args, verdict_or_not(side)) for side in (c.before, c.after))
        one_side = c.before is None or c.after is None
        why = "" if one_side else f" ({say(args, because_words(c.turns, program, published))})"
        print(f"  {c.subject} {c.benefit}: {sides}{why}")
    return DONE


def _program(db: Database, args: Namespace) -> Program:
    """The draft, or what is in force on the day as published by the instant asked."""
    if args.program_file:
        return program_from_file(args.program_file)
    known_at = known_at_from(args.known_at) if getattr(args, "known_at", None) else None
    return program_in_force(db, _day(db, args.as_of), args.program, known_at)


def _day(db: Database, text: str | None) -> date:
    return day_from(text) if text else settings.working_day(db, now())


def _known_at(db: Database, args: Namespace) -> str:
    return known_at_from(args.known_at) if args.known_at else known_now(db)


def _answers(
    db: Database,
    args: Namespace,
    program: Program,
    day: date,
    changed: dict[str, str],
    beside: Answers | None = None,
) -> Answers:
    values = values_in_force(program, day, changed)
    if beside is not None and beside.gathered.as_of == day:
        return decide_all(beside.gathered, program, values)
    known_at = beside.gathered.known_at if beside else _known_at(db, args)
    return decide_all(gather(db, day, known_at), program, values)


def _tell_counts(args: Namespace, answers: Answers) -> None:
    g = answers.gathered
    tell(
        args,
        f"{g.as_of.isoformat()}，{answers.subjects.size} 个产品",
        f"{g.as_of.isoformat()}, {answers.subjects.size} goods",
    )
    for benefit, counts in answers.counts().items():
        title = answers.program.benefits[benefit].title
        said = "  ".join(f"{say(args, verdict_words(v))} {n}" for v, n in reversed(counts.items()))
        tell(args, f"  {title.zh}：{said}", f"  {title.en}: {said}")


def _tell_slip(args: Namespace, program: Program, slip: Slip, answers: Answers) -> None:
    day, values = answers.gathered.as_of, answers.values
    title, verdict = program.benefits[slip.decision.benefit].title, verdict_words(slip.decision.verdict)
    print(f"{slip.decision.subject}  {day.isoformat()}  {say(args, title)}: {say(args, verdict)}")
    tell_lines(args, program, slip.lines, values)
    tell_inspections(args, slip.evidence)
    for change in slip.changes:
        print(f"  → {say(args, change_words(change, title))}")
