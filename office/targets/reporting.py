"""Report: a target's figure frozen and signed for, and later beside what it would be now.

report(writer, Wish(...), doer=…)          in a transaction of its own on the office's day
report_in(db, …, at=, day=)                inside the caller's
reported_and_now(db, target)               "reported / now", with what changed
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data import settings
from data.canonical import Cell, instant_text, json_text
from data.casework.ledger import next_id, record
from data.chain import head
from data.reporting.figures import ReportedFigure, reported_figures
from data.store import Database, Writer
from office.answering import while_all_stands
from office.casework.asked import Doer
from office.casework.doers import allowed
from office.days import must_be_today, now
from office.refusal import refuse
from office.reports.texts_kept import keep_texts
from office.signing import kept_text
from office.targets.gathering import target_named, the_targets
from office.targets.measuring import Standing, measured_anew
from rules.load_targets import targets_digest
from rules.program import Words
from rules.target import Counted, Part, Target

Value = str | int | None


@dataclass(frozen=True)
class Wish:
    """What is to be reported: targets by name (none: every one), of which day (None: the office's), and a remark."""

    targets: Sequence[str] = ()
    as_of: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class Change:
    """One figure that is another now: its place in the frozen figures (`by_township.653128100`), then and now."""

    place: str
    was: Value
    now: Value


@dataclass(frozen=True)
class Compared:
    """A reported figure beside the same day's figure as known now. `now` None: the target is no longer there."""

    reported: ReportedFigure
    now: Mapping[str, Any] | None
    changes: tuple[Change, ...]

    @property
    def definition_changed(self) -> bool:
        """Whether another file of targets counts today."""
        return self.reported.digest != targets_digest()


def report(writer: Writer, wish: Wish, *, doer: Doer) -> tuple[ReportedFigure, ...]:
    """Freeze figures on the office's day, as known now. Raises Refused; nothing is half done."""
    with writer.transaction() as db:
        at = now()
        return report_in(db, wish, doer=doer, at=at, day=settings.working_day(db, at))


def report_in(db: Database, wish: Wish, *, doer: Doer, at: datetime, day: date) -> tuple[ReportedFigure, ...]:
    """The same inside the caller's transaction, at an instant and on a day of the caller's."""
    by = allowed(db, doer, "report_figures")
    must_be_today(db, day, at)
    as_of = wish.as_of or day
    if as_of > day:
        raise refuse(f"{as_of} 还没有到，不能上报", f"{as_of} has not come yet: nothing is reported of it")
    names = [target_named(name).name for name in wish.targets] or list(the_targets())
    remark = kept_text(wish.remark, Words("备注", "the remark")) if wish.remark.strip() else None
    known_at = max(instant_text(at), head(db).at)  # never an instant still to come
    standings = {standing.target.name: standing for standing in measured_anew(db, as_of, known_at)}
    first = next_id(db, "reported_figures")
    rows: list[dict[str, Cell]] = [
        {
            "id": first + at_place,
            "target": name,
            "as_of": as_of.isoformat(),
            "known_at": known_at,
            "done_on": day.isoformat(),
            "digest": targets_digest(),
            "figures": json_text(figures_of(standings[name])),
            "remark": remark,
        }
        for at_place, name in enumerate(dict.fromkeys(names))
    ]
    seq = record(db, "reported_figure", {"reported_figures": rows}, at=at, by=by)
    keep_texts(db, seq, "targets")
    return tuple(one for one in reversed(reported_figures(db)) if one.id >= first)


def reported_and_now(db: Database, target: str | None = None) -> tuple[Compared, ...]:
    """Every reported figure (of a target), the newest first, beside the same day as known now."""
    return tuple(_compared(db, one) for one in reported_figures(db, target))


def _compared(db: Database, one: ReportedFigure) -> Compared:
    current = _today_of(db, date.fromisoformat(one.as_of)).get(one.target)
    return Compared(one, current, () if current is None else changes(one.figures, current))


def _today_of(db: Database, as_of: date) -> Mapping[str, Mapping[str, Any]]:
    """What would be frozen of a day with all that is known now."""

    def made() -> Mapping[str, Mapping[str, Any]]:
        return {standing.target.name: figures_of(standing) for standing in measured_anew(db, as_of)}

    return while_all_stands("figures_now", db, (as_of, targets_digest()), made)


def figures_of(standing: Standing) -> dict[str, Any]:
    """A standing as it is frozen: whole numbers, percent as text, never a fraction of a machine."""
    target, months = standing.target, standing.months
    return {
        "target": target.name,
        "day": standing.day.isoformat(),
        "definition": definition_of(target),
        "goal": standing.goal,
        "status": standing.status,
        "actual": _text(standing.actual),
        "compound": _text(standing.compound),
        "projected": _text(standing.projected),
        "needed_per_month": _text(standing.needed_per_month),
        **_counted(standing.counted),
        "at_deadline": None if standing.at_deadline is None else _counted(standing.at_deadline),
        "years": [
            {"year": one.year, "value": one.value, "of": one.of, "months": one.months}
            for one in standing.years
        ],
        "months": {"first": months.first, "values": list(months.values)},
    }


def definition_of(target: Target) -> dict[str, Any]:
    """What a target's figure means: its words and every day and number that it is counted by."""
    return {
        "title": target.title.zh,
        "words": target.definition.zh,
        "indicator": target.indicator,
        "unit": target.unit.zh,
        "progress": target.progress,
        "deadline": _day(target.deadline.day if target.deadline else None),
        "counted_from": _day(target.counted_from.day if target.counted_from else None),
        "baseline": target.baseline.year if target.baseline else None,
        "denominator_day": _day(target.denominator.day if target.denominator else None),
    }


def changes(was: Mapping[str, Any], is_now: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every place where the two differ, in the order of what was frozen; a list is compared as a whole."""
    before, after = dict(_leaves("", was)), dict(_leaves("", is_now))
    places = [*before, *(place for place in after if place not in before)]
    return tuple(
        Change(place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    )


def _leaves(place: str, value: Any) -> list[tuple[str, Value]]:
    if isinstance(value, Mapping):
        inside = [(f"{place}.{key}" if place else key, inner) for key, inner in value.items()]
        return [leaf for key, inner in inside for leaf in _leaves(key, inner)]
    return [(place, json_text(value) if isinstance(value, list) else value)]


def _counted(counted: Counted) -> dict[str, Any]:
    return {
        "value": counted.value,
        "of": counted.of,
        "by_township": {code: _part(part) for code, part in counted.by_township.items()},
        "beside": dict(counted.beside),
        "rows": {register: int(rows.size) for register, rows in counted.counted.items()},
    }


def _part(part: Part) -> dict[str, int | None]:
    return {"value": part.value, "of": part.of}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
