"""Parameters, facts and citations as the file writes them → frozen values."""

from __future__ import annotations

from typing import Literal, cast

from rules.place import Place
from rules.program import Citation, DatedValue, Fact, FactKind, Parameter, Words

CITATION = ("clause", "quote", "reading")
LONGEST_CHOICE = 200
_KINDS: tuple[FactKind, ...] = ("choice", "yes_no", "count")


def read_citation(part: dict[str, Place]) -> Citation:
    """Clause, quoted sentence, reading and note, from the places of a table."""
    reading = part["reading"].one_of(("text", "office"))
    return Citation(
        part["clause"].text(),
        part["quote"].text(),
        "text" if reading == "text" else "office",
        part["note"].text() if part["note"].there else "",
    )


def read_parameter(name: str, place: Place) -> Parameter:
    """A parameter with its range and its dated values."""
    part = place.table(("title", "unit", "range", "values", *CITATION), ("note",))
    bounds = _range(part["range"])
    low, high = bounds or (0, 0)
    values = read_values(part["values"], *(bounds or (None, None)))
    title, unit = part["title"].words(), part["unit"].text()
    return Parameter(name, title, unit, low, high, values, read_citation(part))


def _range(place: Place) -> tuple[int, int] | None:
    what = Words("[下限, 上限]", "[low, high]")
    ends = [item.whole() for item in place.items(what)]
    if ends and len(ends) != 2:
        place.fault("应为{}两个整数", "expected two whole numbers {}", what)
        return None
    if not ends or ends[0] is None or ends[1] is None:
        return None
    if ends[0] > ends[1]:
        place.fault("下限 {} 大于上限 {}", "the low end {} is above the high end {}", ends[0], ends[1])
        return None
    return ends[0], ends[1]


def read_values(place: Place, low: int | None, high: int | None) -> tuple[DatedValue, ...]:
    """Whole numbers between two ends (None: open), each from its day on, in ascending order."""
    found: list[DatedValue] = []
    for item in place.items(Words("{ from = 日期, value = 整数 }", "{ from = date, value = whole number }")):
        part = item.table(("from", "value"), ("note",))
        since, value = part["from"].day(), _within(part["value"], low, high)
        note = part["note"].text() if part["note"].there else ""
        if since is None:
            continue
        if found and since <= found[-1].since:
            zh, en = "日期应逐条递增，{} 不晚于前一条 {}", "dates must ascend, {} is not after {}"
            part["from"].fault(zh, en, since, found[-1].since)
        found.append(DatedValue(since, value or 0, note))
    return tuple(found)


def _within(place: Place, low: int | None, high: int | None) -> int | None:
    value = place.whole()
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        ends = ("…" if end is None else end for end in (low, high))
        place.fault("{} 不在范围 {} 至 {} 之内", "{} is outside the range {} to {}", value, *ends)
    return value


def read_fact(name: str, place: Place, *, of_event: bool) -> Fact | None:
    """A fact of a day or of an event; None where its type is not known."""
    optional = ("choices", "more_is", "title", *(() if of_event else ("may_be_unknown",)))
    part = place.table(("type",), optional)
    kind = cast(FactKind | None, part["type"].one_of(_KINDS))
    choices = _choices(part["choices"], kind)
    more_is = cast(Literal["worse", "better"] | None, part["more_is"].one_of(("worse", "better")))
    if part["more_is"].there and kind in ("choice", "yes_no"):
        part["more_is"].fault("只用于类型{}", "is for the type {} only", "count")
    unknown = not of_event and part["may_be_unknown"].flag()
    title = part["title"].words() if part["title"].there else None
    if kind is None:
        return None
    return Fact(name, kind, choices, unknown, more_is, title)


def _choices(place: Place, kind: FactKind | None) -> tuple[str, ...]:
    if kind in ("yes_no", "count") and place.there:
        place.fault("只用于类型{}", "is for the type {} only", "choice")
        return ()
    if kind == "choice" and not place.there:
        zh, en = "缺少这个键：类型{}须列出可选值", "this key is missing: the type {} lists its choices"
        place.fault(zh, en, kind)
    found: dict[str, None] = {}
    for item in place.items(Words("可选值", "choices")):
        choice = item.text(LONGEST_CHOICE)
        if choice and choice in found:
            item.fault("{}重复", "{} stands twice", choice)
        found[choice] = None
    return tuple(found)
