"""Conditions and latches as the file writes them → frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rules.order import cycles
from rules.parse_facts import CITATION, read_citation
from rules.parse_tests import Known, read_test
from rules.place import Place
from rules.program import Condition, Gate, Group, Latch, Words

_NO_TEST = Group("all", ())  # stands in for a faulty test, so that all other faults are found too


def read_conditions(places: Mapping[str, Place], known: Known) -> dict[str, Condition]:
    """Every condition of one kind; rings of conditions that name one another are noted."""
    found = {name: _condition(name, place, known) for name, place in places.items()}
    for ring in cycles(found):
        test = places[ring[0]].child("test")
        test.fault("条件互相引用成环：{}", "conditions name one another in a ring: {}", " → ".join(ring))
    return found


def _condition(name: str, place: Place, known: Known) -> Condition:
    part = place.table(("test", "text", *CITATION), ("note",))
    test = read_test(part["test"], known)
    return Condition(name, test or _NO_TEST, part["text"].words(), read_citation(part))


def read_latch(name: str, place: Place, event_conditions: Collection[str]) -> Latch:
    """A latch with what sets and what clears it."""
    part = place.table(("set_when", "clear_when", "text", *CITATION), ("note",))
    set_when, clear_when = (_gate(part[key], event_conditions) for key in ("set_when", "clear_when"))
    return Latch(name, set_when, clear_when, part["text"].words(), read_citation(part))


def _gate(place: Place, event_conditions: Collection[str]) -> Gate:
    what = Words("{ any = […] } 或 { all = […] }", "{ any = […] } or { all = […] }")
    part = place.table((), ("any", "all"))
    given = [word for word in ("any", "all") if part[word].there]
    if isinstance(place.value, dict) and len(given) != 1 and set(place.value) <= set(part):
        place.fault("应为{}中的一个", "expected exactly one of {}", what)
    names: list[str] = []
    for word in given:
        for item in part[word].items(Words("事件条件名称", "names of event conditions")):
            name = item.one_of(event_conditions)
            names += [name] if name is not None else []
    return Gate("all" if given[:1] == ["all"] else "any", tuple(names))


def note_clashes(latches: Mapping[str, Place], facts: Collection[str], conditions: Collection[str]) -> None:
    """A latch shares its table with facts (columns) and with conditions (findings): names must differ."""
    for name, place in latches.items():
        for taken, zh, en in ((facts, "事实", "a fact"), (conditions, "条件", "a condition")):
            if name in taken:
                place.fault("名称{}已用于{}", "the name {} is already that of {}", name, Words(zh, en))
