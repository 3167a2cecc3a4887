"""Commands of the bulletin and the assessment: bulletin preview, issue, list; assess preview, issue, list, veto, lift."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from data import settings
from data.reporting.assessments import Assessed, Veto, assessments, vetoes
from data.reporting.bulletins import Issued, bulletins
from data.store import open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, say, tell
from office.days import now
from office.gathering import known_now
from office.months import month_from
from office.reports import assessment, bulletin
from office.reports.assessment_words import figure_words, of_words, points_words, total_words, veto_words
from office.reports.bulletin_words import FIGURES, PLACES, WHOLE
from office.reports.differing import value_words
from office.reports.vetoes import KINDS, Wish, act

_BY = "经办人 / who does it"
_SHOWN = ("total", "sold", "bought", "services", "orders", "before", "year_before", "due", "in_time", "led")


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("bulletin", list_bulletins, "统计通报", "the monthly bulletin")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    for name, run, zh, en in (
        ("preview", preview_bulletin, "只看，不印发", "look only"),
        ("issue", issue_bulletin, "印发", "issue it"),
    ):
        parser = ways.command(name, run, zh, en)
        parser.add_argument(
            "--month", help="哪个月 / which month, 2021-08 (default: the last that has ended)"
        )
        parser.add_argument("--problems", default="", help="存在问题 / the problems")
        parser.add_argument("--requirements", default="", help="工作要求 / the requirements")
        _signed(parser, name == "issue")
    ways.command("list", list_bulletins, "已印发的通报", "the bulletins that were issued")
    _assessing(commands)


def _assessing(commands: Commands) -> None:
    top = commands.command("assess", list_assessments, "考核", "the assessment of the townships")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    for name, run, zh, en in (
        ("preview", preview_assessment, "只看，不印发", "look only"),
        ("issue", issue_assessment, "印发", "issue it"),
    ):
        parser = ways.command(name, run, zh, en)
        parser.add_argument(
            "--until",
            help="到哪个月 / from January to which month, 2021-08 (default: the last that has ended)",
        )
        _signed(parser, name == "issue")
    ways.command("list", list_assessments, "已印发的考核和一票否决", "assessments and vetoes")
    for name, kind in (("veto", "impose"), ("lift", "lift")):
        parser = ways.command(name, veto, KINDS[kind].zh, KINDS[kind].en)
        parser.add_argument("township", help="乡镇编码或名称 / the township's code or name")
        parser.add_argument("--year", type=int, required=True, help="年度 / which year's score")
        parser.add_argument("--reason", default="", help="理由 / why")
        parser.add_argument("--document", default="", help="文号 / the document's number")
        parser.add_argument("--by", default="", help=_BY)
        parser.set_defaults(kind=kind)


def _signed(parser: ArgumentParser, issued: bool) -> None:
    if issued:
        parser.add_argument("--remark", default="", help="备注 / a remark")
        parser.add_argument("--by", default="", help=_BY)


def preview_bulletin(args: Namespace) -> int:
    """`bulletin preview`: the figures of a month and what would differ from the last edition."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        month = month_from(args.month) if args.month else bulletin.last_ended(day)
        found = bulletin.ready(
            db, month, day, known_now(db), problems=args.problems, requirements=args.requirements
        )
    if args.json:
        answer(
            {"month": month, "edition": found.edition, "figures": found.flat, "changes": len(found.changes)}
        )
        return DONE
    names = {WHOLE: PLACES[WHOLE], **found.figures.names}
    for place, words in names.items():
        figures = found.flat[place]
        shown = "  ".join(
            f"{say(args, FIGURES[one].words)} {say(args, value_words(figures[one], FIGURES[one].unit))}"
            for one in _SHOWN
        )
        print(f"{say(args, words)}  {shown}")
    return DONE


def issue_bulletin(args: Namespace) -> int:
    """`bulletin issue`: number it and freeze it."""
    with open_writer(args.db) as writer:
        with writer.transaction() as db:
            day = settings.working_day(db, now())
        month = month_from(args.month) if args.month else bulletin.last_ended(day)
        issued = bulletin.issue(
            writer,
            month,
            doer=Doer(args.by),
            problems=args.problems,
            requirements=args.requirements,
            remark=args.remark,
        )
    if args.json:
        answer(_issued(issued))
    _tell_bulletin(args, issued)
    return DONE


def list_bulletins(args: Namespace) -> int:
    """`bulletin list`: every edition, the newest first."""
    with reading(args.db) as db:
        found = bulletins(db)
    if args.json:
        answer({"bulletins": [_issued(one) for one in found]})
        return DONE
    for one in found:
        _tell_bulletin(args, one)
    if not found:
        tell(args, "还没有印发过通报。", "No bulletin was issued yet.")
    return DONE


