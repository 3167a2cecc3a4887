"""Commands that keep the database trustworthy: verify."""

from __future__ import annotations

import sys
from argparse import Namespace

from data import chain
from data.store import reading
from office.casework.rechecking import check
from office.commands.parsing import Commands
from office.commands.speaking import DONE, REFUSED, answer, say, tell


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    commands.command(
        "verify", verify, "检查记录链和数据库完整性", "check the chain and the database's integrity"
    )


def verify(args: Namespace) -> int:
    """`verify`: recompute the chain and every digest, look through every case; the first difference is named first."""
    with reading(args.db) as db:
        found = check(db)
        head = None if found else chain.head(db)  # a damaged file may not give it
    if args.json:
        differences = [{"place": d.place, "message": say(args, d.message)} for d in found]
        known = {"entries": head.seq, "head": head.hash} if head else {}
        answer({"ok": not found, **known, "differences": differences})
    for difference in found:
        print(f"{difference.place}: {say(args, difference.message)}", file=sys.stderr)
    if head is None:
        tell(args, f"有 {len(found)} 处不符。", f"{len(found)} differences.")
        return REFUSED
    tell(
        args, f"{head.seq} 条记录全部相符。链首 {head.hash}", f"all {head.seq} entries hold. Head {head.hash}"
    )
    return DONE
