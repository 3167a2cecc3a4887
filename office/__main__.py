"""The office's command line: `python -m office [--db FILE] COMMAND`.

Exit 0 = done, 1 = refused or something does not hold (said why), 2 = wrong usage.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from data.faults import UnknownRegister
from data.store import StoreProblem
from office.commands import (
    about,
    accounts,
    acts,
    auditing,
    decisions,
    documents,
    drafting,
    exchanging,
    keeping,
    notices,
    overrides,
    packaging,
    programmes,
    publishing,
    readings,
    registers,
    reports,
    sampling,
    settling,
    targets,
)
from office.commands.parsing import Commands
from office.commands.speaking import DONE, refusal
from office.refusal import Refused
from office.running import configured_path


def parser() -> ArgumentParser:
    """The whole command line."""
    top = ArgumentParser(prog="python -m office", description="县电商办公室 / the county e-commerce office")
    top.add_argument("--db", type=Path, default=configured_path(), help="数据库文件 / the database")
    top.add_argument("--lang", choices=("zh", "en"), default=os.environ.get("OFFICE_LANG", "zh"))
    commands = Commands(top.add_subparsers(required=True, metavar="COMMAND"))
    for module in (
        registers,
        decisions,
        acts,
        programmes,
        drafting,
        publishing,
        readings,
        exchanging,
        documents,
        packaging,
        notices,
        settling,
        targets,
        reports,
        sampling,
        overrides,
        auditing,
        keeping,
        accounts,
        about,
    ):
        module.add(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; whatever is refused is said in words."""
    args = parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except Refused as refused:
        return refusal(args, refused)
    except (StoreProblem, UnknownRegister) as problem:
        return refusal(args, Refused(problem.words))
    except BrokenPipeError:  # the reader of our output has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
