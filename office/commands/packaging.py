"""Commands of the packaging ledger: packaging receive|transfer|issue|…, packaging stock|held|recovery|moves."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from data import settings
from data.casework import packaging as ledger
from data.store import Database, open_writer, reading
from office.casework.asked import Doer
from office.casework.in_force import STATE_WORDS
from office.commands.parsing import Commands, name_and_value
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, now
from office.stores.packaging import KIND_WORDS, Line, Slip, move, recovery, stock_lines
from office.stores.packaging_slips import WITH_GOOD, WITH_PLACE, WITH_REASON
from office.stores.packaging_views import from_words, to_words

Options = Mapping[str, Mapping[str, Any]]

_SUBJECT: Options = {"--subject": {"help": "户编号/产品编码 / the good, H0001/P01"}}
_DAY: Options = {"--as-of": {"help": "哪一天终了时（默认工作日） / at the end of which day"}}


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("packaging", show_stock, "包装物资", "packaging: stock, slips, what is held")
    ways = Commands(top.add_subparsers(required=True, metavar="KIND"))
    for kind in KIND_WORDS:
        _slip(ways, kind)
    _list(ways.command("stock", show_stock, "库存", "what lies where"), _DAY)
    _list(ways.command("held", show_held, "农户持有的物资", "what goods hold"), {**_SUBJECT, **_DAY})
    _list(ways.command("recovery", show_recovery, "待收回的物资", "what is to be handed back"), _DAY)
    several: Options = {
        "--kind": {"choices": tuple(KIND_WORDS), "help": "单据种类 / the kind of slip"},
        "--item": {"help": "物资编码 / the item's code"},
        "--place": {"help": "存放点编码 / the storage place's code"},
        **_SUBJECT,
        "--slip": {"help": "单号 / the slip's number"},
        "--since": {"help": "自哪天起 / from this day on"},
        **_DAY,
    }
    _list(ways.command("moves", show_moves, "流水", "every line of every slip"), several)


def _slip(ways: Commands, kind: str) -> None:
    words = KIND_WORDS[kind]
    parser = ways.command(kind, do, words.zh, words.en)
    parser.set_defaults(kind=kind)
    parser.add_argument(
        "lines",
        nargs="+",
        type=_line,
        metavar="ITEM=N",
        help="物资编码=数量 / item code and quantity, B11=40",
    )
    parser.add_argument("--by", default="", help="经办人 / who does it")
    parser.add_argument("--reason", help="原因或说明 / why")
    if kind in (*WITH_PLACE, *WITH_REASON):
        parser.add_argument("--place", help="存放点编码 / the storage place's code")
    if kind == "transfer":
        parser.add_argument("--to-place", help="调入的存放点编码 / the code of the place it goes to")
    if kind in (*WITH_GOOD, *WITH_REASON):
        _list(parser, _SUBJECT)
    if kind in ("issue", "return"):
        parser.add_argument("--person", default="", help="领用人或退回人 / who signs the slip")


def _list(parser: ArgumentParser, options: Options) -> None:
    for name, about in options.items():
        parser.add_argument(name, **about)


def _line(text: str) -> Line:
    """`B11=40`; what the item and the quantity may be is the office's business, said in words."""
    code, number = name_and_value(text)
    if not (number.isascii() and number.isdigit()):
        raise ArgumentTypeError(f"ITEM=N with a whole number, not {text!r}")
    return Line(code, int(number))


def do(args: Namespace) -> int:
    """`packaging receive|transfer|issue|return|use_up|lost|write_off`: record one slip."""
    asked = Slip(
        args.kind,
        tuple(args.lines),
        place=getattr(args, "place", None),
        to_place=getattr(args, "to_place", None),
        subject=getattr(args, "subject", None),
        reason=args.reason,
        person=getattr(args, "person", ""),
    )
    with open_writer(args.db) as writer:
        moved = move(writer, asked, doer=Doer(args.by))
    if args.json:
        answer({"kind": args.kind, "slip_no": moved.slip_no, "document": moved.document})
    tell(args, moved.words.zh, moved.words.en)
    return DONE


def show_stock(args: Namespace) -> int:
    """`packaging stock`: what lies where."""
    with reading(args.db) as db:
        day = _day(args, db)
        lines = stock_lines(db, day)
    rows = [
        {
            "place": line.place.code,
            "place_name": line.place.name,
            "item": line.item.code,
            "item_name": line.item.name,
            "kind": line.item.kind,
            "unit": line.item.unit,
            "quantity": line.quantity,
        }
        for line in lines
    ]
    texts = [f"{r['place_name']}  {r['item']} {r['item_name']}  {r['quantity']:,} {r['unit']}" for r in rows]
    return _told(args, {"day": day.isoformat(), "stock": rows}, texts)


def show_held(args: Namespace) -> int:
    """`packaging held`: what goods hold; one good's with `--subject`."""
    with reading(args.db) as db:
        day = _day(args, db)
        found = ledger.held_by_goods(db, subject=args.subject, day=day)
    rows = [{"subject": subject, **one._asdict()} for subject, held in found.items() for one in held]
    texts = [
        f"{r['subject']}  {r['item_code']} {r['name']}  {r['quantity']:,} {r['unit']}  ({r['since']})"
        for r in rows
    ]
    return _told(args, {"day": day.isoformat(), "held": rows}, texts)


def show_recovery(args: Namespace) -> int:
    """`packaging recovery`: goods whose packaging was taken away and that still hold some."""
    with reading(args.db) as db:
        day = _day(args, db)
        found = recovery(db, day)
    rows = [
        {
            "subject": one.subject,
            "state": one.state,
            "since": one.since.isoformat(),
            "document": one.document,
            "held": [item._asdict() for item in one.held],
        }
        for one in found
    ]
    texts = [
        f"{one.subject}  {say(args, STATE_WORDS[one.state])} ({one.since})  "
        + "；".join(f"{item.name} {item.quantity:,} {item.unit}" for item in one.held)
        for one in found
    ]
    return _told(args, {"day": day.isoformat(), "goods": rows}, texts)


def show_moves(args: Namespace) -> int:
    """`packaging moves`: the lines of slips, the newest first."""
    with reading(args.db) as db:
        day, places = _day(args, db), ledger.places(db)
        found = ledger.moves(
            db,
            kind=args.kind,
            item=args.item,
            place=args.place,
            subject=args.subject,
            slip_no=args.slip,
            since=day_from(args.since) if args.since else None,
            until=day,
        )
    texts = [
        f"{m.done_on}  {m.slip_no}  {say(args, KIND_WORDS[m.kind])}  {m.item_code} {m.item_name} {m.quantity:,}"
        f" {m.unit}  {say(args, from_words(m, places))} → {say(args, to_words(m, places))}  {m.recorded_by}"
        for m in found
    ]
    return _told(args, {"day": day.isoformat(), "moves": [asdict(m) for m in found]}, texts)


def _day(args: Namespace, db: Database) -> date:
    asked: str | None = args.as_of
    return day_from(asked) if asked else settings.working_day(db, now())


def _told(args: Namespace, document: dict[str, Any], texts: list[str]) -> int:
    """The document, or a line for each row."""
    if args.json:
        answer(document)
        return DONE
    for text in texts:
        print(text)
    if not texts:
        tell(args, "没有。", "There is none.")
    return DONE
