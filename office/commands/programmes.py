"""Commands on programme files, without a database: evaluate, prove."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import rules
from office.commands.parsing import Commands
from office.commands.speaking import DONE, REFUSED, answer, tell
from office.days import day_from, today
from office.evaluating import evaluate, prove_document
from office.programs import DEFAULT

OURS = Path(rules.__file__).parent / "programs" / f"{DEFAULT}.toml"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    run = commands.command(
        "evaluate", evaluate_table, "用任一规则文件判定事实表", "run any programme on a table of facts"
    )
    run.add_argument("program", type=Path, metavar="PROGRAM.toml")
    run.add_argument("facts", type=Path, metavar="FACTS.csv")
    run.add_argument("--as-of", help="判定日 / the day (default: today)")
    prove = commands.command(
        "prove", prove_program, "证明规则文件没有漏洞", "prove that a programme has no fault"
    )
    prove.add_argument("program", type=Path, nargs="?", default=OURS, metavar="PROGRAM.toml")


def evaluate_table(args: Namespace) -> int:
    """`evaluate`: verdicts row by row, in the file's order."""
    document = evaluate(args.program, args.facts, day_from(args.as_of) if args.as_of else today())
    if args.json:
        answer(document)
        return DONE
    for row in document["rows"]:
        print(row["row"], "  ".join(f"{benefit}: {verdict}" for benefit, verdict in row["verdicts"].items()))
    return DONE


def prove_program(args: Namespace) -> int:
    """`prove`: every fault with one concrete example."""
    document = prove_document(args.program, args.lang)
    faults = document["faults"]
    if args.json:
        answer(document)
    for fault in faults:
        tell(args, f"{fault['where']}：{fault['message']}", f"{fault['where']}: {fault['message']}")
    if not faults:
        tell(args, "没有发现问题。", "no fault was found.")
    return REFUSED if faults else DONE
