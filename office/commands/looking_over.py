"""The command doctor: the installation looked over, in plain words."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from office.commands.parsing import Commands
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.doctor.findings import STATE_WORDS, Finding
from office.doctor.whole import look_over, surroundings

SIGNS = {"fine": "✔", "look": "！", "wrong": "✕"}


def add(commands: Commands) -> None:
    """Add the command of this module."""
    commands.command(
        "doctor",
        look,
        "体检：这套系统哪里不对、怎么办",
        "look the installation over: what is wrong, what to do",
    )


def look(args: Namespace) -> int:
    """`doctor`: everything looked over; exit code 1 where something is wrong."""
    found = look_over(surroundings(Path(args.db)))
    wrong = sum(one.state == "wrong" for one in found)
    look_at = sum(one.state == "look" for one in found)
    if args.json:
        answer({"ok": not wrong, "findings": [_document(args, one) for one in found]})
    else:
        for one in found:
            _print(args, one)
    tell(
        args,
        f"共查 {len(found)} 项：{wrong} 项有问题，{look_at} 项要看一下。",
        f"{len(found)} things looked at: {wrong} wrong, {look_at} to look at.",
    )
    return REFUSED if wrong else DONE


def _print(args: Namespace, one: Finding) -> None:
    colon = ": " if args.lang == "en" else "："
    print(f"{SIGNS[one.state]} {say(args, one.title)}{colon}{say(args, one.found)}")
    if one.state != "fine":
        print(f"    {say(args, STATE_WORDS[one.state])}{colon}{say(args, one.means)}")
        if one.todo is not None:
            print(f"    → {say(args, one.todo)}")


def _document(args: Namespace, one: Finding) -> dict[str, str | None]:
    return {
        "name": one.name,
        "state": one.state,
        "title": say(args, one.title),
        "found": say(args, one.found),
        "means": say(args, one.means),
        "todo": say(args, one.todo) if one.todo is not None else None,
    }