def preview_assessment(args: Namespace) -> int:
    """`assess preview`: every township's points, item by item."""
    with reading(args.db) as db:
        day = settings.working_day(db, now())
        month = month_from(args.until) if args.until else bulletin.last_ended(day)
        scored = assessment.score(db, assessment.period_until(month, day), known_now(db))
    if args.json:
        answer(_scores(scored))
        return DONE
    for code, township in scored.scores.items():
        tell(
            args,
            f"{scored.names[code]}  {total_words(township.total).zh}",
            f"{scored.names[code]}  {total_words(township.total).en}",
        )
        for one in township.scores:
            item = scored.rules.items[one.item]
            parts = (
                item.title,
                figure_words(item, one.figure),
                of_words(item, one.figure),
                points_words(one),
            )
            print("  " + "  ".join(say(args, words) for words in parts))
    return DONE


def issue_assessment(args: Namespace) -> int:
    """`assess issue`: number it and freeze it."""
    with open_writer(args.db) as writer:
        with writer.transaction() as db:
            day = settings.working_day(db, now())
        month = month_from(args.until) if args.until else bulletin.last_ended(day)
        issued = assessment.issue(writer, month, doer=Doer(args.by), remark=args.remark)
    if args.json:
        answer(_assessed(issued))
    _tell_assessment(args, issued)
    return DONE


def list_assessments(args: Namespace) -> int:
    """`assess list`: every edition and every act of a veto, the newest first."""
    with reading(args.db) as db:
        found, acts = assessments(db), vetoes(db)
    if args.json:
        answer({"assessments": [_assessed(one) for one in found], "vetoes": [_veto(one) for one in acts]})
        return DONE
    for one in found:
        _tell_assessment(args, one)
    for act_of_veto in acts:
        _tell_veto(args, act_of_veto)
    if not found and not acts:
        tell(args, "还没有印发过考核。", "No assessment was issued yet.")
    return DONE


def veto(args: Namespace) -> int:
    """`assess veto|lift`: 弄虚作假一票否决, imposed or lifted."""
    wish = Wish(args.kind, args.township, args.year, args.reason, args.document)
    with open_writer(args.db) as writer:
        done = act(writer, wish, doer=Doer(args.by))
    if args.json:
        answer(_veto(done))
    _tell_veto(args, done)
    return DONE


def _tell_bulletin(args: Namespace, one: Issued) -> None:
    tell(
        args,
        f"{one.number}  {one.month}  第{one.edition}版  {one.done_on}  {one.recorded_by}",
        f"{one.number}  {one.month}  edition {one.edition}  {one.done_on}  {one.recorded_by}",
    )


def _tell_assessment(args: Namespace, one: Assessed) -> None:
    tell(
        args,
        f"{one.number}  {one.period_from}～{one.period_to}  第{one.edition}版  {one.done_on}  {one.recorded_by}",
        f"{one.number}  {one.period_from} to {one.period_to}  edition {one.edition}  {one.done_on}  {one.recorded_by}",
    )


def _tell_veto(args: Namespace, one: Veto) -> None:
    kind = KINDS[one.kind]
    document = one.document_no or ""
    tell(
        args,
        f"[{one.id}] {one.done_on} {kind.zh} {one.township_code} {one.year}年度 {one.recorded_by}：{one.reason} {document}",
        f"[{one.id}] {one.done_on} {kind.en} {one.township_code} {one.year} {one.recorded_by}: {one.reason} {document}",
    )


def _issued(one: Issued) -> dict[str, Any]:
    return {
        "number": one.number,
        "month": one.month,
        "edition": one.edition,
        "done_on": one.done_on,
        "known_at": one.known_at,
        "by": one.recorded_by,
        "changes": one.changes,
        "figures": one.context["figures"],
    }


def _assessed(one: Assessed) -> dict[str, Any]:
    return {
        "number": one.number,
        "period_from": one.period_from,
        "period_to": one.period_to,
        "edition": one.edition,
        "done_on": one.done_on,
        "known_at": one.known_at,
        "by": one.recorded_by,
        "digest": one.digest,
        "changes": one.changes,
        "scores": one.scores["computed"],
        "totals": {code: found.get("total") for code, found in one.scores["flat"].items() if code != "text"},
    }


def _veto(one: Veto) -> dict[str, Any]:
    return {
        "id": one.id,
        "township_code": one.township_code,
        "year": one.year,
        "kind": one.kind,
        "done_on": one.done_on,
        "reason": one.reason,
        "document_no": one.document_no,
        "by": one.recorded_by,
    }


def _scores(scored: assessment.Scored) -> dict[str, Any]:
    """The JSON of a preview; points and weights are hundredths."""
    return {
        "period_from": scored.period.first.isoformat(),
        "period_to": scored.period.last.isoformat(),
        "digest": scored.rules.digest,
        "townships": [
            {
                "township_code": code,
                "township": scored.names[code],
                "total": township.total,
                "before_veto": township.before_veto,
                "veto": veto_words(scored.vetoes.get(code)).zh or None,
                "items": [
                    {
                        "item": one.item,
                        "state": one.state,
                        "value": one.figure.value,
                        "of": one.figure.of,
                        "full": one.full,
                        "weight": one.weight,
                        "points": one.points,
                    }
                    for one in township.scores
                ],
            }
            for code, township in scored.scores.items()
        ],
    }
