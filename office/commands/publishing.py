"""Commands that publish rules: publish list, propose, confirm, drop."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from data.rulekeeping.publications import Publication, publications
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, tell
from office.days import day_from
from office.programs import read_program
from office.refusal import refuse
from office.rulekeeping import publishing
from office.rulekeeping.publishing_words import STATES

_BY = "经办人 / who does it"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("publish", listed, "公布规则的修改", "publish a change of the rules")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    every = ways.command(
        "list", listed, "每套规则公布过的文本和等待公布的修改", "what was published and what waits"
    )
    every.add_argument("--program", help="只看一套规则 / of one programme")
    new = ways.command("propose", propose, "提出修改", "propose a change")
    new.add_argument("file", type=Path, metavar="PROGRAM.toml")
    new.add_argument(
        "--effective-on", required=True, help="自何日起施行 / from which day it counts, 2021-11-01"
    )
    new.add_argument("--reason", default="", help="理由 / why")
    new.add_argument("--document", default="", help="文号 / the document's number")
    new.add_argument("--by", default="", help=_BY)
    for name, run, zh, en in (
        ("confirm", confirm, "公布别人提出的修改", "publish a change that another person proposed"),
        ("drop", drop, "撤下还没有公布的修改", "drop a change that waits"),
    ):
        parser = ways.command(name, run, zh, en)
        parser.add_argument("number", type=int, help="修改的号 / the proposal's number")
        parser.add_argument("--by", default="", help=_BY)
        if name == "confirm":
            parser.add_argument("--document", default="", help="文号 / the document's number")
        else:
            parser.add_argument("--reason", default="", help="理由 / why")


def listed(args: Namespace) -> int:
    """`publish list`: every text of every programme, the newest first, and which files differ."""
    with reading(args.db) as db:
        found = publications(db, getattr(args, "program", None))
        differing = publishing.differing_on_disk(db)
    if args.json:
        answer({"publications": [_document(one) for one in found], "differing_on_disk": list(differing)})
        return DONE
    for one in found:
        state = STATES[one.state]
        since = one.effective_on or "—"
        tell(
            args,
            f"{one.id}  {one.program}  {state.zh}  自 {since}  {one.recorded_by}  {one.digest[:12]}  {one.reason}",
            f"{one.id}  {one.program}  {state.en}  from {since}  {one.recorded_by}  {one.digest[:12]}  {one.reason}",
        )
    for name in differing:
        tell(
            args,
            f"{name}：规则文件与已公布的不同，仍按已公布的判定。",
            f"{name}: the file differs from what is published; the published text decides.",
        )
    return DONE


def propose(args: Namespace) -> int:
    """`publish propose`: keep a text as a proposal; it decides nothing yet."""
    data = read_program(args.file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse(f"{args.file.name} 不是 UTF-8 文字", f"{args.file.name} is not UTF-8 text") from None
    wish = publishing.Proposal(text, day_from(args.effective_on), args.reason, args.document)
    with open_writer(args.db) as writer:
        found = publishing.propose(writer, wish, doer=Doer(args.by))
    return _told(
        args,
        found,
        f"已提出第 {found.id} 号修改，自 {found.effective_on} 起施行，等另一位审核员公布。",
        f"Proposed as no. {found.id}, to count from {found.effective_on}; another reviewer publishes it.",
    )


def confirm(args: Namespace) -> int:
    """`publish confirm`: the second person's word."""
    with open_writer(args.db) as writer:
        found = publishing.publish(writer, args.number, args.document, doer=Doer(args.by))
    return _told(
        args,
        found,
        f"已公布第 {found.id} 号修改，自 {found.effective_on} 起施行。以前的判定不变。",
        f"No. {found.id} is published and counts from {found.effective_on}. What was decided stays.",
    )


def drop(args: Namespace) -> int:
    """`publish drop`: it will not be published."""
    with open_writer(args.db) as writer:
        found = publishing.drop(writer, args.number, args.reason, doer=Doer(args.by))
    return _told(args, found, f"已撤下第 {found.id} 号修改。", f"No. {found.id} was dropped.")


def _told(args: Namespace, found: Publication, zh: str, en: str) -> int:
    if args.json:
        answer(_document(found))
    else:
        tell(args, zh, en)
    return DONE


def _document(one: Publication) -> dict[str, Any]:
    step = one.step
    return {
        "number": one.id,
        "program": one.program,
        "state": one.state,
        "effective_on": one.effective_on,
        "digest": one.digest,
        "proposed_by": one.recorded_by,
        "proposed_on": one.done_on,
        "reason": one.reason,
        "document_no": (step.document_no if step else None) or one.document_no,
        "decided_by": step.recorded_by if step else None,
        "decided_on": step.done_on if step else None,
    }
