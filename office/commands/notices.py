"""Commands of public notices: notice post, list, show, objection, answer, withdraw, close."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from data import settings
from data.casework import public_notices
from data.casework.public_notices import Posted
from data.papers.filters import yuan
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, now
from office.notices import notice_steps, publishing
from office.notices.notice_steps import STATES, Wish
from office.notices.publishing import Asked, Preview

_BY = "经办人 / who does it"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("notice", show_list, "公示", "public notices")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    _posting(ways)
    ways.command("list", show_list, "全部公示", "every notice")
    ways.command("show", show_one, "一次公示的全部内容", "one notice with its lines and steps").add_argument(
        "number"
    )
    for kind, words in notice_steps.STEPS.items():
        _step(ways, kind, words.zh, words.en)


def _posting(ways: Commands) -> None:
    parser = ways.command("post", post, "发布公示", "post a notice")
    parser.add_argument("kind", choices=tuple(publishing.KINDS))
    parser.add_argument(
        "--settlement", help="结算编号 / number of the settlement (default: the newest unpublished)"
    )
    parser.add_argument(
        "--since", help="自哪天起的给予 / grants from this day on (default: all not published yet)"
    )
    parser.add_argument("--days", type=int, help="公示天数 / days on the wall (default: the office's value)")
    parser.add_argument("--phone", default="", help="办公室电话 / the office's telephone number")
    parser.add_argument("--place", default="", help="张贴地点 / where it hangs")
    parser.add_argument("--dry-run", action="store_true", help="只看，不发布 / look only")
    parser.add_argument("--by", default="", help=_BY)


def _step(ways: Commands, kind: str, zh: str, en: str) -> None:
    parser: ArgumentParser = ways.command(kind, take, zh, en)
    parser.add_argument("number", help="公示编号 / the notice's number")
    if kind == "answer":
        parser.add_argument("objection", type=int, help="异议编号 / the objection's id (notice show)")
    parser.add_argument("--text", default="", help="内容或理由 / what is written down")
    parser.add_argument("--by", default="", help=_BY)
    parser.set_defaults(kind=kind)


def post(args: Namespace) -> int:
    """`notice post`: post it, or with `--dry-run` show exactly what would hang on the wall."""
    asked = Asked(args.kind, args.settlement, day_from(args.since) if args.since else None, args.days)
    if args.dry_run:
        with reading(args.db) as db:
            ready = publishing.preview(db, asked, settings.working_day(db, now()))
        if args.json:
            answer(_preview_document(ready))
        else:
            _tell_lines(args, [publishing.said(line.published) for line in ready.lines])
        return DONE
    with open_writer(args.db) as writer:
        posted = publishing.post(writer, asked, doer=Doer(args.by), phone=args.phone, place=args.place)
    return _told(args, posted, posted.posted_on)


def take(args: Namespace) -> int:
    """`notice objection|answer|withdraw|close`: one step."""
    wish = Wish(args.kind, args.number, args.text, getattr(args, "objection", None))
    with open_writer(args.db) as writer:
        posted = notice_steps.take(writer, wish, doer=Doer(args.by))
    return _told(args, posted, posted.steps[-1].done_on)


def show_list(args: Namespace) -> int:
    """`notice list`: every notice with how it stands."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        found = public_notices.notices(db, day)
    if args.json:
        answer({"day": day.isoformat(), "notices": [_document(posted, day, whole=False) for posted in found]})
        return DONE
    for posted in found:
        _tell_one(args, posted, day)
    if not found:
        tell(args, "还没有公示。", "There is no public notice yet.")
    return DONE


def show_one(args: Namespace) -> int:
    """`notice show`: one notice, whole."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        posted = notice_steps.notice_numbered(db, args.number)
    if args.json:
        answer(_document(posted, day, whole=True))
        return DONE
    _tell_one(args, posted, day)
    _tell_lines(args, posted.entries)
    for step in posted.steps:
        about = f" → {step.answers}" if step.answers else ""
        print(
            f"  [{step.id}{about}] {step.done_on} {say(args, notice_steps.STEPS[step.kind])} {step.recorded_by}: {step.text}"
        )
    return DONE


def _told(args: Namespace, posted: Posted, day: date) -> int:
    if args.json:
        answer(_document(posted, day, whole=True))
    _tell_one(args, posted, day)
    return DONE


def _tell_one(args: Namespace, posted: Posted, day: date) -> None:
    state, kind = STATES[notice_steps.state_of(posted, day)], publishing.KINDS[posted.kind]
    left = notice_steps.days_left(posted, day)
    tell(
        args,
        f"{posted.number}  {kind.zh}  {posted.posted_on}～{posted.ends_on}  {state.zh}，还剩 {left} 天"
        f"，{len(posted.entries)} 户，待答复异议 {len(posted.unanswered(day))} 条",
        f"{posted.number}  {kind.en}  {posted.posted_on} to {posted.ends_on}  {state.en}, days left: {left}"
        f", households: {len(posted.entries)}, objections to answer: {len(posted.unanswered(day))}",
    )


def _tell_lines(args: Namespace, lines: list[dict[str, Any]]) -> None:
    for place, line in enumerate(lines, 1):
        amount = "" if line["amount"] is None else f"  {yuan(line['amount'])}"
        print(
            f"  {place}  {line['township']}  {line['village']}  {line['name']}  {line['household_end']}"
            f"  {line['item']}  {line['count']}{amount}"
        )


def _document(posted: Posted, day: date, *, whole: bool) -> dict[str, Any]:
    """The JSON of a notice; amounts are 分. `rests_on` are the ids of acts or settlement lines, never on the wall."""
    about = {
        "number": posted.number,
        "kind": posted.kind,
        "settlement": posted.settlement,
        "period_from": posted.period_from.isoformat(),
        "period_to": posted.period_to.isoformat(),
        "posted_on": posted.posted_on.isoformat(),
        "days": posted.days,
        "ends_on": posted.ends_on.isoformat(),
        "place": posted.place,
        "phone": posted.phone,
        "by": posted.recorded_by,
        "state": notice_steps.state_of(posted, day),
        "days_left": notice_steps.days_left(posted, day),
        "households": len(posted.entries),
        "unanswered": [step.id for step in posted.unanswered(day)],
    }
    if not whole:
        return about
    steps = [
        {
            "id": step.id,
            "kind": step.kind,
            "on": step.done_on.isoformat(),
            "answers": step.answers,
            "text": step.text,
            "by": step.recorded_by,
        }
        for step in posted.steps
    ]
    return {**about, "lines": posted.entries, "steps": steps}


def _preview_document(ready: Preview) -> dict[str, Any]:
    return {
        "kind": ready.kind,
        "settlement": ready.settlement[1] if ready.settlement else None,
        "period_from": ready.period_from.isoformat(),
        "period_to": ready.period_to.isoformat(),
        "posted_on": ready.posted_on.isoformat(),
        "days": ready.days,
        "ends_on": ready.ends_on.isoformat(),
        "households": len(ready.lines),
        "total": ready.total,
        "lines": [publishing.said(line.published) for line in ready.lines],
        "digest": ready.digest,
    }
