"""Commands of the office's readings: readings list, confirm, look, withdraw, print; and the clause matrix."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from data import settings
from data.store import Database, open_writer, reading
from office.casework.asked import Doer
from office.cited import KINDS as PART_KINDS
from office.cited import current_value
from office.commands.parsing import Commands, make_folder, write_bytes
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, now
from office.paperwork.readings_paper import print_readings
from office.programs import DEFAULT, program_in_force
from office.refusal import refuse
from office.rulekeeping.alternatives import Effects, effects_of
from office.rulekeeping.confirming import KINDS, Asked, Wish, enter
from office.rulekeeping.matrix import PartLine, RowLine, matrix_on
from office.rulekeeping.matrix_sheet import matrix_xlsx
from office.rulekeeping.readings import Reading, book_on, readings_on, standing_words
from office.rulekeeping.readings_sheet import readings_xlsx

_BY = "经办人 / who does it"
_DAY = "哪一天 / which day, 2021-09-30 (default: the working day)"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("readings", list_readings, "办公室口径", "the readings of the office")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    listed = ways.command("list", list_readings, "全部口径和确认情况", "every reading and its standing")
    listed.add_argument("--as-of", help=_DAY)
    listed.add_argument("--file", default="", help="只看哪一套规则 / of one programme or file only")
    listed.add_argument(
        "--effects", action="store_true", help="换一种理解会怎样 / what the alternatives would do"
    )
    for kind, words in KINDS.items():
        _entering(ways.command(kind, enter_reading, words.zh, words.en), kind)
    printed = ways.command("print", print_list, "打印待确认口径", "print the list for the leading group")
    printed.add_argument("out", type=Path, metavar="FILE", help=".docx 或 .xlsx / .docx or .xlsx")
    printed.add_argument("--as-of", help=_DAY)
    matrix = commands.command("matrix", show_matrix, "条款矩阵", "the clause matrix of a programme")
    matrix.add_argument("--program", default=DEFAULT, help="哪一套规则 / which programme")
    matrix.add_argument("--as-of", help=_DAY)
    matrix.add_argument("--out", type=Path, metavar="FILE.xlsx", help="存成 Excel / keep it as a workbook")


def _entering(parser: ArgumentParser, kind: str) -> None:
    parser.add_argument("file", help="规则名 / programme, procedure, targets, assessment")
    parser.add_argument("part", nargs="+", help="口径，见 readings list / the readings, see readings list")
    if kind == "confirm":
        parser.add_argument("--group", default="", help="领导小组谁确认 / who of the leading group")
        parser.add_argument("--on", default="", help="哪天确认 / on which day")
        parser.add_argument("--document", default="", help="文号 / the document's number")
    parser.add_argument("--remark", default="", help="备注或理由 / a remark, or why")
    parser.add_argument("--by", default="", help=_BY)
    parser.set_defaults(kind=kind)


def list_readings(args: Namespace) -> int:
    """`readings list`: every reading of the office on a day."""
    with reading(args.db) as db:
        day = _day(db, args)
        book = [one for one in book_on(db, day) if not args.file or one.file == args.file]
        if not book:
            raise refuse(f"没有“{args.file}”这套规则", f'there are no rules "{args.file}"')
        found = readings_on(db, book, day)
        effects = {one.file: effects_of(db, one, day) for one in book} if args.effects else {}
    if args.json:
        answer({"as_of": day.isoformat(), "readings": [_reading(one, day, effects) for one in found]})
        return DONE
    for one in found:
        value = say(args, current_value(one.part, day))
        head = f"{one.file} {one.key}"
        print(
            f"{head}  {say(args, one.part.words)}{f'  {value}' if value else ''}  [{say(args, standing_words(one))}]"
        )
        for effect in effects.get(one.file, {}).get(one.key, ()):
            print(f"    → {say(args, effect.value)} ({say(args, effect.why)}): {say(args, effect.does)}")
    return DONE


def enter_reading(args: Namespace) -> int:
    """`readings confirm|look|withdraw`: what the leading group said of one or more readings of a file."""
    parts = tuple(Asked(args.file, part) for part in args.part)
    confirms = args.kind == "confirm"
    wish = Wish(
        args.kind,
        parts,
        confirmed_by=args.group if confirms else "",
        confirmed_on=day_from(args.on) if confirms and args.on else None,
        document_no=args.document if confirms else "",
        remark=args.remark,
    )
    with open_writer(args.db) as writer:
        with writer.transaction() as db:
            day = settings.working_day(db, now())
            book = book_on(db, day)
        done = enter(writer, wish, book, doer=Doer(args.by))
    if args.json:
        answer({"readings": [_reading(one, day, {}) for one in done]})
    for one in done:
        tell(
            args,
            f"{one.part.words.zh}：{standing_words(one).zh}",
            f"{one.part.words.en}: {standing_words(one).en}",
        )
    return DONE


def print_list(args: Namespace) -> int:
    """`readings print`: the list for the leading group as a Word file or a workbook."""
    kind = args.out.suffix.lower()
    if kind not in (".docx", ".xlsx"):
        raise refuse("文件名须以 .docx 或 .xlsx 结尾", "the file's name must end in .docx or .xlsx")
    with reading(args.db) as db:
        day = _day(db, args)
        if kind == ".docx":
            content = print_readings(db, day)[1]
        else:
            book = book_on(db, day)
            effects = {one.file: effects_of(db, one, day) for one in book}
            content = readings_xlsx(day, args.lang, book, readings_on(db, book, day), effects)
    make_folder(args.out)
    write_bytes(args.out, content)
    if args.json:
        answer({"file": str(args.out), "as_of": day.isoformat()})
    tell(args, f"已存到 {args.out}", f"written to {args.out}")
    return DONE


def show_matrix(args: Namespace) -> int:
    """`matrix`: clause, conditions, cases and decisions of a programme."""
    with reading(args.db) as db:
        day = _day(db, args)
        matrix = matrix_on(db, program_in_force(db, day, args.program), day)
    if args.out is not None:
        make_folder(args.out)
        write_bytes(args.out, matrix_xlsx(matrix, args.lang))
    if args.json:
        answer(
            {
                "program": matrix.program.program,
                "digest": matrix.program.digest,
                "as_of": day.isoformat(),
                "decisions": matrix.decisions,
                "parts": [_part(line) for line in matrix.parts],
                "rows": [_row(line) for line in matrix.rows],
            }
        )
        return DONE
    for line in matrix.parts:
        kept, cases = line.kept, len(line.cases)
        numbers = f"{kept.against}/{kept.decisive}" if kept else "—"
        clause, words = line.part.citation.clause, say(args, line.part.words)
        tell(
            args,
            f"{clause}  {say(args, PART_KINDS[line.part.kind])}  {words}  案例 {cases}  今年不利/单独决定 {numbers}",
            f"{clause}  {say(args, PART_KINDS[line.part.kind])}  {words}  cases {cases}  against/alone decided {numbers}",
        )
    for row in matrix.rows:
        kept_row = "—" if row.kept is None else row.kept
        tell(
            args,
            f"{row.benefit.title.zh} {row.number}  {row.words.zh}  今年 {kept_row}",
            f"{row.benefit.title.en} {row.number}  {row.words.en}  kept this year {kept_row}",
        )
    return DONE


def _day(db: Database, args: Namespace) -> date:
    asked = getattr(args, "as_of", None)
    return day_from(asked) if asked else settings.working_day(db, now())


def _reading(one: Reading, day: date, effects: dict[str, Effects]) -> dict[str, Any]:
    entry, value = one.confirmation, current_value(one.part, day)
    return {
        "file": one.file,
        "part": one.key,
        "text": one.part.words.zh,
        "value": value.zh or None,
        "clause": one.part.citation.clause,
        "quote": one.part.citation.quote,
        "stated": one.stated,
        "status": one.status,
        "document_no": entry.document_no if entry else None,
        "confirmed_on": entry.confirmed_on if entry else None,
        "confirmed_by": entry.confirmed_by if entry else None,
        "looked_on": one.looked_on.isoformat() if one.looked_on else None,
        "alternatives": [
            {"value": e.value.zh, "why": e.why.zh, "does": e.does.zh, "figures": dict(e.figures)}
            for e in effects.get(one.file, {}).get(one.key, ())
        ],
    }


def _part(line: PartLine) -> dict[str, Any]:
    return {
        "part": line.part.key,
        "clause": line.part.citation.clause,
        "cases": [case.name for case in line.cases],
        "kept": {"against": line.kept.against, "decisive": line.kept.decisive} if line.kept else None,
        "present": (
            {"against": line.present.against, "decisive": line.present.decisive} if line.present else None
        ),
        "status": line.reading.status if line.reading else "text",
        "looked_on": line.reading.looked_on.isoformat() if line.reading and line.reading.looked_on else None,
    }


def _row(line: RowLine) -> dict[str, Any]:
    return {
        "benefit": line.benefit.name,
        "row": line.number,
        "verdict": line.benefit.rows[line.number - 1].verdict,
        "cases": [case.name for case in line.cases],
        "kept": line.kept,
        "present": line.present,
    }
