"""The command that hands a programme to other rule software: exchange."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from data import settings
from data.store import reading
from office.commands.parsing import Commands
from office.commands.speaking import DONE, USAGE, answer, tell
from office.days import day_from, now, today
from office.exchange import FORMS, write_exchange
from office.programs import program_from_file, program_in_force
from rules.program import Program


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    run = commands.command(
        "exchange",
        exchange,
        "把一套规则导出为 DMN 1.3 和 GoRules JDM 文件",
        "export a programme as DMN 1.3 and GoRules JDM files",
    )
    run.add_argument(
        "program", metavar="PROGRAM", help="规则名或规则文件 / a programme's name or its .toml file"
    )
    run.add_argument("--dmn", type=Path, metavar="FILE", help="DMN 1.3 文件 / the DMN 1.3 file")
    run.add_argument("--jdm", type=Path, metavar="FILE", help="GoRules JDM 文件 / the GoRules JDM file")
    run.add_argument("--as-of", help="取哪一天的规则和取值 / the day whose rules and values are taken")


def exchange(args: Namespace) -> int:
    """`exchange`: the files asked for, each saying which programme and day it stands for."""
    files = {form: getattr(args, form) for form in FORMS if getattr(args, form)}
    if not files:
        tell(args, "须写 --dmn 文件 或 --jdm 文件", "--dmn FILE or --jdm FILE is needed")
        return USAGE
    program, day = _asked(args)
    document = write_exchange(program, day, files)
    if args.json:
        answer(document)
        return DONE
    for file in document["files"]:
        tell(
            args,
            f"已写入 {file['file']}：{document['tables']} 张判定表，{document['rows']} 行，取值按 {day}",
            f"wrote {file['file']}: {document['tables']} decision tables, {document['rows']} rows, values as of {day}",
        )
    return DONE


def _asked(args: Namespace) -> tuple[Program, date]:
    """A programme as the database publishes it, or a file, for which no database is needed."""
    as_of = day_from(args.as_of) if args.as_of else None
    if args.program.endswith(".toml"):
        return program_from_file(Path(args.program)), as_of or today()
    with reading(args.db) as db:
        day = as_of or settings.working_day(db, now())
        return program_in_force(db, day, args.program), day
