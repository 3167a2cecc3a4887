"""Commands that keep the database trustworthy: verify; beside it those of copies and of the installation."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path

from data.words import Words
from office.commands import backing_up, looking_over
from office.commands.parsing import Commands
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from office.rechecking.whole import Progress, Rechecked, recheck


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = commands.command(
        "verify",
        verify,
        "检查记录链和数据库完整性，把存档的判定、结算和上报数据重新算一遍",
        "check the chain and the database's integrity, and work out again all that was recorded",
    )
    parser.add_argument(
        "--anchor",
        type=_anchor,
        metavar="NUMBER:HASH",
        help="外部留存的链号和链首 / an entry's number and hash noted outside the database",
    )
    backing_up.add(commands)
    looking_over.add(commands)


def verify(args: Namespace) -> int:
    """`verify`: chain, digests and cases, then everything recorded again; the first difference is named first."""
    found = recheck(Path(args.db), progress=_shown(args), anchor=args.anchor)
    if args.json:
        answer(_document(args, found))
    for difference in found.differences:
        print(f"{difference.place}: {say(args, difference.message)}", file=sys.stderr)
    for note in found.notes:
        tell(args, f"说明：{note.zh}", f"Note: {note.en}")
    if not found.ok:
        first = len(found.differences)
        more = (
            Words("", "")
            if found.total == first
            else Words(f"，以上是前 {first} 处", f"; the first {first} are above")
        )
        tell(args, f"有 {found.total} 处不符{more.zh}。", f"{found.total} differences{more.en}.")
        return REFUSED
    if found.anchors:
        tell(
            args,
            f"与备份文件夹里记下的 {found.anchors} 个链首相符。",
            f"The {found.anchors} ends of the chain noted in the backup folders are in it.",
        )
    tell(
        args,
        f"{found.entries} 条记录全部相符。{_again(found).zh}链首 {found.head}",
        f"all {found.entries} entries hold. {_again(found).en} Head {found.head}",
    )
    return DONE


def _document(args: Namespace, found: Rechecked) -> dict[str, object]:
    differences = [{"place": d.place, "message": say(args, d.message)} for d in found.differences]
    known = {"entries": found.entries, "head": found.head} if found.ok else {}
    return {
        "ok": found.ok,
        **known,
        "decisions": found.decisions,
        "rechecked": found.rechecked,
        **({"anchors": found.anchors} if found.anchors else {}),
        "seconds": round(found.seconds, 1),
        "notes": [say(args, note) for note in found.notes],
        "differences": differences,
    }


def _again(found: Rechecked) -> Words:
    return Words(
        f"重新判定 {found.rechecked} 条判定（{found.runs} 次存档），重新核对 {found.settlements} 次结算、"
        f"{found.reports} 份上报与通报，结果相同，用时 {found.seconds:.0f} 秒。",
        f"{found.rechecked} decisions of {found.runs} runs were decided again, {found.settlements} settlements and"
        f" {found.reports} reports worked out again, all the same, in {found.seconds:.0f} s.",
    )


def _shown(args: Namespace) -> Progress:
    """How far it is, on standard error and only where a person sits before it."""
    if not sys.stderr.isatty():
        return lambda done, total, what: None
    last = ""

    def show(done: int, total: int, what: Words) -> None:
        nonlocal last
        line = f"{say(args, what)} {100 * done // total if total else 0}%"
        if line != last:
            last = line
            print(f"\r\x1b[K{line}" if done < total else "\r\x1b[K", end="", file=sys.stderr, flush=True)

    return show


def _anchor(text: str) -> tuple[int, str]:
    """`128:1f0c…`: the number as digits, the hash as printed."""
    number, _, digest = text.replace("：", ":").partition(":")
    if not (number.isdecimal() and digest.strip()):
        raise ArgumentTypeError(f"NUMBER:HASH, not {text!r}")
    return int(number), digest.strip().lower()
