"""Commands of the plan's targets: targets, targets report."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data import settings
from data.reporting.figures import ReportedFigure
from data.store import Database, open_writer, reading
from office.casework.asked import Doer
from office.commands.parsing import Commands
from office.commands.speaking import DONE, answer, say, tell
from office.days import day_from, known_at_from, now
from office.refusal import refuse
from office.targets import reporting
from office.targets.measuring import Standing, measured_anew
from office.targets.status_words import STATUS_WORDS
from rules.target import Months

_MONTHS = 12


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("targets", show, "各项目标的进展", "where the plan's targets stand")
    top.add_argument("--as-of", help="看哪一天 D / the day, 2021-09-30 (default: the working day)")
    top.add_argument("--known-at", help="截至何时所知 K / the instant of knowledge")
    top.add_argument("--scenario", help="按已保存的假设方案推算 / projected under a saved scenario")
    ways = Commands(top.add_subparsers(metavar="WHAT"))
    made = ways.command("report", report, "上报并签字留存目标数", "freeze figures and sign for them")
    made.add_argument("--target", action="append", default=[], help="目标名称 / a target (default: all)")
    made.add_argument("--of", help="上报哪一天的数 / of which day (default: the working day)")
    made.add_argument("--remark", default="", help="备注 / a remark")
    made.add_argument("--by", default="", help="签字人 / who signs")
    ways.command("reported", reported, "已上报的数和现在的数", "what was reported, and the same now")


def show(args: Namespace) -> int:
    """`targets`: every target with goal, deadline, where it stands, what is needed and projected, its status."""
    with reading(args.db) as db:
        day = day_from(args.as_of) if args.as_of else settings.working_day(db, now())
        known_at = known_at_from(args.known_at) if args.known_at else None
        if known_at and args.scenario:
            raise refuse(
                "假设方案按现在所知推算，不能同时给 --known-at",
                "a scenario goes on from what is known now: it takes no --known-at",
            )
        standings = measured_anew(db, day, known_at)
        under = _under(db, args.scenario, day)
    document = [_document(standing) | under.get(standing.target.name, {}) for standing in standings]
    if args.json:
        answer({"as_of": day.isoformat(), "scenario": args.scenario, "targets": document})
        return DONE
    for standing, one in zip(standings, document, strict=True):
        _tell(args, standing, one)
    return DONE


def _under(db: Database, scenario: str | None, day: date) -> dict[str, dict[str, Any]]:
    """What is projected under a scenario, and the status with it, by target."""
    if scenario is None:
        return {}
    from office.targets.scenarios import under_scenario  # what-ifs are loaded where one is asked for
    from rules.showing import actual_of

    found = {}
    for name, way in under_scenario(db, scenario, day).ways.items():
        figure = way.under.figure(way.under.start.deadline)
        value = actual_of(way.standing.target, figure.value, figure.of) if figure else None
        found[name] = {"projected": _number(value), "status": way.status}
    return found


def report(args: Namespace) -> int:
    """`targets report`: freeze the figures of a day and sign for them."""
    of = day_from(args.of) if args.of else None
    wish = reporting.Wish(tuple(args.target), of, args.remark)
    with open_writer(args.db) as writer:
        made = reporting.report(writer, wish, doer=Doer(args.by))
    if args.json:
        answer({"reported": [_reported(one) for one in made]})
        return DONE
    tell(
        args,
        f"已上报 {len(made)} 项，{made[0].as_of} 的数，签字 {made[0].recorded_by}",
        f"{len(made)} figures of {made[0].as_of} are reported, signed by {made[0].recorded_by}",
    )
    return DONE


def reported(args: Namespace) -> int:
    """`targets reported`: every reported figure beside the same day's as known now."""
    with reading(args.db) as db:
        found = reporting.reported_and_now(db)
    if args.json:
        answer(
            {
                "reported": [
                    {
                        **_reported(one.reported),
                        "now": None if one.now is None else _kept(one.now),
                        "changes": [
                            {"place": change.place, "was": change.was, "now": change.now}
                            for change in one.changes
                        ],
                    }
                    for one in found
                ]
            }
        )
        return DONE
    for one in found:
        then, current = one.reported.figures["actual"], one.now["actual"] if one.now else None
        print(f"{one.reported.target}  {one.reported.as_of}  {then} / {current}  {one.reported.recorded_by}")
        if many := len(one.changes):
            tell(args, f"  其中 {many} 处与上报时不同", f"  {many} figures of it are not what was reported")
    if not found:
        tell(args, "还没有上报过。", "Nothing has been reported yet.")
    return DONE


def _document(standing: Standing) -> dict[str, Any]:
    target = standing.target
    return {
        "id": target.name,
        "title": target.title.zh,
        "clause": target.citation.clause,
        "unit": target.unit.zh,
        "baseline": _baseline(standing),
        "goal": standing.goal,
        "deadline": target.deadline.day.isoformat() if target.deadline else None,
        "actual": _number(standing.actual),
        "value": standing.counted.value,
        "of": standing.counted.of,
        "compound": _number(standing.compound),
        "needed_per_month": _number(standing.needed_per_month),
        "projected": _number(standing.projected),
        "status": standing.status,
    }


def _baseline(standing: Standing) -> dict[str, Any] | None:
    """The baseline year of a growth and its sum in 分; null where a month of it has no data."""
    baseline = standing.target.baseline
    if baseline is None:
        return None
    return {"year": baseline.year, "value": baseline.value or _whole_year(standing.months, baseline.year)}


def _whole_year(months: Months, year: int) -> int | None:
    values = [months.of(year * _MONTHS + at) for at in range(_MONTHS)]
    there = [value for value in values if value is not None]
    return sum(there) if len(there) == _MONTHS else None


def _number(value: Decimal | None) -> int | float | None:
    """A figure for a JSON document: whole where it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _kept(figures: Mapping[str, Any]) -> int | float | None:
    """The figure of those frozen as text."""
    return None if figures["actual"] is None else _number(Decimal(figures["actual"]))


def _reported(one: ReportedFigure) -> dict[str, Any]:
    return {
        "number": one.id,
        "target": one.target,
        "as_of": one.as_of,
        "known_at": one.known_at,
        "actual": _kept(one.figures),
        "status": one.figures["status"],
        "remark": one.remark,
        "by": one.recorded_by,
    }


def _tell(args: Namespace, standing: Standing, document: dict[str, Any]) -> None:
    target, unit = standing.target, say(args, standing.target.unit)
    title, status = say(args, target.title), say(args, STATUS_WORDS[document["status"]])
    deadline = document["deadline"] or "–"
    actual = _said(args, standing, document["actual"])
    goal, projected = ("–" if document[key] is None else document[key] for key in ("goal", "projected"))
    tell(
        args,
        f"{status}  {title}（{target.citation.clause}）  现为 {actual}，目标 {goal} {unit}，期限 {deadline}，"
        f"推算 {projected}",
        f"{status}  {title} ({target.citation.clause})  {actual} now, goal {goal} {unit}, deadline {deadline},"
        f" projected {projected}",
    )


def _said(args: Namespace, standing: Standing, actual: object) -> str:
    if standing.no_base:
        return "no base" if args.lang == "en" else "无基期"
    if actual is None:
        return "no data" if args.lang == "en" else "没有数据"
    return str(actual)
