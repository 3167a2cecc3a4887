"""rules/targets.toml → the plan's targets: read strictly, every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import cast

from rules.faults import Notes, ProgramFaults
from rules.indicators import INDICATORS, Indicator
from rules.levers import LEVERS
from rules.load import parsed
from rules.parse_facts import CITATION, read_citation, read_values
from rules.place import Place
from rules.program import Citation, DatedValue, Words
from rules.standing_text import StandingText
from rules.target import (
    GROWTH,
    Baseline,
    DatedDay,
    Denominator,
    LooksBack,
    Progress,
    Target,
)

TARGETS = StandingText(Path(__file__).with_name("targets.toml"))
_PROGRESS: Mapping[str, tuple[Progress, ...]] = {
    "growth": GROWTH,
    "share": ("stock",),
    "number": ("stock",),
    "happenings": ("cumulative",),
}
_REQUIRED = ("title", "indicator", "unit", "definition", "goal", "progress", *CITATION)
_OPTIONAL = ("deadline", "counted_from", "baseline", "denominator", "looks_back", "levers", "note")
# What a target says beside, by what its indicator counts: must it (True), may it (False).
_PARTS: Mapping[str, Mapping[str, bool]] = {
    "growth": {"baseline": True, "denominator": False},
    "share": {"deadline": False, "denominator": True},
    "number": {"deadline": False, "counted_from": False},
    "happenings": {"deadline": True, "counted_from": True},
}


class TargetFaults(ProgramFaults):
    """A file of targets that cannot be used, with all of its faults."""


def targets() -> Mapping[str, Target]:
    """Every target by its name, in the file's order; read again when the file has changed.

    Raises TargetFaults with every fault: file, dotted key, what was expected.
    """
    return read_targets(TARGETS.read(), TARGETS.file.name)


def targets_digest() -> str:
    """SHA-256 of the file's bytes: what a reported figure names as its definition."""
    return TARGETS.digest()


@lru_cache(maxsize=4)
def read_targets(data: bytes, name: str) -> Mapping[str, Target]:
    """The targets that stand in `data`; `name` is the file's name in messages."""
    notes = Notes(name)
    raw = parsed(data, notes)
    found: dict[str, Target] = {}
    if raw is not None:
        places = Place(notes, "", raw).table(("targets",))["targets"]
        if places.value == {}:
            places.fault("至少应有一项", "at least one target is needed")
        read = {key: _target(key, place) for key, place in places.entries().items()}
        found = {key: target for key, target in read.items() if target is not None}
    if notes.faults:
        raise TargetFaults(tuple(notes.faults))
    return found


def _target(name: str, place: Place) -> Target | None:
    part = place.table(_REQUIRED, _OPTIONAL)
    indicator = INDICATORS.get(part["indicator"].one_of(INDICATORS) or "")
    goal, goal_citation = _dated(part["goal"], 100 if indicator and indicator.kind == "share" else None)
    progress, progress_citation = _progress(part["progress"], indicator)
    if indicator is not None:
        _note_parts(part, indicator)
    target = Target(
        name=name,
        title=part["title"].words(),
        indicator=indicator.name if indicator else "",
        unit=part["unit"].words(),
        progress=progress,
        goal=goal,
        goal_citation=goal_citation,
        definition=part["definition"].words(),
        citation=read_citation(part),
        progress_citation=progress_citation,
        deadline=_day(part["deadline"]),
        counted_from=_day(part["counted_from"]),
        baseline=_baseline(part["baseline"]),
        denominator=_denominator(part["denominator"]),
        looks_back=_looks_back(part["looks_back"]),
        levers=_levers(part["levers"]),
    )
    _note_days(part, target)
    return target


def _note_parts(part: Mapping[str, Place], indicator: Indicator) -> None:
    """What the indicator needs is there, and nothing that it does not read."""
    asked = dict(_PARTS[indicator.kind])
    if indicator.looks_back:
        asked["looks_back"] = True
    for key in ("deadline", "counted_from", "baseline", "denominator", "looks_back"):
        if asked.get(key) and not part[key].there:
            part[key].fault("指标{}要求有这个键", "the indicator {} needs this key", indicator.name)
        elif key not in asked and part[key].there:
            part[key].fault("指标{}不用这个键", "the indicator {} does not use this key", indicator.name)


def _note_days(part: Mapping[str, Place], target: Target) -> None:
    """A deadline lies after the day counted from, and not before the goal's first value.

    What decides by the baseline year takes it from the registers, so that the townships' parts are there too.
    """
    if target.progress == "compound" and target.baseline and target.baseline.value is not None:
        zh, en = (
            "按复合增长判断时，基期数取自台账",
            "where the compound rate decides, the base comes from the registers",
        )
        part["baseline"].fault(zh, en)
    deadline, begin = target.deadline, target.counted_from
    if deadline and begin and deadline.day <= begin.day:
        part["deadline"].fault(
            "{} 不晚于起算日 {}", "{} is not after the day counted from, {}", deadline.day, begin.day
        )
    if deadline and target.goal and deadline.day < target.goal[0].since:
        since = target.goal[0].since
        zh, en = "{} 早于目标值的起始日 {}", "{} is before the goal's first value, {}"
        part["deadline"].fault(zh, en, deadline.day, since)


def _progress(place: Place, indicator: Indicator | None) -> tuple[Progress, Citation]:
    part = place.table(("is", *CITATION), ("note",))
    known = _PROGRESS[indicator.kind] if indicator else tuple(p for kind in _PROGRESS.values() for p in kind)
    said = cast(Progress | None, part["is"].one_of(known))
    return said or known[0], read_citation(part)


def _dated(place: Place, most: int | None) -> tuple[tuple[DatedValue, ...], Citation]:
    part = place.table(("values", *CITATION), ("note",))
    return read_values(part["values"], 1, most), read_citation(part)


def _day(place: Place) -> DatedDay | None:
    if not place.there:
        return None
    part = place.table(("day", *CITATION), ("note",))
    day, citation = part["day"].day(), read_citation(part)
    return None if day is None else DatedDay(day, citation)


def _baseline(place: Place) -> Baseline | None:
    if not place.there:
        return None
    part = place.table(("year", *CITATION), ("value", "note"))
    year = part["year"].whole()
    value = part["value"].whole() if part["value"].there else None
    if year is not None and not 1990 <= year <= 2100:
        part["year"].fault(
            "应为 1990 至 2100 的年份，现为 {}", "expected a year from 1990 to 2100, found {}", year
        )
    return Baseline(year or 0, value, read_citation(part))


def _denominator(place: Place) -> Denominator | None:
    if not place.there:
        return None
    part = place.table(("of", *CITATION), ("day", "note"))
    day = part["day"].day() if part["day"].there else None
    return Denominator(part["of"].words(), day, read_citation(part))


def _looks_back(place: Place) -> LooksBack | None:
    return LooksBack(*_dated(place, 120)) if place.there else None


def _levers(place: Place) -> tuple[str, ...]:
    if not place.there:
        return ()
    names = [item.one_of(LEVERS) for item in place.items(Words("可调项的名称", "names of levers"))]
    return tuple(name for name in names if name)
