"""What the targets and the assessment rest on, part by part, for the same list as the programmes."""

from __future__ import annotations

from collections.abc import Iterator

from office.cited import Cited, Stated
from rules.load_assessment import assessment
from rules.load_targets import targets
from rules.program import Citation, DatedValue, Words
from rules.slip import UNITS, in_unit
from rules.target import Target

PROGRESS_WORDS = {
    "stock": Words("看当天的存量", "what there is on the day"),
    "cumulative": Words("累计", "counted up"),
    "year_on_year": Words("同比", "year on year"),
    "compound": Words("年均（复合）", "compound per year"),
}


def parts_of_targets() -> Iterator[Cited]:
    """Every target, and what of it rests on words or a reading of its own."""
    for target in targets().values():
        yield Cited("target", target.name, target.title, target.citation)
        for kind, citation, values in _of_target(target):
            yield Cited(kind, f"{target.name}.{kind}", target.title, citation, values=values)


def _of_target(target: Target) -> Iterator[tuple[str, Citation, tuple[Stated, ...]]]:
    unit = target.unit
    yield "goal", target.goal_citation, _dated(target.goal, unit)
    yield "progress", target.progress_citation, (Stated(None, PROGRESS_WORDS[target.progress]),)
    for kind, of in (("deadline", target.deadline), ("counted_from", target.counted_from)):
        if of is not None:
            yield kind, of.citation, (Stated(None, Words(of.day.isoformat(), of.day.isoformat())),)
    if (base := target.baseline) is not None:
        yield "baseline", base.citation, (Stated(None, Words(f"{base.year}年", str(base.year))),)
    if (whole := target.denominator) is not None:
        day = whole.day.isoformat() if whole.day else ""
        words = Words(f"{whole.of.zh}（{day}）", f"{whole.of.en} ({day})") if day else whole.of
        yield "denominator", whole.citation, (Stated(None, words),)
    if (back := target.looks_back) is not None:
        yield "looks_back", back.citation, _dated(back.values, UNITS["month"])


def parts_of_assessment() -> Iterator[Cited]:
    """The periods of reporting and every item with its weight."""
    found = assessment()
    for name, parameter in found.parameters.items():
        yield Cited("period", name, parameter.title, parameter.citation, parameter=parameter)
    for item in found.items.values():
        weights = _dated(item.weight, Words("分", "points"))
        yield Cited("item", item.name, item.title, item.citation, values=weights)


def _dated(values: tuple[DatedValue, ...], unit: Words) -> tuple[Stated, ...]:
    return tuple(Stated(dated.since, _counted(dated.value, unit), dated.note) for dated in values)


def _counted(value: int, unit: Words) -> Words:
    found = in_unit(f"{value:,}", unit)
    return Words(found.zh, found.en.replace(" %", "%"))
