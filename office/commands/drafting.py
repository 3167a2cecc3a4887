"""Commands of drafts and their test cases: draft list, show, save, check, remove; cases list, add, export, remove."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from data import settings
from data.rulekeeping.drafts import SavedDraft, draft_versions
from data.store import Database, open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands, write_bytes
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.days import day_from, now
from office.programs import DEFAULT, program_in_force, read_program
from office.refusal import refuse
from office.rulekeeping import cases, drafting
from office.rulekeeping.checking_drafts import Checked, check_draft
from office.rulekeeping.differences import KINDS, Difference, differences
from office.rulekeeping.trying_cases import Tried

_BY = "经办人 / who does it"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("draft", listed, "规则的草稿", "drafts of rules")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    ways.command("list", listed, "全部草稿", "every draft")
    shown = ways.command("show", show, "一份草稿的文本", "a draft's text")
    made = ways.command("save", save, "保存草稿", "save a draft")
    made.add_argument("file", type=Path, metavar="PROGRAM.toml")
    checked = ways.command(
        "check",
        check,
        "检查草稿：文件、证明、案例、与现行的不同",
        "check a draft: file, proof, cases, differences",
    )
    gone = ways.command("remove", remove, "删除草稿", "take a draft away")
    for parser in (shown, made, checked, gone):
        parser.add_argument("name", help="草稿名称 / the draft's name")
    shown.add_argument("--version", type=int, help="第几版 / which version (default: the newest)")
    made.add_argument("--program", default=DEFAULT, help="哪一套规则 / which programme")
    made.add_argument("--note", default="", help="说明 / a note")
    checked.add_argument("--as-of", help="与哪天施行的规则比 / against the rules of which day")
    for parser in (made, gone):
        parser.add_argument("--seen", type=int, help="所见的版本 / the version you saw (0: none)")
        parser.add_argument("--by", default="", help=_BY)
    _add_cases(commands)


def _add_cases(commands: Commands) -> None:
    top = commands.command("cases", cases_listed, "规则的测试案例", "test cases of rules")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    every = ways.command(
        "list", cases_listed, "全部案例，按现行规则试过", "every case, tried on the rules in force"
    )
    added = ways.command("add", cases_add, "从文件保存案例", "save the cases of a file")
    added.add_argument("file", type=Path, metavar="CASES.toml")
    out = ways.command("export", cases_export, "写出全部案例", "write every case to a file")
    out.add_argument("file", type=Path, metavar="CASES.toml")
    gone = ways.command("remove", cases_remove, "删除一个案例", "take a case away")
    gone.add_argument("name", help="案例名称 / the case's name")
    for parser in (every, out, gone):
        parser.add_argument("--program", default=DEFAULT, help="哪一套规则 / which programme")
    for parser in (added, gone):
        parser.add_argument("--by", default="", help=_BY)


def listed(args: Namespace) -> int:
    """`draft list`: every draft that stands."""
    with reading(args.db) as db:
        found = drafting.drafts(db)
    if args.json:
        answer({"drafts": [_document(one) for one in found]})
        return DONE
    for one in found:
        print(f"{one.name}  {one.program}  v{one.version}  {one.recorded_by}  {one.note or ''}".rstrip())
    if not found:
        tell(args, "还没有草稿。", "There is no draft yet.")
    return DONE


def show(args: Namespace) -> int:
    """`draft show`: the text of a draft, as it was saved."""
    with reading(args.db) as db:
        one = drafting.draft_named(db, args.name)
        if args.version is not None:
            one = _version(db, args.name, args.version)
    if args.json:
        answer({**_document(one), "text": one.text})
    else:
        print(one.text, end="")
    return DONE


def save(args: Namespace) -> int:
    """`draft save`: a file as a draft, or as its next version."""
    text = drafting.text_of(read_program(args.file))
    with reading(args.db) as db:
        based_on = program_in_force(db, settings.working_day(db, now()), args.program).digest
    wish = drafting.Wish(args.name, args.program, based_on, text, args.note, args.seen)
    with open_writer(args.db) as writer:
        saved = drafting.save(writer, wish, doer=Doer(args.by))
    return _done(args, saved, "已保存", "saved")


def remove(args: Namespace) -> int:
    """`draft remove`: take a name away."""
    with open_writer(args.db) as writer:
        gone = drafting.remove(writer, args.name, doer=Doer(args.by), seen=args.seen)
    return _done(args, gone, "已删除", "removed")


def check(args: Namespace) -> int:
    """`draft check`: what is wrong with a draft; exit 1 where anything is, or a case does not hold."""
    with reading(args.db) as db:
        draft = drafting.draft_named(db, args.name)
        day = day_from(args.as_of) if args.as_of else settings.working_day(db, now())
        before = program_in_force(db, day, draft.program)
        checked = check_draft(draft.text)
        if checked.program and checked.program.program != draft.program:
            raise refuse(
                f"这是“{draft.program}”的草稿，文本里写的却是“{checked.program.program}”",
                f'the draft is of "{draft.program}", its text is of "{checked.program.program}"',
            )
        tried = cases.tried_all(db, checked.program, draft.program) if checked.program else ()
    changed = differences(before, checked.program) if checked.program else ()
    if args.json:
        answer(_checked(args, draft, checked, tried, changed))
    else:
        _say_checked(args, checked, tried, changed)
    return DONE if checked.sound and all(one.answer == "holds" for one in tried) else REFUSED


def cases_listed(args: Namespace) -> int:
    """`cases list`: every case of a programme, tried on what is in force."""
    with reading(args.db) as db:
        program = program_in_force(db, settings.working_day(db, now()), args.program)
        tried = cases.tried_all(db, program, args.program)
    if args.json:
        answer(
            {"program": args.program, "digest": program.digest, "cases": [_tried(args, one) for one in tried]}
        )
        return DONE
    for one in tried:
        print(f"{one.answer:6}  {one.case.name}  {one.case.expected} / {one.came or '–'}")
    if not tried:
        tell(args, "还没有保存案例。", "No case is saved yet.")
    return DONE


def cases_add(args: Namespace) -> int:
    """`cases add`: every case of a file, all of them or none."""
    found = cases.cases_in(drafting.text_of(read_program(args.file)))
    with open_writer(args.db) as writer, writer.transaction() as db:
        saved = [cases.save_in(db, one, doer=Doer(args.by), at=now()) for one in found]
    if args.json:
        answer({"saved": [one.name for one in saved]})
    tell(args, f"已保存 {len(saved)} 个案例", f"{len(saved)} cases are saved")
    return DONE


def cases_export(args: Namespace) -> int:
    """`cases export`: every case of a programme in one file."""
    with reading(args.db) as db:
        found = cases.cases_of(db, args.program)
    write_bytes(args.file, cases.as_file(found, args.program).encode("utf-8"))
    if args.json:
        answer({"file": str(args.file), "cases": len(found)})
    tell(args, f"已写出 {len(found)} 个案例", f"{len(found)} cases are written")
    return DONE


def cases_remove(args: Namespace) -> int:
    """`cases remove`: take a case away."""
    with open_writer(args.db) as writer:
        gone = cases.remove(writer, args.program, args.name, doer=Doer(args.by))
    if args.json:
        answer({"removed": gone.name})
    tell(args, f"已删除案例“{gone.name}”", f'the case "{gone.name}" is removed')
    return DONE


def _version(db: Database, name: str, number: int) -> SavedDraft:
    found = next((one for one in draft_versions(db, name) if one.version == number), None)
    if found is None:
        raise refuse(f"草稿“{name}”没有第 {number} 版", f'the draft "{name}" has no version {number}')
    return found


def _done(args: Namespace, one: SavedDraft, zh: str, en: str) -> int:
    if args.json:
        answer(_document(one))
    tell(args, f"{zh}草稿“{one.name}”第 {one.version} 版", f'draft "{one.name}", version {one.version}: {en}')
    return DONE


def _document(one: SavedDraft) -> dict[str, Any]:
    return {
        "name": one.name,
        "program": one.program,
        "version": one.version,
        "removed": one.removed,
        "based_on": one.based_on,
        "note": one.note,
        "by": one.recorded_by,
        "at": one.recorded_at,
    }


def _checked(
    args: Namespace,
    draft: SavedDraft,
    checked: Checked,
    tried: tuple[Tried, ...],
    changed: tuple[Difference, ...],
) -> dict[str, Any]:
    return {
        "name": draft.name,
        "version": draft.version,
        "digest": checked.digest,
        "unchecked": say(args, checked.unchecked) if checked.unchecked else None,
        "faults": [{"line": f.line, "key": f.key, "message": say(args, f.words)} for f in checked.faults],
        "proof": [
            {
                "kind": f.kind,
                "where": f.where,
                "line": f.line,
                "example": dict(f.example),
                "message": say(args, f.words),
            }
            for f in checked.found
        ],
        "cases": [_tried(args, one) for one in tried],
        "differences": [
            {
                "mark": one.mark,
                "kind": one.kind,
                "title": say(args, one.title),
                "aspect": say(args, one.aspect) if one.aspect else None,
                "before": say(args, one.before) if one.before else None,
                "after": say(args, one.after) if one.after else None,
            }
            for one in changed
        ],
    }


def _tried(args: Namespace, one: Tried) -> dict[str, Any]:
    return {
        "name": one.case.name,
        "answer": one.answer,
        "about": one.case.about,
        "expected": one.case.expected,
        "came": one.came or None,
        "why": say(args, one.why) if one.why else None,
    }


def _say_checked(
    args: Namespace, checked: Checked, tried: tuple[Tried, ...], changed: tuple[Difference, ...]
) -> None:
    if checked.unchecked:
        print(say(args, checked.unchecked))
    for fault in checked.faults:
        place = f"{fault.line or ''}  {fault.key}".strip()
        print(f"{place}  {say(args, fault.words)}")
    for found in checked.found:
        print(f"{found.where}  {say(args, found.words)}")
    for one in tried:
        print(f"{one.answer:6}  {one.case.name}")
    for difference in changed:
        what = " ".join(
            say(args, w) for w in (KINDS[difference.kind], difference.title, difference.aspect) if w
        )
        was, is_now = (say(args, w) if w else "–" for w in (difference.before, difference.after))
        print(f"{difference.mark:8}{what}: {was} → {is_now}")
    if checked.sound:
        tell(args, "文件没有问题，证明通过。", "The file has no fault and the proof found nothing.")
